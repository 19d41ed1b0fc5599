// Annotating: a button at every paragraph and note, and a panel that makes a record of it and hands it to the code host.

import { addressOf, applies, compose, faults, fieldsOf, knownTo, pathOf, words } from "./record.js";

const KINDS = { position: "a position on a proposition", figure: "a figure that the report gives", comment: "a comment", erratum: "a slip in the report",
  query: "a doubt about a passage", relation: "a relation to a passage of another report", mention: "a person or work that is named", reply: "a reply, as an author of the report" };
const LABELS = { own: "the author’s own", reported: "reported of others", silent: "none: the report does not speak to it" };
const NAMES = { quote: "Quotation", voice: "Whose stance", who: "Who holds it", author: "What the author does with it", how: "In what way", to: "To what",
  type: "What the first does with the second", because: "Because", reads: "It says", should_read: "It should say", printed: "The name as printed", attributed_to: "Attributed to" };
const FREE = new Set(["because", "reads", "should_read", "quote"]);
const report = location.pathname.match(/reports\/([a-z0-9-]+)/)?.[1];
const base = new URL(`${JSON.parse(document.getElementById("__config").textContent).base}/`, location.href);

const element = (name, attributes = {}, ...children) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children.filter((child) => child !== null));
  return made;
};
const state = { keys: null, schema: null, place: null, kind: "position", values: {}, seen: new Set() };
let opener = null;
let selected = { at: "", words: "" };

// What is selected in a reading build's full text fills the quotation in; digests are not the report's words.
document.addEventListener("selectionchange", () => {
  const range = getSelection()?.rangeCount ? getSelection().getRangeAt(0) : null;
  const unit = range?.collapsed === false ? range.startContainer.parentElement?.closest(".vr-full")?.closest(".vr-unit") : null;
  if (unit) {
    const copied = range.cloneContents();
    copied.querySelectorAll("sup").forEach((one) => one.remove());
    selected = { at: unit.id, words: copied.textContent.replace(/\s+/g, " ").trim() };
  }
});

const dialog = element("dialog", { className: "vr-annotating" });
const title = element("h2", { id: "vr-annotating-title" });
const form = element("form", { method: "dialog", noValidate: true });
const fields = element("div", { className: "vr-asked" });
const preview = element("div", { className: "vr-will-stand" });
const file = element("pre", { tabIndex: 0 });
const path = element("code");
const status = element("p", { className: "vr-status", role: "status" });
const propose = element("a", { className: "vr-propose", role: "link", target: "_blank", rel: "noopener", textContent: "Propose" });

async function load() {
  if (state.keys) return;
  const [keys, schema] = await Promise.all(["data/keys.json", "data/schemas/annotation.schema.json"].map(async (name) => (await fetch(new URL(name, base))).json()));
  Object.assign(state, { keys, schema });
}

async function open(place) {
  status.textContent = "";
  try {
    await load();
  } catch {
    return;
  }
  const fresh = { by: state.values.by ?? state.keys.editors.find((one) => one.key === "guest")?.key ?? state.keys.editors[0]?.key ?? "", date: new Date().toISOString().slice(0, 10), at: place.at, from: `${report}#${place.at}` };
  Object.assign(state, { place: { ...place, report }, values: fresh, seen: new Set() });
  if (place.speaker) fresh.speaker = place.speaker;
  if (selected.at === place.at && selected.words) fresh.quote = selected.words;
  opener = place.opener;
  title.textContent = `Annotate ${place.name} of ${state.keys.reports[report].name}`;
  ask();
  dialog.showModal();
  form.querySelector("select").focus();
}

// The fields

function ask() {
  const asked = fieldsOf(state.schema, state.kind).filter((one) => !["at", "from"].includes(one.name));
  for (const one of asked) state.values[one.name] ??= one.initial ?? "";
  const kind = labelled("kind", "What do you add?", choice("kind", Object.entries(KINDS), state.kind), "");
  kind.querySelector("select").addEventListener("change", (event) => {
    state.kind = event.target.value;
    state.seen.clear();
    ask();
    form.querySelector("select").focus();
  });
  const last = [
    labelled("body", state.kind === "comment" || state.kind === "reply" ? "The text" : "Your reading, in your words", control({ name: "body" }), "Markdown. Cite a work as [@its-key, p. 12]."),
    labelled("by", "Signed by", choice("by", state.keys.editors.map((one) => [one.key, one.word]), state.values.by), "Nobody knows you here yet? Sign as a guest, and say who you are in the pull request."),
  ];
  fields.replaceChildren(kind, ...asked.map((one) => labelled(one.name, NAMES[one.name] ?? one.name[0].toUpperCase() + one.name.slice(1), control(one), help(one))), ...last);
  show();
}

