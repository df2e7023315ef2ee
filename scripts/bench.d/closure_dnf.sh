# shellcheck shell=bash
# What finding the exact packages takes, against the dnf of a root that says it is Rocky Linux 9. Used by scripts/bench
# after closure.sh, in a shell of its own: the words for roots of tests/e2e/rocky.sh replace those for Debian's.
# shellcheck disable=SC2154,SC2034

# --- a root with 6,000 packages on offer beside NVIDIA's ---

make_dnf_replica() {
  replica=$work/replica
  "$top/scripts/make-test-repos" "$replica/new" --only rhel9 --only epel --branch 570 --branch 580 --branch 610 --first-cuda 12.9 >&2
  ln -s new "$replica/old"
  local lists=$replica/new/distribution/9/x86_64
  "$top/scripts/bench.d/make-rpm-lists" "$lists" 6000
  gpg --homedir "$replica/new/key" --batch --quiet --armor --local-user "$(cat "$replica/new/key/fingerprint")" \
    --detach-sign "$lists/repodata/repomd.xml"
  gpgconf --homedir "$replica/new/key" --kill gpg-agent
}
make_dnf_root() {
  base=$work/base
  make_dnf_replica
  unpack_dnf "$base" 2>"$work/unpack.log" || die "no root with dnf could be made"
  serve_replica
  make_rocky "$base"
  sed 's/base\]/distribution]/; s/^name=.*/name=distribution/; s,/base/,/distribution/,' "$base/etc/yum.repos.d/base.repo" \
    >"$base/etc/yum.repos.d/distribution.repo"
  new_root "$base"
  in_root dnf -q -y install bash systemd ca-certificates >&2
}

# named_by WORDS: the files the entries name after these words.
named_by() { cat "$root"/etc/yum.repos.d/*.repo | sed -n "s,^$1,,p"; }
# Sets up what the last plan says of repositories, keys and streams, so that dnf reads what plan reads. As somebody else
# would have done: a key of ours that nvprov does not carry is fetched for each plan.
set_repositories_up() {
  local step path file
  while read -r step; do
    path=$(jq -r .path <<<"$step")
    jq -j .content <<<"$step" | sed 's/nvprov-//' >"$root${path/nvprov-/}"
  done < <(jq -c '.steps[] | select(.kind == "add-repository")' "$work/out")
  while read -r file; do cp "$replica/new/key/good.pub" "$root$file"; done < <(named_by gpgkey=file://)
  while read -r file; do cp "$work/ca.pem" "$root$file"; done < <(named_by sslcacert=)
  while read -r step; do
    in_root dnf -q -y module enable "$step" >&2
  done < <(jq -r '.steps[] | select(.kind == "set-module-stream") | "\(.module):\(.stream)"' "$work/out")
  in_root dnf -q -y makecache >&2
}

# --- the same question, and the same answer ---

# The rows of dnf's table, which it breaks where a name is long: "NAME VERSION" a line.
assumed() {
  awk '/^=+$/ { ++rules; next } /^Transaction Summary/ { exit }
    rules >= 2 && /^ / { row = row " " $0; if (split(row, words, " ") >= 6) { print words[1], words[3]; row = "" } next }
    { row = "" }' | sort
}
# dnf ends with 1 where it is not to go on.
# shellcheck disable=SC2016
assume_no=(/bin/sh -c 'dnf -C --assumeno install "$@" 2>&1; test $? = 1' dnf)

bench_closure_dnf() {
  # shellcheck source=tests/e2e/rocky.sh
  source "$top/tests/e2e/rocky.sh"
  local words=(--gpu L40S) wanted lacking
  lacking=$(rocky_obstacle)
  [ -z "$lacking" ] || die "no root with dnf can be made: $lacking"
  work=$folder/rocky
  mkdir "$work"
  trap 'stop_mirror; stop_server replica; remove_root' EXIT
  make_dnf_root
  expect 0 plan --json
  set_repositories_up
  fetch_anew "${words[@]}"
  planned >"$folder/planned"
  mapfile -t wanted < <(asked_by_plan - '.\(.architecture)')
  in_root "${assume_no[@]}" "${wanted[@]}" | assumed >"$folder/assumed"
  same "$folder/assumed" "$folder/planned" "dnf would not install what \`plan ${words[*]}\` says"
  asks_nobody "${words[@]}"
  measure rpm-plan "${root_shell[@]}" "${program[@]}" plan "${words[@]}"
  asks_nobody "${words[@]}"
  measure rpm-dnf "${root_shell[@]}" "${assume_no[@]}" "${wanted[@]}"
  row "nvprov plan ${words[*]}, 6,000 packages and NVIDIA's" rpm-plan
  row "dnf -C --assumeno install ($(wc -l <"$folder/planned") packages)" rpm-dnf
  part_of "the closure takes" rpm-plan rpm-dnf 4
}
