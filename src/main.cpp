#include <cstdio>
#include <exception>

#include "cli/run.hpp"
#include "host/posix_host.hpp"

int main(int argc, char** argv) {
  using namespace nvprov;
  try {
    const auto machine = make_posix_host("/");
    return static_cast<int>(run(*machine, system_clock(), std::vector<std::string>(argv + 1, argv + argc)));
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "error: a fault of nvprov's own: %s\nhint: please report it with the command line you used\n",
                 fault.what());
    return static_cast<int>(ExitCode::bug);
  }
}
