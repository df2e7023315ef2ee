// The binary form: a table of all texts, each once, then the records as their fields in order, a text as its number
// in the table. One list of fields per record serves both directions.
#include <unordered_map>

#include "catalog/catalog.hpp"
#include "catalog/encode_beside.hpp"
#include "catalog/expand_families.hpp"
#include "catalog/record_fields.hpp"
#include "catalog/same_record.hpp"

namespace nvprov {
namespace {

// Each names every member of its record: the structured binding does not compile when one is added or taken away.
void fields(auto& archive, same_record<Source> auto& record) {
  auto& [title, url] = record;
  archive(title, url);
}
void fields(auto& archive, same_record<GpuArchitecture> auto& record) {
  auto& [name, compute_capabilities, first_driver_branch, last_driver_branch, modules, sources] = record;
  archive(name, compute_capabilities, first_driver_branch, last_driver_branch, modules, sources);
}
void fields(auto& archive, same_record<GpuModel> auto& record) {
  auto& [device_id, name, architecture, compute_capability, first_driver_branch, modules] = record;
  archive(device_id, name, architecture, compute_capability, first_driver_branch, modules);
}
void fields(auto& archive, same_record<DriverRelease> auto& record) {
  auto& [version, date] = record;
  archive(version, date);
}
void fields(auto& archive, same_record<DriverBranch> auto& record) {
  auto& [branch, type, cuda, end_of_life, oldest, newest, has_proprietary, has_open, kernels, security_floor, releases,
         sources] = record;
  archive(branch, type, cuda, end_of_life, oldest, newest, has_proprietary, has_open, kernels, security_floor, releases,
          sources);
}
void fields(auto& archive, same_record<CudaUpdate> auto& record) {
  auto& [version, min_driver, date, bundled_driver, architectures, components] = record;
  archive(version, min_driver, date, bundled_driver, architectures, components);
}
void fields(auto& archive, same_record<CudaRelease> auto& record) {
  auto& [release, minor_compat_min_driver, compute_capabilities, meta_packages_pull_driver, host_compilers, updates,
         sources] = record;
  archive(release, minor_compat_min_driver, compute_capabilities, meta_packages_pull_driver, host_compilers, updates,
          sources);
}
void fields(auto& archive, same_record<EnvironmentVariable> auto& record) {
  auto& [name, value] = record;
  archive(name, value);
}
void fields(auto& archive, same_record<ProfilePart> auto& record) {
  auto& [driver, driver_components, nvswitch_components, nvlink5_components, rack_components, cuda_components,
         container_toolkit, environment] = record;
  archive(driver, driver_components, nvswitch_components, nvlink5_components, rack_components, cuda_components,
          container_toolkit, environment);
}
void fields(auto& archive, same_record<Profile> auto& record) {
  auto& [id, aliases, title, exact_cuda, host_only, host, image, sources] = record;
  archive(id, aliases, title, exact_cuda, host_only, host, image, sources);
}
void fields(auto& archive, same_record<PackageNeed> auto& record) {
  auto& [package, first_release, last_release, sources] = record;
  archive(package, first_release, last_release, sources);
}
void fields(auto& archive, same_record<LackingPackage> auto& record) {
  auto& [package, sources] = record;
  archive(package, sources);
}
void fields(auto& archive, same_record<ComponentPackages> auto& record) {
  auto& [component, packages, license, part, brings_driver, needs, service, enables_service, needs_open_module,
         architectures, brings, host_compiler] = record;
  archive(component, packages, license, part, brings_driver, needs, service, enables_service, needs_open_module,
          architectures, brings, host_compiler);
}
void fields(auto& archive, same_record<ModulePackages> auto& record) {
  auto& [flavour, packages, module_name, license, build, stream, prerequisites, signed_by] = record;
  archive(flavour, packages, module_name, license, build, stream, prerequisites, signed_by);
}
void fields(auto& archive, same_record<DriverPackageSet> auto& record) {
  auto& [id, module, components, modules, driver_versioned] = record;
  archive(id, module, components, modules, driver_versioned);
}
void fields(auto& archive, same_record<DriverOffer> auto& record) {
  auto& [branch, version, package_version, package_set, suite, modules, no_open_module, architectures, end_of_support,
         sources] = record;
  archive(branch, version, package_version, package_set, suite, modules, no_open_module, architectures, end_of_support,
          sources);
}
void fields(auto& archive, same_record<CudaOffer> auto& record) {
  auto& [release, update, suite, architectures, components, sources] = record;
  archive(release, update, suite, architectures, components, sources);
}
void fields(auto& archive, same_record<SigningKey> auto& record) {
  auto& [id, fingerprint, file_sha256, user_id, armored, binding_digest, retired, replaced_by, sources] = record;
  archive(id, fingerprint, file_sha256, user_id, armored, binding_digest, retired, replaced_by, sources);
}
void fields(auto& archive, same_record<RepositoryAddress> auto& record) {
  auto& [arch, url] = record;
  archive(arch, url);
}
void fields(auto& archive, same_record<Repository> auto& record) {
  auto& [id, kind, addresses, keys, key_url, packages_signed, metadata_signed, third_party] = record;
  archive(id, kind, addresses, keys, key_url, packages_signed, metadata_signed, third_party);
}
void fields(auto& archive, same_record<Prerequisite> auto& record) {
  auto& [id, title, enables, repository] = record;
  archive(id, title, enables, repository);
}
void fields(auto& archive, same_record<PackageEra> auto& record) {
  auto& [id, first_branch, last_branch, module, components, modules, driver_versioned, sources] = record;
  archive(id, first_branch, last_branch, module, components, modules, driver_versioned, sources);
}
void fields(auto& archive, same_record<CudaComponent> auto& record) {
  auto& [component, packages, license, first_release, last_release, part, needs, architectures, brings, host_compiler] =
      record;
  archive(component, packages, license, first_release, last_release, part, needs, architectures, brings, host_compiler);
}
void fields(auto& archive, same_record<CudaAlternative> auto& record) {
  auto& [name, link, target, newest_is_automatic, sources] = record;
  archive(name, link, target, newest_is_automatic, sources);
}
void fields(auto& archive, same_record<DrawnDriver> auto& record) {
  auto& [by, last_release, packages, sources] = record;
  archive(by, last_release, packages, sources);
}
void fields(auto& archive, same_record<PackageFamily> auto& record) {
  auto& [id, origins, https_prerequisites, eras, cuda, alternative, drawn_driver, sources] = record;
  archive(id, origins, https_prerequisites, eras, cuda, alternative, drawn_driver, sources);
}
void fields(auto& archive, same_record<PackageSource> auto& record) {
  auto& [id, title, origins, suites, components, https_prerequisites, repositories, prerequisites, family,
         driver_branches, first_cuda, last_cuda, architectures, libraries, package_sets, drivers, cuda, alternative,
         drawn_driver, sources] = record;
  archive(id, title, origins, suites, components, https_prerequisites, repositories, prerequisites, family,
          driver_branches, first_cuda, last_cuda, architectures, libraries, package_sets, drivers, cuda, alternative,
          drawn_driver, sources);
}
void fields(auto& archive, same_record<KernelFlavour> auto& record) {
  auto& [release_suffix, architecture, image_package, headers_package, exact_headers_package, exact_headers_version,
         flavour, numbers_tell] = record;
  archive(release_suffix, architecture, image_package, headers_package, exact_headers_package, exact_headers_version,
          flavour, numbers_tell);
}
void fields(auto& archive, same_record<KernelNumbers> auto& record) {
  auto& [tell, kernels_of, sources] = record;
  archive(tell, kernels_of, sources);
}
void fields(auto& archive, same_record<DistroArchitecture> auto& record) {
  auto& [arch, package_arch] = record;
  archive(arch, package_arch);
}
void fields(auto& archive, same_record<CompilerPackage> auto& record) {
  auto& [compiler, version, package, command] = record;
  archive(compiler, version, package, command);
}
void fields(auto& archive, same_record<DistroCompilers> auto& record) {
  auto& [standard, others, sources] = record;
  archive(standard, others, sources);
}
void fields(auto& archive, same_record<DistroMark> auto& record) {
  auto& [path, contains] = record;
  archive(path, contains);
}
void fields(auto& archive, same_record<Distro> auto& record) {
  auto& [id, name, os_id, version_id, minor_versions, codename, package_manager, modularity, hold_packages,
         refuses_sha1_keys_from, architectures, end_of_life, kernels, kernel_numbers, package_sources, lacks, compilers,
         not_supported, recognised_by, sources] = record;
  archive(id, name, os_id, version_id, minor_versions, codename, package_manager, modularity, hold_packages,
          refuses_sha1_keys_from, architectures, end_of_life, kernels, kernel_numbers, package_sources, lacks,
          compilers, not_supported, recognised_by, sources);
}
void fields(auto& archive, same_record<Catalog> auto& record) {
  auto& [date, digest, architectures, gpus, drivers, cuda, forward_compatibility, profiles, keys, families, distros,
         libraries, container_toolkit, fabric, vgpus] = record;
  archive(date, digest, architectures, gpus, drivers, cuda, forward_compatibility, profiles, keys, families, distros,
          libraries, container_toolkit, fabric, vgpus);
}

// Seven bits a byte, the low ones first.
void append_number(std::string& bytes, std::size_t number) {
  for (; number >= 0x80; number >>= 7) bytes.push_back(static_cast<char>((number & 0x7f) | 0x80));
  bytes.push_back(static_cast<char>(number));
}

class Writer {
 public:
  template <class... Items>
  void operator()(const Items&... items) {
    (write(items), ...);
  }

