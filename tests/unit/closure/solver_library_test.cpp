#include <cstdio>
#include <memory>
#include <string>
#include <vector>

extern "C" {
#include <solv/pool.h>
#include <solv/poolarch.h>
#include <solv/repo.h>
#include <solv/repo_deb.h>
#include <solv/repo_rpmmd.h>
#include <solv/selection.h>
#include <solv/solver.h>
#include <solv/transaction.h>
}

#include "support/catch.hpp"

// What the libsolv of this build can do: Debian's and rpm's rules in one library, and the readers of both indexes.
namespace nvprov {
namespace {

using FreshPool = std::unique_ptr<Pool, decltype(&pool_free)>;
using Stream = std::unique_ptr<FILE, decltype(&std::fclose)>;
using Reader = int (*)(Repo*, FILE*);

// A pool with the packages of one index.
FreshPool pool_of(int rules, const char* architecture, const std::string& index, Reader read) {
  FreshPool pool(pool_create(), pool_free);
  REQUIRE(pool_setdisttype(pool.get(), rules) >= 0);
  pool_setarch(pool.get(), architecture);
  std::string text = index;
  const Stream stream(fmemopen(text.data(), text.size(), "r"), std::fclose);
  REQUIRE(stream);
  REQUIRE(read(repo_create(pool.get(), "index"), stream.get()) == 0);
  pool_createwhatprovides(pool.get());
  return pool;
}

// The packages an installation of that name brings, in their order, or nothing where there is no way.
std::vector<std::string> brought_by_install(Pool* pool, const char* name) {
  Queue jobs;
  queue_init(&jobs);
  selection_make(pool, &jobs, name, SELECTION_NAME);
  REQUIRE(jobs.count == 2);
  jobs.elements[0] |= SOLVER_INSTALL;
  Solver* solver = solver_create(pool);
  std::vector<std::string> brought;
  if (solver_solve(solver, &jobs) == 0) {
    Transaction* transaction = solver_create_transaction(solver);
    transaction_order(transaction, 0);
    for (int i = 0; i < transaction->steps.count; ++i)
      brought.emplace_back(pool_solvid2str(pool, transaction->steps.elements[i]));
    transaction_free(transaction);
  }
  solver_free(solver);
  queue_free(&jobs);
  return brought;
}

int read_debian(Repo* repository, FILE* stream) { return repo_add_debpackages(repository, stream, 0); }
int read_rpm(Repo* repository, FILE* stream) { return repo_add_rpmmd(repository, stream, nullptr, 0); }

std::string rpm_package(const std::string& name, const std::string& version, const std::string& entries) {
  return "<package type='rpm'><name>" + name + "</name><arch>x86_64</arch><version epoch='0' ver='" + version +
         "' rel='1'/><format><rpm:provides><rpm:entry name='" + name + "' flags='EQ' epoch='0' ver='" + version +
         "' rel='1'/></rpm:provides><rpm:requires>" + entries + "</rpm:requires></format></package>";
}
std::string rpm_index(const std::string& packages) {
  return "<metadata xmlns='http://linux.duke.edu/metadata/common' xmlns:rpm='http://linux.duke.edu/metadata/rpm'>" +
         packages + "</metadata>";
}

}  // namespace

TEST_CASE("libsolv reads an index of Debian's and goes by Debian's versions") {
  // Before 1.0 comes 1.0~rc1 in Debian, so that alone would not do.
  const auto pool = pool_of(DISTTYPE_DEB, "amd64",
                            "Package: a\nVersion: 2-1\nArchitecture: amd64\nDepends: b (>= 1.0)\n\n"
                            "Package: b\nVersion: 1.0~rc1\nArchitecture: amd64\n\n"
                            "Package: b\nVersion: 1:0.5\nArchitecture: all\n",
                            read_debian);
  CHECK(brought_by_install(pool.get(), "a") == std::vector<std::string>{"b-1:0.5.all", "a-2-1.amd64"});
  const auto too_old = pool_of(DISTTYPE_DEB, "amd64",
                               "Package: a\nVersion: 2-1\nArchitecture: amd64\nDepends: b (>= 1.0)\n\n"
                               "Package: b\nVersion: 1.0~rc1\nArchitecture: amd64\n",
                               read_debian);
  CHECK(brought_by_install(too_old.get(), "a").empty());
}

TEST_CASE("libsolv reads an index of rpm's and goes by rpm's versions and rich dependencies") {
  const std::string b = rpm_package("b", "1.0^git1", "");
  const auto pool =
      pool_of(DISTTYPE_RPM, "x86_64",
              rpm_index(rpm_package("a", "2", "<rpm:entry name='b' flags='GT' epoch='0' ver='1.0'/>") + b), read_rpm);
  CHECK(brought_by_install(pool.get(), "a") == std::vector<std::string>{"b-1.0^git1-1.x86_64", "a-2-1.x86_64"});
  const auto rich = pool_of(
      DISTTYPE_RPM, "x86_64",
      rpm_index(rpm_package("a", "2", "<rpm:entry name='(b if b)'/><rpm:entry name='(c or b)'/>") + b), read_rpm);
  CHECK(brought_by_install(rich.get(), "a") == std::vector<std::string>{"b-1.0^git1-1.x86_64", "a-2-1.x86_64"});
}

}  // namespace nvprov
