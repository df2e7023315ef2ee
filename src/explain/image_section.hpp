#pragma once

#include "explain/knowledge.hpp"
#include "model/explanation.hpp"

namespace nvprov {

// Which CUDA releases, of images and programs, the driver here runs; no rows where no driver is known.
ExplainedSection image_section(const Here& here, const Knowledge& knowledge);

}  // namespace nvprov
