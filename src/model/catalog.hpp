#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment_variable.hpp"
#include "model/container_toolkit.hpp"
#include "model/cuda_toolkit.hpp"
#include "model/driver_support.hpp"
#include "model/fabric.hpp"
#include "model/forward_compatibility.hpp"
#include "model/library.hpp"
#include "model/repository.hpp"
#include "model/source.hpp"
#include "model/vgpu.hpp"

namespace nvprov {

// The catalog: what manifests/ and distros/ say, as plain values. Branches, architectures and distributions are
// strings checked against each other at load, never C++ enums. An absent optional means "unknown" (JSON null).

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
  KernelSupport kernels;
  std::optional<SecurityFloor> security_floor;  // absent: no bulletin that names the branch is known
  std::vector<DriverRelease> releases;          // oldest first
  std::vector<Source> sources;

  bool operator==(const DriverBranch&) const = default;
};

struct CudaUpdate {
  std::string version;                    // "12.4.1"
  std::optional<std::string> min_driver;  // Linux x86_64: full support from this driver release on
  std::optional<std::string> date;
  std::optional<std::string> bundled_driver;              // what its Linux installer brings; from 13.4 on none
  std::optional<std::vector<std::string>> architectures;  // "x86_64", "aarch64" (NVIDIA's sbsa, not Jetson)
  std::optional<ToolkitComponents> components;

  bool operator==(const CudaUpdate&) const = default;
};

struct CudaRelease {
  std::string release;                                 // "12.4"
  std::optional<std::string> minor_compat_min_driver;  // floor of minor-version compatibility of its major
  std::vector<std::string> compute_capabilities;       // every one its libraries run on
  std::optional<bool> meta_packages_pull_driver;       // whether `cuda-X-Y` and `cuda-runtime-X-Y` bring a driver
  std::vector<HostCompiler> host_compilers;
  std::vector<CudaUpdate> updates;  // oldest first
  std::vector<Source> sources;

  bool operator==(const CudaRelease&) const = default;
};

// Which abstract components a purpose needs; a distribution's source says which packages they are.
struct ProfilePart {
  bool driver = false;                           // the kernel module in the flavour resolved
  std::vector<std::string> driver_components;    // "compute", "management", "persistence"
  std::vector<std::string> nvswitch_components;  // added where an NVSwitch is present: "fabric-manager"
  std::vector<std::string> nvlink5_components;   // added where NVLink 5 switches are: "fabric-manager", "nvlsm"
  std::vector<std::string> rack_components;      // added where the switches are in machines of their own: "imex"
  std::vector<std::string> cuda_components;      // "cudart"
  bool container_toolkit = false;                // NVIDIA Container Toolkit
  std::vector<EnvironmentVariable> environment;  // what an image carries; values may hold {cuda_release}

  bool operator==(const ProfilePart&) const = default;
};

struct Profile {
  std::string id;
  std::vector<std::string> aliases;
  std::string title;
  bool exact_cuda = false;  // whether a CUDA release asked for is that one and no later one
  bool host_only = false;   // makes no sense in a container image
  ProfilePart host;
  ProfilePart image;
  std::vector<Source> sources;

  bool operator==(const Profile&) const = default;
};

// A package of the distribution's own that packages of a source cannot be installed without.
struct PackageNeed {
  std::string package;                       // "libtinfo5"
  std::optional<std::string> first_release;  // of CUDA, inclusive; absent: from the first on
  std::optional<std::string> last_release;   // absent: until today
  std::vector<Source> sources;

  bool operator==(const PackageNeed&) const = default;
};

// A package that other distributions of its kind have and this one has not.
struct LackingPackage {
  std::string package;
  std::vector<Source> sources;

  bool operator==(const LackingPackage&) const = default;
};

// A named component and the packages that are it.
struct ComponentPackages {
  std::string component;
  std::vector<std::string> packages;
  std::string license;  // "proprietary", "open-source", "redistributable"
  // Of CUDA, "development": what programs are built with; "tools": debuggers with a window. Of a driver, "add-on": what
  // it can do beside computing, which only `--with` brings.
  std::string part = "runtime";
  bool brings_driver = false;  // whether the packages depend on the driver's own libraries: never in an image
  std::vector<PackageNeed> needs = {};
  std::string service = {};                     // of a driver: the unit that is to start with the machine
  bool enables_service = false;                 // whether the packages see to that themselves
  bool needs_open_module = false;               // of a driver: it works beside the open kernel module alone
  std::vector<std::string> architectures = {};  // that have the packages; empty: all of the offer's
  std::optional<std::string> brings = {};       // what comes with it that nobody asks for: "Java (default-jre)"
  // Which compiler nvcc of these packages runs, and they bring: "accepted", one that it takes; "standard", the
  // distribution's; absent: none is brought, or it is not known.
  std::optional<std::string> host_compiler = {};

