// What nvprov plans for an image is held against what NVIDIA's own images install; each difference has a reason in
// tests/data/image_sets.json.

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/json.hpp"
#include "base/text.hpp"
#include "resolve/described_host.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

namespace nvprov {
namespace {

using Names = std::set<std::string>;

struct NvidiaImage {
  std::string title;
  std::string cuda;
  std::string distro;
  std::string arch;
  std::map<std::string, Names> variants;
};

// Names hold {dash}, the release with a dash.
struct Difference {
  std::vector<std::string> packages;
  std::string only;  // "nvidia" or "nvprov"
  std::string reason;
};

struct MetaPackage {
  std::string package;
  std::vector<std::string> members;
};

struct ImageSets {
  std::vector<NvidiaImage> images;
  std::vector<MetaPackage> metas;
  std::vector<Difference> differences;
};

Names names_of(ObjectReader& reader, std::string_view key) {
  const auto texts = reader.texts(key);
  return {texts.begin(), texts.end()};
}

ImageSets read_image_sets() {
  std::ifstream file(NVPROV_SOURCE_DIR "/tests/data/image_sets.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto json = parse_json(text, "image_sets.json");
  REQUIRE(json.has_value());
  Diagnostics problems;
  ObjectReader reader(*json, "image_sets.json", "", problems);
  ImageSets sets;
  reader.object("source", [](ObjectReader& source) { return source.text("title") + source.text("url"); });
  sets.images = reader.objects("images", [](ObjectReader& item) {
    NvidiaImage image{.title = item.text("image"),
                      .cuda = item.text("cuda"),
                      .distro = item.text("distro"),
                      .arch = item.text("arch"),
                      .variants = {}};
    for (const char* variant : {"base", "runtime", "devel"}) image.variants[variant] = names_of(item, variant);
    return image;
  });
  sets.metas = reader.objects("metas", [](ObjectReader& item) {
    item.text("basis");
    return MetaPackage{.package = item.text("package"), .members = item.texts("members")};
  });
  sets.differences = reader.objects("differences", [](ObjectReader& item) {
    return Difference{.packages = item.texts("packages"), .only = item.text("only"), .reason = item.text("reason")};
  });
  reader.finish();
  REQUIRE(problems.empty());
  return sets;
}

std::string with_release(const std::string& name, const std::string& cuda) {
  return replace_all(name, "{dash}", replace_all(cuda, ".", "-"));
}

// With what its members are in place of a meta package, which nvprov names one by one.
Names with_members(const Names& names, const std::vector<MetaPackage>& metas, const std::string& cuda) {
  Names all = names;
  for (const MetaPackage& meta : metas) {
    if (all.erase(with_release(meta.package, cuda)) == 0) continue;
    for (const std::string& member : meta.members) all.insert(with_release(member, cuda));
  }
  return all;
}

bool has_one_of(const Names& names, std::initializer_list<std::string> wanted) {
  return std::ranges::any_of(wanted, [&](const std::string& name) { return names.contains(name); });
}

// Not every image has a compatibility package and NCCL.
Request request_for(const std::string& variant, const NvidiaImage& image) {
  Request request;
  request.target = Target::image;
  request.cuda = {"=" + image.cuda};
  request.source = "nvidia";
  if (has_one_of(image.variants.at("base"), {with_release("cuda-compat-{dash}", image.cuda)}))
    request.additions.emplace_back("compat");
  if (variant == "base") return request;
  request.libraries = {"all"};
  if (has_one_of(image.variants.at("runtime"), {"libnccl", "libnccl2"})) request.additions.emplace_back("nccl");
  if (variant == "devel") request.profiles = {"develop"};
  return request;
}

Names planned(const std::string& variant, const NvidiaImage& image) {
  const Distro* distro = find_distro(whole_catalog(), image.distro);
  REQUIRE(distro != nullptr);
  const HostFacts facts = described_host(*distro, image.arch);
  const auto resolution = resolve(facts, whole_catalog(), request_for(variant, image), {});
  REQUIRE(resolution.has_value());
  Names names;
  for (const CudaChoice& cuda : resolution->cuda) {
    names.insert(cuda.packages.begin(), cuda.packages.end());
    if (cuda.compiler) names.insert(cuda.compiler->package);
  }
  for (const AdditionChoice& addition : resolution->additions)
    for (const PackageRequest& package : addition.packages) names.insert(package.name);
  return names;
}

Names without(const Names& names, const Names& others) {
  Names left;
  std::ranges::set_difference(names, others, std::inserter(left, left.end()));
  return left;
}

class Listed {
 public:
  explicit Listed(const std::vector<Difference>& differences) : differences_(differences) {}

  bool has(const std::string& name, const std::string& only, const std::string& cuda) {
    for (const Difference& each : differences_)
      for (const std::string& package : each.packages)
        if (each.only == only && with_release(package, cuda) == name) {
          met_.insert(only + " " + package);
          return true;
        }
    return false;
  }

  Names never_met() const {
    Names all;
    for (const Difference& each : differences_)
      for (const std::string& package : each.packages) all.insert(each.only + " " + package);
    return without(all, met_);
  }

 private:
  const std::vector<Difference>& differences_;
  Names met_;
};

}  // namespace

TEST_CASE("image sets are NVIDIA's own but for differences with a reason") {
  const ImageSets sets = read_image_sets();
  CHECK(sets.images.size() >= 20);
  Listed listed(sets.differences);
  Names unlisted;
  for (const NvidiaImage& image : sets.images)
    for (const auto& each : image.variants) {
      const auto& variant = each.first;
      const auto& theirs = each.second;
      const Names ours = planned(variant, image);
      const auto note = [&](const Names& names, const std::string& only) {
        for (const std::string& name : names)
          if (!listed.has(name, only, image.cuda))
            unlisted.insert(fmt::format("{} of {} for {}: {} only {}", variant, image.title, image.arch, name, only));
      };
      const Names expected = with_members(theirs, sets.metas, image.cuda);
      note(without(expected, ours), "nvidia");
      note(without(ours, expected), "nvprov");
    }
  CHECK(join(std::vector<std::string>(unlisted.begin(), unlisted.end()), "\n") == "");
  const Names never = listed.never_met();
  CHECK(join(std::vector<std::string>(never.begin(), never.end()), "\n") == "");
}

}  // namespace nvprov
