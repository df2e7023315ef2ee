#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "base/json.hpp"

namespace nvprov {

// What the texts of data files must be; each answers with a complaint where a text is not that.

// A title: one line, not empty.
std::optional<Complaint> a_line(std::string_view text);
// A name that may become an argument or stand in a repository file: no blanks, no leading dash, no placeholder.
std::optional<Complaint> a_word(std::string_view text);
// The end of a name: like a word, but a leading dash is usual.
std::optional<Complaint> a_suffix(std::string_view text);
// A word that may hold placeholders, of the closed set only.
std::optional<Complaint> a_template(std::string_view text);
// A dotted number, as Version reads it.
std::optional<Complaint> a_version(std::string_view text);
std::optional<Complaint> a_date(std::string_view text);
std::optional<Complaint> an_https_url(std::string_view text);
// A PCI device id: four lower-case hex digits.
std::optional<Complaint> a_device_id(std::string_view text);
// A SHA-256 digest: 64 lower-case hex digits.
std::optional<Complaint> a_sha256(std::string_view text);
// The name of an environment variable: capital letters, digits, underscores.
std::optional<Complaint> a_variable_name(std::string_view text);
// A whole number: "12".
std::optional<Complaint> a_number(std::string_view text);
// "CVE-2024-0132".
std::optional<Complaint> a_cve(std::string_view text);
// A word that begins with a slash.
std::optional<Complaint> a_path_from_root(std::string_view text);
// A subsystem's device id and what it is called: "1309 GRID T4-1B".
std::optional<Complaint> a_vgpu_profile(std::string_view text);
// One of a few words, with a suggestion for others.
TextRule one_of(std::initializer_list<std::string_view> words);

}  // namespace nvprov