  bool operator==(const ComponentPackages&) const = default;
};

struct ModulePackages {
  std::string flavour;                // "open" or "proprietary"
  std::vector<std::string> packages;  // templates: what is not known before a host is looked at
  std::string module_name;            // the name modinfo knows it by: "nvidia-current"
  std::string license;
  std::string build = "dkms";              // "dkms": built on the host; "prebuilt": for one kernel
  std::optional<std::string> stream;       // dnf's module stream that shows it: "580-open"
  std::vector<std::string> prerequisites;  // ids of the source's prerequisites it needs: "epel"
  std::optional<std::string> signed_by;    // whose key firmware with Secure Boot trusts already: "Canonical"

  bool operator==(const ModulePackages&) const = default;
};

// How one family of driver packages of a source is named.
struct DriverPackageSet {
  std::string id;
  std::optional<std::string> module;  // dnf's module: "nvidia-driver"
  std::vector<ComponentPackages> components;
  std::vector<ModulePackages> modules;
  std::vector<std::string> driver_versioned;  // every package that must carry exactly the driver's version

  bool operator==(const DriverPackageSet&) const = default;
};

// One driver release as a source packages it.
struct DriverOffer {
  std::string branch;
  std::string version;                         // the driver's: "535.309.01"
  std::optional<std::string> package_version;  // the packages': "535.309.01-0+deb12u1"; absent: the repository tells
  std::string package_set;
  std::string suite;                          // the archive suite that holds it: "{codename}-security"; "" where none
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

// A public key repositories are signed with; it has a fingerprint or, where that is not known, a file digest.
struct SigningKey {
  std::string id;                             // "3BF863CC"
  std::optional<std::string> fingerprint;     // 40 upper-case hex digits
  std::optional<std::string> file_sha256;     // of the armored file without its `Version:` line
  std::optional<std::string> user_id;         // absent: never read
  std::optional<std::string> armored;         // the key itself, where we have it
  std::optional<std::string> binding_digest;  // weakest digest that binds it to its user id: "SHA1"
  std::optional<std::string> retired;         // the day its owner stopped signing with it, YYYY-MM-DD
  std::optional<std::string> replaced_by;     // id
  std::vector<Source> sources;

  bool operator==(const SigningKey&) const = default;
};

// What must be switched on or added before some packages of a source can be installed.
struct Prerequisite {
  std::string id;                    // "epel"
  std::string title;                 // "Extra Packages for Enterprise Linux 9"
  std::vector<std::string> enables;  // ids of repositories the host may have switched off; the first one there counts
  std::optional<Repository> repository;  // added where the host has none of them

  bool operator==(const Prerequisite&) const = default;
};

// Package names for a span of driver branches.
struct PackageEra {
  std::string id;
  std::string first_branch;
  std::optional<std::string> last_branch;  // absent: until today
  std::optional<std::string> module;       // dnf's module
  std::vector<ComponentPackages> components;
  std::vector<ModulePackages> modules;
  std::vector<std::string> driver_versioned;
  std::vector<Source> sources;

  bool operator==(const PackageEra&) const = default;
};

struct CudaComponent {
  std::string component;
  std::vector<std::string> packages;  // templates with {cuda_dash}
  std::string license;
  std::optional<std::string> first_release;
  std::optional<std::string> last_release;
  std::string part = "runtime";  // as ComponentPackages::part
  std::vector<PackageNeed> needs = {};
  std::vector<std::string> architectures = {};  // as ComponentPackages::architectures
  std::optional<std::string> brings = {};       // as ComponentPackages::brings
  std::optional<std::string> host_compiler = {};

  bool operator==(const CudaComponent&) const = default;
};

// A link that packages of several CUDA releases share by update-alternatives, and which of them it leads to.
struct CudaAlternative {
  std::string name;                         // "cuda"
  std::string link;                         // "/usr/local/cuda"
  std::string target;                       // template: "/usr/local/cuda-{cuda_release}"
  std::optional<bool> newest_is_automatic;  // whether it leads to the newest unless somebody chose; absent: not known
  std::vector<Source> sources;

  bool operator==(const CudaAlternative&) const = default;
};

// A package that drew in a driver until one of its releases, and then does no more: an upgrade of it leaves the driver
// without anything that asks for it.
struct DrawnDriver {
  std::string by;                     // "cuda"
  std::string last_release;           // that asked for a driver: "13.3"
  std::vector<std::string> packages;  // it asked for, any of them: "cuda-drivers"
  std::vector<Source> sources;

