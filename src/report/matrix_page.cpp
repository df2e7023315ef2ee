#include "report/matrix_page.hpp"

namespace nvprov {

const std::string_view matrix_page = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>NVIDIA drivers, CUDA releases and GPUs: what goes together</title>
<style>
:root { color-scheme: light dark; --line: #c8ccd0; --dim: #5b6470; --yes: #1a7f37; --part: #9a6700; --no: #b42318;
  --back: #ffffff; --text: #1c2126; --head: #f2f4f6; }
@media (prefers-color-scheme: dark) { :root { --line: #3a424c; --dim: #9aa5b1; --yes: #4ac26b; --part: #d4a72c;
  --no: #ff7b72; --back: #12161b; --text: #e6eaef; --head: #1c232b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 70rem; font: 16px/1.5 system-ui, sans-serif;
  background: var(--back); color: var(--text); }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0; color: var(--dim); }
form { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem; margin: 1rem 0; }
label { display: block; font-size: .85rem; color: var(--dim); }
input, select, button { width: 100%; font: inherit; padding: .4rem .5rem; border: 1px solid var(--line); border-radius: .35rem;
  background: var(--back); color: var(--text); }
button { width: auto; align-self: end; cursor: pointer; }
.check { display: flex; gap: .5rem; align-items: center; align-self: end; padding: .4rem 0; }
.check input { width: auto; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .35rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
th { background: var(--head); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 600; background: none; }
tr:last-child > * { border-bottom: 0; }
.full, .yes { color: var(--yes); font-weight: 600; }
.minor, .forward { color: var(--part); font-weight: 600; }
.no { color: var(--no); font-weight: 600; }
td { white-space: nowrap; }
td.why { color: var(--dim); min-width: 14rem; white-space: normal; }
@media (max-width: 40rem) {
  table, tbody, tr, td, tbody th { display: block; width: 100%; }
  thead { display: none; }
  tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  tr:last-child { border-bottom: 0; }
  td, tbody th { border: 0; padding: .1rem .6rem; }
  td:empty { display: none; }
  td::before { content: attr(data-head) ": "; color: var(--dim); font-weight: 400; }
  td, td.why { min-width: 0; white-space: normal; }
}
</style>
</head>
<body>
<h1>NVIDIA drivers, CUDA releases and GPUs: what goes together</h1>
<p>From nvprov's catalog of <span id="date"></span>. Choose what is given; the rest is what goes with it.</p>
<form id="form">
<div><label for="gpu">GPU</label><input id="gpu" list="gpus" autocomplete="off" placeholder="any, such as Tesla T4"><datalist id="gpus"></datalist></div>
<div><label for="distro">Distribution</label><select id="distro"></select></div>
<div><label for="driver">Driver branch</label><select id="driver"></select></div>
<div><label for="cuda">CUDA release</label><select id="cuda"></select></div>
<div class="check"><input type="checkbox" id="all" checked><label for="all">Show what does not go, and why</label></div>
<button type="reset">Start again</button>
</form>
<p id="problem" class="no" role="alert"></p>
<h2>Driver branches</h2>
<div class="scroll"><table id="drivers"><thead></thead><tbody></tbody></table></div>
<h2>CUDA releases</h2>
<div class="scroll"><table id="releases"><thead></thead><tbody></tbody></table></div>
<p>Each branch is judged by its newest release, each CUDA release by its newest update. Minor-version: programs of the
same CUDA major run, but what is new in that release needs its driver. Forward: with the release's cuda-compat package,
on data-center GPUs.</p>
<script id="data" type="application/json">@data@</script>
<script>
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const field = id => document.getElementById(id);
const kindOf = new Map(data.gpus.map(([name, id, kind]) => [name + " (" + id + ")", kind]));
const shortNames = new Map();
for (const [name, , kind] of data.gpus) if (!shortNames.has(name)) shortNames.set(name, kind);

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
function fill(select, none, entries) {
  select.append(element("option", none, {value: ""}));
  for (const [value, text] of entries) select.append(element("option", text, {value}));
}
field("date").textContent = data.date;
for (const name of kindOf.keys()) field("gpus").append(element("option", undefined, {value: name}));
fill(field("distro"), "any", data.distros.map(each => [each.id, each.name]));
fill(field("driver"), "any", data.drivers.map(each => [each.branch, each.branch]));
fill(field("cuda"), "any", data.cuda.map(each => [each.release, each.release]));

// A whole name, or a word of names that are all of one kind; -2: none is called so, -3: several kinds are.
function kindTyped(typed) {
  const whole = kindOf.get(typed) ?? shortNames.get(typed);
  if (whole !== undefined) return whole;
  const word = typed.toLowerCase();
  const kinds = new Set(data.gpus.filter(([name, id]) => id === word ||
    name.toLowerCase().split(/[^a-z0-9]+/).includes(word)).map(each => each[2]));
  return kinds.size === 1 ? [...kinds][0] : kinds.size === 0 ? -2 : -3;
}
function chosen() {
  const typed = field("gpu").value.trim();
  const kind = typed === "" ? -1 : kindTyped(typed);
  const place = (list, key, value) => value === "" ? -1 : list.findIndex(each => each[key] === value);
  return {kind, distro: place(data.distros, "id", field("distro").value),
    driver: place(data.drivers, "branch", field("driver").value),
    cuda: place(data.cuda, "release", field("cuda").value)};
}
const reason = number => number < 0 ? "" : data.reasons[number];
const supportWords = {full: "full", minor: "minor-version", forward: "forward", no: "no"};
const best = cells => Object.keys(supportWords).find(word => cells.includes(word));

// What stands against a driver branch, "" if nothing does.
function againstDriver(at, choice) {
  if (choice.driver >= 0 && choice.driver !== at) return null;
  if (choice.kind >= 0 && data.gpuDriver[choice.kind][at] >= 0) return reason(data.gpuDriver[choice.kind][at]);
  if (choice.distro >= 0 && !data.distros[choice.distro].drivers[at])
    return "not offered on " + data.distros[choice.distro].name;
  if (choice.cuda >= 0 && data.cudaDriver[choice.cuda][at] === "no")
    return "too old for CUDA " + data.cuda[choice.cuda].release;
  return "";
}
function againstCuda(at, choice, drivers) {
  if (choice.cuda >= 0 && choice.cuda !== at) return null;
  if (choice.kind >= 0 && data.gpuCuda[choice.kind][at] >= 0) return reason(data.gpuCuda[choice.kind][at]);
  if (choice.distro >= 0 && !data.distros[choice.distro].cuda[at])
    return "not offered on " + data.distros[choice.distro].name;
  if (!drivers.some(driver => data.cudaDriver[at][driver] !== "no"))
    return drivers.length ? "needs a newer driver than those that go" : "no driver goes";
  return "";
}
function row(cells, heads) {
  const made = element("tr");
  cells.forEach(([text, kind], i) => {
    const cell = element(i === 0 ? "th" : "td", text, i === 0 ? {scope: "row"} : {"data-head": heads[i]});
    if (kind) cell.className = kind;
    made.append(cell);
  });
  return made;
}
// Without the columns that say nothing of any row.
function show(id, allHeads, allRows) {
  const filled = allHeads.map((_, i) => allRows.some(cells => cells[i][0]));
  const narrowed = list => list.filter((_, i) => filled[i]);
  const heads = narrowed(allHeads);
  const rows = allRows.map(narrowed);
  const table = field(id);
  const head = element("tr");
  for (const each of heads) head.append(element("th", each, {scope: "col"}));
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(...rows.map(cells => row(cells, heads)));
}
function update() {
  const choice = chosen();
  const all = field("all").checked;
  field("problem").textContent = choice.kind === -2 ? "There is no GPU of this name in the catalog." :
    choice.kind === -3 ? "GPUs that need different drivers are called so: choose one of them." : "";
  if (choice.kind < -1) {
    show("drivers", [], []);
    show("releases", [], []);
    return;
  }
  const offers = list => choice.distro < 0 ? "" : list(data.distros[choice.distro]);
  const going = [];
  const drivers = [];
  data.drivers.forEach((each, at) => {
    const against = againstDriver(at, choice);
    if (against === null) return;
    if (against === "") going.push(at);
    if (against !== "" && !all) return;
    const modules = choice.kind < 0 ? each.modules : data.gpuModule[choice.kind][at];
    drivers.push([[each.branch], [against === "" ? "yes" : "no", against === "" ? "yes" : "no"], [each.release],
      [each.type], [each.end], [modules], [each.cuda], [offers(distro => distro.drivers[at])], [against, "why"]]);
  });
  const releases = [];
  data.cuda.forEach((each, at) => {
    const against = againstCuda(at, choice, going);
    if (against === null || (against !== "" && !all)) return;
    const support = against !== "" ? "no" : best(going.map(driver => data.cudaDriver[at][driver]));
    releases.push([[each.release], [supportWords[support], support], [each.update], [each.full], [each.minor],
      [offers(distro => distro.cuda[at])], [against, "why"]]);
  });
  show("drivers", ["Branch", "Goes", "Newest release", "Type", "Support until", "Modules", "CUDA up to", "Offered by",
    "Why not"], drivers);
  show("releases", ["Release", "Support", "Newest update", "Full from driver", "Minor-version from driver", "Offered by",
    "Why not"], releases);
}
for (const key of ["gpu", "distro", "driver", "cuda"]) field(key).value = data.choice[key];
field("form").addEventListener("input", update);
field("form").addEventListener("submit", event => event.preventDefault());
field("form").addEventListener("reset", () => setTimeout(update));
update();
</script>
</body>
</html>
)html";

}  // namespace nvprov
