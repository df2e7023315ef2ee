#include "model/json_parts.hpp"

namespace nvprov {
Json reason_to_json(const Reason& reason) {
  return JsonObject{
      {"subject", reason.subject},
      {"rule", reason.rule},
      {"chosen", reason.chosen},
      {"because", reason.because},
      {"sources", sources_to_json(reason.sources)},
  };
}

namespace {

Json driver_to_json(const std::optional<DriverChoice>& driver) {
  if (!driver) return nullptr;
  return JsonObject{
      {"branch", driver->branch},
      {"version", driver->version},
      {"flavour", driver->flavour},
      {"source", driver->source},
      {"package_version", driver->package_version},
      {"package_set", driver->package_set},
      {"module_name", driver->module_name},
      {"packages", json_array(driver->packages)},
      {"add_ons", json_array(driver->add_ons)},
      {"driver_versioned", json_array(driver->driver_versioned)},
      {"versions", json_array(driver->versions, package_request_to_json)},
      {"module", driver->module},
      {"stream", driver->stream},
      {"prerequisites", json_array(driver->prerequisites)},
      {"end_of_support", driver->end_of_support},
      {"cuda_ceiling", driver->cuda_ceiling},
      {"kept", driver->kept},
  };
}

DriverChoice read_driver_choice(ObjectReader& reader) {
  return DriverChoice{
      .branch = reader.text("branch"),
      .version = reader.text("version"),
      .flavour = reader.text("flavour"),
      .source = reader.text("source"),
      .package_version = reader.text("package_version"),
      .package_set = reader.text("package_set"),
      .module_name = reader.text("module_name"),
      .packages = reader.texts("packages"),
      .add_ons = reader.texts("add_ons"),
      .driver_versioned = reader.texts("driver_versioned"),
      .versions = reader.objects("versions", read_package_request),
      .module = reader.nullable_text("module"),
      .stream = reader.nullable_text("stream"),
      .prerequisites = reader.texts("prerequisites"),
      .end_of_support = reader.nullable_text("end_of_support"),
      .cuda_ceiling = reader.nullable_text("cuda_ceiling"),
      .kept = reader.boolean("kept"),
  };
}

Json compiler_to_json(const std::optional<CompilerChoice>& compiler) {
  if (!compiler) return nullptr;
  return JsonObject{{"package", compiler->package}, {"command", compiler->command}};
}

CompilerChoice read_compiler_choice(ObjectReader& reader) {
  return {.package = reader.text("package"), .command = reader.text("command")};
}

Json cuda_to_json(const CudaChoice& cuda) {
  return JsonObject{
      {"requested", cuda.requested},
      {"release", cuda.release},
      {"update", cuda.update},
      {"source", cuda.source},
      {"support", to_word(cuda.support)},
      {"driver_floor", cuda.driver_floor},
      {"packages", json_array(cuda.packages)},
      {"compat_package", cuda.compat_package},
      {"compiler", compiler_to_json(cuda.compiler)},
  };
}

CudaChoice read_cuda(ObjectReader& reader) {
  return CudaChoice{
      .requested = reader.text("requested"),
      .release = reader.text("release"),
      .update = reader.text("update"),
      .source = reader.text("source"),
      .support = read_word<CudaSupport>(reader, "support"),
      .driver_floor = reader.nullable_text("driver_floor"),
      .packages = reader.texts("packages"),
      .compat_package = reader.nullable_text("compat_package"),
      .compiler = reader.nullable_object("compiler", read_compiler_choice),
  };
}

Json default_cuda_to_json(const std::optional<DefaultCudaChoice>& choice) {
  if (!choice) return nullptr;
  return JsonObject{{"release", choice->release},
                    {"alternative", choice->alternative},
                    {"link", choice->link},
                    {"target", choice->target}};
}

DefaultCudaChoice read_default_cuda(ObjectReader& reader) {
  return {.release = reader.text("release"),
          .alternative = reader.text("alternative"),
          .link = reader.text("link"),
          .target = reader.text("target")};
}

Json addition_to_json(const AdditionChoice& addition) {
  return JsonObject{
      {"requested", addition.requested},
      {"library", addition.library},
      {"version", addition.version},
      {"cuda", addition.cuda},
      {"packages", json_array(addition.packages, package_request_to_json)},
  };
}

AdditionChoice read_addition(ObjectReader& reader) {
  return AdditionChoice{
      .requested = reader.text("requested"),
      .library = reader.text("library"),
      .version = reader.text("version"),
      .cuda = reader.text("cuda"),
      .packages = reader.objects("packages", read_package_request),
  };
}

Json toolkit_to_json(const std::optional<ContainerToolkitChoice>& toolkit) {
  if (!toolkit) return nullptr;
  return JsonObject{
      {"version", toolkit->version},
      {"packages", json_array(toolkit->packages, package_request_to_json)},
      {"kept", toolkit->kept},
  };
}

ContainerToolkitChoice read_toolkit(ObjectReader& reader) {
  return ContainerToolkitChoice{
      .version = reader.text("version"),
      .packages = reader.objects("packages", read_package_request),
      .kept = reader.boolean("kept"),
  };
}

Json loss_to_json(const Loss& loss) {
  return JsonObject{
      {"kind", to_word(loss.kind)}, {"subject", loss.subject}, {"other", loss.other}, {"limit", loss.limit}};
}

Loss read_loss(ObjectReader& reader) {
  return Loss{
      .kind = read_word<LossKind>(reader, "kind"),
      .subject = reader.text("subject"),
      .other = reader.text("other"),
      .limit = reader.text("limit"),
  };
}

Json left_out_to_json(const LeftOut& left_out) {
  return JsonObject{
      {"component", left_out.component},
      {"packages", json_array(left_out.packages)},
      {"ask", left_out.ask},
      {"download_bytes", left_out.download_bytes},
  };
}

LeftOut read_left_out(ObjectReader& reader) {
  return LeftOut{
      .component = reader.text("component"),
      .packages = reader.texts("packages"),
      .ask = reader.text("ask"),
      .download_bytes = read_nullable_count(reader, "download_bytes"),
  };
}

Reason read_reason(ObjectReader& reader) {
  return Reason{
      .subject = reader.text("subject"),
      .rule = reader.text("rule"),
      .chosen = reader.text("chosen"),
      .because = reader.text("because"),
      .sources = read_sources(reader),
  };
}

Json rejected_to_json(const RejectedCandidate& rejected) {
  return JsonObject{{"subject", rejected.subject}, {"conflict", conflict_to_json(rejected.conflict)}};
}

RejectedCandidate read_rejected(ObjectReader& reader) {
  return RejectedCandidate{.subject = reader.text("subject"), .conflict = reader.object("conflict", read_conflict)};
}

Json alternative_to_json(const Alternative& alternative) {
  return JsonObject{{"subject", alternative.subject},
                    {"rule", alternative.rule},
                    {"because", alternative.because},
                    {"ask", alternative.ask}};
}

Alternative read_alternative(ObjectReader& reader) {
  return Alternative{.subject = reader.text("subject"),
                     .rule = reader.text("rule"),
                     .because = reader.text("because"),
                     .ask = reader.text("ask")};
}

Json engine_to_json(const EngineChoice& engine) {
  return JsonObject{{"id", engine.id},
                    {"title", engine.title},
                    {"version", engine.version},
                    {"package", engine.package},
                    {"cdi", to_word(engine.cdi)}};
}

EngineChoice read_engine_choice(ObjectReader& reader) {
  return EngineChoice{.id = reader.text("id"),
                      .title = reader.text("title"),
                      .version = reader.nullable_text("version"),
                      .package = reader.nullable_text("package"),
                      .cdi = read_word<CdiSupport>(reader, "cdi")};
}

}  // namespace

Json resolution_to_json(const Resolution& resolution) {
  return JsonObject{
      {"distro", resolution.distro},
      {"profiles", json_array(resolution.profiles)},
      {"target", to_word(resolution.target)},
      {"source", resolution.source},
      {"driver", driver_to_json(resolution.driver)},
      {"cuda", json_array(resolution.cuda, cuda_to_json)},
      {"default_cuda", default_cuda_to_json(resolution.default_cuda)},
      {"additions", json_array(resolution.additions, addition_to_json)},
      {"container_toolkit", toolkit_to_json(resolution.container_toolkit)},
      {"engines", json_array(resolution.engines, engine_to_json)},
      {"headers", json_array(resolution.headers, package_request_to_json)},
      {"kernels", json_array(resolution.kernels)},
      {"left_out", json_array(resolution.left_out, left_out_to_json)},
      {"reasons", json_array(resolution.reasons, reason_to_json)},
      {"rejected", json_array(resolution.rejected, rejected_to_json)},
      {"alternatives", json_array(resolution.alternatives, alternative_to_json)},
      {"notices", json_array(resolution.notices, notice_to_json)},
      {"losses", json_array(resolution.losses, loss_to_json)},
      {"blockers", json_array(resolution.blockers, conflict_to_json)},
  };
}

Resolution read_resolution(ObjectReader& reader) {
  return Resolution{
      .distro = reader.text("distro"),
      .profiles = reader.texts("profiles"),
      .target = read_word<Target>(reader, "target"),
      .source = reader.text("source"),
      .driver = reader.nullable_object("driver", read_driver_choice),
      .cuda = reader.objects("cuda", read_cuda),
      .default_cuda = reader.nullable_object("default_cuda", read_default_cuda),
      .additions = reader.objects("additions", read_addition),
      .container_toolkit = reader.nullable_object("container_toolkit", read_toolkit),
      .engines = reader.objects("engines", read_engine_choice),
      .headers = reader.objects("headers", read_package_request),
      .kernels = reader.texts("kernels"),
      .left_out = reader.objects("left_out", read_left_out),
      .reasons = reader.objects("reasons", read_reason),
      .rejected = reader.objects("rejected", read_rejected),
      .alternatives = reader.objects("alternatives", read_alternative),
      .notices = reader.objects("notices", read_notice),
      .losses = reader.objects("losses", read_loss),
      .blockers = reader.objects("blockers", read_conflict),
  };
}

}  // namespace nvprov
