#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

// What the rows below a heading of the table are.
struct Heading {
  std::string_view words;
  std::optional<PackageAction> packages;
  std::optional<ModuleAction> modules;
  bool requested = false;
};

constexpr std::array<Heading, 19> headings = {{
    {"Installing:", PackageAction::install, std::nullopt, true},
    {"Installing dependencies:", PackageAction::install, std::nullopt, false},
    {"Installing weak dependencies:", PackageAction::install, std::nullopt, false},
    {"Installing group/module packages:", PackageAction::install, std::nullopt, false},
    {"Reinstalling:", PackageAction::keep, std::nullopt, true},
    {"Upgrading:", PackageAction::upgrade, std::nullopt, false},
    {"Downgrading:", PackageAction::downgrade, std::nullopt, false},
    {"Removing:", PackageAction::remove, std::nullopt, true},
    {"Removing dependent packages:", PackageAction::remove, std::nullopt, false},
    {"Removing unused dependencies:", PackageAction::remove, std::nullopt, false},
    {"Changing reason:", PackageAction::keep, std::nullopt, false},
    {"Installing module profiles:", std::nullopt, ModuleAction::other, false},
    {"Disabling module profiles:", std::nullopt, ModuleAction::other, false},
    {"Enabling module streams:", std::nullopt, ModuleAction::enable, false},
    {"Switching module streams:", std::nullopt, ModuleAction::switch_stream, false},
    {"Disabling modules:", std::nullopt, ModuleAction::disable, false},
    {"Resetting modules:", std::nullopt, ModuleAction::reset, false},
    {"Skipping packages with broken dependencies:", std::nullopt, std::nullopt, false},
    {"Skipping packages with conflicts:", std::nullopt, std::nullopt, false},
}};

tl::unexpected<Error> unreadable_row(std::string_view line) {
  return fail(fmt::format("a line of dnf's transaction cannot be read: {}", line));
}

// dnf 4 counts by 1024 and writes "5.5 k", "12 M", "998"; dnf 5 writes "264.1 KiB" and "0.0 B".
std::optional<std::uint64_t> size_of(const std::string& number, std::string_view unit) {
  constexpr std::string_view scales = "BkMGT";
  const auto scale = unit.empty() ? 0 : scales.find(unit[0] == 'K' ? 'k' : unit[0]);
  const std::vector<std::string> parts = split(number, '.');
  const auto whole = parse_number(parts[0]);
  const auto tenths = parts.size() == 2 ? parse_number(parts[1]) : std::optional<std::uint64_t>(0);
  if (scale == std::string_view::npos || !whole || !tenths || parts.size() > 2) return std::nullopt;
  const double fraction = parts.size() == 2 ? static_cast<double>(*tenths) / std::pow(10, parts[1].size()) : 0;
  return static_cast<std::uint64_t>((static_cast<double>(*whole) + fraction) * std::pow(1024, scale));
}

// Name, architecture, version, repository, size and its unit.
bool is_whole_row(const std::vector<std::string>& cells) {
  if (cells.size() == 5) return size_of(cells[4], "").has_value();
  return cells.size() == 6 && size_of(cells[4], cells[5]).has_value();
}

class TransactionReader {
 public:
  // nullopt, or what makes the line unreadable_row.
  Status take(std::string_view line) {
    if (trim(line).empty()) return {};
    if (line.find_first_not_of('=') == std::string_view::npos) return {};
    if (line[0] != ' ') return take_heading(line);
    if (heading_ == nullptr) return unreadable_row(line);
    std::vector<std::string> cells = split_words(line);
    if (cells[0] == "replacing") return take_replaced(line, cells);
    if (heading_->modules) return take_module(line, cells);
    if (!heading_->packages) return unreadable_row(line);  // packages are left out that should be there
    return take_package(line, std::move(cells));
  }