  std::string bytes() const {
    std::string result;
    append_number(result, texts_.size());
    for (const std::string_view text : texts_) {
      append_number(result, text.size());
      result += text;
    }
    return result + records_;
  }

 private:
  void write(const std::string& text) {
    const auto [entry, is_new] = numbers_.emplace(text, texts_.size());
    if (is_new) texts_.push_back(text);
    append_number(records_, entry->second);
  }
  void write(bool value) { append_number(records_, value ? 1 : 0); }
  void write(std::int64_t value) { append_number(records_, static_cast<std::size_t>(value)); }
  void write(ModuleSupport value) { append_number(records_, static_cast<std::size_t>(value)); }
  template <class T>
  void write(const std::optional<T>& value) {
    write(value.has_value());
    if (value) write(*value);
  }
  template <class T>
  void write(const std::vector<T>& items) {
    append_number(records_, items.size());
    for (const T& item : items) write(item);
  }
  template <class T>
  void write(const T& record) {
    fields(*this, record);
  }

  std::unordered_map<std::string_view, std::size_t> numbers_;  // views of the catalog that is written
  std::vector<std::string_view> texts_;
  std::string records_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {
    texts_.resize(number());
    for (std::string_view& text : texts_) text = take(number());
  }

  template <class... Items>
  void operator()(Items&... items) {
    (read(items), ...);
  }

 private:
  std::size_t number() {
    std::size_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1).front());
      value |= static_cast<std::size_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
  std::string_view take(std::size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  void read(std::string& text) { text = texts_[number()]; }
  void read(bool& value) { value = number() != 0; }
  void read(std::int64_t& value) { value = static_cast<std::int64_t>(number()); }
  void read(ModuleSupport& value) { value = static_cast<ModuleSupport>(number()); }
  template <class T>
  void read(std::optional<T>& value) {
    if (number() != 0) read(value.emplace());
  }
  template <class T>
  void read(std::vector<T>& items) {
    items.resize(number());
    for (T& item : items) read(item);
  }
  template <class T>
  void read(T& record) {
    fields(*this, record);
  }

  std::string_view rest_;
  std::vector<std::string_view> texts_;
};

}  // namespace

std::string encode_catalog(const Catalog& catalog) {
  const Catalog bare = without_expansions(catalog);
  Writer writer;
  writer(bare);
  return writer.bytes();
}

Catalog decode_catalog(std::string_view bytes) {
  Reader reader(bytes);
  Catalog catalog;
  reader(catalog);
  return catalog;
}

}  // namespace nvprov
