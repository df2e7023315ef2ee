#include <fmt/format.h>

#include <array>

#include "model/facts_json_parts.hpp"

namespace nvprov::facts_json {
namespace {

constexpr std::array<PlaceKind, 6> places = {PlaceKind::host,        PlaceKind::chroot,
                                             PlaceKind::container,   PlaceKind::machine_container,
                                             PlaceKind::image_build, PlaceKind::unclear};

PlaceKind read_place(ObjectReader& reader) {
  const std::string name = reader.text("place");
  for (const PlaceKind place : places)
    if (place_name(place) == name) return place;
  reader.problem("place",
                 fmt::format("`{}` is none of host, chroot, container, machine-container, image-build, unclear", name));
  return PlaceKind::unclear;
}

Json to_json(const LoadedDriver& driver) {
  return JsonObject{{"version", driver.version}, {"flavour", driver.flavour}};
}

LoadedDriver read_loaded_driver(ObjectReader& reader) {
  return {.version = reader.text("version"), .flavour = reader.text("flavour")};
}

Json to_json(const RunfileDriver& driver) {
  return JsonObject{{"uninstaller", driver.uninstaller}, {"version", driver.version}};
}

RunfileDriver read_runfile_driver(ObjectReader& reader) {
  return {.uninstaller = reader.text("uninstaller"), .version = reader.nullable_text("version")};
}

Json to_json(const ManagedBy& managed_by) {
  return JsonObject{{"owner", managed_by.owner}, {"evidence", managed_by.evidence}};
}

ManagedBy read_managed_by(ObjectReader& reader) {
  return {.owner = reader.text("owner"), .evidence = reader.text("evidence")};
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? to_json(*value) : Json(nullptr);
}

}  // namespace

std::string_view place_name(PlaceKind place) {
  switch (place) {
    case PlaceKind::host: return "host";
    case PlaceKind::chroot: return "chroot";
    case PlaceKind::container: return "container";
    case PlaceKind::machine_container: return "machine-container";
    case PlaceKind::image_build: return "image-build";
    case PlaceKind::unclear: return "unclear";
  }
  return "";
}

Json to_json(const OsFacts& os) {
  return JsonObject{{"id", os.id},
                    {"like", json_array(os.like)},
                    {"version_id", os.version_id},
                    {"codename", os.codename},
                    {"name", os.name},
                    {"recognised_as", os.recognised_as},
                    {"not_supported", os.not_supported}};
}

OsFacts read_os(ObjectReader& reader) {
  return {.id = reader.text("id"),
          .like = reader.texts("like"),
          .version_id = reader.text("version_id"),
          .codename = reader.text("codename"),
          .name = reader.text("name"),
          // Facts written before these fields were.
          .recognised_as = reader.has("recognised_as") ? reader.nullable_text("recognised_as") : std::nullopt,
          .not_supported = reader.has("not_supported") ? reader.nullable_text("not_supported") : std::nullopt};
}

Json to_json(const KernelFacts& kernel) {
  const auto installed = [](const InstalledKernel& item) {
    return JsonObject{{"release", item.release}, {"has_headers", item.has_headers}};
  };
  return JsonObject{{"running", kernel.running},
                    {"installed", json_array(kernel.installed, installed)},
                    {"modules_of_nvidia", json_array(kernel.modules_of_nvidia)}};
}

KernelFacts read_kernel(ObjectReader& reader) {
  const auto installed = [](ObjectReader& item) {
    return InstalledKernel{.release = item.text("release"), .has_headers = item.boolean("has_headers")};
  };
  return {.running = reader.nullable_text("running"),
          .installed = reader.objects("installed", installed),
          .modules_of_nvidia = reader.texts("modules_of_nvidia")};
}

Json to_json(const Gpu& gpu) {
  return JsonObject{{"address", gpu.address},
                    {"device_id", gpu.device_id},
                    {"subsystem_vendor_id", gpu.subsystem_vendor_id},
                    {"subsystem_device_id", gpu.subsystem_device_id},
                    {"pci_class", gpu.pci_class},
                    {"name", gpu.name},
                    {"architecture", gpu.architecture},
                    {"compute_capability", gpu.compute_capability},
                    {"kernel_driver", gpu.kernel_driver}};
}

Gpu read_gpu(ObjectReader& reader) {
  return {.address = reader.text("address"),
          .device_id = reader.text("device_id"),
          .subsystem_vendor_id = reader.text("subsystem_vendor_id"),
          .subsystem_device_id = reader.text("subsystem_device_id"),
          .pci_class = reader.text("pci_class"),
          .name = reader.text("name"),
          .architecture = reader.nullable_text("architecture"),
          .compute_capability = reader.nullable_text("compute_capability"),
          .kernel_driver = reader.nullable_text("kernel_driver")};
}

Json to_json(const NvSwitch& nvswitch) {
  return JsonObject{{"address", nvswitch.address}, {"device_id", nvswitch.device_id}, {"name", nvswitch.name}};
}

NvSwitch read_nvswitch(ObjectReader& reader) {
  return {.address = reader.text("address"), .device_id = reader.text("device_id"), .name = reader.text("name")};
}

Json to_json(const DriverFacts& driver) {
  return JsonObject{{"loaded", or_null(driver.loaded)},
                    {"nouveau_loaded", driver.nouveau_loaded},
                    {"runfile", or_null(driver.runfile)},
                    {"library_version", driver.library_version}};
}

DriverFacts read_driver(ObjectReader& reader) {
  return {.loaded = reader.nullable_object("loaded", read_loaded_driver),
          .nouveau_loaded = reader.boolean("nouveau_loaded"),
          .runfile = reader.nullable_object("runfile", read_runfile_driver),
          .library_version = reader.nullable_text("library_version")};
}

Json to_json(const CudaToolkit& toolkit) { return JsonObject{{"path", toolkit.path}, {"version", toolkit.version}}; }

CudaToolkit read_cuda_toolkit(ObjectReader& reader) {
  return {.path = reader.text("path"), .version = reader.nullable_text("version")};
}

Json to_json(const std::optional<AlternativeFacts>& alternative) {
  if (!alternative) return nullptr;
  return JsonObject{{"by_hand", alternative->by_hand}, {"target", alternative->target}};
}

AlternativeFacts read_alternative_facts(ObjectReader& reader) {
  return {.by_hand = reader.boolean("by_hand"), .target = reader.text("target")};
}

Json to_json(const ContainerEngine& engine) { return JsonObject{{"name", engine.name}, {"path", engine.path}}; }

ContainerEngine read_container_engine(ObjectReader& reader) {
  return {.name = reader.text("name"), .path = reader.text("path")};
}

Json to_json(const ServiceState& service) { return JsonObject{{"unit", service.unit}, {"start", service.start}}; }

ServiceState read_service_state(ObjectReader& reader) {
  return {.unit = reader.text("unit"), .start = reader.text("start")};
}

Json to_json(const SecureBootFacts& secure_boot) {
  return JsonObject{{"enabled", secure_boot.enabled}, {"dkms_key_enrolled", secure_boot.dkms_key_enrolled}};
}

SecureBootFacts read_secure_boot(ObjectReader& reader) {
  return {.enabled = reader.boolean("enabled"), .dkms_key_enrolled = reader.nullable_boolean("dkms_key_enrolled")};
}

Json to_json(const EnvironmentFacts& environment) {
  return JsonObject{{"place", place_name(environment.place)},
                    {"place_evidence", json_array(environment.place_evidence)},
                    {"virtual_machine", environment.virtual_machine},
                    {"managed_by", or_null(environment.managed_by)},
                    {"root_user", environment.root_user},
                    {"reboot_pending", environment.reboot_pending}};
}

EnvironmentFacts read_environment(ObjectReader& reader) {
  return {.place = read_place(reader),
          .place_evidence = reader.texts("place_evidence"),
          .virtual_machine = reader.nullable_text("virtual_machine"),
          .managed_by = reader.nullable_object("managed_by", read_managed_by),
          .root_user = reader.nullable_boolean("root_user"),
          .reboot_pending = reader.nullable_text("reboot_pending")};
}

}  // namespace nvprov::facts_json
