// Filters and sorts the matrix by what its cells carry as data-*; the choice stands in the address.
// The table is complete without it.

const form = document.getElementById("vr-filter");
const table = document.querySelector("table.vr-matrix");
const box = table?.parentElement;
const single = ["topic", "cell", "voice", "confidence", "spread", "sort", "disputed", "all"];

// On phones the table's parts are blocks, which in some browsers takes their roles; in the HTML itself these are errors.
table.setAttribute("role", "table");
for (const part of [table.tHead, ...table.tBodies]) part.setAttribute("role", "rowgroup");
for (const row of table.rows) {
  row.setAttribute("role", "row");
  for (const cell of row.cells) {
    cell.setAttribute("role", cell.tagName === "TD" ? "cell" : cell.scope === "col" ? "columnheader" : "rowheader");
  }
}
const bodies = [...table.tBodies];
const rows = bodies.flatMap((body, group) =>
  [...body.rows].slice(1).map((row, place) => ({
    row,
    body,
    order: group * 1000 + place,
    statement: row.cells[0].textContent.trim(),
    cells: [...row.cells].slice(1),
  })));
const sorted = document.createElement("tbody"); // where rows stand when not by topic
sorted.setAttribute("role", "rowgroup");
sorted.className = "vr-sorted";

const boxes = [...form.querySelectorAll("[name=report]")];
const reports = boxes.map((one) => one.value);

function read() {
  const asked = new URLSearchParams(location.search);
  const chosen = asked.get("reports")?.split(",").filter((key) => reports.includes(key));
  for (const one of boxes) one.checked = !chosen?.length || chosen.includes(one.value);
  for (const name of single) {
    const control = form.elements[name];
    if (!control) continue;
    if (control.type === "checkbox") control.checked = asked.get(name) === "1";
    else control.value = [...control.options].some((o) => o.value === asked.get(name)) ? asked.get(name) : "";
  }
}

function choice() {
  const value = (name) => {
    const control = form.elements[name];
    return !control ? "" : control.type === "checkbox" ? (control.checked ? "1" : "") : control.value;
  };
  const chosen = boxes.filter((one) => one.checked).map((one) => one.value);
  return { reports: chosen.length ? chosen : reports, ...Object.fromEntries(single.map((name) => [name, value(name)])) };
}

function write(asked) {
  const query = new URLSearchParams();
  if (asked.reports.length < reports.length) query.set("reports", asked.reports.join(","));
  for (const name of single) if (asked[name]) query.set(name, asked[name]);
  const text = query.toString().replaceAll("%2C", ",");
  history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
}

const answers = (cell, asked) =>
  (!asked.cell || cell.dataset.cell === asked.cell) &&
  (!asked.voice || (cell.dataset.voice ?? "").split(" ").includes(asked.voice)) &&
  (!asked.confidence || cell.dataset.confidence === asked.confidence) &&
  (!asked.disputed || "disputed" in cell.dataset);

function show(asked) {
  const picky = asked.cell || asked.voice || asked.confidence || asked.disputed;
  let count = 0;
  for (const one of rows) {
    const cells = one.cells.filter((cell) => asked.reports.includes(cell.dataset.report));
    const places = cells.filter((cell) => cell.dataset.place).map((cell) => Number(cell.dataset.place));
    one.placed = places.length;
    one.speaking = places.length + cells.filter((cell) => cell.dataset.cell === "divided").length;
    one.spread = places.length ? Math.max(...places) - Math.min(...places) : -1;
    const hits = cells.filter((cell) => answers(cell, asked));
    const fits =
      hits.length > 0 &&
      (!asked.topic || one.row.dataset.topic === asked.topic) &&
      (!asked.all || one.speaking === cells.length) &&
      one.spread >= Number(asked.spread || -1);
    one.row.hidden = !fits;
    count += fits;
    for (const cell of one.cells) {
      cell.hidden = !asked.reports.includes(cell.dataset.report);
      cell.classList.toggle("vr-hit", Boolean(picky) && hits.includes(cell));
    }
  }
  for (const head of table.tHead.rows[0].cells) {
    if (head.dataset.report) head.hidden = !asked.reports.includes(head.dataset.report);
  }
  for (const body of bodies) {
    body.rows[0].cells[0].colSpan = asked.reports.length + 1;
    body.hidden = Boolean(asked.sort) || rows.every((one) => one.body !== body || one.row.hidden);
  }
  order(asked.sort);
  table.classList.toggle("vr-few", asked.reports.length < 4);
  document.getElementById("vr-count").value = `${count} of ${rows.length} propositions`;
  document.querySelector(".vr-none").hidden = count > 0;
  box.hidden = count === 0;
}

const orders = {
  spread: (a, b) => b.spread - a.spread || b.speaking - a.speaking,
  near: (a, b) => (b.placed > 1) - (a.placed > 1) || a.spread - b.spread || b.speaking - a.speaking,
  speaking: (a, b) => b.speaking - a.speaking || b.spread - a.spread,
  statement: (a, b) => a.statement.localeCompare(b.statement),
};

function order(by) {
  if (!by && !sorted.isConnected) return; // moving a row would take the focus from it
  const list = [...rows].sort((a, b) => orders[by]?.(a, b) || a.order - b.order);
  for (const one of list) (by ? sorted : one.body).append(one.row);
  if (by) table.append(sorted);
  else sorted.remove();
}

function update() {
  const asked = choice();
  write(asked);
  show(asked);
}

form.addEventListener("change", update);
document.getElementById("vr-unchecked")?.addEventListener("click", () => {
  for (const one of boxes) one.checked = false; // then those that are checked stand alone; while none is, all stand
  update();
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(update));
addEventListener("popstate", () => { read(); show(choice()); });

// A link to a row that the choice hides shows everything again.
addEventListener("hashchange", () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.closest("tr")?.hidden) { form.reset(); setTimeout(() => target.scrollIntoView()); }
});

read();
if (location.search) show(choice()); // without a choice the table is right as it stands
else document.getElementById("vr-count").value = `${rows.length} of ${rows.length} propositions`;
form.hidden = false;
if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
