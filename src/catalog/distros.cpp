// distros/<id>.json, and `like`: a clone takes the top-level fields it does not write itself.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

std::vector<DistroArchitecture> read_architectures(ObjectReader& reader) {
  std::vector<std::string> names;
  auto architectures = reader.objects("architectures", [&](ObjectReader& item) {
    names.push_back(item.text("arch", a_word));
    return DistroArchitecture{.arch = names.back(), .package_arch = item.text("package_arch", a_word)};
  });
  check_distinct(reader, "architectures", "arch", names);
  return architectures;
}

// What numbers of kernels tell of upstream's.
std::optional<Complaint> a_telling(std::string_view text) { return one_of({"upstream", "series", "nothing"})(text); }

std::vector<KernelFlavour> read_kernels(ObjectReader& reader) {
  std::vector<std::string> identities;  // one release of a kernel may be of several architectures
  auto kernels = reader.objects("kernels", [&](ObjectReader& item) {
    const std::string suffix = item.text("release_suffix", a_suffix);
    const std::string architecture = item.text("architecture", a_word);
    identities.push_back(fmt::format("{} of {}", suffix, architecture));
    return KernelFlavour{
        .release_suffix = suffix,
        .architecture = architecture,
        .image_package = item.text("image_package", a_template),
        .headers_package = item.text("headers_package", a_template),
        .exact_headers_package = item.text("exact_headers_package", a_template),
        .exact_headers_version =
            item.has("exact_headers_version") ? item.nullable_text("exact_headers_version", a_template) : std::nullopt,
        .flavour = item.has("flavour") ? item.nullable_text("flavour", a_word) : std::nullopt,
        .numbers_tell = item.has("numbers_tell") ? item.nullable_text("numbers_tell", a_telling) : std::nullopt};
  });
  check_distinct(reader, "kernels", "release_suffix", identities);
  return kernels;
}

std::vector<PackageSource> read_package_sources(ObjectReader& reader, const SourceTable& table) {
  std::vector<std::string> ids;
  auto sources = reader.objects("package_sources", [&](ObjectReader& item) {
    PackageSource source = read_package_source(item, table);
    ids.push_back(source.id);
    return source;
  });
  check_distinct(reader, "package_sources", "id", ids);
  return sources;
}

std::vector<LackingPackage> read_lacks(ObjectReader& reader, const SourceTable& table) {
  std::vector<std::string> names;
  auto lacks = reader.objects("lacks", [&](ObjectReader& item) {
    names.push_back(item.text("package", a_word));
    return LackingPackage{.package = names.back(), .sources = read_sources(item, table)};
  });
  check_distinct(reader, "lacks", "package", names);
  return lacks;
}

CompilerPackage read_compiler(ObjectReader& reader) {
  return {.compiler = reader.text("compiler", one_of({"gcc", "clang"})),
          .version = reader.text("version", a_version),
          .package = reader.text("package", a_word),
          .command = reader.text("command", a_line)};
}

DistroCompilers read_compilers(ObjectReader& reader, const SourceTable& table) {
  DistroCompilers compilers;
  compilers.standard = reader.object("standard", read_compiler);
  const Json* others = reader.optional_member("others");
  if (others != nullptr && !others->is_null()) compilers.others = reader.objects("others", read_compiler);
  compilers.sources = read_sources(reader, table);
  return compilers;
}

DistroMark read_mark(ObjectReader& reader) {
  return {.path = reader.text("path", a_path_from_root), .contains = reader.nullable_text("contains", a_line)};
}

// A text that may be missing only in a distribution that nvprov installs nothing on, or that a mark tells.
std::string text_or_null(ObjectReader& reader, std::string_view key, bool may_be_null, const TextRule& rule) {
  return may_be_null ? reader.nullable_text(key, rule).value_or("") : reader.text(key, rule);
}

