#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "model/request.hpp"

namespace nvprov {

// What is known of a host. An absent optional means "looked, and it is not there"; "could not look" is a Diagnostic
// in HostFacts::diagnostics whose place is the dotted name of the fact ("kernel.running", "gpus", "secure_boot").

struct OsFacts {
  std::string id;                            // os-release ID: "debian"
  std::vector<std::string> like;             // ID_LIKE
  std::string version_id;                    // "12"
  std::string codename;                      // "bookworm"
  std::string name;                          // PRETTY_NAME
  std::optional<std::string> recognised_as;  // the catalog's id of another distribution, which a mark on the disk says
  std::optional<std::string> not_supported;  // why nvprov installs nothing on it, and what to do instead

  bool operator==(const OsFacts&) const = default;
};

struct InstalledKernel {
  std::string release;       // "6.1.0-41-amd64"
  bool has_headers = false;  // /lib/modules/<release>/build leads to a folder that is there

  bool operator==(const InstalledKernel&) const = default;
};

struct KernelFacts {
  std::optional<std::string> running;          // release of the kernel now running on this very host
  std::vector<InstalledKernel> installed;      // those under /lib/modules that have a kernel image, by version
  std::vector<std::string> modules_of_nvidia;  // "<release>: <path>" of every nvidia*.ko* below /lib/modules

  bool operator==(const KernelFacts&) const = default;
};

// A PCI function of vendor 10de that is a display controller (0300, 0302).
struct Gpu {
  std::string address;                      // "0000:3b:00.0"; empty for a GPU named by a flag
  std::string device_id;                    // "1eb8"; "" where only an architecture is known
  std::string subsystem_vendor_id;          // "10de"
  std::string subsystem_device_id;          // "12a2"
  std::string pci_class;                    // "0302"
  std::string name;                         // the catalog's, or "unknown NVIDIA GPU 10de:xxxx"
  std::optional<std::string> architecture;  // nullopt: the catalog does not know this id
  std::optional<std::string> compute_capability;
  std::optional<std::string> kernel_driver;  // what is bound to it now: "nvidia", "nouveau", "vfio-pci"

  bool operator==(const Gpu&) const = default;
};

// An NVSwitch: PCI class 0680 of vendor 10de.
struct NvSwitch {
  std::string address;
  std::string device_id;
  std::string name;

  bool operator==(const NvSwitch&) const = default;
};

struct LoadedDriver {
  std::string version;
  std::string flavour;  // "open" or "proprietary"

  bool operator==(const LoadedDriver&) const = default;
};

struct RunfileDriver {
  std::string uninstaller;             // "/usr/bin/nvidia-uninstall"
  std::optional<std::string> version;  // of the libraries no package owns

  bool operator==(const RunfileDriver&) const = default;
};

struct DriverFacts {
  std::optional<LoadedDriver> loaded;
  bool nouveau_loaded = false;
  std::optional<RunfileDriver> runfile;
  std::optional<std::string> library_version;  // of libcuda.so.<version> found in the library folders

  bool operator==(const DriverFacts&) const = default;
};

struct CudaToolkit {
  std::string path;                    // "/usr/local/cuda-12.4"
  std::optional<std::string> version;  // from its version.json or version.txt

  bool operator==(const CudaToolkit&) const = default;
};

// A link of update-alternatives.
struct AlternativeFacts {
  bool by_hand = false;  // somebody chose; else the highest priority does
  std::string target;    // "/usr/local/cuda-12.4"; "" where it leads nowhere

  bool operator==(const AlternativeFacts&) const = default;
};

struct ContainerEngine {
  std::string name;  // of an installation: "docker", "containerd", "podman", "cri-o"
  std::string path;  // the executable found, or the socket of one that a user runs

  bool operator==(const ContainerEngine&) const = default;
};

// Whether a service of the driver's starts with the machine.
struct ServiceState {
  std::string unit;   // "nvidia-persistenced.service"
  std::string start;  // "enabled", "disabled", "static" (others start it), "masked", "unmanaged" (no systemctl here)

  bool operator==(const ServiceState&) const = default;
};

struct SecureBootFacts {
  bool enabled = false;
  std::optional<bool> dkms_key_enrolled;  // whether the firmware's list holds DKMS's own key; nullopt: no such key yet

  bool operator==(const SecureBootFacts&) const = default;
};

// Who, if not this host's administrator, owns the driver.
struct ManagedBy {
  std::string owner;     // "gpu-operator", "dgx-os", "ostree", "wsl"
  std::string evidence;  // the path or mark that says so

