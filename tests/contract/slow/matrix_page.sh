# shellcheck shell=bash
# The page of `nvprov matrix --html` in a real browser: it works without a network and asks nothing of one.
# shellcheck disable=SC2154

need_chromium() {
  command -v chromium >/dev/null && return
  [ "$(id -u)" != 0 ] || DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >&2 || true
  command -v chromium >/dev/null || skip "chromium is not installed"
}

# in_browser PAGE OPTION...: without a network where namespaces are allowed, with a log of all that is asked for.
in_browser() {
  local page=$1
  shift
  local apart=()
  unshare --net true 2>/dev/null && apart=(unshare --net)
  "${apart[@]}" timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
    --user-data-dir="$work/profile" --log-net-log="$work/net.json" "$@" "file://$page" 2>"$work/browser"
}

# after_script PAGE SCRIPT: the page's document once the script, put at its end, has run. The copy alone has it.
after_script() {
  awk -v script="$2" '/<\/body>/ { print "<script>" script "</script>" } { print }' "$1" >"$work/scripted.html"
  in_browser "$work/scripted.html" --dump-dom >"$work/out"
}

# The cells of the rows of a table, a line for each row.
rows_of() {
  python3 - "$work/out" "$1" <<'EOF'
import html.parser, sys

class Rows(html.parser.HTMLParser):
    def __init__(self, table):
        super().__init__()
        self.table, self.inside, self.row, self.cell = table, False, None, None
    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.inside = dict(attributes).get("id") == self.table
        if self.inside and tag == "tr":
            self.row = []
        if self.inside and tag in ("td", "th") and self.row is not None:
            self.cell = ""
    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data
    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.row.append(self.cell)
            self.cell = None
        if tag == "tr" and self.row is not None:
            print("|".join(self.row))
            self.row = None
        if tag == "table":
            self.inside = False

rows = Rows(sys.argv[2])
rows.feed(open(sys.argv[1], encoding="utf-8").read())
EOF
}

it_shows_the_tables_and_asks_nothing_of_a_network() {
  need_chromium
  expect 0 "$nvprov" matrix --html "$work/matrix.html"
  ! grep -nE '(src|href|action)=|url\(|@import|fetch\(|XMLHttpRequest|WebSocket' "$work/matrix.html" >&2 || fail "the page refers to something outside"
  in_browser "$work/matrix.html" --dump-dom >"$work/out"
  rows_of drivers >"$work/drivers"
  grep -q '^580|yes|' "$work/drivers" || fail "no row for branch 580"
  # Every address the browser's network stack was asked for.
  jq -r '.. | .url? // empty | strings' "$work/net.json" | grep -E '^(https?|wss?|ftp):' | sort -u >"$work/asked" || true
  ! grep -vE '^https?://[^/]*(google|gvt1|chromium)' "$work/asked" >&2 || fail "the page asked for something"
}
it_filters_by_the_same_rules_as_the_program() {
  need_chromium
  expect 0 "$nvprov" matrix --html "$work/matrix.html"
  local choose='for (const [id, value] of Object.entries(CHOICE)) field(id).value = value; field("form").dispatchEvent(new Event("input"));'
  # GPU and distribution in the page and by the program: the same branches and releases go.
  local case gpu distro driver cuda options
  for case in 'Tesla T4|ubuntu-22.04||' 'Tesla V100 SXM2 32GB|debian-12||' 'B200|rocky-9||' 'V100|ubuntu-22.04||' '|fedora-44||12.4' '||550|'; do
    IFS='|' read -r gpu distro driver cuda <<<"$case"
    after_script "$work/matrix.html" "${choose/CHOICE/{gpu: \"$gpu\", distro: \"$distro\", driver: \"$driver\", cuda: \"$cuda\"\}}"
    rows_of drivers | awk -F '|' 'NR > 1 && $2 == "yes" { print $1 }' >"$work/page"
    rows_of releases | awk -F '|' 'NR > 1 && $2 != "no" { print $1, $2 }' >>"$work/page"
    options=()
    [ -z "$gpu" ] || options+=(--gpu "$gpu")
    [ -z "$distro" ] || options+=(--distro "$distro")
    [ -z "$driver" ] || options+=(--driver "$driver")
    [ -z "$cuda" ] || options+=(--cuda "$cuda")
    expect 0 "$nvprov" matrix "${options[@]}" --json
    jq -r '(.drivers[] | select(.goes) | .branch), (.cuda[] | select(.goes) | "\(.release) \(.support)")' "$work/out" >"$work/program"
    diff "$work/program" "$work/page" >&2 || fail "the page and the program differ for: $case"
    [ -s "$work/page" ] || fail "nothing goes for: $case"
  done
}
it_says_so_of_a_gpu_it_does_not_know() {
  need_chromium
  expect 0 "$nvprov" matrix --html "$work/matrix.html"
  after_script "$work/matrix.html" 'field("gpu").value = "Voodoo 2"; field("form").dispatchEvent(new Event("input"));'
  answers 'There is no GPU of this name in the catalog.'
  [ -z "$(rows_of drivers)" ] || fail "rows are shown for it all the same"
}
it_fits_a_phone_in_light_and_dark() {
  need_chromium
  expect 0 "$nvprov" matrix --gpu T4 --html "$work/matrix.html"
  # Nothing is wider than the screen, and both schemes have colours of their own.
  after_script "$work/matrix.html" 'document.title = "wide " + (document.documentElement.scrollWidth > innerWidth);'
  in_browser "$work/scripted.html" --window-size=390,844 --dump-dom >"$work/out"
  answers '<title>wide false</title>'
  in_browser "$work/matrix.html" --window-size=390,844 --screenshot="$work/light.png" >/dev/null
  in_browser "$work/matrix.html" --window-size=390,844 --force-dark-mode --blink-settings=preferredColorScheme=0 --screenshot="$work/dark.png" >/dev/null
  ! cmp -s "$work/light.png" "$work/dark.png" || fail "dark looks like light"
}