function labelled(name, label, made, meaning) {
  made.id = `vr-a-${name}`;
  made.setAttribute("aria-describedby", `${made.id}-help ${made.id}-fault`);
  const explained = element("p", { id: `${made.id}-help`, className: "vr-soft", textContent: meaning.replaceAll("`", "") });
  const fault = element("p", { id: `${made.id}-fault`, className: "vr-fault" });
  return element("div", { className: "vr-field" }, element("label", { htmlFor: made.id, textContent: label }), made, made.list_ ?? null, explained, fault);
}

function help(one) {
  if (one.name === "quote") return `Paste them from the publisher’s text, exactly: at most ${state.keys.longest_quotation} words.`;
  return one.meaning;
}

function control(one) {
  const { name } = one;
  if (name === "proposition") return propositions();
  if (one.values?.length) return choice(name, [...(one.required ? [["", "choose …"]] : one.initial ? [] : [["", "—"]]), ...one.values.map((value) => [value, LABELS[value] ?? stance(value)])], state.values[name]);
  const many = name === "body" || FREE.has(name);
  const made = element(many ? "textarea" : "input", { name, value: state.values[name] ?? "", rows: many ? (name === "body" ? 4 : 2) : undefined, spellcheck: name === "body" });
  const known = knownTo(state.keys, state.kind, name, state.place);
  if (known) {
    const shelf = { quantity: "quantities", person: "people", speaker: "people", source: "sources" }[name];
    const word = new Map((state.keys[shelf] ?? []).map((held) => [held.key, held.word]));
    made.list_ = element("datalist", { id: `vr-a-${name}-known` }, ...known.map((key) => element("option", { value: key, label: word.get(key) ?? "" })));
    made.setAttribute("list", made.list_.id);
    made.autocomplete = "off";
  }
  made.addEventListener("input", () => take(name, made.value));
  return made;
}

const stance = (value) => state.keys.stances.find((one) => one.key === value)?.word ?? value;

function choice(name, options, value) {
  const made = element("select", { name }, ...options.map(([key, word]) => element("option", { value: key, textContent: word, selected: key === value })));
  if (name !== "kind") made.addEventListener("change", () => take(name, made.value));
  return made;
}

function propositions() {
  const taken = new Set(state.keys.reports[report].taken);
  const topics = Map.groupBy ? Map.groupBy(state.keys.propositions, (one) => one.topic) : grouped(state.keys.propositions);
  const made = element("select", { name: "proposition" }, element("option", { value: "", textContent: "choose …" }));
  for (const [topic, held] of topics)
    made.append(element("optgroup", { label: topic }, ...held.map((one) =>
      element("option", { value: one.key, textContent: one.word + (taken.has(one.key) ? " (recorded)" : ""), disabled: taken.has(one.key), selected: state.values.proposition === one.key }))));
  made.addEventListener("change", () => take("proposition", made.value));
  return made;
}

function grouped(list) {
  const found = new Map();
  for (const one of list) found.set(one.topic, [...(found.get(one.topic) ?? []), one]);
  return found;
}

function take(name, value) {
  state.values[name] = value;
  state.seen.add(name);
  status.textContent = "";
  if (name === "quantity" && !state.values.unit) {
    const unit = state.keys.quantities.find((one) => one.key === value)?.unit;
    if (unit) form.querySelector("#vr-a-unit").value = state.values.unit = unit;
  }
  show();
}

// What comes of it

function show() {
  const { schema, keys, kind, values, place } = state;
  const wrong = faults(schema, keys, kind, values, place);
  for (const one of fieldsOf(schema, kind)) {
    const row = form.querySelector(`#vr-a-${one.name}`)?.closest(".vr-field");
    if (row) row.hidden = !applies(one, values);
  }
  for (const node of form.querySelectorAll(".vr-fault")) {
    const name = node.id.slice(5, -6), fault = state.seen.has(name) ? wrong[name] : null;
    node.replaceChildren(...(fault ? [fault.message, " ", element("a", { href: new URL(`about/rules/#${fault.rule}`, base), target: "_blank", textContent: fault.rule })] : []));
    form.querySelector(`#vr-a-${name}`)?.setAttribute("aria-invalid", String(Boolean(fault)));
  }
  const quote = form.querySelector("#vr-a-quote-help");
  if (quote && values.quote) quote.textContent = `${words(values.quote)} of ${keys.longest_quotation} words.`;
  stand();
  const made = { text: compose(schema, keys, kind, { ...values, who: values.who ?? "" }, place), path: pathOf(keys, kind, values, place) };
  file.textContent = made.text;
  path.textContent = made.path;
  const ready = Object.keys(wrong).length === 0, address = ready ? addressOf(keys, made.path, made.text) : null;
  propose.hidden = !keys.repository;
  if (address) propose.href = address; else propose.removeAttribute("href");
  propose.tabIndex = 0;
  propose.setAttribute("role", "link");
  propose.classList.toggle("vr-not-yet", !address);
  Object.assign(state, { made, wrong, ready });
}

