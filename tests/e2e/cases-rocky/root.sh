# shellcheck shell=bash
# A disk in a folder, planned and changed from outside.
# shellcheck disable=SC2154

# The program outside reads none of the root's configuration.
outside() {
  local nvidia=https://developer.download.nvidia.com/compute/ epel=https://dl.fedoraproject.org/pub/epel/
  "$nvprov" "$1" --root "$root" --gpu L40S --ca-file "$work/ca.pem" \
    --mirror "$nvidia=$replica_url/compute/" --mirror "$epel=$replica_url/epel/" \
    --mirror-key "$(cat "$replica/new/key/fingerprint")" "${@:2}"
}
# A disk that is only mounted has nothing in /proc.
unmount_proc() { umount "$root/proc"; }
everything() {
  (cd "$root" && find . -xdev -name 'rpmdb.sqlite-*' -prune -o -printf '%p %y %m %U:%G %s %l\n' | sort)
  (cd "$root" && find ./etc ./var -xdev -type f ! -path './var/lib/rpm/*' -print0 | sort -z | xargs -0 sha256sum)
}

it_plans_for_a_root_and_leaves_nothing_in_it() {
  unmount_proc
  everything >"$work/before"
  expect 0 outside plan --json
  everything >"$work/after"
  same "$work/before" "$work/after" "the plan left something in the root"
  [ "$(field .resolution.driver.version)" = 580.159.04 ] || fail "the driver is $(field .resolution.driver.version)"
  field '.closure.known'
}

it_brings_the_driver_to_a_root() {
  unmount_proc
  expect 0 outside apply -y
  driver_is_of_one_version 580.159.04
  ! compgen -G "$root/var/cache/nvprov*" >&2 || fail "nvprov's own folder is left in the root"
  expect 0 outside apply -y
  answers 'nothing to do'
}

# Where newer distributions have it.
it_finds_the_database_of_rpm_where_it_is() {
  mkdir "$root/usr/lib/sysimage"
  mv "$root/var/lib/rpm" "$root/usr/lib/sysimage/rpm"
  echo '%_dbpath /usr/lib/sysimage/rpm' >"$root/etc/rpm/macros"
  expect 0 "$nvprov" detect --root "$root" --json
  field '.package_facts.packages[] | select(.name == "systemd")'
}

it_takes_a_database_without_packages_for_an_error() {
  rm -r "$root/var/lib/rpm"
  in_root rpm --initdb
  remember_host
  expect 1 apply
  complains /var/lib/rpm
  host_is_as_before
}

# ^C while repositories are fetched, slowly.
it_leaves_nothing_in_a_root_when_a_plan_is_interrupted() {
  unmount_proc
  replica_mode slow
  rm -f /var/cache/nvprov/metadata/*/fetched  # so that what earlier cases fetched is asked for again
  everything >"$work/before"
  local status=0
  # A group of its own, as a terminal has, which gets the signal as a whole.
  set -m
  outside plan >"$work/out" 2>"$work/err" &
  local plan=$!
  set +m
  sleep 1  # of the two that each answer takes
  kill -INT -- "-$plan"
  wait "$plan" || status=$?
  [ "$status" = 130 ] || fail "exit $status instead of 130"
  everything >"$work/after"
  same "$work/before" "$work/after" "the interrupted plan left something in the root"
}

# This machine is no Rocky Linux, and of that one it has nothing but its facts.
it_plans_for_facts_what_it_plans_for_the_root() {
  expect 0 in_root nvprov detect --json
  cp "$work/out" "$work/facts.json"
  local at_facts=(plan --facts "$work/facts.json" --gpu L40S --ca-file "$work/ca.pem"
    --mirror "https://developer.download.nvidia.com/compute/=$replica_url/compute/"
    --mirror "https://dl.fedoraproject.org/pub/epel/=$replica_url/epel/"
    --mirror-key "$(cat "$replica/new/key/fingerprint")" --json)
  expect 1 "$nvprov" "${at_facts[@]}"
  field '.error.because[] | select(contains("RPM-GPG-KEY-test is a file of a machine that is not here"))'
  sed -i 's/repo_gpgcheck=1/repo_gpgcheck=0/' "$root/etc/yum.repos.d/base.repo"
  expect 0 in_root nvprov detect --json
  cp "$work/out" "$work/facts.json"
  expect 0 "$nvprov" "${at_facts[@]}"
  field '.closure.known'
  jq '.closure' "$work/out" >"$work/of_facts"
  expect 0 outside plan --json
  jq '.closure' "$work/out" >"$work/of_root"
  same "$work/of_root" "$work/of_facts" "another closure for the facts than for the root"
}
