// Catch2 v3 brings its own main in a library.
#if NVPROV_CATCH_MAJOR < 3
#define CATCH_CONFIG_MAIN
#endif
#include "support/catch.hpp"
