#pragma once

#include <string>
#include <vector>

#include "explain/knowledge.hpp"
#include "explain/package_records.hpp"
#include "model/explanation.hpp"

namespace nvprov {

// One function per kind of thing a name means. Each is in a file of its own.

Explanation explain_concept(const Concept& subject, const Knowledge& knowledge);
Explanation explain_question(const Concept& subject, const ConceptQuestion& question, const Knowledge& knowledge);
Explanation explain_component(const std::string& component, const Knowledge& knowledge);
Explanation explain_package(const std::string& name, const Knowledge& knowledge);
Explanation explain_profile(const Profile& profile, const Knowledge& knowledge);
// A branch ("580") or one release of it ("580.126.09").
Explanation explain_driver(const std::string& version, const Knowledge& knowledge);
// A release ("12.4") or one update of it ("12.4.1").
Explanation explain_cuda(const std::string& version, const Knowledge& knowledge);
Explanation explain_distro(const Distro& distro, const Knowledge& knowledge);
// A GPU or an NVSwitch, as `--gpu` names it.
Explanation explain_gpu(const std::string& typed, const Knowledge& knowledge);

// The parts several of them share.

// What the concept says: what it is, who needs it, who does not, what goes wrong without it.
std::vector<ExplainedSection> concept_sections(const Concept& subject, Language language);
// The same in an explanation of something that belongs to a concept: who does not know what a thing is has no use for
// where it comes from. Nothing for nullptr.
void add_concept_text(Explanation& explanation, const Concept* subject, const Knowledge& knowledge);
// "libcuda1: NVIDIA driver".
std::string title_with_concept(const std::string& name, const Concept* subject, Language language);
// What holds on the host asked about: installed packages, which profile needs it, and what the concept shows.
ExplainedSection here_section(const Concept* subject, const std::vector<std::string>& components,
                              const std::vector<std::string>& packages, const Knowledge& knowledge);
// The chain of facts and records that put a package on the plan asked about, or why it is not there.
ExplainedSection plan_section(const std::string& package, const Knowledge& knowledge);

// The heading of what holds on the machine asked about: "On this host".
std::string here_title(const Knowledge& knowledge);

// Adds a section unless it says nothing.
void add_section(Explanation& explanation, ExplainedSection section);

}  // namespace nvprov
