#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/matrix.hpp"

namespace nvprov {

// The compatibility table of a question by the rules of choice: each driver branch and each CUDA release of the catalog
// with why it is out of the question, if it is. The offers of the question's distribution must be filled in.
// `--driver` and `--cuda` narrow the table to theirs and judge the others against them.
Matrix make_matrix(const Catalog& catalog, const MatrixQuestion& question);

// All tables at once. The offers of every distribution must be filled in.
MatrixGrid make_matrix_grid(const Catalog& catalog);

// --- the cells it is made of, each about two things alone ---

// Modules of a branch that drive all these GPUs, or why there are none.
std::vector<std::string> flavours_for(const std::vector<Gpu>& gpus, const DriverBranch& branch, const Catalog& catalog,
                                      std::vector<Conflict>& conflicts);

// How the newest update of a CUDA release runs on a driver release. Whether a GPU may load a compatibility package
// (`forward`) is not judged.
CudaSupport support_on(const Catalog& catalog, const CudaRelease& cuda, const std::string& driver_version);

// The sources of a distribution that offer a branch or a CUDA release for a processor ("": for any), by id.
std::vector<std::string> sources_of_branch(const Distro& distro, const std::string& arch, const std::string& branch);
std::vector<std::string> sources_of_cuda(const Distro& distro, const std::string& arch, const std::string& release);

}  // namespace nvprov
