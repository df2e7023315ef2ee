// Which GPUs may load the libraries of a compatibility package.
#include "resolve/forward_compatibility.hpp"

#include <map>
#include <string>

#include "catalog/catalog.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

const Catalog& compat_catalog() {
  static const Catalog catalog = embedded_catalog();
  return catalog;
}

CompatGpu answer_for(std::string_view name) { return compat_gpu(compat_catalog().forward_compatibility, name); }

std::string class_of(std::string_view name) {
  const CompatGpuClass* found = compat_class_of(compat_catalog().forward_compatibility, name);
  return found != nullptr ? found->id : "";
}

}  // namespace

TEST_CASE("a GPU's name tells whether compatibility packages are for it") {
  for (const std::string_view name : {"NVIDIA A100-SXM4-80GB", "Tesla T4", "T4", "NVIDIA H100 80GB HBM3", "NVIDIA L40S",
                                      "HGX B200 168GB", "NVIDIA B200", "NVIDIA GH200 120GB", "Jetson AGX Thor"}) {
    INFO(name);
    CHECK(answer_for(name) == CompatGpu::eligible);
  }
  for (const std::string_view name : {"NVIDIA GeForce RTX 4090", "TITAN V", "NVIDIA TITAN RTX", "GeForce GTX TITAN X",
                                      "Quadro P4000", "Quadro T1000", "NVS 510", "NVIDIA T1000 8GB", "CMP 170HX"}) {
    INFO(name);
    CHECK(answer_for(name) == CompatGpu::not_eligible);
  }
  for (const std::string_view name :
       {"NVIDIA RTX A6000", "Quadro RTX 6000", "NVIDIA RTX PRO 6000 Blackwell Server Edition"}) {
    INFO(name);
    CHECK(answer_for(name) == CompatGpu::some);
  }
  for (const std::string_view name : {"GK107-INT22-A1", "NVIDIA GB10", "GRID K1", "DRIVE A100 PROD", "Skinny Joe",
                                      "unknown NVIDIA GPU 10de:ffff", ""}) {
    INFO(name);
    CHECK(answer_for(name) == CompatGpu::unknown);
  }
}

TEST_CASE("the words that come first in a name decide, and of these the most") {
  CHECK(class_of("GeForce RTX 4090") == "geforce");
  CHECK(class_of("Quadro RTX 6000") == "rtx");
  CHECK(class_of("Quadro 6000") == "other");
  CHECK(class_of("Tesla T10 16GB / GRID RTX T10-2/T10-4/T10-8") == "data-center");
  CHECK(class_of("RTX Spark N1X (6144-core Blackwell RTX GPU)") == "unknown");
  CHECK(class_of("Teslata T4000").empty());
}

TEST_CASE("each GPU of the catalog is of one class, and most are no data center GPUs") {
  std::map<std::string, int> counts;
  for (const GpuModel& gpu : compat_catalog().gpus) ++counts[class_of(gpu.name)];
  CHECK(counts.count("") == 0);
  CHECK(counts["data-center"] > 100);
  CHECK(counts["unknown"] < 200);
}

TEST_CASE("the catalog's name of a GPU goes before the one it was asked for by") {
  Gpu gpu;
  gpu.device_id = "2684";
  gpu.name = "RTX 4090";
  CHECK(compat_gpu(compat_catalog(), gpu) == CompatGpu::not_eligible);
  gpu.device_id = "ffff";
  CHECK(compat_gpu(compat_catalog(), gpu) == CompatGpu::some);
}
