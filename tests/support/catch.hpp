#pragma once

// Catch2 v2 (Debian 12) or v3 (newer distributions), whichever the build found.
#if NVPROV_CATCH_MAJOR >= 3
#include <catch2/catch_test_macros.hpp>
#else
#include <catch2/catch.hpp>
#endif
