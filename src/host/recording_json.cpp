#include "host/recording_json.hpp"

#include <fmt/format.h>

#include <array>

namespace nvprov {
namespace {

using Operation = Recording::Operation;

constexpr std::string_view schema = "nvprov.host/1";
constexpr std::array<std::pair<Operation, std::string_view>, 4> operations = {{
    {Operation::read, "read"},
    {Operation::list, "list"},
    {Operation::look, "look"},
    {Operation::link, "link"},
}};

std::string_view operation_name(Operation operation) {
  for (const auto& [known, name] : operations)
    if (known == operation) return name;
  return "";
}

Json uname_to_json(const Uname& uname) { return JsonObject{{"release", uname.release}, {"machine", uname.machine}}; }

Json listings_to_json(const Recording& recording) {
  return json_array(recording.listings, [](const auto& listing) {
    return JsonObject{{"path", listing.first}, {"names", json_array(listing.second)}};
  });
}

Json errors_to_json(const Recording& recording) {
  return json_array(recording.errors, [](const auto& error) {
    return JsonObject{
        {"path", error.first.first}, {"operation", operation_name(error.first.second)}, {"message", error.second}};
  });
}

Uname read_uname(ObjectReader& reader) {
  return Uname{.release = reader.text("release"), .machine = reader.text("machine")};
}

EnvironmentVariable read_variable(ObjectReader& reader) {
  return {.name = reader.text("name"), .value = reader.text("value")};
}

std::pair<Command, CommandOutput> read_command(ObjectReader& reader) {
  Command command{.argv = reader.texts("argv"), .environment = {}};
  CommandOutput output{.exit_status = static_cast<int>(reader.integer("exit_status")),
                       .out = reader.text("out"),
                       .err = reader.text("err")};
  return {std::move(command), std::move(output)};
}

void read_error(ObjectReader& reader, Recording& recording) {
  const std::string path = reader.text("path");
  const std::string name = reader.text("operation");
  const std::string message = reader.text("message");
  for (const auto& [operation, known] : operations)
    if (known == name) recording.errors[{path, operation}] = message;
  if (operation_name(Operation::read) != name && operation_name(Operation::list) != name &&
      operation_name(Operation::look) != name && operation_name(Operation::link) != name)
    reader.problem("operation", fmt::format("`{}` is none of read, list, look, link", name));
}

void read_lists(ObjectReader& reader, Recording& recording) {
  if (reader.has("environment")) recording.environment = reader.objects("environment", read_variable);
  if (reader.has("commands")) recording.commands = reader.objects("commands", read_command);
  if (reader.has("listings"))
    reader.objects("listings", [&](ObjectReader& item) {
      recording.listings[item.text("path")] = item.texts("names");
      return 0;
    });
  if (reader.has("errors"))
    reader.objects("errors", [&](ObjectReader& item) {
      read_error(item, recording);
      return 0;
    });
}

}  // namespace

Json command_to_json(const Command& command, const CommandOutput& output) {
  return JsonObject{{"argv", json_array(command.argv)},
                    {"exit_status", output.exit_status},
                    {"out", output.out},
                    {"err", output.err}};
}

Json recording_to_json(const Recording& recording) {
  JsonObject host = {{"schema", schema}, {"synthetic", false}, {"sources", JsonArray{}}, {"live", recording.live}};
  host.push_back({"uname", recording.uname ? uname_to_json(*recording.uname) : Json(nullptr)});
  host.push_back({"effective_user", recording.effective_user});
  host.push_back({"environment", json_array(recording.environment, [](const EnvironmentVariable& variable) {
                    return JsonObject{{"name", variable.name}, {"value", variable.value}};
                  })});
  host.push_back({"commands", json_array(recording.commands, [](const auto& command) {
                    return command_to_json(command.first, command.second);
                  })});
  host.push_back({"listings", listings_to_json(recording)});
  host.push_back({"errors", errors_to_json(recording)});
  return host;
}

tl::expected<Recording, Diagnostics> recording_from_json(std::string_view text, std::string_view file) {
  const auto json = parse_json(text, file);
  if (!json) return tl::unexpected(json.error());
  Diagnostics problems;
  ObjectReader reader(*json, std::string(file), "", problems);
  Recording recording;
  if (const std::string found = reader.text("schema"); found != schema)
    reader.problem("schema", fmt::format("expected `{}`, found `{}`", schema, found));
  recording.live = reader.boolean("live");
  recording.uname = reader.nullable_object("uname", read_uname);
  if (const auto user = reader.nullable_integer("effective_user"))
    recording.effective_user = static_cast<std::uint32_t>(*user);
  read_lists(reader, recording);
  if (reader.has("synthetic")) (void)reader.boolean("synthetic");
  if (reader.has("sources")) (void)reader.texts("sources");
  reader.finish();
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return recording;
}

}  // namespace nvprov
