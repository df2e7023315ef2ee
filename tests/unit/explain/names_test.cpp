// What a typed name, message or question is taken to mean.
#include "explain/names.hpp"

#include "base/text.hpp"
#include "explain/questions.hpp"
#include "support/catch.hpp"
#include "unit/explain/samples.hpp"

using namespace nvprov;
namespace explained = nvprov::explain_samples;

namespace {

std::vector<NamedThing> meant_by(const std::string& typed) {
  const auto found = find_meanings(typed, explained::catalog(), explained::concepts());
  return found ? *found : std::vector<NamedThing>{};
}

// "concept driver", "question cuda-toolkit", ...; several joined by commas.
std::string meaning_words(const std::string& typed) {
  std::vector<std::string> words;
  for (const NamedThing& each : meant_by(typed)) words.push_back(std::string(to_word(each.meaning)) + " " + each.id);
  return join(words, ", ");
}

}  // namespace

TEST_CASE("every name of the table of what users mix up is explained") {
  CHECK(meaning_words("NVIDIA driver") == "concept driver");
  CHECK(meaning_words("CUDA runtime") == "concept cuda-runtime");
  CHECK(meaning_words("cudart") == "component cudart");
  CHECK(meaning_words("CUDA libraries") == "concept cuda-libraries");
  CHECK(meaning_words("CUDA toolkit") == "concept cuda-toolkit");
  CHECK(meaning_words("nvcc") == "concept cuda-toolkit");
  CHECK(meaning_words("cuDNN") == "concept cudnn");
  CHECK(meaning_words("NCCL") == "concept nccl");
  CHECK(meaning_words("NVIDIA Container Toolkit") == "concept container-toolkit");
  CHECK(meaning_words("nvidia-ctk") == "concept container-toolkit");
  CHECK(meaning_words("libnvidia-container") == "concept container-toolkit");
  CHECK(meaning_words("nvidia-container-cli") == "concept container-toolkit");
  CHECK(meaning_words("nvidia-container-runtime") == "package nvidia-container-runtime");
  CHECK(meaning_words("nvidia-docker2") == "package nvidia-docker2");
  CHECK(meaning_words("cuda-compat") == "concept cuda-compat");
  CHECK(meaning_words("forward compatibility") == "concept cuda-compat");
  CHECK(meaning_words("NVIDIA X Server Settings") == "concept nvidia-settings");
  CHECK(meaning_words("nvidia-settings") == "package nvidia-settings");
  CHECK(meaning_words("fabric manager") == "concept fabric-manager");
  CHECK(meaning_words("NVLSM") == "package nvlsm");
  CHECK(meaning_words("IMEX") == "concept imex");
  CHECK(meaning_words("容器工具包") == "concept container-toolkit");
  CHECK(meaning_words("驱动") == "concept driver");
}

TEST_CASE("records are found by their own names") {
  CHECK(meaning_words("deploy") == "profile deploy");
  CHECK(meaning_words("runtime-only") == "profile deploy");
  CHECK(meaning_words("persistence") == "concept persistence");
  CHECK(meaning_words("cublas") == "component cublas");
  CHECK(meaning_words("580") == "driver 580");
  CHECK(meaning_words("driver 580") == "driver 580");
  CHECK(meaning_words("535.309.01") == "driver 535.309.01");
  CHECK(meaning_words("12.4") == "cuda 12.4");
  CHECK(meaning_words("CUDA 12.4.1") == "cuda 12.4.1");
  CHECK(meaning_words("debian-12") == "distribution debian-12");
  CHECK(meaning_words("ubuntu 22.04") == "distribution ubuntu-22.04");
  CHECK(meaning_words("libcuda1") == "package libcuda1");
  CHECK(meaning_words("cuda-cudart-12-4") == "package cuda-cudart-12-4");
  CHECK(meaning_words("T4") == "gpu T4");
  CHECK(meaning_words("10de:1eb8") == "gpu 10de:1eb8");
  CHECK(meaning_words("Tesla T4") == "gpu Tesla T4");
}

TEST_CASE("packages no record holds are known by the concept they are about") {
  CHECK(meaning_words("cuda-toolkit-12-4") == "package cuda-toolkit-12-4");
  CHECK(meaning_words("cuda-runtime-12-4") == "package cuda-runtime-12-4");
  CHECK(meaning_words("cuda-drivers-580") == "package cuda-drivers-580");
  CHECK(meaning_words("cuda-drivers-x").empty());
}

