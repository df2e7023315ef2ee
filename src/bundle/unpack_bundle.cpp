#include "bundle/unpack_bundle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/append.hpp"
#include "host/file_writer.hpp"

namespace nvprov {
namespace {

// The lock of a bundle as it comes by.
class LockCopy {
 public:
  TakeBytes taker() {
    return [this](std::string_view bytes) -> Status {
      text_ += bytes;
      return {};
    };
  }

  // What is wrong with it, or with packages it names.
  std::vector<BundleFault> faults(const Bundle& bundle) {
    auto lock = lockfile_from_json(text_, bundle_lock_path);
    if (!lock) return {{bundle_lock_path, fmt::format("it is not valid: {}", lock.error().front().message)}};
    lock_ = std::move(*lock);
    std::vector<BundleFault> found;
    for (const LockedPackage& package : lock_.packages) {
      const bool is_left_out = std::ranges::find(bundle.left_out, package.name) != bundle.left_out.end();
      const bool is_here = std::ranges::any_of(bundle.members, [&](const BundleMember& member) {
        return member.role == BundleRole::package && member.digest == package.digest;
      });
      if (!is_here && !is_left_out)
        found.push_back({bundle_lock_path,
                         fmt::format("the package {} {} of it is not in the bundle", package.name, package.version)});
    }
    return found;
  }

  Lockfile& lock() { return lock_; }

 private:
  std::string text_;
  Lockfile lock_;
};

// All that is wrong, the lock's packages included where the archive itself is sound.
std::vector<BundleFault> with_lock(std::vector<BundleFault> faults, LockCopy& copy, const Bundle& bundle) {
  if (!faults.empty()) return faults;
  return copy.faults(bundle);
}

TakeBytes into_file(const std::shared_ptr<FileWriter>& file) {
  return [file](std::string_view bytes) { return file->add(bytes); };
}

}  // namespace

std::vector<std::string> fault_lines(const std::vector<BundleFault>& faults) {
  std::vector<std::string> lines;
  for (const BundleFault& fault : faults)
    lines.push_back(fault.member.empty() ? fault.message : fmt::format("{}: {}", fault.member, fault.message));
  return lines;
}

Result<BundleCheck> check_bundle(const std::string& path, const std::optional<std::string>& public_key) {
  auto reader = BundleReader::open(path, public_key);
  if (!reader) return fail(reader.error());
  LockCopy copy;
  auto faults = reader->read_members([&](const BundleMember& member) -> Result<TakeBytes> {
    return member.path == bundle_lock_path ? copy.taker() : TakeBytes{};
  });
  if (!faults) return fail(faults.error());
  return BundleCheck{.bundle = reader->bundle(),
                     .is_signed = reader->is_signed(),
                     .faults = with_lock(std::move(*faults), copy, reader->bundle())};
}

Result<UnpackedBundle> unpack_bundle(const std::string& path, const std::optional<std::string>& public_key,
                                     const std::string& folder, const std::function<bool(BundleRole)>& is_wanted) {
  auto reader = BundleReader::open(path, public_key);
  if (!reader) return fail(reader.error());
  LockCopy copy;
  std::shared_ptr<FileWriter> file;
  auto faults = reader->read_members([&](const BundleMember& member) -> Result<TakeBytes> {
    if (file)
      if (const Status done = file->finish(); !done) return fail(done.error());
    file.reset();
    if (member.path == bundle_lock_path) return copy.taker();
    if (!is_wanted(member.role)) return TakeBytes{};
    auto created = FileWriter::create(folder + "/" + member.path, member.mode);
    if (!created) return fail(created.error());
    file = std::make_shared<FileWriter>(std::move(*created));
    return into_file(file);
  });
  if (!faults) return fail(faults.error());
  if (file)
    if (const Status done = file->finish(); !done) return fail(done.error());
  const auto found = with_lock(std::move(*faults), copy, reader->bundle());
  if (!found.empty())
    return fail(ErrorKind::not_trusted, fmt::format("`{}` is not as it was made", path), fault_lines(found),
                {"copy it again from where it was made; nothing of this one is used"});
  return UnpackedBundle{.bundle = reader->bundle(), .is_signed = reader->is_signed(), .lock = std::move(copy.lock())};
}

}  // namespace nvprov
