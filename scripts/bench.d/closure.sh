# shellcheck shell=bash
# What finding the exact packages takes, against the apt of the same root. Used by scripts/bench after measure.sh.
# shellcheck disable=SC2154

# --- the same question, and the same answer ---

# Everything nvprov has fetched counts as fetched just now.
fetch_anew() {
  find "$root/var/cache/nvprov" -name fetched -delete
  expect 0 in_root nvprov plan --json "$@"
  field .closure.known >/dev/null || die "\`plan $*\` finds no exact packages"
  adds_no_repository || die "\`plan $*\` reads a repository the root's own package manager does not"
}
# Those the last plan in JSON would add are there already.
adds_no_repository() {
  local step
  while read -r step; do
    jq -j .content <<<"$step" | cmp -s - "$root$(jq -r .path <<<"$step")" || return
  done < <(jq -c '.steps[] | select(.kind == "add-repository")' "$work/out")
}
# asks_nobody WORDS...: a plan that may ask the network finds its exact packages where there is none.
asks_nobody() {
  unshare --net "${root_shell[@]}" "${program[@]}" plan --json "$@" 2>"$folder/error" | jq -e .closure.known >/dev/null ||
    die "\`plan $*\` needs the network"
}
# What the last plan in JSON would install: "NAME VERSION" a line.
planned() { jq -r '.closure.packages[] | select(.version) | "\(.name) \(.version)"' "$work/out" | sort; }
# What of it is asked for by name, in the order in which it is, which matters to apt: name and version with $1 between
# them and $2, words of jq's, behind.
asked_by_plan() {
  jq -r --arg between "$1" '([.closure.packages[] | {(.name): .}] | add) as $found |
    .steps[] | select(.kind == "install-packages") | .packages[] | $found[.name] | "\(.name)\($between)\(.version)'"$2"'"' "$work/out" |
    awk '!seen[$0]++'
}
simulated() { sed -nE 's/^Inst ([^ :]+)[^ ]* (\[[^]]*\] )?\(([^ ]+) .*/\1 \3/p' | sort; }

# compare_with_apt NAME WORDS...: what `plan WORDS` takes, and apt for the very packages that plan asks for.
compare_with_apt() {
  local name=$1 wanted
  shift
  fetch_anew "$@"
  planned >"$folder/planned"
  mapfile -t wanted < <(asked_by_plan '=' '')
  in_root apt-get -s install --no-install-recommends "${wanted[@]}" | simulated >"$folder/simulated"
  same "$folder/simulated" "$folder/planned" "apt would not install what \`plan $*\` says"
  asks_nobody "$@"
  measure "$name-plan" "${root_shell[@]}" "${program[@]}" plan "$@"
  asks_nobody "$@"
  measure "$name-apt" "${root_shell[@]}" apt-get -s install --no-install-recommends "${wanted[@]}"
  row "nvprov plan $*" "$name-plan"
  row "apt-get -s install ($(wc -l <"$folder/planned") packages)" "$name-apt"
  part_of "the closure takes" "$name-plan" "$name-apt" 5
}

# --- Debian ---

driver_words=(--gpu T4 --source distro)
toolkit_words=(--gpu T4 --source distro --profile develop)

use_all_components() {
  sed -i 's/ main$/ main contrib non-free non-free-firmware/' "$root/etc/apt/sources.list"
  in_root apt-get -qq update
}
bench_closure_apt() {
  new_root "$base"
  use_all_components
  compare_with_apt driver "${driver_words[@]}"
  compare_with_apt toolkit "${toolkit_words[@]}"
  grep -q '^nvidia-cuda-toolkit ' "$folder/planned" || die "\`plan ${toolkit_words[*]}\` brings no nvidia-cuda-toolkit"
  remove_root
}

# --- reading the indexes for the first time ---