  bool operator==(const DrawnDriver&) const = default;
};

// How one maker names its packages for one kind of distribution; sources of distributions refer to it.
struct PackageFamily {
  std::string id;  // "nvidia-ubuntu"
  std::vector<std::string> origins;
  std::vector<std::string> https_prerequisites;
  std::vector<PackageEra> eras;
  std::vector<CudaComponent> cuda;
  std::optional<CudaAlternative> alternative;  // absent: its releases share no link
  std::optional<DrawnDriver> drawn_driver;
  std::vector<Source> sources;

  bool operator==(const PackageFamily&) const = default;
};

// A place packages come from, as one distribution knows it. What a source of a family offers follows from the family,
// the driver branches and the CUDA releases of the catalog; expand_families() fills it in when it is asked for.
struct PackageSource {
  std::string id;                                // "distro"
  std::string title;                             // "Debian's own archive"
  std::vector<std::string> origins;              // Origin fields of its Release files
  std::vector<std::string> suites;               // suites next to which the components are added
  std::vector<std::string> components;           // "contrib", ...; of a vendor: what its driver needs
  std::vector<std::string> https_prerequisites;  // what an https repository needs on the host: "ca-certificates"
  std::vector<Repository> repositories;
  std::vector<Prerequisite> prerequisites;
  std::string family;                        // "" for a source that lists its packages itself
  std::vector<std::string> driver_branches;  // of a family: those it holds
  std::optional<std::string> first_cuda;     // of a family: the oldest and the newest release it holds
  std::optional<std::string> last_cuda;
  std::vector<std::string> architectures;  // of a family
  std::vector<std::string> libraries;      // ids of those beside CUDA it is known to hold: "cudnn"
  std::vector<DriverPackageSet> package_sets;
  std::vector<DriverOffer> drivers;
  std::vector<CudaOffer> cuda;
  std::optional<CudaAlternative> alternative;
  std::optional<DrawnDriver> drawn_driver;
  std::vector<Source> sources;

  bool operator==(const PackageSource&) const = default;
};

// A compiler a distribution has a package of.
struct CompilerPackage {
  std::string compiler;  // "gcc", "clang", as HostCompiler::compiler
  std::string version;   // "12.2.0", or as much of it as is known
  std::string package;   // "g++-12"
  std::string command;   // for `nvcc -ccbin`: "g++-12"

  bool operator==(const CompilerPackage&) const = default;
};

// What programs are built with where nobody says otherwise, and what else the distribution's own archive has.
struct DistroCompilers {
  CompilerPackage standard;
  std::optional<std::vector<CompilerPackage>> others;  // absent: not known
  std::vector<Source> sources;

  bool operator==(const DistroCompilers&) const = default;
};

// A file that says a host is one of a distribution, whatever its os-release says.
struct DistroMark {
  std::string path;                     // "/etc/nv_tegra_release"
  std::optional<std::string> contains;  // a text in it; absent: being there is enough

  bool operator==(const DistroMark&) const = default;
};

// Kernel headers follow the kernel's own meta package.
struct KernelFlavour {
  std::string release_suffix;         // a kernel release ends so: "-cloud-amd64"; the longest that fits decides
  std::string architecture;           // "x86_64"
  std::string image_package;          // meta package of the kernel: "linux-image-cloud-amd64"
  std::string headers_package;        // "linux-headers-cloud-amd64"
  std::string exact_headers_package;  // "linux-headers-{kernel_release}"
  std::optional<std::string> exact_headers_version;  // "{kernel_evr}" where the name holds no release
  std::optional<std::string> flavour;                // "generic", as prebuilt modules are named
  std::optional<std::string> numbers_tell;           // as KernelNumbers::tell, where this kernel's differ

  bool operator==(const KernelFlavour&) const = default;
};

// What the numbers of a distribution's kernels say of the upstream kernels they are made from.
struct KernelNumbers {
  std::string tell;                       // "upstream": a release begins with the whole upstream number; "series": its
                                          // first two numbers are upstream's; "nothing": old numbers hold newer changes
  std::optional<std::string> kernels_of;  // id of the distribution whose kernels these are, numbers included: "rhel-9"
  std::vector<Source> sources;

  bool operator==(const KernelNumbers&) const = default;
};

struct DistroArchitecture {
  std::string arch;          // "x86_64", as uname -m
  std::string package_arch;  // "amd64"

