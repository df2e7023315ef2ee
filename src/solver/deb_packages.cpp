#include "solver/deb_packages.hpp"

#include <strings.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "solver/deb_dependency.hpp"
#include "solver/solv.hpp"

namespace nvprov {
namespace {

enum Field : std::size_t {
  package,
  version,
  architecture,
  multi_arch,
  status,
  depends,
  pre_depends,
  provides,
  conflicts,
  breaks,
  filename,
  size,
  installed_size,
  sha256,
  field_count
};
constexpr std::array<std::string_view, field_count> field_names = {
    "Package",  "Version",   "Architecture", "Multi-Arch", "Status", "Depends",        "Pre-Depends",
    "Provides", "Conflicts", "Breaks",       "Filename",   "Size",   "Installed-Size", "SHA256"};

using Stanza = std::array<std::string_view, field_count>;

std::string_view value_of(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

// Where the field that starts here ends: at the next line that does not go on with it.
std::size_t end_of_field(std::string_view text, std::size_t start) {
  std::size_t end = text.find('\n', start);
  while (end != std::string_view::npos && end + 1 < text.size() && (text[end + 1] == ' ' || text[end + 1] == '\t'))
    end = text.find('\n', end + 1);
  return std::min(end, text.size());
}

void take_field(std::string_view text, Stanza& stanza) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return;
  const auto name = std::ranges::find_if(field_names, [&](std::string_view known) {
    return known.size() == colon && ::strncasecmp(known.data(), text.data(), colon) == 0;
  });
  if (name == field_names.end()) return;
  stanza[static_cast<std::size_t>(name - field_names.begin())] = value_of(text.substr(colon + 1));
}

// One stanza from `at` on, which moves behind it.
Stanza read_stanza(std::string_view text, std::size_t& at) {
  Stanza stanza;
  while (at < text.size() && text[at] == '\n') ++at;
  while (at < text.size() && text[at] != '\n') {
    const std::size_t end = end_of_field(text, at);
    take_field(text.substr(at, end - at), stanza);
    at = std::min(end + 1, text.size());
  }
  return stanza;
}

int comparison_flags(std::string_view comparison) {
  if (comparison == "<<") return REL_LT;
  if (comparison == "<=") return REL_LT | REL_EQ;
  if (comparison == "=") return REL_EQ;
  if (comparison == ">=") return REL_GT | REL_EQ;
  return REL_GT;
}

class Adder {
 public:
  Adder(Repo* repo, const DebArchitectures& architectures)
      : repo_(repo), pool_(repo->pool), data_(repo_add_repodata(repo, 0)), architectures_(architectures) {}
  ~Adder() { repodata_internalize(data_); }
  Adder(const Adder&) = delete;
  Adder& operator=(const Adder&) = delete;

  void add(const Stanza& stanza);

 private:
  bool is_foreign(std::string_view arch) const {
    return std::ranges::find(architectures_.foreign, arch) != architectures_.foreign.end();
  }
  Id name_for(std::string_view name, std::string_view arch) const;
  Id relation_id(Id name, const DebRelation& relation) const;
  Id group_id(const std::vector<DebRelation>& alternatives, std::string_view arch) const;
  void add_needs(Solvable* solvable, std::string_view field, std::string_view arch) const;
  void add_conflicts(Solvable* solvable, std::string_view field) const;
  void add_provided(Solvable* solvable, const DebRelation& what, const Stanza& stanza, std::string_view arch) const;
  void add_siblings(Solvable* solvable, const Stanza& stanza, std::string_view arch) const;
  void add_facts(Id solvable, const Stanza& stanza) const;