  bool operator==(const ManagedBy&) const = default;
};

// What kind of place nvprov looks at.
enum class PlaceKind {
  host,               // a machine or VM of its own
  chroot,             // a changed root on some machine, or --root: a host disk
  container,          // a running container of an application
  machine_container,  // one that is run like a machine: LXC, systemd-nspawn
  image_build,        // a container image being built
  unclear,            // marks that contradict or do not suffice
};

struct EnvironmentFacts {
  PlaceKind place = PlaceKind::host;
  std::vector<std::string> place_evidence;     // the marks found, sorted
  std::optional<std::string> virtual_machine;  // "kvm", "vmware", ...
  std::optional<ManagedBy> managed_by;
  std::optional<bool> root_user;              // nullopt for facts not taken from a live process
  std::optional<std::string> reboot_pending;  // the mark that says so

  bool operator==(const EnvironmentFacts&) const = default;
};

struct InstalledPackage {
  std::string name;
  std::string version;
  std::string architecture;
  std::string state;       // dpkg's third word: "installed", "half-configured", "unpacked", ...
  bool automatic = false;  // drawn in by another package
  bool held = false;
  std::optional<std::string> origin;  // Origin of the repository that offers this very version: "Debian"
  std::optional<std::string> site;    // file name stem of its index, or host: tells two mirrors apart

  bool operator==(const InstalledPackage&) const = default;
};

struct RepositoryOption {
  std::string name;  // as written, lower case: "arch", "signed-by", "trusted"
  std::string value;

  bool operator==(const RepositoryOption&) const = default;
};

// One enabled or disabled repository entry as its file has it.
struct RepositoryEntry {
  std::string file;
  int line = 0;        // first line of the entry
  std::string format;  // "one-line", "deb822" or "repo"
  bool enabled = true;
  std::vector<std::string> types;  // "deb", "deb-src", "rpm"
  std::vector<std::string> uris;   // credentials masked when recorded
  std::vector<std::string> suites;
  std::vector<std::string> components;
  std::vector<RepositoryOption> options;
  std::string id;  // of a "repo" entry: "cuda-rhel9-x86_64"; "" for apt's

  bool operator==(const RepositoryEntry&) const = default;
};

struct PackagePin {
  std::string file;
  int line = 0;
  std::string packages;
  std::string pin;
  std::string priority;

  bool operator==(const PackagePin&) const = default;
};

// What a host has set for one dnf module.
struct ModuleState {
  std::string name;    // "nvidia-driver"
  std::string stream;  // "580-open"; "" after a reset
  std::string state;   // "enabled", "disabled"; "" after a reset

  bool operator==(const ModuleState&) const = default;
};

struct PackageFacts {
  std::optional<std::string> manager;         // "apt", "dnf", "dnf5"; nullopt: none is there
  std::string architecture;                   // the package manager's word: "amd64"; "" unknown
  std::vector<InstalledPackage> packages;     // sorted by name, architecture
  std::vector<RepositoryEntry> repositories;  // in the order the package manager reads them
  std::vector<PackagePin> pins;
  std::vector<ModuleState> modules;  // of dnf, by name

  bool operator==(const PackageFacts&) const = default;
};

struct HostFacts {
  std::string origin;       // "live", "root" (--root DIR), "flags" (--distro ...), "file" (--facts)
  std::string observed_on;  // YYYY-MM-DD; not part of the fingerprint
  std::optional<OsFacts> os;
  std::string architecture;  // "x86_64"; "" unknown
  KernelFacts kernel;
  std::vector<Gpu> gpus;  // by address
  std::vector<NvSwitch> nvswitches;
  // The InfiniBand device through which NVLink 5 switches are managed, "mlx5_4": such switches show on no PCI bus.
  std::optional<std::string> nvlink_switch_manager;
  bool gpus_named = false;            // the GPUs come from --gpu, not from looking
  std::vector<Gpu> gpus_passed_over;  // found by looking where --gpu names none of their kind
  DriverFacts driver;
  std::vector<CudaToolkit> cuda_toolkits;
  std::optional<AlternativeFacts> cuda_alternative;  // the one named cuda
  std::vector<ContainerEngine> container_engines;
  std::vector<ServiceState> services = {};     // those whose unit files are there
  std::optional<SecureBootFacts> secure_boot;  // nullopt: firmware without Secure Boot (no EFI)
  EnvironmentFacts environment;
  PackageFacts package_facts;
  std::vector<Diagnostic> diagnostics;  // what could not be looked at, and why

  bool operator==(const HostFacts&) const = default;
};

// True if the fact of this dotted name could not be looked at.
bool could_not_look(const HostFacts& facts, std::string_view fact);
// Whether a module of NVIDIA's is there for the kernel of this release.
bool has_nvidia_module(const KernelFacts& kernel, std::string_view release);
// What a place is taken for; nullopt where it may be either.
std::optional<Target> target_of(PlaceKind place);

// What kept the fact, or a part of it, from being looked at; nullptr where nothing did.
const Diagnostic* problem_with(const HostFacts& facts, std::string_view fact);

// The package of this name that is fully installed, or nullptr.
const InstalledPackage* find_installed(const HostFacts& facts, std::string_view name);
// The same of this architecture; of any where it is "".
const InstalledPackage* find_installed(const HostFacts& facts, std::string_view name, std::string_view architecture);

}  // namespace nvprov
