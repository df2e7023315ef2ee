#include "solver/rpm_packages.hpp"

#include <solv/dataiterator.h>

#include <array>

#include "solver/solv.hpp"

extern "C" {  // these headers say nothing of C++ themselves
#include <solv/pool_parserpmrichdep.h>
#include <solv/repo_rpmmd.h>
#include <solv/solv_xfopen.h>
}

namespace nvprov {
namespace {

int rpm_comparison_flags(std::string_view comparison) {
  int flags = 0;
  if (comparison.find('<') != std::string_view::npos) flags |= REL_LT;
  if (comparison.find('>') != std::string_view::npos) flags |= REL_GT;
  if (comparison.find('=') != std::string_view::npos) flags |= REL_EQ;
  return flags;
}

// libsolv leaves an epoch of 0 out.
std::string_view without_zero_epoch(std::string_view version) {
  return version.starts_with("0:") ? version.substr(2) : version;
}

Id relation_id(Pool* pool, const RpmRelation& relation) {
  if (relation.name.starts_with('('))
    if (const Id rich = pool_parserpmrichdep(pool, relation.name.c_str()); rich != 0) return rich;
  const Id name = id_of(pool, relation.name);
  if (relation.comparison.empty()) return name;
  return pool_rel2id(pool, name, id_of(pool, without_zero_epoch(relation.version)),
                     rpm_comparison_flags(relation.comparison), 1);
}

void add_relations(Solvable* solvable, Id key, const std::vector<RpmRelation>& relations) {
  for (const RpmRelation& relation : relations)
    solvable_add_deparray(solvable, key, relation_id(solvable->repo->pool, relation), 0);
}

void add_file(Repodata* data, Id solvable, const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const Id folder = repodata_str2dir(data, slash == 0 ? "/" : path.substr(0, slash).c_str(), 1);
  repodata_add_dirstr(data, solvable, SOLVABLE_FILELIST, folder, path.substr(slash + 1).c_str());
}

Id add_solvable(Repo* repo, std::string_view name, std::string_view version, std::string_view architecture) {
  const Id id = repo_add_solvable(repo);
  Solvable* solvable = pool_id2solvable(repo->pool, id);
  solvable->name = id_of(repo->pool, name);
  solvable->evr = id_of(repo->pool, without_zero_epoch(version));
  solvable->arch = id_of(repo->pool, architecture);
  return id;
}

// What rpm makes each package provide: "libfoo = 1-1", "libfoo(x86-64) = 1-1" (rpm's isa macros).
void add_itself(Solvable* solvable) {
  Pool* pool = solvable->repo->pool;
  const auto provide = [&](Id name) {
    solvable_add_deparray(solvable, SOLVABLE_PROVIDES, pool_rel2id(pool, name, solvable->evr, REL_EQ, 1), 0);
  };
  provide(solvable->name);
  constexpr std::array<std::array<std::string_view, 2>, 4> marks = {
      {{"x86_64", "(x86-64)"}, {"i686", "(x86-32)"}, {"aarch64", "(aarch-64)"}, {"ppc64le", "(ppc-64)"}}};
  for (const auto& [architecture, mark] : marks)
    if (architecture == pool_id2str(pool, solvable->arch))
      provide(id_of(pool, pool_id2str(pool, solvable->name) + std::string(mark)));
}

void copy_files(Repo* installed_repo, Id installed, Id offered) {
  Pool* pool = installed_repo->pool;
  std::vector<std::string> paths;
  Dataiterator files;
  dataiterator_init(&files, pool, pool_id2solvable(pool, offered)->repo, offered, SOLVABLE_FILELIST, nullptr,
                    SEARCH_FILES);
  while (dataiterator_step(&files)) paths.emplace_back(files.kv.str);
  dataiterator_free(&files);
  Repodata* data = repo_last_repodata(installed_repo);
  for (const std::string& path : paths) add_file(data, installed, path);
  if (const unsigned long long size = solvable_lookup_num(pool_id2solvable(pool, offered), SOLVABLE_INSTALLSIZE, 0);
      size != 0)
    repodata_set_num(data, installed, SOLVABLE_INSTALLSIZE, size);
}

}  // namespace

bool add_offered_rpms(s_Repo* repo, std::FILE* list) { return repo_add_rpmmd(repo, list, nullptr, 0) == 0; }

bool add_files_of_rpms(s_Repo* repo, std::FILE* list) {
  return repo_add_rpmmd(repo, list, "FL", REPO_EXTEND_SOLVABLES) == 0;
}

ListFile open_list(const std::string& path) { return ListFile(solv_xfopen(path.c_str(), "r")); }

void add_installed_rpms(s_Repo* repo, const std::vector<InstalledRpm>& packages) {
  Repodata* data = repo_add_repodata(repo, 0);
  for (const InstalledRpm& package : packages) {
    const Id id = add_solvable(repo, package.name, package.version, package.architecture);
    Solvable* solvable = pool_id2solvable(repo->pool, id);
    add_relations(solvable, SOLVABLE_PROVIDES, package.provided);
    add_relations(solvable, SOLVABLE_REQUIRES, package.needs);
    add_relations(solvable, SOLVABLE_CONFLICTS, package.conflicts);
    add_relations(solvable, SOLVABLE_OBSOLETES, package.obsoletes);
    for (const std::string& path : package.files) add_file(data, id, path);
    repodata_set_num(data, id, SOLVABLE_INSTALLSIZE, package.installed_bytes);
  }
  repodata_internalize(data);
}

void add_installed_rpms(s_Repo* repo, const std::vector<InstalledPackage>& packages) {
  Repodata* data = repo_add_repodata(repo, 0);
  for (const InstalledPackage& package : packages)
    add_itself(pool_id2solvable(repo->pool, add_solvable(repo, package.name, package.version, package.architecture)));
  repodata_internalize(data);
}

void copy_relations(s_Repo* installed_repo, int installed, int offered, bool exactly) {
  Pool* pool = installed_repo->pool;
  const auto copy = [&](Id key) {
    IdQueue relations;
    solvable_lookup_deparray(pool_id2solvable(pool, offered), key, relations.get(), 0);
    if (exactly) return solvable_set_deparray(pool_id2solvable(pool, installed), key, relations.get(), 0);
    for (const Id relation : relations.ids())
      if (!ISRELDEP(relation)) solvable_add_deparray(pool_id2solvable(pool, installed), key, relation, 0);
  };
  copy(SOLVABLE_PROVIDES);
  if (exactly)
    for (const Id key : {SOLVABLE_REQUIRES, SOLVABLE_CONFLICTS, SOLVABLE_OBSOLETES}) copy(key);
  copy_files(installed_repo, installed, offered);
}

}  // namespace nvprov