  bool operator==(const DistroArchitecture&) const = default;
};

struct Distro {
  std::string id;  // "debian-12"
  std::string name;
  std::string os_id;                                  // os-release ID
  std::string version_id;                             // os-release VERSION_ID
  bool minor_versions = false;                        // VERSION_ID may go on after a dot: "9.4"
  std::string codename;                               // "" where it has none
  std::string package_manager;                        // "apt", "dnf", "dnf5"
  bool modularity = false;                            // dnf hides packages behind module streams
  std::vector<std::string> hold_packages;             // what makes the package manager obey the holds we write
  std::optional<std::string> refuses_sha1_keys_from;  // its verifier refuses keys bound by SHA-1 from this day on
  std::vector<DistroArchitecture> architectures;
  std::optional<std::string> end_of_life;
  std::vector<KernelFlavour> kernels;
  std::optional<KernelNumbers> kernel_numbers;  // absent: not known
  std::vector<PackageSource> package_sources;
  std::vector<LackingPackage> lacks;
  std::optional<DistroCompilers> compilers;  // absent: not known
  std::optional<std::string> not_supported;  // why nvprov installs nothing there, and what to do instead
  std::vector<DistroMark> recognised_by;     // any of these; with them os_id is "", for os-release names another
  std::vector<Source> sources;

  bool operator==(const Distro&) const = default;
};

struct Catalog {
  std::string date;                            // YYYY-MM-DD: when its facts were last gathered
  std::string digest;                          // sha256 over the canonical binary form; stands for "same catalog"
  std::vector<GpuArchitecture> architectures;  // oldest first
  std::vector<GpuModel> gpus;                  // sorted by device_id
  std::vector<DriverBranch> drivers;           // oldest branch first
  std::vector<CudaRelease> cuda;               // oldest release first
  ForwardCompatibility forward_compatibility;
  std::vector<Profile> profiles;        // sorted by id
  std::vector<SigningKey> keys;         // sorted by id
  std::vector<PackageFamily> families;  // sorted by id
  std::vector<Distro> distros;          // sorted by id
  std::vector<CudaLibrary> libraries;   // sorted by id
  std::optional<ContainerToolkit> container_toolkit;
  Fabric fabric;
  std::vector<VgpuDevice> vgpus;  // sorted by device_id

  bool operator==(const Catalog&) const = default;
};

const GpuModel* find_gpu(const Catalog& catalog, std::string_view device_id);
const NvSwitchModel* find_nvswitch(const Catalog& catalog, std::string_view device_id);
const GpuArchitecture* find_architecture(const Catalog& catalog, std::string_view name);
const DriverBranch* find_branch(const Catalog& catalog, std::string_view branch);
// Whether NVIDIA still supports a branch on a day. It gives those it supports for long an end; one without any is over
// once a later branch is.
bool is_supported(const Catalog& catalog, const DriverBranch& branch, std::string_view day);
const CudaRelease* find_cuda(const Catalog& catalog, std::string_view release);
const Profile* find_profile(const Catalog& catalog, std::string_view id_or_alias);
// Whether one of these profiles is for building programs, and not only for running them.
bool builds_programs(const Catalog& catalog, const std::vector<std::string>& profiles);
// Whether one of them brings parts of CUDA, to a host or into an image.
bool brings_cuda(const Catalog& catalog, const std::vector<std::string>& profiles);
// The kind of packages a distribution installs: "deb" or "rpm"; "" where nvprov installs nothing.
std::string package_kind(const Distro& distro);
// The packages that carry the driver's version, of all sources of a distribution.
std::set<std::string> driver_versioned_of(const Distro& distro);

// What `--with` can ask for of a driver, whichever source has it: "video", "graphics", "desktop".
std::set<std::string> driver_add_ons(const Catalog& catalog);
bool is_add_on(const ComponentPackages& component);

// Every unit of the driver that is to start with a machine, whichever source has it.
std::set<std::string> driver_units(const Catalog& catalog);
const Distro* find_distro(const Catalog& catalog, std::string_view id);
// The distribution an os-release names by its ID and VERSION_ID.
const Distro* find_distro_of(const Catalog& catalog, std::string_view os_id, std::string_view version_id);
const CudaLibrary* find_library(const Catalog& catalog, std::string_view id);
const FabricGeneration* find_generation(const Catalog& catalog, std::string_view id);
// The boards this GPU is on, or nullptr where it is on none with links worth a word.
const FabricBoard* find_fabric_board(const Catalog& catalog, std::string_view device_id);
const VgpuDevice* find_vgpu_device(const Catalog& catalog, std::string_view device_id);
const PackageSource* find_source(const Distro& distro, std::string_view id);
const SigningKey* find_key(const Catalog& catalog, std::string_view id);
const PackageFamily* find_family(const Catalog& catalog, std::string_view id);
const DriverPackageSet* find_package_set(const PackageSource& source, std::string_view id);

}  // namespace nvprov
