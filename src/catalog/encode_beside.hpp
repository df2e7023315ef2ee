#pragma once

// The fields of what stands beside driver and CUDA: libraries, the container toolkit, the fabric, virtual GPUs. Each
// names every member of its record: the structured binding does not compile when one is added or taken away.
#include "catalog/same_record.hpp"
#include "model/catalog.hpp"

namespace nvprov {

void fields(auto& archive, same_record<LibraryBuild> auto& record) {
  auto& [cuda, architectures, min_driver, min_capability, max_capability, compute_capabilities] = record;
  archive(cuda, architectures, min_driver, min_capability, max_capability, compute_capabilities);
}
void fields(auto& archive, same_record<LibraryRelease> auto& record) {
  auto& [version, full_version, date, builds_complete, builds] = record;
  archive(version, full_version, date, builds_complete, builds);
}
void fields(auto& archive, same_record<LibraryCudaMajor> auto& record) {
  auto& [major_number, first_release, last_release, min_driver] = record;
  archive(major_number, first_release, last_release, min_driver);
}
void fields(auto& archive, same_record<LibraryPackages> auto& record) {
  auto& [manager, first_release, last_release, runtime, development, version] = record;
  archive(manager, first_release, last_release, runtime, development, version);
}
void fields(auto& archive, same_record<CudaLibrary> auto& record) {
  auto& [id, title, cuda_majors, packages, releases, sources] = record;
  archive(id, title, cuda_majors, packages, releases, sources);
}
void fields(auto& archive, same_record<ContainerToolkitRelease> auto& record) {
  auto& [version, date, cves_fixed] = record;
  archive(version, date, cves_fixed);
}
void fields(auto& archive, same_record<ContainerToolkitOffer> auto& record) {
  auto& [title, repositories, sources] = record;
  archive(title, repositories, sources);
}
void fields(auto& archive, same_record<RetiredToolkit> auto& record) {
  auto& [packages, repositories, sources] = record;
  archive(packages, repositories, sources);
}
void fields(auto& archive, same_record<ContainerToolkitFloor> auto& record) {
  auto& [version, cves, sources] = record;
  archive(version, cves, sources);
}
void fields(auto& archive, same_record<TrialStart> auto& record) {
  auto& [title, argv, needs_runtime] = record;
  archive(title, argv, needs_runtime);
}
void fields(auto& archive, same_record<EngineTrial> auto& record) {
  auto& [import, remove, starts] = record;
  archive(import, remove, starts);
}
void fields(auto& archive, same_record<EngineInstallation> auto& record) {
  auto& [id, title, programs, sockets, packages, format, config, drop_in, unit, takes_changes_by, cdi_from,
         cdi_default_from, belongs_to, needed_by, own_toolkit, advice, trial, sources] = record;
  archive(id, title, programs, sockets, packages, format, config, drop_in, unit, takes_changes_by, cdi_from,
          cdi_default_from, belongs_to, needed_by, own_toolkit, advice, trial, sources);
}
void fields(auto& archive, same_record<EngineMinimum> auto& record) {
  auto& [engine, feature, version, toolkit, sources] = record;
  archive(engine, feature, version, toolkit, sources);
}
void fields(auto& archive, same_record<ContainerToolkitFeature> auto& record) {
  auto& [feature, first_release, sources] = record;
  archive(feature, first_release, sources);
}
void fields(auto& archive, same_record<ContainerToolkitIssue> auto& record) {
  auto& [id, text, first_release, last_release, workarounds, sources] = record;
  archive(id, text, first_release, last_release, workarounds, sources);
}
void fields(auto& archive, same_record<ContainerToolkit> auto& record) {
  auto& [license, one_version_packages, cdi_packages, cdi_engines, brought_by, package_version, offer, retired,
         security_floor, installations, engines, features, issues, releases] = record;
  archive(license, one_version_packages, cdi_packages, cdi_engines, brought_by, package_version, offer, retired,
          security_floor, installations, engines, features, issues, releases);
}
void fields(auto& archive, same_record<FabricGeneration> auto& record) {
  auto& [id, nvlink, chip, systems, components, switches_apart, sources] = record;
  archive(id, nvlink, chip, systems, components, switches_apart, sources);
}
void fields(auto& archive, same_record<NvSwitchModel> auto& record) {
  auto& [device_id, name, generation, role] = record;
  archive(device_id, name, generation, role);
}
void fields(auto& archive, same_record<FabricMark> auto& record) {
  auto& [id, generation, folder, file, text, kernel_modules, sources] = record;
  archive(id, generation, folder, file, text, kernel_modules, sources);
}
void fields(auto& archive, same_record<FabricBoard> auto& record) {
  auto& [id, device_ids, generation, min_driver, sources] = record;
  archive(id, device_ids, generation, min_driver, sources);
}
void fields(auto& archive, same_record<FabricPackage> auto& record) {
  auto& [component, name, version, first_branch, last_branch, sources] = record;
  archive(component, name, version, first_branch, last_branch, sources);
}
void fields(auto& archive, same_record<Fabric> auto& record) {
  auto& [generations, nvswitches, marks, boards, packages] = record;
  archive(generations, nvswitches, marks, boards, packages);
}
void fields(auto& archive, same_record<VgpuDevice> auto& record) {
  auto& [device_id, profiles] = record;
  archive(device_id, profiles);
}

}  // namespace nvprov
