#pragma once

#include <cstdint>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/request.hpp"

namespace nvprov::test {

// A small invented catalog, a machine and a request, all of them chance: few of each record, so that everything that
// can be an answer can be enumerated.
struct RandomMachine {
  Catalog catalog;
  HostFacts facts;
  Request request;
};

// The same for the same seed, on every machine.
RandomMachine random_machine(std::uint32_t seed);

}  // namespace nvprov::test
