#include "packages/systemd.hpp"

#include "support/catch.hpp"

using namespace nvprov;

namespace {

const std::string unit = "nvidia-persistenced.service";

ManageService step(ServiceAction action) { return {.unit = unit, .action = action, .engine = {}, .purpose = {}}; }

}  // namespace

TEST_CASE("a unit is enabled by the links its file asks for") {
  CHECK(enabling_links(unit,
                       "[Unit]\nWantedBy=not.this\n\n[Install]\nWantedBy=multi-user.target graphical.target\n"
                       "RequiredBy=gpu.target\nAlias=other.service\n") ==
        std::vector<std::string>{"/etc/systemd/system/multi-user.target.wants/" + unit,
                                 "/etc/systemd/system/graphical.target.wants/" + unit,
                                 "/etc/systemd/system/gpu.target.requires/" + unit});
  CHECK(enabling_links(unit, "[Service]\nExecStart=/usr/bin/nvidia-persistenced\n").empty());
  CHECK(enabling_links(unit, "").empty());
}

TEST_CASE("what enables a service is taken back by disabling it") {
  using Words = std::vector<std::string>;
  CHECK(systemctl_argv(step(ServiceAction::enable)) == Words{"systemctl", "enable", unit});
  CHECK(systemctl_argv(step(ServiceAction::enable_now)) == Words{"systemctl", "enable", "--now", unit});
  CHECK(undo_systemctl_argv(step(ServiceAction::enable)) == Words{"systemctl", "disable", unit});
  CHECK(undo_systemctl_argv(step(ServiceAction::enable_now)) == Words{"systemctl", "disable", "--now", unit});
  CHECK(undo_systemctl_argv(step(ServiceAction::reload)) == Words{"systemctl", "reload", unit});
}