TEST_CASE("a word of several meanings lists them all") {
  CHECK(meaning_words("runtime") == "concept cuda-runtime, concept container-runtime");
  CHECK(meaning_words("cuda") == "concept cuda-runtime, concept cuda-toolkit, concept cuda-version, package cuda");
}

TEST_CASE("a message somebody copied leads to what it is about") {
  CHECK(meaning_words("error while loading shared libraries: libcudart.so.12: cannot open shared object file: No such "
                      "file or directory") == "concept cuda-runtime");
  CHECK(meaning_words("Failed to initialize NVML: Driver/library version mismatch") == "concept version-mismatch");
  CHECK(meaning_words("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.") ==
        "concept nvidia-smi");
  CHECK(meaning_words(R"(docker: could not select device driver "" with capabilities: [[gpu]].)") ==
        "concept container-toolkit");
  CHECK(meaning_words("CUDA driver version is insufficient for CUDA runtime version") == "concept cuda-version");
  CHECK(meaning_words("W: NO_PUBKEY A4B469963BF863CC") == "concept repositories");
  CHECK(meaning_words("system not yet initialized") == "concept fabric-manager");
}

TEST_CASE("the questions people ask find their answers") {
  CHECK(meaning_words("Is the toolkit needed to run CUDA programs?") == "question cuda-toolkit");
  CHECK(meaning_words("what does PyTorch need") == "question pytorch");
  CHECK(meaning_words("does a container host need CUDA?") == "question container-toolkit");
  CHECK(meaning_words("what does a toolkit/driver mismatch look like") == "question cuda-version");
  CHECK(meaning_words("container toolkit or container runtime") == "question container-toolkit");
  CHECK(meant_by("does a container host need CUDA?").front().question !=
        meant_by("container toolkit or container runtime").front().question);
  CHECK(meaning_words("why does nvidia-smi fail although CUDA is installed") == "question nvidia-smi");
  CHECK(meaning_words("why is libcudart.so not found on a deploy host") == "concept cuda-runtime");
  CHECK(meaning_words("does cuDNN come with the toolkit") == "question cudnn");
  CHECK(meaning_words("which container images can this host run") == "question container-images");
  CHECK(meaning_words("must all driver packages have the same version") == "question driver");
  CHECK(meaning_words("which kernel module flavour, open or proprietary") == "question kernel-module");
}

TEST_CASE("the same questions in Chinese find the same answers") {
  CHECK(meaning_words("运行 CUDA 程序需要安装工具包吗？") == "question cuda-toolkit");
  CHECK(meaning_words("运行PyTorch需要装什么") == "question pytorch");
  CHECK(meaning_words("容器宿主机需要装CUDA吗") == "question container-toolkit");
  CHECK(meaning_words("工具包和驱动版本不一致会怎样") == "question cuda-version");
  CHECK(meaning_words("容器工具包和容器运行时有什么区别") == "question container-toolkit");
  CHECK(meaning_words("装了CUDA，nvidia-smi却报错") == "question nvidia-smi");
  CHECK(meaning_words("部署主机找不到 libcudart.so") == "concept cuda-runtime");
  CHECK(meaning_words("cuDNN包含在工具包里吗") == "question cudnn");
  CHECK(meaning_words("这台主机能运行哪些容器镜像") == "question container-images");
}

TEST_CASE("a name inside a sentence is found where no question fits") {
  CHECK(meaning_words("what is a fabric manager") == "concept fabric-manager");
  CHECK(meaning_words("what is cublas for?") == "component cublas");
  CHECK(meaning_words("什么是容器工具包") == "concept container-toolkit");
}

TEST_CASE("an unknown name says so and has the nearest known one") {
  const auto unknown = find_meanings("tolkit", explained::catalog(), explained::concepts());
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().kind == ErrorKind::usage);
  CHECK(unknown.error().message == "there is nothing called `tolkit` to explain");
  CHECK(unknown.error().hints.front() == "did you mean `toolkit`?");
  CHECK_FALSE(find_meanings("", explained::catalog(), explained::concepts()));
  CHECK_FALSE(find_meanings("   ", explained::catalog(), explained::concepts()));
}

TEST_CASE("names stand in a sentence as words of their own") {
  CHECK(longest_name_in("the driver's version", {"driver", "drive", "version"}) == "version");
  CHECK(longest_name_in("a screwdriver", {"driver"}).empty());
  CHECK(longest_name_in("装驱动吗", {"驱动"}) == "驱动");
}
