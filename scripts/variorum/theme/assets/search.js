// Search over paragraphs, notes, annotations, propositions, sources and people; a hit leads to the very passage.
// The catalogue and its reader are loaded when the panel is first opened. The question is remembered while the tab is open,
// and going back from a hit leads to the hits.

const AT_ONCE = 12;
const FACETS = { report: "Report", kind: "Kind", topic: "Topic", stance: "Stance" };
const ROOT = new URL("../", import.meta.url);

const MEMORY = "vr:search";

let dialog, field, list, count, more, catalogue;
let leaving = false; // whether the panel closes because a hit is followed
let asked = 0; // the number of the newest question: answers to older ones are dropped
let answer; // the hits of the newest question that are known, whether they are all, and how to get at the others
let adding;

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
  const narrow = element("div", { class: "vr-facets" });
  for (const [name, word] of Object.entries(FACETS)) {
    narrow.append(element("label", {}, `${word} `, element("select", { name }, element("option", { value: "" }, "all"))));
  }
  narrow.append(element("button", { type: "reset", class: "vr-clear" }, "Clear"));
  form.append(narrow);
  count = element("output", { class: "vr-found", "aria-live": "polite" });
  list = element("ol", { class: "vr-hits" });
  more = element("button", { type: "button", class: "vr-more-hits", hidden: "" }, "More");
  more.addEventListener("click", () => { adding ??= add().finally(() => { adding = undefined; }); });
  dialog.append(close, element("h2", { id: "vr-search-title" }, "Search"), form, count, list, more);
  form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.focus(); });
  let wait = 0;
  form.addEventListener("input", () => { busy(true); clearTimeout(wait); wait = setTimeout(ask, 120); });
  form.addEventListener("reset", () => setTimeout(() => { ask(); field.focus(); }));
  dialog.addEventListener("keydown", walk);
  list.addEventListener("click", leave);
  dialog.addEventListener("close", () => { if (!leaving) remember(undefined); leaving = false; });
  document.body.append(dialog);
}

const busy = (is) => { if (is) count.setAttribute("aria-busy", "true"); else count.removeAttribute("aria-busy"); };
const selects = () => [...dialog.querySelectorAll("select")];
const facets = () => Object.fromEntries(selects().filter((one) => one.value).map((one) => [one.name, one.value]));
const keep = () => sessionStorage.setItem(MEMORY, JSON.stringify({ words: field.value, facets: facets(), shown: list.children.length }));
const kept = () => JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");

// The history's entry knows the hit that was followed from it, or nothing.
const remember = (hit) => history.replaceState({ ...history.state, hit }, "");

function leave(event) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  keep();
  remember(link.href);
  leaving = true;
  dialog.close(); // a hit on this very page is a jump within it
}

// Asks the last question again and shows as many hits as were shown; the focus goes to the hit that was followed.
async function recall(hit) {
  const last = kept();
  if (!last) return;
  field.value = last.words;
  await load();
  for (const one of selects()) one.value = last.facets[one.name] ?? "";
  await ask();
  while (!more.hidden && list.children.length < last.shown) await show(list.children.length);
  keep();
  if (hit) [...list.querySelectorAll("a")].find((link) => link.href === hit)?.focus();
  else if (document.activeElement === field) field.select();
}

function load() {
  catalogue ??= look();
  return catalogue;
}

async function look() {
  const { open: find } = await import("./catalogue.js");
  const found = await find(new URL("pagefind/", ROOT));
  for (const select of selects()) {
    const chosen = select.value;
    select.length = 1;
    for (const value of Object.keys(found.facets[select.name] ?? {})) {
      select.append(element("option", { value }, value));
    }
    select.value = chosen;
  }
  tally(found.counts);
  return found;
}

// Says with each choice how many hits it would leave, where that is known.
function tally(counts) {
  if (!counts) return;
  for (const select of selects()) {
    for (const option of [...select.options].slice(1)) option.text = `${option.value} (${counts[select.name]?.[option.value] ?? 0})`;
  }
}

function empty() {
  list.replaceChildren();
  count.value = "";
  more.hidden = true;
  busy(false);
  keep();
  catalogue?.then((found) => tally(found.counts), () => {});
}

async function ask() {
  const turn = ++asked;
  const filters = facets();
  const words = field.value.trim();
  if (!words && !Object.keys(filters).length) return empty();
  await attempt(turn, async () => {
    const { ask: others } = await load();
    if (turn !== asked) return;
    answer = { hits: [], whole: false, others: others(words, filters) };
    await show(0, turn);
  });
}

const add = () => attempt(asked, (turn) => show(list.children.length, turn, true));

async function attempt(turn, job) {
  busy(true);
  try {
    await job(turn);
    if (turn === asked) keep();
  } catch {
    if (turn !== asked) return;
    count.value = "The search index is not there yet; try again in a moment.";
    catalogue = undefined;
  }
  if (turn === asked) busy(false);
}

// Whoever asked for more is given something that is new, or all there is.
async function show(from, turn = asked, wanted = false) {
  const { hits, others } = answer;
  for (let pause = false; !answer.whole && hits.length < from + AT_ONCE;) {
    if (pause && (!wanted || hits.length > from)) break;
    const { value } = await others.next();
    if (turn !== asked) return;
    hits.push(...value.hits);
    answer.whole = !value.left;
    tally(value.counts);
    pause = value.pause;
  }
  const next = await Promise.all(hits.slice(from, from + AT_ONCE).map((hit) => hit.data()));
  if (turn !== asked) return;
  if (!from) list.replaceChildren();
  for (const { meta, excerpt, filters } of next) {
    const words = element("p");
    words.innerHTML = excerpt; // the indexer escapes the words; its own marks are all the markup there is
    const link = element("a", { href: new URL(meta.place, ROOT).href }, meta.title || meta.quiet);
    const said = [meta.kind, filters.topic?.[0], filters.stance?.[0]].filter(Boolean).join(" · ");
    list.append(element("li", {}, link, element("span", { class: "vr-soft" }, said), words));
  }
  more.hidden = answer.whole && list.children.length >= hits.length;
  count.value = told(hits.length, answer.whole);
}

// Nobody has counted what stands in drawers that were not looked into.
function told(number, whole) {
  if (!number && !whole) return "None yet where it is likeliest; More looks on.";
  if (!number) return Object.keys(facets()).length ? "Nothing found with these choices; Clear takes them back." : "Nothing found.";
  return `${number} ${number === 1 ? "result" : "results"}${whole ? "" : " so far; More looks on."}`;
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

function open(hit) {
  const first = !dialog;
  if (first) build();
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
  (first || hit ? recall(hit) : Promise.resolve()).then(load).catch(() => { catalogue = undefined; });
}

// Going back to where a hit was followed opens the hits again.
function reopen() {
  if (history.state?.hit) open(history.state.hit);
  else if (dialog?.open) dialog.close();
}
addEventListener("popstate", reopen);
addEventListener("pageshow", (event) => { if (event.persisted) reopen(); });
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") reopen();

const opener = document.getElementById("vr-search-open");
opener.addEventListener("click", () => open());
opener.hidden = false;
