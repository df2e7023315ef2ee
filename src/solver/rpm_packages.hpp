#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"
#include "packages/rpm_query.hpp"

struct s_Repo;

namespace nvprov {

// rpm's packages as libsolv's.

// Adds the packages of a list as a repository publishes it (primary.xml); false for what is no whole list.
bool add_offered_rpms(s_Repo* repo, std::FILE* list);

// Adds to the packages of a list the files that primary.xml leaves out (filelists.xml).
bool add_files_of_rpms(s_Repo* repo, std::FILE* list);

struct CloseListFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using ListFile = std::unique_ptr<std::FILE, CloseListFile>;

// Opens a list of this machine, packed as its name says; null if it cannot be.
ListFile open_list(const std::string& path);

// Adds what rpm's database says is there.
void add_installed_rpms(s_Repo* repo, const std::vector<InstalledRpm>& packages);

// Adds packages of which no more than name, version and architecture is known: each provides itself.
void add_installed_rpms(s_Repo* repo, const std::vector<InstalledPackage>& packages);

// Takes over what an offered package needs, provides and excludes, its files in lists and its size. `exactly` false:
// it is another version of the same package, and only what it provides under names without a version is taken over.
void copy_relations(s_Repo* installed_repo, int installed, int offered, bool exactly);

}  // namespace nvprov
