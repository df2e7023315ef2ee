#include "model/json_parts.hpp"

namespace nvprov {

Json request_to_json(const Request& request) {
  return JsonObject{
      {"profiles", json_array(request.profiles)},
      {"cuda", json_array(request.cuda)},
      {"driver", request.driver},
      {"module", request.module},
      {"source", request.source},
      {"libraries", json_array(request.libraries)},
      {"tools", json_array(request.tools)},
      {"default_cuda", request.default_cuda},
      {"profile_d", request.profile_d},
      {"additions", json_array(request.additions)},
      {"engines", json_array(request.engines)},
      {"default_runtime", request.default_runtime},
      {"restart_engines", request.restart_engines},
      {"strict", request.strict},
      {"target", nullable_word(request.target)},
      {"gpus", json_array(request.gpus)},
      {"kernel", request.kernel},
      {"hold", nullable_word(request.hold)},
  };
}

Request read_request(ObjectReader& reader) {
  return Request{
      .profiles = reader.texts("profiles"),
      .cuda = reader.texts("cuda"),
      .driver = reader.text("driver"),
      .module = reader.text("module"),
      .source = reader.text("source"),
      .libraries = reader.texts("libraries"),
      .tools = reader.texts("tools"),
      .default_cuda = reader.nullable_text("default_cuda"),
      .profile_d = reader.boolean("profile_d"),
      .additions = reader.texts("additions"),
      .engines = reader.texts("engines"),
      .default_runtime = reader.boolean("default_runtime"),
      .restart_engines = reader.boolean("restart_engines"),
      .strict = reader.boolean("strict"),
      .target = read_nullable_word<Target>(reader, "target"),
      .gpus = reader.texts("gpus"),
      .kernel = reader.nullable_text("kernel"),
      .hold = read_nullable_word<Hold>(reader, "hold"),
  };
}

}  // namespace nvprov