  Repo* repo_;
  Pool* pool_;
  Repodata* data_;
  const DebArchitectures& architectures_;
};

Id Adder::name_for(std::string_view name, std::string_view arch) const {
  if (arch.empty() || arch == "all" || arch == architectures_.native) return id_of(pool_, name);
  return id_of(pool_, std::string(name) + ":" + std::string(arch));
}

Id Adder::relation_id(Id name, const DebRelation& relation) const {
  if (relation.comparison.empty()) return name;
  return pool_rel2id(pool_, name, id_of(pool_, relation.version), comparison_flags(relation.comparison), 1);
}

// The alternatives in their order, nested to the right.
Id Adder::group_id(const std::vector<DebRelation>& alternatives, std::string_view arch) const {
  Id all = 0;
  for (auto each = alternatives.rbegin(); each != alternatives.rend(); ++each) {
    const std::string_view of = each->architecture.empty() ? arch : each->architecture;
    const Id one = relation_id(name_for(each->name, of), *each);
    all = all == 0 ? one : pool_rel2id(pool_, one, all, REL_OR, 1);
  }
  return all;
}

void Adder::add_needs(Solvable* solvable, std::string_view field, std::string_view arch) const {
  for (const auto& alternatives : parse_deb_relations(field))
    solvable_add_deparray(solvable, SOLVABLE_REQUIRES, group_id(alternatives, arch), 0);
}

// What is named without an architecture is meant in each of them.
void Adder::add_conflicts(Solvable* solvable, std::string_view field) const {
  for (const auto& alternatives : parse_deb_relations(field))
    for (const DebRelation& relation : alternatives) {
      const auto add_for = [&](std::string_view arch) {
        solvable_add_deparray(solvable, SOLVABLE_CONFLICTS, relation_id(name_for(relation.name, arch), relation), 0);
      };
      if (!relation.architecture.empty() && relation.architecture != "any") {
        add_for(relation.architecture);
        continue;
      }
      add_for(architectures_.native);
      for (const std::string& foreign : architectures_.foreign) add_for(foreign);
    }
}

void Adder::add_provided(Solvable* solvable, const DebRelation& what, const Stanza& stanza,
                         std::string_view arch) const {
  const auto add_for = [&](std::string_view of) {
    solvable_add_deparray(solvable, SOLVABLE_PROVIDES, relation_id(name_for(what.name, of), what), 0);
  };
  const bool serves_all = stanza[multi_arch] == "foreign";
  if (!serves_all) add_for(arch);
  if (serves_all) {
    add_for(architectures_.native);
    for (const std::string& foreign : architectures_.foreign) add_for(foreign);
  }
  if (stanza[multi_arch] == "allowed") add_for("any");
}

// Of one name at most one architecture is installed, unless it is made to be beside itself: then at one version.
void Adder::add_siblings(Solvable* solvable, const Stanza& stanza, std::string_view arch) const {
  const bool side_by_side = stanza[multi_arch] == "same";
  const auto exclude = [&](std::string_view other) {
    if (other == arch) return;
    const Id name = name_for(stanza[package], other);
    const Id own = id_of(pool_, stanza[version]);
    solvable_add_deparray(solvable, SOLVABLE_CONFLICTS,
                          side_by_side ? pool_rel2id(pool_, name, own, REL_LT | REL_GT, 1) : name, 0);
  };
  if (arch != architectures_.native) exclude(architectures_.native);
  for (const std::string& foreign : architectures_.foreign) exclude(foreign);
}

void Adder::add_facts(Id solvable, const Stanza& stanza) const {
  if (const auto bytes = parse_number(stanza[size]))
    repodata_set_num(data_, solvable, SOLVABLE_DOWNLOADSIZE, static_cast<unsigned long long>(*bytes));
  if (const auto kibibytes = parse_number(stanza[installed_size]))
    repodata_set_num(data_, solvable, SOLVABLE_INSTALLSIZE, static_cast<unsigned long long>(*kibibytes) * 1024);
  if (!stanza[filename].empty())
    repodata_set_location(data_, solvable, 0, nullptr, std::string(stanza[filename]).c_str());
  constexpr std::size_t digits = 64;
  if (stanza[sha256].size() == digits)
    repodata_set_checksum(data_, solvable, SOLVABLE_CHECKSUM, REPOKEY_TYPE_SHA256, std::string(stanza[sha256]).c_str());
}

void Adder::add(const Stanza& stanza) {
  if (stanza[package].empty() || stanza[version].empty()) return;
  const std::string_view arch =
      stanza[architecture] == "all" ? std::string_view(architectures_.native) : stanza[architecture];
  if (arch != architectures_.native && !is_foreign(arch)) return;
  const Id id = repo_add_solvable(repo_);
  Solvable* solvable = pool_id2solvable(pool_, id);
  solvable->name = name_for(stanza[package], arch);
  solvable->evr = id_of(pool_, stanza[version]);
  solvable->arch = id_of(pool_, stanza[architecture]);
  const DebRelation itself = {
      .name = stanza[package], .architecture = {}, .comparison = "=", .version = stanza[version]};
  add_provided(solvable, itself, stanza, arch);
  for (const auto& alternatives : parse_deb_relations(stanza[provides]))
    for (const DebRelation& what : alternatives) add_provided(solvable, what, stanza, arch);
  add_needs(solvable, stanza[pre_depends], arch);
  add_needs(solvable, stanza[depends], arch);
  add_conflicts(solvable, stanza[conflicts]);
  add_conflicts(solvable, stanza[breaks]);
  if (!architectures_.foreign.empty()) add_siblings(solvable, stanza, arch);
  add_facts(id, stanza);
}

// "install ok installed": what only left its configuration behind is not there.
bool is_there(const Stanza& stanza) {
  return !stanza[status].ends_with(" not-installed") && !stanza[status].ends_with(" config-files");
}

}  // namespace

void add_offered_debs(s_Repo* repo, std::string_view list, const DebArchitectures& architectures) {
  Adder adder(repo, architectures);
  for (std::size_t at = 0; at < list.size();) adder.add(read_stanza(list, at));
}

void add_installed_debs(s_Repo* repo, std::string_view status, const DebArchitectures& architectures) {
  Adder adder(repo, architectures);
  for (std::size_t at = 0; at < status.size();)
    if (const Stanza stanza = read_stanza(status, at); is_there(stanza)) adder.add(stanza);
}

std::string_view plain_deb_name(std::string_view name) { return name.substr(0, std::min(name.find(':'), name.size())); }

}  // namespace nvprov
