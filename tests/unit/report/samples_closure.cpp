#include "unit/report/samples_closure.hpp"

#include <array>

namespace nvprov::report_samples {
namespace {

constexpr const char* driver_version = "535.309.01-0+deb12u1";

struct Row {
  const char* name;
  const char* architecture;
  const char* version;
  const char* suite;
  std::uint64_t download_bytes;
  std::uint64_t installed_bytes;
};

// `apt-get -s install` of the deploy profile in a minimal root, recorded 2026-11-22.
// clang-format off
constexpr std::array<Row, 75> rows = {{
    {"binutils", "amd64", "2.40-2", "bookworm", 64980, 111616},
    {"binutils-common", "amd64", "2.40-2", "bookworm", 2486664, 15381504},
    {"binutils-x86-64-linux-gnu", "amd64", "2.40-2", "bookworm", 2245848, 11702272},
    {"bzip2", "amd64", "1.0.8-5+b1", "bookworm", 49804, 123904},
    {"cpp", "amd64", "4:12.2.0-3", "bookworm", 6836, 30720},
    {"cpp-12", "amd64", "12.2.0-14+deb12u1", "bookworm", 9767788, 34660352},
    {"dkms", "all", "3.0.10-8+deb12u1", "bookworm", 48716, 190464},
    {"dpkg-dev", "all", "1.21.23", "bookworm", 1354256, 1769472},
    {"firmware-nvidia-gsp", "amd64", driver_version, "bookworm-security", 38557876, 62333952},
    {"gcc", "amd64", "4:12.2.0-3", "bookworm", 5216, 48128},
    {"gcc-12", "amd64", "12.2.0-14+deb12u1", "bookworm", 19268852, 69873664},
    {"glx-alternative-mesa", "amd64", "1.2.2", "bookworm", 4760, 32768},
    {"glx-alternative-nvidia", "amd64", "1.2.2", "bookworm", 5776, 44032},
    {"glx-diversions", "amd64", "1.2.2", "bookworm", 7408, 35840},
    {"kmod", "amd64", "30+20221128-1", "bookworm", 95180, 257024},
    {"libasan8", "amd64", "12.2.0-14+deb12u1", "bookworm", 2192652, 8209408},
    {"libatomic1", "amd64", "12.2.0-14+deb12u1", "bookworm", 9376, 46080},
    {"libbinutils", "amd64", "2.40-2", "bookworm", 572104, 2528256},
    {"libcc1-0", "amd64", "12.2.0-14+deb12u1", "bookworm", 41736, 139264},
    {"libcom-err2", "amd64", "1.47.0-2+b2", "bookworm", 20044, 56320},
    {"libctf-nobfd0", "amd64", "2.40-2", "bookworm", 153384, 308224},
    {"libctf0", "amd64", "2.40-2", "bookworm", 89796, 237568},
    {"libcuda1", "amd64", driver_version, "bookworm-security", 3003924, 29600768},
    {"libcudart11.0", "amd64", "11.8.89~11.8.0-5~deb12u1", "bookworm", 167360, 788480},
    {"libdpkg-perl", "all", "1.21.23", "bookworm", 603796, 2034688},
    {"libelf1", "amd64", "0.188-2.1", "bookworm", 173796, 1060864},
    {"libgcc-12-dev", "amd64", "12.2.0-14+deb12u1", "bookworm", 2437204, 14626816},
    {"libgomp1", "amd64", "12.2.0-14+deb12u1", "bookworm", 115772, 319488},
    {"libgprofng0", "amd64", "2.40-2", "bookworm", 812120, 4052992},
    {"libgssapi-krb5-2", "amd64", "1.20.1-2+deb12u5", "bookworm-security", 135168, 435200},
    {"libisl23", "amd64", "0.25-1.1", "bookworm", 683060, 2357248},
    {"libitm1", "amd64", "12.2.0-14+deb12u1", "bookworm", 26140, 117760},
    {"libjansson4", "amd64", "2.14-2", "bookworm", 40788, 103424},
    {"libk5crypto3", "amd64", "1.20.1-2+deb12u5", "bookworm-security", 79712, 267264},
    {"libkeyutils1", "amd64", "1.6.3-2", "bookworm", 8808, 40960},
    {"libkmod2", "amd64", "30+20221128-1", "bookworm", 57892, 144384},
    {"libkrb5-3", "amd64", "1.20.1-2+deb12u5", "bookworm-security", 332280, 1102848},
    {"libkrb5support0", "amd64", "1.20.1-2+deb12u5", "bookworm-security", 33212, 137216},
    {"liblsan0", "amd64", "12.2.0-14+deb12u1", "bookworm", 969300, 3012608},
    {"liblzma5", "amd64", "5.4.1-1+deb12u2", "bookworm-security", 205796, 340992},
    {"libmpc3", "amd64", "1.3.1-1", "bookworm", 51480, 152576},
    {"libmpfr6", "amd64", "4.2.0-1", "bookworm", 700900, 1205248},
    {"libnvidia-cfg1", "amd64", driver_version, "bookworm-security", 244820, 464896},
    {"libnvidia-ml1", "amd64", driver_version, "bookworm-security", 689424, 2155520},
    {"libnvidia-pkcs11-openssl3", "amd64", driver_version, "bookworm-security", 159136, 200704},
    {"libnvidia-ptxjitcompiler1", "amd64", driver_version, "bookworm-security", 6978004, 23550976},
    {"libpci3", "amd64", "1:3.9.0-4", "bookworm", 67432, 126976},
    {"libquadmath0", "amd64", "12.2.0-14+deb12u1", "bookworm", 144616, 299008},
    {"libssl3", "amd64", "3.0.22-1~deb12u2", "bookworm-security", 2039888, 6187008},
    {"libtirpc-common", "all", "1.3.3+ds-1", "bookworm", 14048, 35840},
    {"libtirpc3", "amd64", "1.3.3+ds-1", "bookworm", 85192, 231424},
    {"libtsan2", "amd64", "12.2.0-14+deb12u1", "bookworm", 2196972, 8002560},
    {"libubsan1", "amd64", "12.2.0-14+deb12u1", "bookworm", 883056, 2715648},
    {"linux-compiler-gcc-12-x86", "amd64", "6.1.192-2", "bookworm-security", 1309580, 1324032},
    {"linux-headers-6.1.0-56-amd64", "amd64", "6.1.192-2", "bookworm-security", 1841552, 4249600},
    {"linux-headers-6.1.0-56-common", "all", "6.1.192-2", "bookworm-security", 10533276, 58564608},
    {"linux-headers-amd64", "amd64", "6.1.192-2", "bookworm-security", 1420, 13312},
    {"linux-kbuild-6.1", "amd64", "6.1.192-2", "bookworm-security", 1568188, 2454528},
    {"lsb-release", "all", "12.0-1", "bookworm", 6416, 17408},
    {"make", "amd64", "4.3-4.1", "bookworm", 395632, 1630208},
    {"nvidia-alternative", "amd64", driver_version, "bookworm-security", 157428, 211968},
    {"nvidia-installer-cleanup", "amd64", "20220217+3~deb12u1", "bookworm", 13324, 48128},
    {"nvidia-kernel-common", "amd64", "20220217+3~deb12u1", "bookworm", 4488, 27648},
    {"nvidia-kernel-dkms", "amd64", driver_version, "bookworm-security", 44990976, 74744832},
    {"nvidia-kernel-support", "amd64", driver_version, "bookworm-security", 156452, 197632},
    {"nvidia-legacy-check", "amd64", driver_version, "bookworm-security", 161200, 204800},
    {"nvidia-modprobe", "amd64", driver_version, "bookworm-security", 21296, 67584},
    {"nvidia-persistenced", "amd64", "535.171.04-1~deb12u1", "bookworm", 27148, 93184},
    {"nvidia-smi", "amd64", driver_version, "bookworm-security", 390600, 902144},
    {"nvidia-support", "amd64", "20220217+3~deb12u1", "bookworm", 14184, 51200},
    {"patch", "amd64", "2.7.6-7", "bookworm", 127848, 253952},
    {"pci.ids", "all", "0.0~2023.04.11-1", "bookworm", 242760, 1375232},
    {"pciutils", "amd64", "1:3.9.0-4", "bookworm", 104436, 215040},
    {"update-glx", "amd64", "1.2.2", "bookworm", 5432, 28672},
    {"xz-utils", "amd64", "5.4.1-1+deb12u2", "bookworm-security", 471448, 1255424},
}};
// clang-format on

bool is_requested(const std::string& name) {
  return name == "libcuda1" || name == "libcudart11.0" || name == "linux-headers-amd64" ||
         name == "nvidia-kernel-dkms" || name == "nvidia-persistenced" || name == "nvidia-smi";
}

std::optional<std::string> license_of(const std::string& name) {
  if (name == "nvidia-persistenced") return "open-source";
  if (is_requested(name) && name != "linux-headers-amd64") return "proprietary";
  return std::nullopt;
}

PackageChange change_of(const Row& row) {
  PackageChange change;
  change.name = row.name;
  change.architecture = row.architecture;
  change.version = row.version;
  change.origin = std::string("Debian ") + row.suite;
  change.download_bytes = row.download_bytes;
  change.installed_bytes = row.installed_bytes;
  change.license = license_of(change.name);
  change.requested = is_requested(change.name);
  // nvidia-modprobe has the driver's version today, but may have another.
  change.driver_versioned = change.version == driver_version && change.name != "nvidia-modprobe";
  return change;
}

}  // namespace

Closure t4_closure() {
  Closure closure;
  closure.known = true;
  for (const Row& row : rows) closure.packages.push_back(change_of(row));
  for (PackageChange& change : closure.packages) {
    if (change.name != "liblzma5") continue;
    change.action = PackageAction::upgrade;
    change.old_version = "5.4.1-1+deb12u1";
  }
  closure.download_bytes = 163735232;
  closure.disk_bytes = 461583360;
  return closure;
}

}  // namespace nvprov::report_samples
