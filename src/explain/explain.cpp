#include "explain/explain.hpp"

#include "explain/say.hpp"
#include "explain/sections.hpp"

namespace nvprov {
namespace {

Explanation explain_said(const NamedThing& thing, const Knowledge& knowledge) {
  const Concept* subject = find_concept(knowledge.concepts, thing.id);
  if (subject == nullptr) return {};
  return thing.meaning == Meaning::question && thing.question < subject->questions.size()
             ? explain_question(*subject, subject->questions[thing.question], knowledge)
             : explain_concept(*subject, knowledge);
}

std::string concept_title(const NamedThing& thing, const std::vector<Concept>& concepts, Language language) {
  const Concept* subject = find_concept(concepts, thing.id);
  if (subject == nullptr) return "";
  const bool is_question = thing.meaning == Meaning::question && thing.question < subject->questions.size();
  return text_in(is_question ? subject->questions[thing.question].question : subject->title, language);
}

}  // namespace

Explanation explain(const NamedThing& thing, const Knowledge& knowledge) {
  switch (thing.meaning) {
    case Meaning::concept_:
    case Meaning::question: return explain_said(thing, knowledge);
    case Meaning::profile: {
      const Profile* profile = find_profile(knowledge.catalog, thing.id);
      return profile != nullptr ? explain_profile(*profile, knowledge) : Explanation{};
    }
    case Meaning::component: return explain_component(thing.id, knowledge);
    case Meaning::package: return explain_package(thing.id, knowledge);
    case Meaning::driver: return explain_driver(thing.id, knowledge);
    case Meaning::cuda: return explain_cuda(thing.id, knowledge);
    case Meaning::distro: {
      const Distro* distro = find_distro(knowledge.catalog, thing.id);
      return distro != nullptr ? explain_distro(*distro, knowledge) : Explanation{};
    }
    case Meaning::gpu: return explain_gpu(thing.id, knowledge);
  }
  return {};
}

std::string thing_title(const NamedThing& thing, const Catalog& catalog, const std::vector<Concept>& concepts,
                        Language language) {
  switch (thing.meaning) {
    case Meaning::concept_:
    case Meaning::question: return concept_title(thing, concepts, language);
    case Meaning::profile: return say(language, "a profile", "安装方案");
    case Meaning::component: return say(language, "a component", "组件");
    case Meaning::package: {
      const Concept* subject = concept_of_package(catalog, concepts, thing.id);
      return say(language, "the package[ ({subject})]", "软件包[（{subject}）]",
                 {.subject = subject != nullptr ? text_in(subject->title, language) : "", .other = {}, .limit = {}});
    }
    case Meaning::driver: return say(language, "an NVIDIA driver", "NVIDIA 驱动版本");
    case Meaning::cuda: return say(language, "a CUDA release", "CUDA 版本");
    case Meaning::distro: return say(language, "a distribution", "发行版");
    case Meaning::gpu: return say(language, "a GPU", "GPU");
  }
  return "";
}

}  // namespace nvprov
