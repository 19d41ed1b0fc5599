// Search over paragraphs, notes, annotations, propositions, sources and people; a hit leads to the very passage.
// The index and its reader are loaded when the panel is first opened.

const AT_ONCE = 12;
const FACETS = { report: "Report", kind: "Kind", topic: "Topic", stance: "Stance" };
const ROOT = new URL("../", import.meta.url);

let dialog, field, list, count, more, engine;
let asked = 0; // the number of the newest question: answers to older ones are dropped
let hits = [];

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function build() {
  dialog = element("dialog", { class: "vr-panel vr-search", "aria-labelledby": "vr-search-title" });
  const close = element("button", { type: "button", class: "vr-close" }, "Close");
  close.addEventListener("click", () => dialog.close());
  field = element("input", { type: "search", id: "vr-search-field", autocomplete: "off", spellcheck: "false" });
  const form = element("form", { role: "search" }, element("label", { for: "vr-search-field" }, "Words"), field);
  const facets = element("div", { class: "vr-facets" });
  for (const [name, word] of Object.entries(FACETS)) {
    facets.append(element("label", {}, `${word} `, element("select", { name }, element("option", { value: "" }, "all"))));
  }
  form.append(facets);
  count = element("output", { class: "vr-found", "aria-live": "polite" });
  list = element("ol", { class: "vr-hits" });
  more = element("button", { type: "button", class: "vr-more-hits", hidden: "" }, "More");
  more.addEventListener("click", () => show(list.children.length));
  dialog.append(close, element("h2", { id: "vr-search-title" }, "Search"), form, count, list, more);
  form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.focus(); });
  let wait = 0;
  form.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(ask, 120); });
  dialog.addEventListener("keydown", walk);
  // A hit on this very page is a jump within it.
  list.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
  document.body.append(dialog);
}

async function load() {
  if (engine) return engine;
  engine = await import(new URL("pagefind/pagefind.js", ROOT).href);
  await engine.options({ excerptLength: 28 });
  const filters = await engine.filters();
  for (const select of dialog.querySelectorAll("select")) {
    for (const [value, number] of Object.entries(filters[select.name] ?? {})) {
      select.append(element("option", { value }, `${value} (${number})`));
    }
  }
  return engine;
}

async function ask() {
  const number = ++asked;
  const filters = Object.fromEntries([...dialog.querySelectorAll("select")].filter((one) => one.value).map((one) => [one.name, one.value]));
  const words = field.value.trim();
  if (!words && !Object.keys(filters).length) { hits = []; list.replaceChildren(); count.value = ""; more.hidden = true; return; }
  try {
    const found = await (await load()).search(words || null, { filters });
    if (number !== asked) return;
    hits = found.results;
    list.replaceChildren();
    count.value = hits.length === 1 ? "1 passage" : `${hits.length} passages`;
    await show(0, number);
  } catch {
    count.value = "The search index is not there yet; try again in a moment.";
    engine = undefined;
  }
}

async function show(from, number = asked) {
  const next = await Promise.all(hits.slice(from, from + AT_ONCE).map((hit) => hit.data()));
  if (number !== asked) return;
  for (const { meta, excerpt, filters } of next) {
    const words = element("p");
    words.innerHTML = excerpt; // the indexer escapes the words; its own marks are all the markup there is
    const link = element("a", { href: new URL(meta.place, ROOT).href }, meta.title);
    const said = [meta.kind, filters.topic?.[0], filters.stance?.[0]].filter(Boolean).join(" · ");
    list.append(element("li", {}, link, element("span", { class: "vr-soft" }, said), words));
  }
  more.hidden = list.children.length >= hits.length;
}

// Up and down lead through the hits, and back to the field.
function walk(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (event.target.localName === "select") return;
  const stops = [field, ...list.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

const opener = document.getElementById("vr-search-open");
opener.addEventListener("click", () => {
  if (!dialog) build();
  dialog.showModal();
  field.focus();
  field.select();
  load().catch(() => { engine = undefined; });
});
opener.hidden = false;
