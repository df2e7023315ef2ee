#pragma once

#include <vector>

#include "catalog/catalog.hpp"

namespace nvprov::test {

// The part of sample_data() that stands beside driver and CUDA: a library, a container toolkit, a fabric, virtual GPUs.
std::vector<DataFile> sample_data_beside();
SigningKey sample_key();
// What becomes of it.
CudaLibrary sample_library();
ContainerToolkit sample_container_toolkit();
Fabric sample_fabric();

}  // namespace nvprov::test
