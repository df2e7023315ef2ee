#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nvprov {

// The catalog: what manifests/ and distros/ say, as plain values. Branches, architectures and distributions are
// strings checked against each other at load, never C++ enums. An absent optional means "unknown" (JSON null).

// Where a fact was read. Records name sources by key; keys are unique within the file they stand in.
struct Source {
  std::string title;
  std::string url;  // https

  bool operator==(const Source&) const = default;
};

// What kernel module a GPU can be driven by.
enum class ModuleSupport { proprietary_only, either, open_only };

struct GpuArchitecture {
  std::string name;                               // "Turing"
  std::vector<std::string> compute_capabilities;  // "7.5"
  std::optional<std::string> first_driver_branch;
  std::optional<std::string> last_driver_branch;  // absent: still supported by the newest branch known
  ModuleSupport modules = ModuleSupport::either;
  std::vector<Source> sources;

  bool operator==(const GpuArchitecture&) const = default;
};

struct GpuModel {
  std::string device_id;  // four lower-case hex digits of PCI vendor 10de: "1eb8"
  std::string name;       // "Tesla T4"
  std::string architecture;
  std::optional<std::string> compute_capability;
  std::optional<std::string> first_driver_branch;  // where it differs from the architecture's
  std::optional<ModuleSupport> modules;            // where it differs from the architecture's

  bool operator==(const GpuModel&) const = default;
};

struct NvSwitchModel {
  std::string device_id;
  std::string name;

  bool operator==(const NvSwitchModel&) const = default;
};

struct DriverRelease {
  std::string version;              // "535.309.01"
  std::optional<std::string> date;  // YYYY-MM-DD

  bool operator==(const DriverRelease&) const = default;
};

struct DriverBranch {
  std::string branch;                      // "535"
  std::optional<std::string> type;         // "long-term", "production", "new-feature"
  std::optional<std::string> cuda;         // newest CUDA release it fully supports: "12.2"
  std::optional<std::string> end_of_life;  // NVIDIA's, YYYY-MM-DD; a month is its last day
  std::string oldest_architecture;         // inclusive range of GPU architectures, in the order of gpus.json
  std::string newest_architecture;
  bool has_proprietary_module = true;
  bool has_open_module = false;
  std::vector<DriverRelease> releases;  // oldest first
  std::vector<Source> sources;

  bool operator==(const DriverBranch&) const = default;
};

struct CudaUpdate {
  std::string version;                    // "12.4.1"
  std::optional<std::string> min_driver;  // Linux x86_64: full support from this driver release on
  std::optional<std::string> date;

  bool operator==(const CudaUpdate&) const = default;
};

struct CudaRelease {
  std::string release;                                 // "12.4"
  std::optional<std::string> minor_compat_min_driver;  // floor of minor-version compatibility of its major
  std::vector<std::string> compute_capabilities;       // every one its libraries run on
  std::vector<CudaUpdate> updates;                     // oldest first
  std::vector<Source> sources;

  bool operator==(const CudaRelease&) const = default;
};

// Which abstract components a purpose needs; a distribution's source says which packages they are.
struct ProfilePart {
  bool driver = false;                           // the kernel module in the flavour resolved
  std::vector<std::string> driver_components;    // "compute", "management", "persistence"
  std::vector<std::string> nvswitch_components;  // added where an NVSwitch is present: "fabric-manager"
  std::vector<std::string> cuda_components;      // "cudart"

  bool operator==(const ProfilePart&) const = default;
};

struct Profile {
  std::string id;
  std::vector<std::string> aliases;
  std::string title;
  ProfilePart host;
  ProfilePart image;
  std::vector<Source> sources;

  bool operator==(const Profile&) const = default;
};

// A named component and the packages that are it.
struct ComponentPackages {
  std::string component;
  std::vector<std::string> packages;
  std::string license;  // "proprietary", "open-source", "redistributable"

  bool operator==(const ComponentPackages&) const = default;
};

struct ModulePackages {
  std::string flavour;                // "open" or "proprietary"
  std::vector<std::string> packages;  // DKMS or prebuilt
  std::string module_name;            // the name modinfo knows it by: "nvidia-current"
  std::string license;

  bool operator==(const ModulePackages&) const = default;
};

// How one family of driver packages of a source is named.
struct DriverPackageSet {
  std::string id;
  std::vector<ComponentPackages> components;
  std::vector<ModulePackages> modules;
  std::vector<std::string> driver_versioned;  // every package that must carry exactly the driver's version

