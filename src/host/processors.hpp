#pragma once

namespace nvprov {

// How many processors this process may use; 1 where that cannot be told. Fewer than the machine has in a container or
// under taskset.
unsigned usable_processors();

}  // namespace nvprov
