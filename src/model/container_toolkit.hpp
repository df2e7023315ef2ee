#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/repository.hpp"
#include "model/source.hpp"

namespace nvprov {

struct ContainerToolkitRelease {
  std::string version;              // "1.17.8"
  std::optional<std::string> date;  // YYYY-MM-DD
  std::vector<std::string> cves_fixed;

  bool operator==(const ContainerToolkitRelease&) const = default;
};

// Where NVIDIA offers its packages, whatever the distribution.
struct ContainerToolkitOffer {
  std::string title;                     // "NVIDIA's repository for the Container Toolkit"
  std::vector<Repository> repositories;  // one for each kind of package manager
  std::vector<Source> sources;

  bool operator==(const ContainerToolkitOffer&) const = default;
};

// What took its place on older hosts.
struct RetiredToolkit {
  std::vector<std::string> packages;
  std::vector<std::string> repositories;  // how their addresses begin; that of the offer is none of them
  std::vector<Source> sources;

  bool operator==(const RetiredToolkit&) const = default;
};

// A recommendation, not a requirement: older releases work and have known holes.
struct ContainerToolkitFloor {
  std::string version;
  std::vector<std::string> cves;  // why
  std::vector<Source> sources;

  bool operator==(const ContainerToolkitFloor&) const = default;
};

// One way to start a container with all GPUs.
struct TrialStart {
  std::string title;              // what its user knows it by: "--gpus all"
  std::vector<std::string> argv;  // without the program that runs in it; "{image}" stands for the image's name
  bool needs_runtime = false;     // the toolkit's runtime or its hook; else CDI devices do

  bool operator==(const TrialStart&) const = default;
};

// How `nvprov verify` tries whether an engine's containers get the GPUs: from an image it makes of an archive of one
// program, and takes out again.
struct EngineTrial {
  std::vector<std::string> import;  // "{archive}", "{image}"
  std::vector<std::string> remove;  // "{image}"
  std::vector<TrialStart> starts;

  bool operator==(const EngineTrial&) const = default;
};

// One way a container engine is there, told by its programs.
struct EngineInstallation {
  std::string id;                     // "docker", "docker-snap", "k3s": its name in facts and for `--engine`
  std::string title;                  // "Docker"
  std::vector<std::string> programs;  // any of them says that it is there
  std::vector<std::string> sockets;   // or one of these, in the folder of a user who is logged in, /run/user/UID
  std::vector<std::string> packages;  // that bring it and tell its version; the first on offer is installed
  std::string format;                 // of its files: "docker", "containerd", "crio", "k0s"; "none": nothing is written
  std::optional<std::string> config;  // its main file
  std::optional<std::string> drop_in;           // a file of NVIDIA's settings alone, read beside the main file
  std::optional<std::string> unit;              // of systemd
  std::string takes_changes_by;                 // "reload", "restart", "nothing"
  std::optional<std::string> cdi_from;          // version from which CDI devices can be switched on
  std::optional<std::string> cdi_default_from;  // and from which they are on unless switched off
  std::vector<std::string> belongs_to;          // installations whose part it is where one of them is there
  std::vector<std::string> needed_by;           // with one of these it is set up all the same
  bool own_toolkit = false;                     // the host's toolkit does nothing for it
  std::optional<std::string> advice;            // what its user must know, one sentence
  std::optional<EngineTrial> trial;             // absent: not by a command line of its own
  std::vector<Source> sources;

  bool operator==(const EngineInstallation&) const = default;
};

// From which version of an engine something works; absent: that it needs one is known, which is not.
struct EngineMinimum {
  std::string engine;   // "docker", "containerd", "cri-o", "podman"
  std::string feature;  // "--gpus", "CDI", ...
  std::optional<std::string> version;
  std::optional<std::string> toolkit;  // the toolkit release it also takes
  std::vector<Source> sources;

  bool operator==(const EngineMinimum&) const = default;
};

// From which release of the toolkit something is there.
struct ContainerToolkitFeature {
  std::string feature;
  std::string first_release;
  std::vector<Source> sources;

  bool operator==(const ContainerToolkitFeature&) const = default;
};

struct ContainerToolkitIssue {
  std::string id;    // "systemd-daemon-reload"
  std::string text;  // what is seen, one sentence
  std::optional<std::string> first_release;
  std::optional<std::string> last_release;  // absent: not known to have ended
  std::vector<std::string> workarounds;
  std::vector<Source> sources;

  bool operator==(const ContainerToolkitIssue&) const = default;
};

// manifests/container-toolkit.json, one record: NVIDIA Container Toolkit and the engines it serves.
struct ContainerToolkit {
  std::string license;                            // of its packages: "open-source"
  std::vector<std::string> one_version_packages;  // all at one version, or containers do not start
  std::vector<std::string> cdi_packages;          // those of them that CDI devices need
  std::vector<std::string> cdi_engines;           // engines that reach GPUs through CDI and in no other way
  std::vector<std::string> brought_by;            // owners of a host's driver that bring a toolkit of their own, too
  std::string package_version;                    // "{version}-1"
  ContainerToolkitOffer offer;
  RetiredToolkit retired;
  ContainerToolkitFloor security_floor;
  std::vector<EngineInstallation> installations;  // in the order they are listed and chosen in
  std::vector<EngineMinimum> engines;
  std::vector<ContainerToolkitFeature> features;
  std::vector<ContainerToolkitIssue> issues;
  std::vector<ContainerToolkitRelease> releases;  // oldest first

  bool operator==(const ContainerToolkit&) const = default;
};

// Whether it can be set up, or something is to be said of it; what is listed only for its need of another cannot.
bool is_engine(const EngineInstallation& installation);
// The installation of this id, or nullptr.
const EngineInstallation* find_installation(const ContainerToolkit& toolkit, std::string_view id);

}  // namespace nvprov
