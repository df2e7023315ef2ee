// manifests/keys/<ID>.json
#include <fmt/format.h>

#include "base/openpgp.hpp"
#include "base/text.hpp"
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

std::optional<std::string> read_armored(ObjectReader& reader) {
  const Json* member = reader.optional_member("armored");
  if (member == nullptr || member->get_if<std::nullptr_t>() != nullptr) return std::nullopt;
  return join(reader.texts("armored"), "\n") + "\n";
}

}  // namespace

void read_key_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.key")) return;
  const SourceTable table = read_source_table(reader);
  SigningKey key{.id = reader.text("id", a_word),
                 .fingerprint = reader.nullable_text("fingerprint", a_fingerprint),
                 .file_sha256 = reader.nullable_text("file_sha256", a_sha256),
                 .user_id = reader.nullable_text("user_id", a_line),
                 .armored = read_armored(reader),
                 .binding_digest = reader.nullable_text("binding_digest", a_word),
                 .retired = reader.nullable_text("retired", a_date),
                 .replaced_by = reader.nullable_text("replaced_by", a_word),
                 .sources = read_sources(reader, table)};
  if (!key.fingerprint && !key.file_sha256)
    reader.problem("fingerprint", "a key needs a fingerprint of 40 hex digits or the digest of its file",
                   "what cannot be checked must not be trusted");
  check_file_name(reader, "id", key.id);
  reader.finish();
  records.keys.push_back({std::move(key), document.path, "", ""});
}

}  // namespace nvprov
