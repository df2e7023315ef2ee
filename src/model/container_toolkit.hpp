#pragma once

#include <optional>
#include <string>
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

// A recommendation, not a requirement: older releases work and have known holes.
struct ContainerToolkitFloor {
  std::string version;
  std::vector<std::string> cves;  // why
  std::vector<Source> sources;

  bool operator==(const ContainerToolkitFloor&) const = default;
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
  std::string package_version;                    // "{version}-1"
  ContainerToolkitOffer offer;
  ContainerToolkitFloor security_floor;
  std::vector<EngineMinimum> engines;
  std::vector<ContainerToolkitFeature> features;
  std::vector<ContainerToolkitIssue> issues;
  std::vector<ContainerToolkitRelease> releases;  // oldest first

  bool operator==(const ContainerToolkit&) const = default;
};

}  // namespace nvprov
