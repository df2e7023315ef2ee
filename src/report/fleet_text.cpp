#include "report/fleet_text.hpp"

#include <fmt/format.h>

#include "base/display_width.hpp"
#include "base/text.hpp"
#include "report/plan_summary.hpp"
#include "report/refusal_text.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

constexpr std::string_view names_prefix = "    ";

enum class Told { done, to_change, blocked, refused, unclear };

Told told(const HostAnswer& answer, const Consent& consent) {
  if (std::holds_alternative<Refusal>(answer)) return Told::refused;
  const auto* plan = std::get_if<Plan>(&answer);
  if (plan == nullptr) return Told::unclear;
  if (!remaining_blockers(*plan, consent).empty()) return Told::blocked;
  return plan->steps.empty() ? Told::done : Told::to_change;
}

std::string_view word_of(Told what) {
  switch (what) {
    case Told::done: return ", nothing to do";
    case Told::to_change: return "";
    case Told::blocked: return ", blocked";
    case Told::refused: return ", refused";
    case Told::unclear: return ", unclear";
  }
  return "";
}

// The first of several, for a line that has room for one.
template <class Item>
std::string first_of(const std::vector<Item>& items) {
  if (items.empty()) return "";
  return sentence(items.front()) + (items.size() > 1 ? fmt::format(" (and {} more)", items.size() - 1) : "");
}

std::string answer_words(const HostAnswer& answer) {
  struct Visitor {
    std::string operator()(const Plan& plan) const { return plan_summary(plan); }
    std::string operator()(const Refusal& refusal) const {
      return refusal_headline(refusal.asked) + ": " + first_of(refusal.refusal.conflicts);
    }
    std::string operator()(const Error& error) const {
      return error.hints.empty() ? error.message : error.message + "; " + error.hints.front();
    }
  };
  return std::visit(Visitor{}, answer);
}

// As many names as one line holds, then how many there are beyond.
std::string one_line_of(const std::vector<std::string>& names, int width) {
  std::string line(names_prefix);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = (i == 0 ? "" : ", ") + names[i];
    const std::size_t left = names.size() - i - 1;
    const std::string rest = left == 0 ? "" : fmt::format(" and {} more", left);
    if (i > 0 && display_width(line + name + rest) > static_cast<std::size_t>(width))
      return fmt::format("{} and {} more\n", line, left + 1);
    line += name;
  }
  return line + "\n";
}

std::string names_of(const HostGroup& group, const TextOptions& options) {
  return options.verbosity > 0 ? wrap_items(group.hosts, options.width, names_prefix)
                               : one_line_of(group.hosts, options.width);
}

Paint paint_of(Told what) { return what == Told::done || what == Told::to_change ? Paint::heading : Paint::bad; }

std::string group_text(const HostGroup& group, const Consent& consent, const TextOptions& options) {
  const Told what = told(group.answer, consent);
  const std::string head = fmt::format("{}{}:", counted(group.hosts.size(), "host"), word_of(what));
  const std::string lines = indent(wrap(head + " " + answer_words(group.answer), options.width - 4, ""), names_prefix);
  std::string text = paint(head, paint_of(what), options) + lines.substr(names_prefix.size() + head.size());
  if (const auto* plan = std::get_if<Plan>(&group.answer); plan != nullptr && what == Told::blocked)
    text += wrap("because " + first_of(remaining_blockers(*plan, consent)), options.width, names_prefix);
  return text + names_of(group, options);
}

void add_count(std::vector<std::string>& parts, std::size_t count, std::string_view what) {
  if (count > 0) parts.push_back(fmt::format("{} {}", count, what));
}

std::string counts_line(const FleetPlans& fleet, const FleetCounts& counts, const TextOptions& options) {
  std::vector<std::string> parts;
  add_count(parts, counts.to_change, "to change");
  add_count(parts, counts.done, "with nothing to do");
  add_count(parts, counts.blocked, "blocked");
  add_count(parts, counts.refused, "refused");
  add_count(parts, counts.unclear, "unclear");
  std::string line = fmt::format("{} in {}", counted(counts.hosts, "host"), counted(fleet.groups.size(), "group"));
  if (!parts.empty()) line += ": " + join(parts, ", ");
  return wrap(line, options.width, "");
}

}  // namespace

FleetCounts count_hosts(const FleetPlans& fleet, const Consent& consent) {
  FleetCounts counts;
  for (const HostGroup& group : fleet.groups) {
    counts.hosts += group.hosts.size();
    switch (told(group.answer, consent)) {
      case Told::done: counts.done += group.hosts.size(); break;
      case Told::to_change: counts.to_change += group.hosts.size(); break;
      case Told::blocked: counts.blocked += group.hosts.size(); break;
      case Told::refused: counts.refused += group.hosts.size(); break;
      case Told::unclear: counts.unclear += group.hosts.size(); break;
    }
  }
  return counts;
}

std::string fleet_text(const FleetPlans& fleet, const Consent& consent, const TextOptions& options) {
  std::string text = counts_line(fleet, count_hosts(fleet, consent), options);
  for (const HostGroup& group : fleet.groups) text += "\n" + group_text(group, consent, options);
  return text;
}

}  // namespace nvprov
