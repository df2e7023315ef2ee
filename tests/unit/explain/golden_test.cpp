// What is printed, whole.
#include "support/golden.hpp"

#include "support/catch.hpp"
#include "unit/explain/samples.hpp"

using namespace nvprov;
using namespace nvprov::test;
namespace explained = nvprov::explain_samples;

TEST_CASE("a T4 host with the distribution's driver is told what holds there") {
  const Here here = explained::here_of("debian12-distro-driver-installed");
  check_golden("explain/t4-driver.en.txt", explained::explained("driver", here, Language::en));
  check_golden("explain/t4-driver.zh.txt", explained::explained("driver", here, Language::zh));
  check_golden("explain/t4-images.en.txt",
               explained::explained("which container images can this host run", here, Language::en));
  check_golden("explain/t4-images.zh.txt", explained::explained("这台主机能运行哪些容器镜像", here, Language::zh));
  check_golden("explain/t4-gpu.en.txt", explained::explained("T4", here, Language::en));
}

TEST_CASE("an image is told that it never holds a driver") {
  const Here here = explained::here_of("docker-container");
  check_golden("explain/image-toolkit.en.txt",
               explained::explained("is the toolkit needed to run programs", here, Language::en));
  check_golden("explain/image-cudart.zh.txt", explained::explained("cudart", here, Language::zh));
  check_golden("explain/image-images.en.txt", explained::explained("container-images", here, Language::en));
}

TEST_CASE("a fresh host is told by what a profile would install") {
  const Here here = explained::here_of("debian12-h100-v100");
  check_golden("explain/h100-v100-cuda.en.txt", explained::explained("cuda-version", here, Language::en));
  check_golden("explain/h100-v100-branch.en.txt", explained::explained("615", here, Language::en));
}

TEST_CASE("the chain of a package goes from the profile to the facts") {
  const Plan plan = explained::plan_of("debian12-t4");
  check_golden("explain/chain-libcuda1.en.txt", explained::chain_on(plan, "libcuda1", Language::en));
  check_golden("explain/chain-libcuda1.zh.txt", explained::chain_on(plan, "libcuda1", Language::zh));
  check_golden("explain/chain-module.en.txt", explained::chain_on(plan, "nvidia-kernel-dkms", Language::en));
  check_golden("explain/chain-cudart.en.txt", explained::chain_on(plan, "libcudart11.0", Language::en));
  check_golden("explain/chain-headers.en.txt", explained::chain_on(plan, "linux-headers-amd64", Language::en));
}
