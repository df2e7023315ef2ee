#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "check/rules.hpp"

namespace nvprov {
namespace {

const SeenFile* find_seen(const AuditView& view, const std::string& path) {
  const auto& files = view.files().owned;
  const auto found = std::ranges::find(files, path, &SeenFile::path);
  return found == files.end() ? nullptr : &*found;
}

// That it could not be looked at is a finding of its own.
bool was_looked_at(const AuditView& view, const std::string& path) {
  const auto& notes = view.files().diagnostics;
  return std::ranges::find(notes, path, &Diagnostic::place) == notes.end();
}

template <class IsKind>
void report_missing(const AuditView& view, Findings& findings, IsKind is_kind) {
  for (const LockedFile& file : view.lock().files)
    if (is_kind(file.kind) && find_seen(view, file.path) == nullptr && was_looked_at(view, file.path))
      report(view, findings, file.path, file.digest, {});
}

template <class IsKind>
void report_changed(const AuditView& view, Findings& findings, IsKind is_kind) {
  for (const LockedFile& file : view.lock().files) {
    const SeenFile* seen = is_kind(file.kind) ? find_seen(view, file.path) : nullptr;
    if (seen != nullptr && seen->digest != file.digest && was_looked_at(view, file.path))
      report(view, findings, file.path, file.digest, seen->digest.empty() ? "no file" : seen->digest);
  }
}

bool is_key(LockedFileKind kind) { return kind == LockedFileKind::key; }
bool is_repository(LockedFileKind kind) { return kind == LockedFileKind::repository; }
bool is_hold(LockedFileKind kind) { return kind == LockedFileKind::hold || kind == LockedFileKind::hold_lines; }
bool is_other(LockedFileKind kind) { return kind == LockedFileKind::file || kind == LockedFileKind::engine_keys; }
bool is_of_others_too(LockedFileKind kind) {
  return kind == LockedFileKind::hold_lines || kind == LockedFileKind::engine_keys;
}

std::string keys_in(const std::vector<std::string>& fingerprints) {
  return fingerprints.empty() ? "no key" : join(fingerprints, ", ");
}

std::string permissions(const SeenFile& file) { return fmt::format("mode {:04o}, user {}", file.mode, file.owner); }

}  // namespace

void check_missing_keys(const AuditView& view, Findings& findings) { report_missing(view, findings, is_key); }

// The same keys in other words (another armor, a new signature) are the same trust.
void check_changed_keys(const AuditView& view, Findings& findings) {
  for (const LockedFile& file : view.lock().files) {
    const SeenFile* seen = is_key(file.kind) ? find_seen(view, file.path) : nullptr;
    if (seen == nullptr || seen->digest == file.digest || !was_looked_at(view, file.path)) continue;
    if (file.fingerprints.empty() || seen->fingerprints != file.fingerprints)
      report(view, findings, file.path, keys_in(file.fingerprints), keys_in(seen->fingerprints));
  }
}

void check_missing_repositories(const AuditView& view, Findings& findings) {
  report_missing(view, findings, is_repository);
}
void check_changed_repositories(const AuditView& view, Findings& findings) {
  report_changed(view, findings, is_repository);
}
void check_missing_holds(const AuditView& view, Findings& findings) { report_missing(view, findings, is_hold); }
void check_changed_holds(const AuditView& view, Findings& findings) { report_changed(view, findings, is_hold); }
void check_missing_files(const AuditView& view, Findings& findings) { report_missing(view, findings, is_other); }
void check_changed_files(const AuditView& view, Findings& findings) { report_changed(view, findings, is_other); }

void check_file_modes(const AuditView& view, Findings& findings) {
  for (const LockedFile& file : view.lock().files) {
    const SeenFile* seen = find_seen(view, file.path);
    // The mode of a file that is the user's too is the user's.
    if (seen != nullptr && !is_of_others_too(file.kind) && seen->mode != file.mode)
      report(view, findings, file.path, fmt::format("{:04o}", file.mode), fmt::format("{:04o}", seen->mode));
  }
}

void check_seen_files(const AuditView& view, Findings& findings) {
  for (const Diagnostic& note : view.files().diagnostics) report(view, findings, note.place, {}, note.message);
}

void check_owned_driver_files(const AuditView& view, Findings& findings) {
  for (const std::string& path : view.files().unowned) report(view, findings, path, {}, {});
}

void check_writable_files(const AuditView& view, Findings& findings) {
  constexpr std::uint32_t others_write = 0022;
  for (const SeenFile& file : view.files().owned)
    if (file.owner != 0 || (file.mode & others_write) != 0) report(view, findings, file.path, {}, permissions(file));
}

}  // namespace nvprov