bench_parsing() {
  local cache packed
  new_root "$base"
  cache=$root/var/cache
  use_all_components
  fetch_anew "${driver_words[@]}"
  measure warm "${root_shell[@]}" "${program[@]}" plan "${driver_words[@]}"
  measure --first "find $cache/nvprov -name *.solv -delete" cold "${root_shell[@]}" "${program[@]}" plan "${driver_words[@]}"
  measure --first "rm -f $cache/apt/pkgcache.bin $cache/apt/srcpkgcache.bin" gencaches "${root_shell[@]}" apt-cache gencaches
  mapfile -t packed < <(find "$cache/nvprov" -name '*Packages*.xz')
  measure unpacked xz -dc "${packed[@]}"
  asks_nobody "${driver_words[@]}"
  paste -d ' ' "$folder/cold" "$folder/warm" | awk '{ print $1 - $4, $2 - $5, $3 }' >"$folder/parsed"
  row "nvprov, unpacking and parsing the indexes" parsed
  row "apt-cache gencaches" gencaches
  part_of "unpacking and parsing take" parsed gencaches ''
  row "  of it xz -dc of the same indexes" unpacked
  paste -d ' ' "$folder/parsed" "$folder/unpacked" | awk '{ print $1 - $4, $2 - $5, $3 }' >"$folder/alone"
  part_of "parsing without unpacking takes" alone gencaches ''
  remove_root
}

# --- growth ---

