#pragma once

#include "catalog/same_record.hpp"
#include "model/catalog.hpp"

// The members of records, for the binary form in encode.cpp: those that stand in headers of their own.

namespace nvprov {

// Each names every member of its record: the structured binding does not compile when one is added or taken away.
void fields(auto& archive, same_record<HostCompiler> auto& record) {
  auto& [compiler, oldest, newest] = record;
  archive(compiler, oldest, newest);
}
void fields(auto& archive, same_record<ToolkitComponents> auto& record) {
  auto& [is_complete, versions] = record;
  archive(is_complete, versions);
}
void fields(auto& archive, same_record<KernelBreak> auto& record) {
  auto& [first_kernel, last_kernel, distro, modules, fixed_in, last_failing, sources] = record;
  archive(first_kernel, last_kernel, distro, modules, fixed_in, last_failing, sources);
}
void fields(auto& archive, same_record<KernelBuild> auto& record) {
  auto& [driver, package_version, origin, last_kernel, modules, sources] = record;
  archive(driver, package_version, origin, last_kernel, modules, sources);
}
void fields(auto& archive, same_record<KernelSupport> auto& record) {
  auto& [oldest_kernel, breaks, builds] = record;
  archive(oldest_kernel, breaks, builds);
}
void fields(auto& archive, same_record<SecurityFloor> auto& record) {
  auto& [release, bulletin, date, sources] = record;
  archive(release, bulletin, date, sources);
}
void fields(auto& archive, same_record<CompatRelease> auto& record) {
  auto& [cuda, libraries_branch, works_over, not_needed_on, does_not_work_over, sources] = record;
  archive(cuda, libraries_branch, works_over, not_needed_on, does_not_work_over, sources);
}
void fields(auto& archive, same_record<CompatGpuClass> auto& record) {
  auto& [id, title, eligible, name_words, sources] = record;
  archive(id, title, eligible, name_words, sources);
}
void fields(auto& archive, same_record<CompatFeature> auto& record) {
  auto& [feature, works, condition, sources] = record;
  archive(feature, works, condition, sources);
}
void fields(auto& archive, same_record<CompatBase> auto& record) {
  auto& [cuda_major, first_branch, sources] = record;
  archive(cuda_major, first_branch, sources);
}
void fields(auto& archive, same_record<CompatError> auto& record) {
  auto& [name, code, meaning, sources] = record;
  archive(name, code, meaning, sources);
}
void fields(auto& archive, same_record<ForwardCompatibility> auto& record) {
  auto& [package, directory, releases, gpu_classes, bases, features, errors, sources] = record;
  archive(package, directory, releases, gpu_classes, bases, features, errors, sources);
}

}  // namespace nvprov
