# shellcheck shell=bash
# Bundles and what is no bundle, without a network.
# shellcheck disable=SC2154,SC2016

# make_bundle FILE: one of a lock without packages and a plan, as a plain tar archive, in $work/parts.
make_bundle() {
  local parts=$work/parts
  mkdir -p "$parts" "$work"/root/{etc,usr/bin,var/lib/dpkg}
  echo program >"$work/root/usr/bin/apt-get"
  printf 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n' >"$work/root/etc/os-release"
  printf 'Package: dpkg\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.21.22\n' >"$work/root/var/lib/dpkg/status"
  "$nvprov" lock --root "$work/root" -o "$parts/nvprov.lock" 2>/dev/null
  echo '{}' >"$parts/plan.json"
  write_manifest
  pack_bundle "$1"
}
write_manifest() {
  local name
  for name in nvprov.lock plan.json; do
    jq -n --arg path $name --argjson size "$(stat -c %s "$work/parts/$name")" \
      --arg digest "sha256:$(sha256sum "$work/parts/$name" | cut -d ' ' -f 1)" \
      '{path: $path, role: (if $path == "plan.json" then "plan" else "lock" end), size: $size, mode: "0644",
        digest: $digest, url: null}'
  done | jq -s '{schema: "nvprov.bundle/1", tool_version: "1", created_at: "2026-11-27T00:00:00Z", distro: "debian-12",
    architecture: "x86_64", package_manager: "apt", mirrors: [], left_out: [], members: .}' >"$work/parts/bundle.json"
}
pack_bundle() { tar -C "$work/parts" -cf "$1" bundle.json "${@:2}" nvprov.lock plan.json; }

it_verifies_a_bundle_and_names_what_is_wrong_with_it() {
  make_bundle "$work/b.tar"
  expect 0 "$nvprov" bundle verify "$work/b.tar"
  answers 'the list itself is not signed'
  echo '{ }' >"$work/parts/plan.json"
  pack_bundle "$work/b.tar"
  expect 5 "$nvprov" bundle verify "$work/b.tar"
  answers 'plan.json: it has 4 bytes in place of 3'
  printf '{]\n' >"$work/parts/plan.json"
  pack_bundle "$work/b.tar"
  expect 5 "$nvprov" bundle verify "$work/b.tar" --json
  jq -e '.schema == "nvprov.bundle-check/1" and ([.problems[].member] == ["plan.json"])' "$work/out" >&2
}

it_knows_whose_signature_a_bundle_bears() {
  command -v openssl >/dev/null || skip "openssl is not installed"
  make_bundle "$work/b.tar"
  local key
  for key in mine other; do
    openssl genpkey -algorithm ed25519 -out "$work/$key.pem" 2>/dev/null
    openssl pkey -in "$work/$key.pem" -pubout -out "$work/$key.pub"
  done
  expect 5 "$nvprov" bundle verify "$work/b.tar" --key "$work/mine.pub"
  complains 'the bundle is not signed'
  openssl pkeyutl -sign -inkey "$work/mine.pem" -rawin -in "$work/parts/bundle.json" -out "$work/parts/bundle.json.sig"
  pack_bundle "$work/b.tar" bundle.json.sig
  expect 0 "$nvprov" bundle verify "$work/b.tar" --key "$work/mine.pub"
  answers 'signed with the key you named'
  expect 0 "$nvprov" bundle verify "$work/b.tar"
  answers 'whose signature it bears'
  expect 5 "$nvprov" bundle verify "$work/b.tar" --key "$work/other.pub"
  complains 'not signed with the key that was named'
  expect 2 "$nvprov" bundle verify "$work/b.tar" --key "$work/mine.pem"
  complains 'no public Ed25519 key'
}

it_refuses_what_is_no_bundle() {
  echo text >"$work/text"
  expect 2 "$nvprov" bundle verify "$work/text"
  complains 'is no tar archive'
  tar -C "$work" -cf "$work/other.tar" text
  expect 2 "$nvprov" bundle verify "$work/other.tar"
  complains 'is no bundle'
  expect 2 "$nvprov" bundle verify "$work/none"
  complains 'there is no file'
  expect 2 "$nvprov" bundle verify "$work"
  expect 2 "$nvprov" bundle verify
  complains 'needs the bundle'
  make_bundle "$work/b.tar"
  head -c 1500 "$work/b.tar" >"$work/cut.tar"
  expect 2 "$nvprov" bundle verify "$work/cut.tar" --json
  jq -e '.error.kind == "usage"' "$work/out" >&2
}

it_says_what_a_bundle_needs_before_it_fetches_anything() {
  expect 2 "$nvprov" bundle
  complains 'needs a file to be written to'
  expect 2 "$nvprov" bundle -o "$work/none/b.tar.zst"
  complains 'there is no folder'
  echo text >"$work/text"
  expect 2 "$nvprov" bundle --sign "$work/text" -o "$work/b.tar.zst"
  complains 'no private Ed25519 key'
  expect 2 "$nvprov" bundle --sign "$work/none" -o "$work/b.tar.zst"
  complains 'there is no key file'
  expect 2 "$nvprov" bundle "$work/text" -o "$work/b.tar.zst"
  expect 2 "$nvprov" bundle "$work/text" --cuda 12.4 -o "$work/b.tar.zst"
  complains 'already says what is wanted'
  expect 2 "$nvprov" bundle --offline -o "$work/b.tar.zst"
  expect 2 "$nvprov" bundle --key "$work/text" -o "$work/b.tar.zst"
  expect 2 "$nvprov" bundle verify "$work/text" --gpu T4
  [ ! -e "$work/b.tar.zst" ] || fail "something was written"
}

it_takes_a_bundle_alone() {
  local other
  for other in '--lock a' '--cuda 12.4' 'plan.json'; do
    # shellcheck disable=SC2086
    expect 2 "$nvprov" apply --bundle b.tar.zst -y $other
    complains 'a bundle already says'
  done
  expect 2 "$nvprov" apply --key a.pub -y
  complains 'goes with `--bundle`'
}
