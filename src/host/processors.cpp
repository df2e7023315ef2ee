#include "host/processors.hpp"

#include <sched.h>

#include <algorithm>

namespace nvprov {

unsigned usable_processors() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
  return static_cast<unsigned>(std::max(CPU_COUNT(&allowed), 1));
}

}  // namespace nvprov
