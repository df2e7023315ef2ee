#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/source.hpp"

namespace nvprov {

// A generation of NVSwitch.
struct FabricGeneration {
  std::string id;      // "nvswitch-3"
  std::string nvlink;  // "4"
  std::optional<std::string> chip;
  std::vector<std::string> systems;
  std::vector<std::string> components;  // what its hosts need beside the driver: "fabric-manager", "nvlsm"
  bool switches_apart = false;          // in machines of their own, so that the board of a GPU alone tells of them
  std::vector<Source> sources;

  bool operator==(const FabricGeneration&) const = default;
};

struct NvSwitchModel {
  std::string device_id;  // four lower-case hex digits of PCI vendor 10de
  std::string name;
  std::string generation;
  std::string role;  // "switch": the driver binds it; "bridge": a part of one

  bool operator==(const NvSwitchModel&) const = default;
};

// What shows switches that are on no PCI bus: a text in the vital product data of an adapter.
struct FabricMark {
  std::string id;
  std::string generation;
  std::string folder;                       // one entry for each adapter: "/sys/class/infiniband"
  std::string file;                         // below each entry: "device/vpd"
  std::string text;                         // "SW_MNG"
  std::vector<std::string> kernel_modules;  // without which nothing shows
  std::vector<Source> sources;

  bool operator==(const FabricMark&) const = default;
};

// Boards of GPUs that exist with a fabric. A GPU's id alone never proves a switch: it says that one may be there.
struct FabricBoard {
  std::string id;                         // "h100-sxm5"
  std::vector<std::string> device_ids;    // of GPUs
  std::optional<std::string> generation;  // of the switch that may be there; absent: links without one
  std::optional<std::string> min_driver;
  std::vector<Source> sources;

  bool operator==(const FabricBoard&) const = default;
};

// How a package of the fabric follows the driver.
struct FabricPackage {
  std::string component;  // "fabric-manager"
  std::string name;       // "nvidia-fabricmanager"
  std::string version;    // "driver": exactly the driver's; "own"
  std::optional<std::string> first_branch;
  std::optional<std::string> last_branch;
  std::vector<Source> sources;

  bool operator==(const FabricPackage&) const = default;
};

// manifests/fabric.json.
struct Fabric {
  std::vector<FabricGeneration> generations;  // sorted by id
  std::vector<NvSwitchModel> nvswitches;      // sorted by device_id
  std::vector<FabricMark> marks;              // sorted by id
  std::vector<FabricBoard> boards;            // sorted by id
  std::vector<FabricPackage> packages;        // sorted by component

  bool operator==(const Fabric&) const = default;
};

}  // namespace nvprov
