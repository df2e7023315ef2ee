#include "apply/prove_module.hpp"

#include <fmt/format.h>

#include <array>

#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr const char* dkms_folder = "/var/lib/dkms";

struct ModuleFields {
  std::string version;
  std::string license;
};

struct FoundLog {
  std::string path;
  std::int64_t modified = 0;
};

std::vector<std::string> names_in(const HostView& host, const std::string& folder) {
  const auto names = host.list_directory(folder);
  if (!names || !*names) return {};  // a log is only a hint: one that cannot be listed is not named
  return **names;
}

void take_newer(const HostView& host, const std::string& path, std::optional<FoundLog>& newest) {
  const auto info = host.file_info(path);
  if (!info || !*info) return;
  if (!newest || (*info)->modified >= newest->modified) newest = FoundLog{path, (*info)->modified};
}

// <module>/<version>/build/make.log of a build that failed, .../<kernel>/<arch>/log/make.log of one that did not.
std::optional<FoundLog> newest_dkms_log(const HostView& host) {
  std::optional<FoundLog> newest;
  for (const std::string& module : names_in(host, dkms_folder))
    for (const std::string& version : names_in(host, fmt::format("{}/{}", dkms_folder, module))) {
      const std::string base = fmt::format("{}/{}/{}", dkms_folder, module, version);
      take_newer(host, base + "/build/make.log", newest);
      for (const std::string& kernel : names_in(host, base)) {
        if (kernel == "build" || kernel == "source") continue;
        for (const std::string& arch : names_in(host, base + "/" + kernel))
          take_newer(host, fmt::format("{}/{}/{}/log/make.log", base, kernel, arch), newest);
      }
    }
  return newest;
}

Error not_proven(const HostView& host, const DriverChoice& driver, const std::string& kernel, std::string because) {
  Error error{.kind = ErrorKind::failed,
              .message = fmt::format("the module of driver {} is not in place for kernel {}", driver.version, kernel),
              .because = {std::move(because)},
              .hints = {},
              .context = {}};
  const auto log = newest_dkms_log(host);
  error.hints.push_back(log ? fmt::format("read the log of the module's build in `{}`", log->path)
                            : fmt::format("DKMS has built nothing: there is no make.log below {}; are the headers of "
                                          "this kernel installed?",
                                          dkms_folder));
  return error;
}

Result<bool> has_modinfo(const HostView& host) {
  for (const char* path : {"/usr/sbin/modinfo", "/sbin/modinfo", "/usr/bin/modinfo", "/bin/modinfo"}) {
    const auto info = host.file_info(path);
    if (!info) return fail(info.error());
    if (*info) return true;
  }
  return false;
}

// nullopt when there is no such module for this kernel.
Result<std::optional<std::string>> module_field(const HostView& host, const std::string& kernel,
                                                const std::string& module, const std::string& field) {
  const auto output = host.query(Command{.argv = {"modinfo", "-k", kernel, "-F", field, module}, .environment = {}});
  if (!output) return fail(output.error());
  if (output->exit_status != 0) return std::nullopt;
  return std::string(trim(output->out));
}

Result<std::optional<ModuleFields>> module_fields(const HostView& host, const std::string& kernel,
                                                  const std::string& module) {
  const auto version = module_field(host, kernel, module, "version");
  if (!version) return fail(version.error());
  if (!*version) return std::nullopt;
  const auto license = module_field(host, kernel, module, "license");
  if (!license) return fail(license.error());
  return ModuleFields{.version = **version, .license = license->value_or("")};
}

// What is wrong with a module, or "".
std::string fault_of(const std::optional<ModuleFields>& fields, const DriverChoice& driver) {
  if (!fields) return fmt::format("modinfo finds no module `{}`", driver.module_name);
  if (fields->version != driver.version)
    return fmt::format("the version of `{}` is {}, not {}", driver.module_name, fields->version, driver.version);
  if (flavour_of_license(fields->license) != driver.flavour)
    return fmt::format("the license of `{}` is `{}`, which is not that of the {} module", driver.module_name,
                       fields->license, driver.flavour);
  return "";
}

Status prove_module(const HostView& host, const DriverChoice& driver, const std::string& kernel, ApplyReport& report) {
  const auto fields = module_fields(host, kernel, driver.module_name);
  if (!fields) {
    report.unproven.push_back(fmt::format("{}: modinfo could not be run: {}", kernel, fields.error().message));
    return {};
  }
  if (std::string fault = fault_of(*fields, driver); !fault.empty())
    return fail(not_proven(host, driver, kernel, std::move(fault)));
  report.proven.push_back(
      fmt::format("{}: {} {} ({})", kernel, driver.module_name, (*fields)->version, driver.flavour));
  return {};
}

// The kernels that are really there; the others are named as unproven.
std::vector<std::string> installed_kernels(const HostView& host, const Resolution& resolution, ApplyReport& report) {
  std::vector<std::string> kernels;
  for (const std::string& kernel : resolution.kernels) {
    const auto info = host.file_info("/lib/modules/" + kernel);
    if (info && *info)
      kernels.push_back(kernel);
    else
      report.unproven.push_back(
          fmt::format("{}: {}", kernel, info ? "this kernel is not installed here" : info.error().message));
  }
  if (resolution.kernels.empty() && resolution.driver && !resolution.driver->kept)
    report.unproven.emplace_back("no kernel is installed here: the module is built when one with its headers is");
  return kernels;
}

}  // namespace

std::optional<std::string_view> flavour_of_license(std::string_view license) {
  if (license == "NVIDIA") return "proprietary";
  if (license == "Dual MIT/GPL") return "open";
  return std::nullopt;
}

bool has_module(const HostView& host, const DriverChoice& driver, const std::string& kernel) {
  const auto modinfo = has_modinfo(host);
  if (!modinfo || !*modinfo) return true;
  const auto fields = module_fields(host, kernel, driver.module_name);
  return !fields || fault_of(*fields, driver).empty();
}

Status prove_modules(const HostView& host, const Resolution& resolution, ApplyReport& report) {
  const auto& driver = resolution.driver;
  if (!driver || driver->packages.empty() || driver->module_name.empty()) return {};
  const auto kernels = installed_kernels(host, resolution, report);
  if (kernels.empty()) return {};
  const auto modinfo = has_modinfo(host);
  if (!modinfo || !*modinfo) {
    report.unproven.push_back(modinfo ? "modinfo is not installed here: no module could be looked at"
                                      : modinfo.error().message);
    return {};
  }
  for (const std::string& kernel : kernels)
    if (const auto proven = prove_module(host, *driver, kernel, report); !proven) return proven;
  return {};
}

}  // namespace nvprov
