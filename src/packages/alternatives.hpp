#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nvprov {

// update-alternatives, as dpkg and chkconfig have it.

// Where its records of a link lie: dpkg's, chkconfig's.
std::vector<std::string> alternative_records(std::string_view name);
// The link in /etc that tells where it leads.
std::string alternative_link(std::string_view name);
// Whether somebody chose by hand, by such a record; nullopt where that is no record.
std::optional<bool> is_chosen_by_hand(std::string_view record);

std::vector<std::string> set_alternative_argv(const std::string& name, const std::string& target);
std::vector<std::string> automatic_alternative_argv(const std::string& name);

}  // namespace nvprov
