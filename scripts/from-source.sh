# shellcheck shell=bash
# Static libraries from Debian's source packages, for scripts/build-curl and its like, which set
#   name        the source package, as the script's own name has it
#   library     what proves that it was built, below $kept/installed
#   project     the folder of the sources that cmake is given
#   targets     what is built of it
#   options     how it is configured
# The upstream archive is pinned in third_party/sources.json; Debian's patches are vouched for by apt's signed index. What
# was built is kept until the version, the pins or the scripts change.
# shellcheck disable=SC2034,SC2154

# Small before fast, and no tables for exceptions, which C does not throw.
small='-Os -DNDEBUG -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables -fstack-protector-strong -D_FORTIFY_SOURCE=2'

pins=$top/third_party/sources.json
pinned() { jq -er --arg name "$name" --arg field "$1" '.sources[] | select(.name == $name) | .[$field]' "$pins"; }

# take_arguments ARGUMENT...: sets the folder of what is downloaded and built (kept), words for cmake (toolchain), and
# whether another version than the pinned one will do (any_version).
take_arguments() {
  kept=$top/build/$name toolchain=() any_version=''
  case $* in
    '' | '--arch x86_64') ;;
    '--arch aarch64') kept=$top/build/aarch64/$name toolchain=("-DCMAKE_TOOLCHAIN_FILE=$top/cmake/aarch64.cmake") ;;
    --any-version) any_version=yes ;;
    *) die "these arguments are unknown: $*" "usage: scripts/build-$name [--arch x86_64|aarch64 | --any-version]" 2 ;;
  esac
}

# --- where the source comes from ---

# The newest version the archives have; empty where they cannot be asked.
newest_version() {
  archive_lines deb-src >"$kept/sources.list"
  [ -s "$kept/sources.list" ] || return 0
  private_apt "$kept" apt-get --error-on=any update >"$kept/update.log" 2>&1 || return 0
  private_apt "$kept" apt-cache showsrc --only-source "$name" 2>/dev/null | sed -n 's/^Version: //p' | sort -V | tail -n 1
}

# The version of upstream's in a Debian version: 7.88.1-10+deb12u15 -> 7.88.1
upstream_of() { local version=${1#*:}; echo "${version%-*}"; }

# --- building ---

# check_digest FILE VERSION: a version that is not pinned is vouched for by apt's signed index alone.
check_digest() {
  local file=$1
  [ "$(upstream_of "$2")" = "$(pinned version)" ] || return 0
  [ -f "$file" ] || die "the source package brought no $(basename "$file")" "third_party/sources.json pins it"
  sha256sum --quiet -c - <<<"$(pinned sha256)  $file" >/dev/null 2>&1 ||
    die "$(basename "$file") is not the file that third_party/sources.json pins" \
      "expected $(pinned sha256), found $(sha256sum "$file" | cut -d ' ' -f 1)"
}

unpack() {
  local version=$1
  rm -rf "$kept/source" "$kept/download"
  mkdir -p "$kept/download"
  (cd "$kept/download" && logged "$kept/download.log" private_apt "$kept" apt-get source --download-only "$name=$version") || return
  check_digest "$kept/download/$(pinned file)" "$version"
  logged "$kept/unpack.log" dpkg-source --no-check -x "$kept/download/${name}_$version.dsc" "$kept/source"
}

# A script of which not everything is built has its own of this.
install_built() { cmake --install "$kept/build"; }

compile() {
  rm -rf "$kept/build" "$kept/installed"
  local launcher=()
  if has ccache; then launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache); fi
  logged "$kept/configure.log" cmake -S "$kept/source/$project" -B "$kept/build" -G Ninja "-DCMAKE_INSTALL_PREFIX=$kept/installed" \
    -DCMAKE_INSTALL_LIBDIR=lib "${toolchain[@]}" "${launcher[@]}" "${options[@]}" || return
  logged "$kept/build.log" ninja -C "$kept/build" "${targets[@]}" || return
  logged "$kept/install.log" install_built
}

# ingredients VERSION PACKAGE...: what the build is made of; the packages are those whose headers it takes.
ingredients() {
  local version=$1
  shift
  echo "$name $version"
  if [ ${#toolchain[@]} = 0 ]; then
    dpkg-query -W -f '${Package} ${Version}\n' "$@"
  else
    cat "$top/build/aarch64/made-of"
    sha256sum <"$top/cmake/aarch64.cmake"
  fi
  (cd "$top" && sha256sum "scripts/build-$name" scripts/from-source.sh third_party/sources.json)
}

# build_from_source PACKAGE...: all of the above, with the packages whose headers the build takes.
build_from_source() {
  local version lock
  mkdir -p "$kept"
  # Two builds at once would take each other's files away.
  exec {lock}>"$kept/lock"
  flock "$lock"
  version=$(newest_version)
  if [ -z "$version" ]; then
    version=$(sed -n "s/^$name //p" "$kept/made-of" 2>/dev/null) || true
    [ -n "$version" ] || die "the source package of $name cannot be had" \
      "apt must name an archive of $(pinned release) that has source packages; what it said is in $kept/update.log"
    say "note: the archive cannot be asked; taking the $name $version built earlier"
  fi
  [ -n "$any_version" ] || [ "$(upstream_of "$version")" = "$(pinned version)" ] ||
    die "the portable file is built with $name $(pinned version) of $(pinned release), and this machine's archive has $version" \
      "build it on $(pinned release), or pin another version in third_party/sources.json"
  if [ "$(ingredients "$version" "$@")" != "$(cat "$kept/made-of" 2>/dev/null)" ]; then
    say "building $name $version"
    rm -f "$kept/made-of"
    unpack "$version"
    compile
    [ -f "$kept/installed/$library" ] || die "the build of $name left no $library" "its whole output is in $kept/build.log"
    ingredients "$version" "$@" >"$kept/made-of"
  fi
  echo "$kept/installed"
}
