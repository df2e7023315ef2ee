#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "metadata/fetch_apt.hpp"

namespace nvprov {
namespace {

// The moment after which it counts no more; nullopt where there is none.
std::optional<std::int64_t> end_of(const ReleaseFile& release, const AptRepository& repository,
                                   const AptConfig& config) {
  auto end = release.valid_until;
  if (!release.date) return end;
  const auto longest =
      repository.max_valid_seconds ? repository.max_valid_seconds : config.find_number("Acquire::Max-ValidTime");
  const auto shortest =
      repository.min_valid_seconds ? repository.min_valid_seconds : config.find_number("Acquire::Min-ValidTime");
  if (end && shortest) end = std::max(*end, *release.date + *shortest);
  if (longest && *longest > 0) end = std::min(end.value_or(*release.date + *longest), *release.date + *longest);
  return end;
}

}  // namespace

Status check_release_dates(const ReleaseFile& release, const AptRepository& repository, const AptConfig& config,
                           std::int64_t now, const std::string& name) {
  constexpr std::int64_t allowed_ahead = 10;  // apt's own
  const std::int64_t ahead = config.find_number("Acquire::Max-FutureTime").value_or(allowed_ahead);
  const bool check_date = repository.check_date.value_or(config.find_bool("Acquire::Check-Date", true));
  const bool check_end = repository.check_valid_until.value_or(config.find_bool("Acquire::Check-Valid-Until", true));
  if (check_date && release.date && *release.date > now + ahead)
    return fail(ErrorKind::not_trusted, fmt::format("{} is not valid yet", name),
                {fmt::format("it is dated {}", format_timestamp(*release.date))},
                {"compare this machine's clock with `date -u`"});
  const auto end = end_of(release, repository, config);
  if (check_date && check_end && end && *end < now)
    return fail(ErrorKind::not_trusted, fmt::format("{} has expired", name),
                {fmt::format("it was valid until {}", format_timestamp(*end))},
                {"compare this machine's clock with `date -u`, else the mirror is no longer updated"});
  return {};
}

Result<std::optional<std::string>> compare_with_kept(const ReleaseFile& release, const ReleaseFile& kept,
                                                     const std::string& name) {
  if (release == kept) return std::nullopt;
  if (release.date && kept.date && *release.date < *kept.date)
    return fail(
        ErrorKind::not_trusted, fmt::format("{} is older than the one fetched before", name),
        {fmt::format("it is dated {}, the other {}", format_timestamp(*release.date), format_timestamp(*kept.date))},
        {"somebody may be hiding newer packages, or a mirror has fallen back; try again or another mirror"});
  if (kept.date && !release.date)
    return fail(ErrorKind::not_trusted, fmt::format("{} has no date any more", name),
                {"the one fetched before had: whether this is older cannot be told"},
                {"look at the repository before anything else"});
  if (release.date == kept.date)
    return "its date is that of the one fetched before: whether it is older cannot be told";
  return std::nullopt;
}

}  // namespace nvprov
