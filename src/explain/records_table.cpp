#include "explain/records_table.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "explain/say.hpp"

namespace nvprov {
namespace {

std::string role_words(const PackageRecord& record, Language language) {
  const std::string name =
      record.role == PackageRole::module ? flavour_name(language, record.component) : record.component;
  const SentenceValues of{.subject = name, .other = {}, .limit = {}};
  switch (record.role) {
    case PackageRole::component: return say(language, "driver: {subject}", "驱动：{subject}", of);
    case PackageRole::module: return say(language, "kernel module: {subject}", "内核模块：{subject}", of);
    case PackageRole::driver_part: return say(language, "driver: another part", "驱动：其他部分");
    case PackageRole::cuda: return say(language, "CUDA: {subject}", "CUDA：{subject}", of);
    case PackageRole::headers: return say(language, "kernel headers", "内核头文件");
    case PackageRole::helper: return say(language, "helps to install", "安装辅助");
  }
  return "";
}

std::string version_words(const PackageRecord& record, Language language) {
  if (record.role == PackageRole::cuda || record.role == PackageRole::headers || record.role == PackageRole::helper)
    return say(language, "its own", "独立");
  return record.driver_versioned ? say(language, "the driver's", "与驱动相同") : say(language, "its own", "独立");
}

// What rows are drawn together by, and what is drawn together.
using Key = std::tuple<PackageRole, std::string, std::string, bool, std::string>;
struct Gathered {
  PackageRecord first;
  std::vector<std::string> releases;
  std::vector<std::string> distros;
};

std::map<Key, Gathered> gathered(const std::vector<PackageRecord>& records) {
  std::map<Key, Gathered> all;
  for (const PackageRecord& record : records) {
    Gathered& row = all[{record.role, record.component, record.license, record.driver_versioned, record.source}];
    row.first = record;
    if (!record.release.empty()) append_new(row.releases, {record.release});
    append_new(row.distros, {record.distro});
  }
  return all;
}

}  // namespace

std::string spans(const std::vector<std::string>& releases, const std::vector<std::string>& all, Language language) {
  std::vector<std::string> parts;
  std::string first;
  std::string last;
  const auto close = [&] {
    if (first.empty()) return;
    parts.push_back(first == last ? first
                                  : say(language, "{subject} to {other}", "{subject} 至 {other}",
                                        {.subject = first, .other = last, .limit = {}}));
    first.clear();
  };
  for (const std::string& each : all) {
    if (std::ranges::find(releases, each) == releases.end()) {
      close();
      continue;
    }
    if (first.empty()) first = each;
    last = each;
  }
  close();
  return listed(language, parts);
}

std::vector<std::string> all_branches(const Catalog& catalog) {
  std::vector<std::string> all;
  for (const DriverBranch& branch : catalog.drivers) all.push_back(branch.branch);
  return all;
}

std::vector<std::string> all_cuda(const Catalog& catalog) {
  std::vector<std::string> all;
  for (const CudaRelease& cuda : catalog.cuda) all.push_back(cuda.release);
  return all;
}

std::vector<std::vector<std::string>> record_rows(const std::vector<PackageRecord>& records, const Catalog& catalog,
                                                  Language language) {
  if (records.empty()) return {};
  std::vector<std::vector<std::string>> rows = {
      {say(language, "what", "用途"), say(language, "of", "所属版本"), say(language, "version", "版本号"),
       say(language, "licence", "许可"), say(language, "source", "软件源"), say(language, "distributions", "发行版")}};
  for (const auto& [key, row] : gathered(records)) {
    const bool is_cuda = row.first.role == PackageRole::cuda;
    rows.push_back({role_words(row.first, language),
                    spans(row.releases, is_cuda ? all_cuda(catalog) : all_branches(catalog), language),
                    version_words(row.first, language), row.first.license, row.first.source,
                    listed(language, row.distros)});
  }
  return rows;
}

}  // namespace nvprov