  Result<DnfTransaction> finish() {
    if (!row_.empty()) return unreadable_row(join(row_, " "));
    std::ranges::stable_sort(found_.changes, {}, &PackageChange::name);
    return std::move(found_);
  }

 private:
  Status take_heading(std::string_view line) {
    const auto heading = std::ranges::find(headings, trim(line), &Heading::words);
    if (heading == headings.end() || !row_.empty()) return unreadable_row(line);
    heading_ = &*heading;
    return {};
  }

  // A cell too long for its column makes dnf 4 go on in the next line.
  Status take_package(std::string_view line, std::vector<std::string> cells) {
    if (line[1] != ' ' && !row_.empty()) return unreadable_row(line);
    row_.insert(row_.end(), cells.begin(), cells.end());
    if (!is_whole_row(row_)) return row_.size() < 6 ? Status{} : unreadable_row(join(row_, " "));
    PackageChange change;
    change.action = *heading_->packages;
    change.name = row_[0];
    change.architecture = row_[1];
    const bool removed = change.action == PackageAction::remove;
    (removed ? change.old_version : change.version) = without_zero_epoch(row_[2]);
    const auto size = size_of(row_[4], row_.size() == 6 ? row_[5] : "");
    if (!removed) change.origin = row_[3];
    if (!removed) change.download_bytes = size;
    change.requested = heading_->requested;
    found_.changes.push_back(std::move(change));
    row_.clear();
    return {};
  }

  // dnf 4: "replacing  name.arch version", only of a package of another name. dnf 5: a whole row, also of the same
  // name.
  Status take_replaced(std::string_view line, const std::vector<std::string>& cells) {
    PackageChange change;
    change.action = PackageAction::remove;
    if (cells.size() == 3) {
      const std::size_t dot = cells[1].rfind('.');
      change.name = cells[1].substr(0, dot);
      if (dot != std::string::npos) change.architecture = cells[1].substr(dot + 1);
      change.old_version = without_zero_epoch(cells[2]);
    } else if (cells.size() >= 6) {
      change.name = cells[1];
      change.architecture = cells[2];
      change.old_version = without_zero_epoch(cells[3]);
    } else {
      return unreadable_row(line);
    }
    if (!found_.changes.empty() && found_.changes.back().name == change.name)
      found_.changes.back().old_version = change.old_version;
    else
      found_.changes.push_back(std::move(change));
    return {};
  }

  Status take_module(std::string_view line, const std::vector<std::string>& cells) {
    // "name 580-open", "name 570-open -> 580-open"
    if (cells.size() > 4) return unreadable_row(line);
    found_.modules.push_back(
        {.action = *heading_->modules, .module = cells[0], .stream = cells.size() > 1 ? cells.back() : std::string()});
    return {};
  }

  static std::string without_zero_epoch(const std::string& version) {
    return version.starts_with("0:") ? version.substr(2) : version;
  }

  DnfTransaction found_;
  const Heading* heading_ = nullptr;
  std::vector<std::string> row_;  // cells of a package not yet complete
};

bool is_table_head(std::string_view line) {
  const std::vector<std::string> words = split_words(line);
  return words.size() >= 5 && words.front() == "Package" && words.back() == "Size";
}

bool says_nothing_to_do(std::string_view output) {
  return contains(output, "Nothing to do.") || contains(output, "nothing to do");
}

}  // namespace

Result<DnfTransaction> parse_transaction(std::string_view output) {
  TransactionReader reader;
  bool inside = false;
  bool seen = false;
  for (const std::string_view line : split_lines(output)) {
    // What stands before the table tells of downloads; what stands after it, of sums.
    if (trim(line).starts_with("Transaction Summary")) inside = false;
    if (inside)
      if (const Status taken = reader.take(line); !taken) return fail(taken.error());
    if (is_table_head(line)) inside = seen = true;
  }
  if (!seen && !says_nothing_to_do(output)) return fail("dnf shows no transaction");
  return reader.finish();
}

}  // namespace nvprov