function stand() {
  const { kind, values, keys } = state;
  const held = keys.propositions.find((one) => one.key === values.proposition);
  const line = element("p", {}, element("b", { textContent: kind === "position" ? held?.word ?? "…" : kind }), " ");
  if (kind === "position" && values.voice !== "silent" && values.stance) line.append(element("span", { className: "vr-said", textContent: stance(values.stance) }), " ");
  if (kind === "position" && values.voice === "silent") line.append("silent");
  else if (values.quote) line.append(element("q", { textContent: values.quote }), element("span", { className: "vr-unproved", textContent: " not verified" }));
  preview.replaceChildren(line);
  if (kind === "position" && held) preview.append(element("p", { className: "vr-soft", textContent: `Affirms: ${held.affirms} Rejects: ${held.rejects}` }));
}

propose.addEventListener("click", (event) => {
  if (propose.hasAttribute("href")) {
    status.textContent = "The form at the code host is open in another tab: it asks you to sign in, and proposes the file as a pull request.";
    return;
  }
  event.preventDefault();
  if (!refuse()) status.textContent = "The record is too long for an address: copy or download it, and add the file by hand.";
});
propose.addEventListener("keydown", (event) => { if (event.key === "Enter" && !propose.hasAttribute("href")) propose.click(); });

/** Show all that is wrong, go to the first of it, and tell whether there was anything. */
function refuse() {
  if (state.ready) return false;
  Object.keys(state.wrong).forEach((name) => state.seen.add(name));
  show();
  const rows = [...form.querySelectorAll("[aria-invalid=true]")];
  status.textContent = `${rows.length} ${rows.length === 1 ? "field has" : "fields have"} to be mended first.`;
  rows[0]?.focus();
  return true;
}

function button(label, act) {
  const made = element("button", { type: "button", textContent: label });
  made.addEventListener("click", act);
  return made;
}

const copy = button("Copy the file", async () => {
  if (refuse()) return;
  try {
    await navigator.clipboard.writeText(state.made.text);
    status.textContent = `Copied. It belongs into ${state.made.path}.`;
  } catch {
    getSelection().selectAllChildren(file);
    status.textContent = "Your browser does not let a page copy: the text is selected.";
  }
});

const download = button("Download the file", () => {
  if (refuse()) return;
  const link = element("a", { href: URL.createObjectURL(new Blob([state.made.text], { type: "text/markdown" })), download: state.made.path.split("/").pop() });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  status.textContent = `Saved. It belongs into ${state.made.path}.`;
});

// The buttons on the page

function offer(node, name, at, speaker) {
  const made = element("button", { type: "button", className: "vr-annotate", textContent: "Annotate" });
  made.setAttribute("aria-label", `Annotate ${name}`);
  made.setAttribute("aria-haspopup", "dialog");
  made.addEventListener("pointerdown", (event) => event.preventDefault()); // or the selection would be gone
  made.addEventListener("click", () => open({ name, at, speaker, opener: made }));
  node.append(" ", made);
}

if (report) {
  const close = button("×", () => dialog.close());
  close.className = "vr-close";
  close.setAttribute("aria-label", "Close");
  dialog.setAttribute("aria-labelledby", title.id);
  const original = document.querySelector(".vr-original a");
  const way = original ? element("p", { className: "vr-soft" }, element("a", { href: original.href, target: "_blank", rel: "noopener noreferrer", textContent: "The publisher’s text" }), " has the words to quote.") : null;
  const made = element("section", {}, element("h3", { textContent: "As it will stand" }), preview, element("details", {}, element("summary", {}, "The file ", path), file));
  form.append(fields, made, element("div", { className: "vr-buttons" }, propose, copy, download), status);
  dialog.append(...[close, title, way, form].filter(Boolean));
  dialog.addEventListener("close", () => opener?.focus());
  form.addEventListener("submit", (event) => event.preventDefault());
  document.body.append(dialog);
  for (const unit of document.querySelectorAll(".vr-unit[id]"))
    if (unit.querySelector(".vr-text")) offer(unit.querySelector(".vr-text > p:not(.vr-speaker, .vr-full)") ?? unit.querySelector(".vr-text"), `¶ ${unit.id.slice(1).replace("p", ".")}`, unit.id, unit.dataset.speaker);
  for (const note of document.querySelectorAll('.vr-notes li[id^="fn:"]'))
    offer(note.querySelector("p") ?? note, `note ${note.id.slice(3)}`, `n${note.id.slice(3)}`);
}
