#include "catalog/driver_support.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

// As a distribution counts them: "5.14.0-687.12.1".
std::optional<Complaint> a_kernel_number(std::string_view text) {
  const bool is_all_numbers = std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.' || c == '-'; });
  if (is_all_numbers && kernel_number(text)) return std::nullopt;
  return Complaint{fmt::format("`{}` is not the number of a kernel", text),
                   "write it without what follows the numbers, such as 6.19 or 5.14.0-687.12.1"};
}

TextRule a_module_flavour() { return one_of({"open", "proprietary"}); }

KernelBreak read_break(ObjectReader& reader, const SourceTable& table) {
  KernelBreak item{.first_kernel = reader.text("first_kernel", a_kernel_number),
                   .last_kernel = reader.nullable_text("last_kernel", a_kernel_number),
                   .distro = reader.nullable_text("distro", a_word),
                   .modules = distinct_texts(reader, "modules", a_module_flavour()),
                   .fixed_in = reader.nullable_text("fixed_in", a_version),
                   .last_failing = reader.nullable_text("last_failing", a_version),
                   .sources = read_sources(reader, table)};
  if (item.fixed_in && item.last_failing)
    reader.problem("last_failing", fmt::format("that {} is the first to build says it already", *item.fixed_in),
                   "write null");
  return item;
}

KernelBuild read_kernel_build(ObjectReader& reader, const SourceTable& table) {
  KernelBuild item{.driver = reader.text("driver", a_version),
                   .package_version = reader.nullable_text("package_version", a_word),
                   .origin = reader.nullable_text("origin", a_line),
                   .last_kernel = reader.text("last_kernel", a_version),
                   .modules = distinct_texts(reader, "modules", a_module_flavour()),
                   .sources = read_sources(reader, table)};
  if (item.package_version.has_value() != item.origin.has_value())
    reader.problem("origin", "packages of somebody's own have both a version and an origin");
  return item;
}

std::optional<std::string> read_oldest_kernel(ObjectReader& reader, const SourceTable& table) {
  return reader.nullable_object("oldest", [&](ObjectReader& item) {
    read_sources(item, table);
    return item.text("kernel", a_version);
  });
}

}  // namespace

KernelSupport read_kernel_support(ObjectReader& reader, const SourceTable& table) {
  return reader.object("kernels", [&](ObjectReader& item) {
    return KernelSupport{
        .oldest_kernel = read_oldest_kernel(item, table),
        .breaks = item.objects("breaks", [&](ObjectReader& each) { return read_break(each, table); }),
        .builds = item.objects("builds", [&](ObjectReader& each) { return read_kernel_build(each, table); })};
  });
}

std::optional<SecurityFloor> read_security_floor(ObjectReader& reader, const SourceTable& table) {
  return reader.nullable_object("security_floor", [&](ObjectReader& item) {
    return SecurityFloor{.release = item.text("release", a_version),
                         .bulletin = item.text("bulletin", a_word),
                         .date = item.text("date", a_date),
                         .sources = read_sources(item, table)};
  });
}

}  // namespace nvprov
