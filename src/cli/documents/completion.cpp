#include "cli/documents/completion.hpp"

namespace nvprov {

std::string completion_script(Shell shell, const CommandLineDescription& described, const Catalog& catalog) {
  switch (shell) {
    case Shell::bash: return bash_completion(described, catalog);
    case Shell::zsh: return zsh_completion(described, catalog);
    case Shell::fish: return fish_completion(described, catalog);
  }
  return {};
}

}  // namespace nvprov
