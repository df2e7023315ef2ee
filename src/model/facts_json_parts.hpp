#pragma once

#include "base/json.hpp"
#include "model/facts.hpp"

namespace nvprov::facts_json {

// The JSON form of each part of the facts and its reader; facts_json.cpp puts them together.

Json to_json(const OsFacts& os);
OsFacts read_os(ObjectReader& reader);
Json to_json(const KernelFacts& kernel);
KernelFacts read_kernel(ObjectReader& reader);
Json to_json(const Gpu& gpu);
Gpu read_gpu(ObjectReader& reader);
Json to_json(const NvSwitch& nvswitch);
NvSwitch read_nvswitch(ObjectReader& reader);
Json to_json(const DriverFacts& driver);
DriverFacts read_driver(ObjectReader& reader);
Json to_json(const CudaToolkit& toolkit);
CudaToolkit read_cuda_toolkit(ObjectReader& reader);
Json to_json(const std::optional<AlternativeFacts>& alternative);
AlternativeFacts read_alternative_facts(ObjectReader& reader);
Json to_json(const ContainerEngine& engine);
Json to_json(const ServiceState& service);
ContainerEngine read_container_engine(ObjectReader& reader);
ServiceState read_service_state(ObjectReader& reader);
Json to_json(const SecureBootFacts& secure_boot);
SecureBootFacts read_secure_boot(ObjectReader& reader);
Json to_json(const EnvironmentFacts& environment);
EnvironmentFacts read_environment(ObjectReader& reader);
Json to_json(const PackageFacts& packages);
PackageFacts read_packages(ObjectReader& reader);

// "host", "chroot", "container", "machine-container", "image-build", "unclear".
std::string_view place_name(PlaceKind place);

}  // namespace nvprov::facts_json
