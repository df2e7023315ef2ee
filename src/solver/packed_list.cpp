#include "solver/packed_list.hpp"

#include <solv/repo_solv.h>
#include <solv/repo_write.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "solver/rpm_packages.hpp"
#include "solver/solv.hpp"

namespace nvprov {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

struct FreeBytes {
  void operator()(char* bytes) const { std::free(bytes); }
};

// Texts for people.
int without_texts(Repo*, Repokey* key, void*) {
  const bool is_text = key->name == SOLVABLE_SUMMARY || key->name == SOLVABLE_DESCRIPTION || key->name == SOLVABLE_URL;
  return is_text ? KEY_STORAGE_DROPPED : static_cast<int>(key->storage);
}

std::string written(Repo* repo) {
  char* bytes = nullptr;
  std::size_t size = 0;
  File file(::open_memstream(&bytes, &size));
  if (!file) return {};
  const bool is_whole = repo_write_filtered(repo, file.get(), without_texts, nullptr, nullptr) == 0;
  file.reset();  // only now the bytes are where they are told to be
  const std::unique_ptr<char, FreeBytes> owned(bytes);
  return is_whole ? std::string(bytes, size) : std::string();
}

// libsolv grows its tables by small steps, each of which may copy all of them: a long list is packed in parts.
constexpr std::size_t part_bytes = std::size_t{4} << 20;

std::string_view take_part(std::string_view& list) {
  const std::size_t end = list.find("\n\n", std::min(part_bytes, list.size()));
  const std::string_view part = list.substr(0, end == std::string_view::npos ? end : end + 2);
  list.remove_prefix(part.size());
  return part;
}

std::string pack_part(std::string_view part, const DebArchitectures& architectures) {
  const PoolHolder pool(pool_create());
  pool_setdisttype(pool.get(), DISTTYPE_DEB);
  Repo* repo = repo_create(pool.get(), "packed");
  add_offered_debs(repo, part, architectures);
  return written(repo);
}

}  // namespace

std::string pack_debs(std::string_view list, const DebArchitectures& architectures) {
  std::string packed;
  do {
    const std::string part = pack_part(take_part(list), architectures);
    if (part.empty()) return {};
    packed += part;
  } while (!list.empty());
  return packed;
}

std::string pack_rpms(const std::string& path) {
  const PoolHolder pool(pool_create());
  pool_setdisttype(pool.get(), DISTTYPE_RPM);
  Repo* repo = repo_create(pool.get(), "packed");
  const ListFile list = open_list(path);
  return list && add_offered_rpms(repo, list.get()) ? written(repo) : std::string();
}

bool add_packed_list(s_Repo* repo, std::string_view bytes) {
  if (bytes.empty()) return false;
  // Only read from.
  const File file(::fmemopen(const_cast<char*>(bytes.data()), bytes.size(), "r"));
  if (!file) return false;
  // One part after the other.
  while (std::ftell(file.get()) < static_cast<long>(bytes.size()))
    if (repo_add_solv(repo, file.get(), 0) != 0) return false;
  return true;
}

}  // namespace nvprov
