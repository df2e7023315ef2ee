#include "model/json_parts.hpp"

namespace nvprov {

Json request_to_json(const Request& request) {
  return JsonObject{
      {"profiles", json_array(request.profiles)},
      {"cuda", request.cuda},
      {"driver", request.driver},
      {"source", request.source},
      {"libraries", json_array(request.libraries)},
      {"target", nullable_word(request.target)},
      {"gpus", json_array(request.gpus)},
      {"kernel", request.kernel},
      {"hold", nullable_word(request.hold)},
  };
}

Request read_request(ObjectReader& reader) {
  return Request{
      .profiles = reader.texts("profiles"),
      .cuda = reader.text("cuda"),
      .driver = reader.text("driver"),
      .source = reader.text("source"),
      .libraries = reader.texts("libraries"),
      .target = read_nullable_word<Target>(reader, "target"),
      .gpus = reader.texts("gpus"),
      .kernel = reader.nullable_text("kernel"),
      .hold = read_nullable_word<Hold>(reader, "hold"),
  };
}

}  // namespace nvprov