# Stanzas of standard input: that many sixteenths of them, and all of what the last plan installs.
sixteenths() {
  awk -v part="$1" -v planned="$folder/planned" 'BEGIN {
      while ((getline line <planned) > 0) { split(line, words, " "); kept[words[1]] = 1 }
      RS = ""; ORS = "\n\n"
    }
    NR % 16 < part || ($2 in kept)' -
}
# make_archive SIXTEENTHS: of what this root's apt knows, all in one suite, in the root's /archive.
make_archive() {
  local component lists=$root/var/lib/apt/lists suite_folder=$root/archive/dists/bookworm part
  rm -rf "$root/archive"
  for component in main contrib non-free non-free-firmware; do
    part=16
    [ "$component" != main ] || part=$1
    mkdir -p "$suite_folder/$component/binary-amd64"
    cat "$folder/lists"/*_"$component"_binary-amd64_Packages | sixteenths "$part" >"$suite_folder/$component/binary-amd64/Packages"
    xz -k -0 -T 0 "$suite_folder/$component/binary-amd64/Packages"
  done
  local fields=(Origin=Debian Label=Debian Suite=stable Codename=bookworm Architectures=amd64 Components='main contrib non-free non-free-firmware')
  apt-ftparchive "${fields[@]/#/-oAPT::FTPArchive::Release::}" release "$suite_folder" >"$folder/Release"
  mv "$folder/Release" "$suite_folder/"
  rm "$suite_folder"/*/binary-amd64/Packages
  echo 'deb [trusted=yes] file:/archive bookworm main contrib non-free non-free-firmware' >"$root/etc/apt/sources.list"
  rm -rf "$lists"
  mkdir -p "$lists"
  in_root apt-get -qq update
}
packages_offered() { xz -dc "$root"/archive/dists/bookworm/*/binary-amd64/Packages.xz | grep -c '^Package:'; }

# measure_archive SIXTEENTHS: what the driver's plan takes there, warm and with the indexes as fetched.
measure_archive() {
  local size=$1 wanted cache=$root/var/cache
  make_archive "$size"
  find "$cache/nvprov" -mindepth 1 -delete
  fetch_anew "${driver_words[@]}"
  mapfile -t wanted < <(asked_by_plan '=' '')
  measure "warm$size" "${root_shell[@]}" "${program[@]}" plan "${driver_words[@]}"
  measure "apt$size" "${root_shell[@]}" apt-get -s install --no-install-recommends "${wanted[@]}"
  measure --first "find $cache/nvprov -name *.solv -delete" "cold$size" "${root_shell[@]}" "${program[@]}" plan "${driver_words[@]}"
  asks_nobody "${driver_words[@]}"
  row "nvprov plan, $(packages_offered) packages offered" "warm$size"
  row "  the same, parsing the indexes" "cold$size"
  row "  apt-get -s install" "apt$size"
}
grows() {
  paste -d ' ' "$folder/${2}1" "$folder/${2}4" "$folder/${2}16" |
    awk -v words="$1" '{ printf "%s: 4x costs %.1f times the cpu and %.1f times the memory of 1x, 16x %.1f and %.1f\n", words, $5 / $2, $6 / $3, $8 / $2, $9 / $3 }'
}
bench_growth() {
  local size
  new_root "$base"
  use_all_components
  mkdir -p "$folder/lists"
  cp "$root"/var/lib/apt/lists/*_binary-amd64_Packages "$folder/lists/"
  fetch_anew "${driver_words[@]}"
  planned >"$folder/planned"
  for size in 1 4 16; do measure_archive "$size"; done
  grows "a plan" warm
  grows "a plan that parses the indexes" cold
  grows "apt" apt
  remove_root
}

# --- NVIDIA's repository and the installed set alone ---

# What the last plan takes from Debian counts as installed, and every 32nd package of its main, some 2,000: about what a
# workstation has.
count_some_as_installed() {
  local needed
  needed=$(jq -r --arg ours "$replica_url" '.closure.packages[] | select(.repository | startswith($ours) | not) | .name' "$work/out")
  cat "$root/var/lib/dpkg/status" "$root"/var/lib/apt/lists/*_main_binary-amd64_Packages |
    awk -v needed="$needed" 'BEGIN { count = split(needed, names, "\n"); for (i = 1; i <= count; ++i) wanted[names[i]] = 1; RS = ""; ORS = "\n\n" }
      !/\nStatus: / && NR % 32 != 0 && !($2 in wanted) || seen[$2]++ { next }
      !/\nStatus: / { sub(/\n/, "\nStatus: install ok installed\n") }
      { print }' >"$folder/status"
  cp "$folder/status" "$root/var/lib/dpkg/status"
}
# Sets NVIDIA's repository up as the last plan says, but as somebody else would have done: a key of ours that nvprov does
# not carry is fetched for each plan.
set_nvidia_up() {
  local step path
  while read -r step; do
    path=$root$(jq -r .path <<<"$step" | sed 's/nvprov-//')
    mkdir -p "$(dirname "$path")"
    case $(jq -r .kind <<<"$step") in
      import-key) jq -r .content <<<"$step" | base64 -d >"$path" ;;
      add-repository) jq -j .content <<<"$step" | sed 's/nvprov-//' >"$path" ;;
    esac
  done < <(jq -c '.steps[] | select(.kind == "import-key" or .kind == "add-repository")' "$work/out")
  echo 'Acquire::https::CaInfo "/etc/nvprov/test-ca.pem";' >"$root/etc/apt/apt.conf.d/02replica"
}
bench_nvidia_alone() {
  local words=(--gpu T4 --source nvidia) offered
  new_root "$base"
  use_nvidia_replica
  replica_state new
  expect 0 in_root nvprov plan --json "${words[@]}"
  count_some_as_installed
  set_nvidia_up
  : >"$root/etc/apt/sources.list"
  find "$root/var/cache/nvprov" -mindepth 1 -delete
  fetch_anew "${words[@]}"
  asks_nobody "${words[@]}"
  measure nvidia "${root_shell[@]}" "${program[@]}" plan "${words[@]}"
  offered=$(grep -c '^Package:' "$replica/new/compute/cuda/repos/debian12/x86_64/Packages")
  row "nvprov plan, $offered packages of NVIDIA's, $(grep -c '^Package:' "$root/var/lib/dpkg/status") installed" nvidia
  awk '{ printf "%.1f MiB (aim 64)\n", $3 / 1024 }' "$folder/nvidia"
  stop_mirror
  remove_root
}
