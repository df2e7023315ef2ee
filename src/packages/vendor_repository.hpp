#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// A repository of the catalog as this host would have it: the address of its architecture, or the mirror's.
struct VendorRepository {
  std::string id;     // "cuda-debian12"
  std::string title;  // of its source
  std::string kind;   // "apt" or "rpm"
  std::string url;    // ends in '/'
  std::string original_url;
  bool packages_signed = true;
  bool metadata_signed = true;
  bool third_party = false;

  bool operator==(const VendorRepository&) const = default;
};

// The repository for this architecture; nullopt where it has none. The address is the catalog's.
std::optional<VendorRepository> vendor_repository(const Repository& repository, const std::string& title,
                                                  const std::string& architecture);

// Where its key and its own file go on a host.
std::string key_path(const VendorRepository& repository);
std::string repository_path(const VendorRepository& repository, const PackageFacts& packages);

// An enabled entry of the host that names the repository or the address a mirror stands for, and what speaks against
// using it as it is; "" where nothing does.
struct PresentEntry {
  const RepositoryEntry* entry = nullptr;
  std::string uri;
  std::string objection;

  bool operator==(const PresentEntry&) const = default;
};
std::vector<PresentEntry> present_entries(const VendorRepository& repository, const PackageFacts& packages);

// Enabled entries of the host whose address begins like one of these and is not the repository's own.
std::vector<PresentEntry> retired_entries(const VendorRepository& repository, const std::vector<std::string>& retired,
                                          const PackageFacts& packages);

// The file of our own that adds it, trusted by its own key alone.
AddRepository vendor_repository_file(const VendorRepository& repository, const PackageFacts& packages,
                                     const std::optional<std::string>& ca_path);

// The text with the entry that begins at this line (1 = the first) turned to comments; a line that is a comment already
// stays. `format` as RepositoryEntry has it.
std::string without_entry(const std::string& text, int line, const std::string& format);

// Whether a removal turns this entry to comments: one may do so to several of its file.
bool is_taken_out(const RepositoryEntry& entry, const RemoveRepository& removal);

}  // namespace nvprov
