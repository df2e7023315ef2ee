// The resolver alone, on everything the program carries. scripts/bench runs it; its aims stand there.

#include "resolve/resolve.hpp"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "resolve/described_host.hpp"
#include "resolve/named_gpus.hpp"
#include "support/whole_catalog.hpp"

namespace nvprov {
namespace {

struct Situation {
  const char* name;
  const char* distro;
  std::vector<std::string> gpus;
  std::vector<std::string> cuda;
  std::vector<std::string> additions;
};

void resolve_it(benchmark::State& state, const Situation& situation) {
  const Catalog& catalog = whole_catalog();
  HostFacts facts = described_host(*find_distro(catalog, situation.distro), "x86_64");
  facts.observed_on = catalog.date;
  const auto devices = name_devices(situation.gpus, catalog);
  if (!devices) return state.SkipWithError("a GPU has no such name");
  facts.gpus = devices->gpus;
  facts.gpus_named = true;
  Request request;
  request.profiles = {"deploy"};
  request.cuda = situation.cuda;
  request.additions = situation.additions;
  request.target = Target::host;
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(resolve(facts, catalog, request, {}));
}

const std::vector<Situation> situations = {
    {"answer/t4-debian-12", "debian-12", {"T4"}, {"auto"}, {}},
    {"answer/t4-ubuntu-22.04", "ubuntu-22.04", {"T4"}, {"auto"}, {}},
    {"answer/8xh100-rocky-9", "rocky-9", {"8xH100"}, {"12.4"}, {}},
    {"answer/two-releases-and-cudnn", "ubuntu-24.04", {"L4"}, {"12.6", "12.9"}, {"cudnn"}},
    {"refusal/p40-cuda-13.0", "ubuntu-22.04", {"P40"}, {"13.0"}, {}},
    {"refusal/v100-b200", "ubuntu-24.04", {"V100", "B200"}, {"auto"}, {}},
    {"refusal/cudnn-8-cuda-13.0", "ubuntu-22.04", {"T4"}, {"13.0"}, {"cudnn=8"}},
};

}  // namespace
}  // namespace nvprov

int main(int count, char** words) {
  benchmark::Initialize(&count, words);
  for (const auto& situation : nvprov::situations)
    benchmark::RegisterBenchmark(situation.name, nvprov::resolve_it, situation)->Unit(benchmark::kMillisecond);
  benchmark::RunSpecifiedBenchmarks();
}