  bool operator==(const DriverPackageSet&) const = default;
};

// One driver release as a source packages it.
struct DriverOffer {
  std::string branch;
  std::string version;          // the driver's: "535.309.01"
  std::string package_version;  // the packages': "535.309.01-0+deb12u1"
  std::string package_set;
  std::string suite;                          // the archive suite that holds it: "{codename}-security"
  std::vector<std::string> modules;           // flavours installable at this version
  std::optional<std::string> no_open_module;  // why the open flavour is not among them; absent where it is
  std::vector<std::string> architectures;     // "x86_64"
  std::optional<std::string> end_of_support;  // of this source, YYYY-MM-DD
  std::vector<Source> sources;

  bool operator==(const DriverOffer&) const = default;
};

struct CudaOffer {
  std::string release;  // "11.8"
  std::string update;   // "11.8.0"
  std::string suite;
  std::vector<std::string> architectures;
  std::vector<ComponentPackages> components;  // runtime libraries: "cudart", "cublas", ...
  std::vector<Source> sources;

  bool operator==(const CudaOffer&) const = default;
};

// A place packages come from, as one distribution knows it.
struct PackageSource {
  std::string id;                                // "distro"
  std::string title;                             // "Debian's own archive"
  std::vector<std::string> origins;              // Origin fields of its Release files
  std::vector<std::string> suites;               // suites next to which the components are added
  std::vector<std::string> components;           // "contrib", "non-free", ...
  std::vector<std::string> https_prerequisites;  // what an https repository needs on the host: "ca-certificates"
  std::vector<DriverPackageSet> package_sets;
  std::vector<DriverOffer> drivers;
  std::vector<CudaOffer> cuda;
  std::vector<Source> sources;

  bool operator==(const PackageSource&) const = default;
};

// Kernel headers follow the kernel's own meta package.
struct KernelFlavour {
  std::string release_suffix;         // a kernel release ends so: "-cloud-amd64"; the longest that fits decides
  std::string architecture;           // "x86_64"
  std::string image_package;          // meta package of the kernel: "linux-image-cloud-amd64"
  std::string headers_package;        // "linux-headers-cloud-amd64"
  std::string exact_headers_package;  // "linux-headers-{kernel_release}"

  bool operator==(const KernelFlavour&) const = default;
};

struct DistroArchitecture {
  std::string arch;          // "x86_64", as uname -m
  std::string package_arch;  // "amd64"

  bool operator==(const DistroArchitecture&) const = default;
};

struct Distro {
  std::string id;  // "debian-12"
  std::string name;
  std::string os_id;       // os-release ID
  std::string version_id;  // os-release VERSION_ID
  std::string codename;
  std::string package_manager;  // "apt"
  std::vector<DistroArchitecture> architectures;
  std::optional<std::string> end_of_life;
  std::vector<KernelFlavour> kernels;
  std::vector<PackageSource> package_sources;
  std::vector<Source> sources;

  bool operator==(const Distro&) const = default;
};

struct Catalog {
  std::string date;                            // YYYY-MM-DD: when its facts were last gathered
  std::string digest;                          // sha256 over the canonical binary form; stands for "same catalog"
  std::vector<GpuArchitecture> architectures;  // oldest first
  std::vector<GpuModel> gpus;                  // sorted by device_id
  std::vector<NvSwitchModel> nvswitches;       // sorted by device_id
  std::vector<DriverBranch> drivers;           // oldest branch first
  std::vector<CudaRelease> cuda;               // oldest release first
  std::vector<Profile> profiles;               // sorted by id
  std::vector<Distro> distros;                 // sorted by id

  bool operator==(const Catalog&) const = default;
};

const GpuModel* find_gpu(const Catalog& catalog, std::string_view device_id);
const NvSwitchModel* find_nvswitch(const Catalog& catalog, std::string_view device_id);
const GpuArchitecture* find_architecture(const Catalog& catalog, std::string_view name);
const DriverBranch* find_branch(const Catalog& catalog, std::string_view branch);
const CudaRelease* find_cuda(const Catalog& catalog, std::string_view release);
const Profile* find_profile(const Catalog& catalog, std::string_view id_or_alias);
const Distro* find_distro(const Catalog& catalog, std::string_view id);
const PackageSource* find_source(const Distro& distro, std::string_view id);
const DriverPackageSet* find_package_set(const PackageSource& source, std::string_view id);

}  // namespace nvprov
