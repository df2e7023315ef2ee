#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"
#include "model/journal.hpp"

namespace nvprov {

// A file a step makes sure of: its path, content and mode; nullopt for a step that writes none.
std::optional<WriteFile> file_of(const Step& step);

// The paths a step changes: those of which a copy is kept in the journal.
std::vector<std::string> files_of(const Step& step);

// What stands at a path now, so that it can be put back.
Result<PreImage> take_pre_image(const HostView& host, const std::string& path);

// Puts back exactly what stood there, whatever stands there now.
Status put_back_whole(Host& host, const PreImage& image);

// Whether the file already is as it should be.
Result<bool> has_content(const HostView& host, const WriteFile& file);

// Puts back what the journal's steps wrote, the last one first. A file somebody changed since is left alone. Each step
// put back becomes `undone`; what could not be put back is returned, in words.
std::vector<std::string> put_files_back(Host& host, Journal& journal);

// The same of the files of one container engine alone, by its title.
std::vector<std::string> put_engine_files_back(Host& host, Journal& journal, const std::string& engine);

}  // namespace nvprov