// What the file says; what a clone does not say stays as `taken` has it, with the sources it has there.
Distro read_distro(ObjectReader& reader, std::optional<Distro> taken) {
  const auto own = [&reader, is_clone = taken.has_value()](std::string_view key) {
    return !is_clone || reader.has(key);
  };
  Distro distro = std::move(taken).value_or(Distro{});
  const SourceTable table = own("sources") ? read_source_table(reader) : SourceTable{};
  distro.id = reader.text("id", a_word);
  if (own("name")) distro.name = reader.text("name", a_line);
  if (reader.has("not_supported")) distro.not_supported = reader.nullable_text("not_supported", a_line);
  if (reader.has("recognised_by")) distro.recognised_by = reader.objects("recognised_by", read_mark);
  const bool is_marked = !distro.recognised_by.empty();
  if (own("os_id")) distro.os_id = text_or_null(reader, "os_id", is_marked, a_word);
  if (own("version_id")) distro.version_id = text_or_null(reader, "version_id", is_marked, a_word);
  if (reader.has("version_match"))
    distro.minor_versions = reader.text("version_match", one_of({"exact", "major"})) == "major";
  if (own("codename")) distro.codename = reader.nullable_text("codename", a_word).value_or("");
  if (own("package_manager"))
    distro.package_manager =
        text_or_null(reader, "package_manager", distro.not_supported.has_value(), one_of({"apt", "dnf", "dnf5"}));
  if (reader.has("modularity")) distro.modularity = reader.boolean("modularity");
  if (reader.has("hold_packages")) distro.hold_packages = distinct_texts(reader, "hold_packages", a_word);
  if (reader.has("refuses_sha1_keys_from"))
    distro.refuses_sha1_keys_from = reader.nullable_text("refuses_sha1_keys_from", a_date);
  if (own("architectures")) distro.architectures = read_architectures(reader);
  if (own("end_of_life")) distro.end_of_life = reader.nullable_text("end_of_life", a_date);
  if (own("kernels")) distro.kernels = read_kernels(reader);
  if (reader.has("kernel_numbers"))
    distro.kernel_numbers = reader.nullable_object("kernel_numbers", [&](ObjectReader& item) {
      return KernelNumbers{.tell = item.text("tell", a_telling),
                           .kernels_of = item.nullable_text("kernels_of", a_word),
                           .sources = read_sources(item, table)};
    });
  if (own("package_sources")) distro.package_sources = read_package_sources(reader, table);
  if (reader.has("lacks")) distro.lacks = read_lacks(reader, table);
  if (reader.has("compilers"))
    distro.compilers =
        reader.nullable_object("compilers", [&](ObjectReader& item) { return read_compilers(item, table); });
  if (own("source")) distro.sources = read_sources(reader, table);
  return distro;
}

bool is_clone(const Document& document) { return document.root.find("like") != nullptr; }

// Where clones look for the distribution they are like.
struct Originals {
  std::span<const Document> documents;
  std::span<const Distro> known;
  const Records& records;  // the plain distributions of these files, read before
};

std::vector<std::string> names_of(const Originals& originals) {
  std::vector<std::string> names;
  for (const auto& placed : originals.records.distros)
    if (placed.note.empty()) names.push_back(placed.record.id);
  for (const Distro& distro : originals.known) names.push_back(distro.id);
  return names;
}

// What the distribution of this id says. Where there is none, that is noted, and the clone is read as if it were
// like an empty one, so that its own problems are found too.
Distro find_original(ObjectReader& reader, std::string_view id, const Originals& originals) {
  const std::string file = distro_file(id);
  const auto document = std::ranges::find(originals.documents, file, &Document::path);
  if (document != originals.documents.end() && is_clone(*document)) {
    reader.problem("like", fmt::format("`{}` is itself like another distribution, and only one level is allowed", id));
    return {};
  }
  const auto& read = originals.records.distros;
  if (const auto placed = std::ranges::find(read, file, &Placed<Distro>::file); placed != read.end())
    return placed->record;
  if (const auto distro = std::ranges::find(originals.known, id, &Distro::id); distro != originals.known.end())
    return *distro;
  if (!id.empty() && !originals.records.has_file(file)) {
    const auto suggestion = did_you_mean(id, names_of(originals));
    reader.problem("like", fmt::format("there is no distribution `{}`", id),
                   suggestion ? fmt::format("did you mean `{}`?", *suggestion) : "");
  }
  return {};
}

void read_plain(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.distro")) return;
  Distro distro = read_distro(reader, std::nullopt);
  check_file_name(reader, "id", distro.id);
  reader.finish();
  records.distros.push_back({std::move(distro), document.path, "", ""});
}

void read_clone(const Document& document, const Originals& originals, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.distro")) return;
  const std::string like = reader.text("like", a_word);
  Distro distro = read_distro(reader, find_original(reader, like, originals));
  check_file_name(reader, "id", distro.id);
  reader.finish();
  records.distros.push_back(
      {std::move(distro), document.path, "", fmt::format("what the file does not write is taken from `{}`", like)});
}

}  // namespace

void read_distro_files(std::span<const Document> documents, std::span<const Distro> known, Records& records,
                       Diagnostics& problems) {
  for (const Document& document : documents)
    if (!is_clone(document)) read_plain(document, records, problems);
  const Originals originals{documents, known, records};
  for (const Document& document : documents)
    if (is_clone(document)) read_clone(document, originals, records, problems);
}

}  // namespace nvprov
