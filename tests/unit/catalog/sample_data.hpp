#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"

namespace nvprov::test {

// The smallest whole data folder with a record of every kind; its versions are invented (99.x).
std::vector<DataFile> sample_data();
// One file of it.
std::string sample_text(std::string_view path);
// The data with `from` replaced by `to` in one file; the test fails where `from` is not there.
std::vector<DataFile> changed_data(std::string_view path, std::string_view from, std::string_view to);
std::vector<DataFile> changed(std::vector<DataFile> files, std::string_view path, std::string_view from,
                              std::string_view to);
// The data with records of kernels and of forward compatibility that refer to its branches and releases.
std::vector<DataFile> supported_data();

}  // namespace nvprov::test
