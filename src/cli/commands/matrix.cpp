#include "resolve/matrix.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/expand_families.hpp"
#include "cli/caller_files.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load_data.hpp"
#include "cli/named_distro.hpp"
#include "report/matrix_html.hpp"
#include "report/matrix_text.hpp"
#include "resolve/named_gpus.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

constexpr std::uint32_t page_mode = 0644;

Status check_one_form(const GlobalOptions& global, const MatrixCommand& options) {
  const int forms = (global.json ? 1 : 0) + (options.csv ? 1 : 0) + (options.html ? 1 : 0);
  if (forms <= 1) return {};
  return fail(ErrorKind::usage, "`--json`, `--csv` and `--html` each are another form of the answer", {},
              {"give one of them"});
}

bool is_driver_of(const Catalog& catalog, const std::string& typed) {
  return std::ranges::any_of(catalog.drivers, [&](const DriverBranch& branch) {
    return branch.branch == typed ||
           std::ranges::find(branch.releases, typed, &DriverRelease::version) != branch.releases.end();
  });
}

// A table has rows, so words for a choice (`auto`) and ranges name none of them.
Status check_names(const Catalog& catalog, const MatrixCommand& options) {
  Request request;
  request.cuda = {options.cuda.value_or("auto")};
  request.driver = options.driver.value_or("auto");
  if (const auto known = check_request(request, catalog); !known) return fail(known.error());
  if (options.driver && !is_driver_of(catalog, *options.driver))
    return fail(ErrorKind::usage, fmt::format("`--driver {}` names no branch and no release", *options.driver), {},
                {"write `--driver 550` or `--driver 550.54.14`"});
  if (options.cuda && find_cuda(catalog, *options.cuda) == nullptr)
    return fail(ErrorKind::usage, fmt::format("`--cuda {}` names no CUDA release", *options.cuda), {},
                {"write the release without its update, such as `--cuda 12.4`"});
  return {};
}

Status check_place(const Catalog& catalog, const MatrixCommand& options) {
  if (!options.distro)
    return options.arch ? Status(fail(ErrorKind::usage, "`--arch` goes with `--distro`", {},
                                      {"`nvprov matrix --distro debian-12 --arch x86_64`"}))
                        : Status{};
  const auto named = named_distro(catalog, *options.distro, options.arch);
  return named ? Status{} : Status(fail(named.error()));
}

Result<MatrixQuestion> question_of(const Catalog& catalog, const MatrixCommand& options) {
  if (const Status names = check_names(catalog, options); !names) return fail(names.error());
  if (const Status place = check_place(catalog, options); !place) return fail(place.error());
  MatrixQuestion question{
      .gpus = {}, .cuda = options.cuda, .driver = options.driver, .distro = options.distro, .arch = options.arch};
  if (options.gpus.empty()) return question;
  auto named = name_devices(options.gpus, catalog);
  if (!named) return fail(named.error());
  question.gpus = std::move(named->gpus);
  return question;
}

std::string branch_of(const Catalog& catalog, const std::optional<std::string>& driver) {
  if (!driver) return "";
  const std::string branch = driver->substr(0, driver->find('.'));
  return find_branch(catalog, branch) != nullptr ? branch : "";
}

Status write_page(Host& machine, Catalog& catalog, const MatrixQuestion& question, const std::string& file) {
  expand_families(catalog);
  const MatrixChoice choice{.gpu = question.gpus.empty() ? "" : question.gpus.front().name,
                            .cuda = question.cuda.value_or(""),
                            .driver = branch_of(catalog, question.driver),
                            .distro = question.distro.value_or("")};
  const std::string page = matrix_html(make_matrix_grid(catalog), choice);
  const Status written = machine.write_file(absolute_path(machine, file), page, page_mode);
  return written ? written : fail(written.error().in("writing the page"));
}

}  // namespace

ExitCode run_matrix(Host& machine, const GlobalOptions& global, const MatrixCommand& options, Terminal& terminal) {
  if (const Status form = check_one_form(global, options); !form)
    return print_failure(terminal, global, Failure{form.error()});
  auto data = load_data(machine, global);
  if (!data) return print_failure(terminal, global, data.error());
  const auto question = question_of(data->catalog, options);
  if (!question) return print_failure(terminal, global, Failure{question.error()});
  if (options.html) {
    if (const Status written = write_page(machine, data->catalog, *question, *options.html); !written)
      return print_failure(terminal, global, Failure{written.error()});
    terminal.note(fmt::format("written to {}\n", *options.html));
    return ExitCode::done;
  }
  if (question->distro) expand_families(data->catalog, *question->distro);
  const Matrix matrix = make_matrix(data->catalog, *question);
  terminal.answer(global.json   ? format_json(matrix_to_json(matrix))
                  : options.csv ? matrix_csv(matrix)
                                : matrix_text(matrix, text_options(terminal, global)));
  return ExitCode::done;
}

}  // namespace nvprov
