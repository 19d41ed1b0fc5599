// Annotating: a button at every paragraph and note, and a panel that makes a record of it and hands it to the code host.

let addressOf, applies, cleaned, compose, editAddressOf, faults, fieldsOf, knownTo, mayHaveMore, pathOf, words; // of record.js, once asked for

const KINDS = { position: "a position on a proposition", figure: "a figure that the report gives", comment: "a comment", erratum: "a slip in the report",
  query: "a doubt about a passage", relation: "a relation to a passage of another report", mention: "a person or work that is named", reply: "a reply, as an author of the report" };
const LABELS = { own: "the author’s own", reported: "reported of others", silent: "none: the report does not speak to it",
  for: "bears the reading out", against: "pulls the other way" };
const NAMES = { quote: "Quotation", voice: "Whose stance", who: "Who holds it", author: "What the author does with it", how: "In what way", to: "To what", via: "Through whom", note: "The note that documents it",
  type: "What the first does with the second", because: "Because", reads: "It says", should_read: "It should say", printed: "The name as printed", attributed_to: "Attributed to", low: "From", high: "To", bound: "Taken as", status: "What the number is", basis: "Whose data" };
const HELP = { proposition: "What is put to every report; choose the one that the passage speaks to.",
  speaker: "Who says it, where the report’s authors speak each for themselves; editors for unsigned text.",
  who: "A person from the list, or a group in your words; a comma between two.", via: "From whom the author has it, where the report says so.",
  confidence: "How sure you are. Where that is not “high”, say why in your reading below.", quantity: "What is measured; choose from the list.",
  source: "The work, from the list.", person: "The person, from the list.", because: "Your ground. A work of the bibliography is cited as [@its-key, p. 12]." };
const FREE = new Set(["because", "reads", "should_read", "quote"]);
const report = location.pathname.match(/reports\/([a-z0-9-]+)/)?.[1];
const ORDINALS = ["", "", "second", "third", "fourth"];
const base = new URL(`${JSON.parse(document.getElementById("__config").textContent).base}/`, location.href);

const element = (name, attributes = {}, ...children) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children.filter((child) => child !== null));
  return made;
};
const state = { keys: null, schema: null, place: null, kind: null, values: {}, seen: new Set() };
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
const correct = element("p", { className: "vr-soft" });
const sending = element("p", { className: "vr-soft" });
const propose = element("a", { className: "vr-propose", role: "link", target: "_blank", rel: "noopener", textContent: "Propose" });

async function load() {
  if (state.keys) return;
  const held = ["data/keys.json", "data/schemas/annotation.schema.json"].map(async (name) => (await fetch(new URL(name, base))).json());
  const [keys, schema, record] = await Promise.all([...held, import("./record.js")]);
  ({ addressOf, applies, cleaned, compose, editAddressOf, faults, fieldsOf, knownTo, mayHaveMore, pathOf, words } = record);
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
  state.kind ??= state.keys.propositions.every((one) => state.keys.reports[report].taken.includes(one.key)) ? "comment" : "position";
  title.textContent = `Annotate ${place.name} of ${state.keys.reports[report].name}`;
  mend(place);
  const byHand = "Copy or download the file, and send it to the editors.";
  sending.textContent = state.keys.repository ? `“Propose” opens ${host()} in another tab: the edition’s files are kept there, and yours is filled in. No account there? ${byHand}` : byHand;
  ask();
  dialog.showModal();
  form.querySelector("select").focus();
}

/** Say where the digest itself can be mended: in the report's file, which the code host opens to be edited. */
function mend(place) {
  const file = `docs/reports/${report}.md`, address = editAddressOf(state.keys, file);
  const mark = place.at.startsWith("n") ? `[^${place.at.slice(1)}]:` : `#${place.at}`;
  const way = address ? away(address, `Correct it at ${host()}`) : `Correct it in ${file}`;
  correct.replaceChildren("Is our own text here wrong? ", way, ": look for ", element("code", { textContent: mark }), " in the file.");
}

const away = (href, textContent) => element("a", { href, target: "_blank", rel: "noopener", textContent });

const host = () => {
  const name = new URL(state.keys.repository).hostname;
  return name === "github.com" ? "GitHub" : name;
};

// The fields

function ask() {
  const asked = fieldsOf(state.schema, state.kind, state.values).filter((one) => !["at", "from"].includes(one.name))
    .filter((one) => one.name !== "speaker" || document.querySelector("[data-speaker]"));
  for (const one of asked) state.values[one.name] ??= one.initial ?? "";
  const kind = labelled("kind", "What do you add?", choice("kind", Object.entries(KINDS), state.kind), "");
  kind.querySelector("select").addEventListener("change", (event) => {
    state.kind = event.target.value;
    state.seen.clear();
    ask();
    form.querySelector("select").focus();
  });
  const last = [
    labelled("body", state.kind === "comment" || state.kind === "reply" ? "The text" : "Your reading, in your words", control({ name: "body" }), "Plain text will do; *stars* make italics, and [@its-key, p. 12] cites a work of the bibliography."),
    labelled("by", "Signed by", choice("by", state.keys.editors.map((one) => [one.key, one.word]), state.values.by), "New here? Sign as a guest, and say who you are when you send it."),
  ];
  const rows = asked.map((one) => labelled(one.name, nameOf(one.name), control(one), help(one)));
  if (state.kind === "position") rows.splice(asked.findLastIndex((one) => /^(quote|side)/.test(one.name)) + 1, 0, passages());
  fields.replaceChildren(kind, ...rows, ...last);
  show();
}

function nameOf(name) {
  const [bare, number] = name.split("-");
  if (number) return `${{ at: "Where it is", quote: "Quotation", side: "What it does" }[bare]} (${ORDINALS[number]} passage)`;
  return NAMES[name] ?? name[0].toUpperCase() + name.slice(1);
}

/** Offer a further passage for the position, and to take the last one back. */
function passages() {
  const { values } = state, number = values.passages ?? 1;
  const more = button("Add another passage", () => {
    Object.assign(values, { passages: number + 1, [`at-${number + 1}`]: state.place.at, [`quote-${number + 1}`]: "", [`side-${number + 1}`]: "for" });
    ask();
    form.querySelector(`#vr-a-at-${number + 1}`).focus();
  });
  const fewer = button("Take the last one back", () => {
    values.passages = number - 1;
    ask();
    form.querySelector(".vr-more button").focus();
  });
  fewer.hidden = number === 1;
  return element("div", { className: "vr-field vr-more" }, more, fewer);
}

function labelled(name, label, made, meaning) {
  made.id = `vr-a-${name}`;
  made.setAttribute("aria-describedby", `${made.id}-help ${made.id}-fault`);
  const explained = element("p", { id: `${made.id}-help`, className: "vr-soft", textContent: meaning.replaceAll("`", "") });
  const fault = element("p", { id: `${made.id}-fault`, className: "vr-fault" });
  return element("div", { className: "vr-field" }, element("label", { htmlFor: made.id, textContent: label }), made, made.list_ ?? null, explained, fault);
}

function help(one) {
  if (one.name === "quote") return `The words it rests on. Paste them from the publisher’s text, exactly: at most ${state.keys.longest_quotation} words.`;
  if (one.name.startsWith("quote-")) return "May be left empty where naming the place is enough.";
  if (one.name.startsWith("at-")) return "A paragraph as s3p2, or a note as n12.";
  return HELP[one.name] ?? one.meaning;
}

function control(one) {
  const { name } = one;
  if (name === "proposition") return propositions();
  if (one.values?.length) return choice(name, [...(one.required ? [["", "choose …"]] : one.initial ? [] : [["", "—"]]), ...one.values.map((value) => [value, LABELS[value] ?? stance(value)])], state.values[name]);
  const many = name === "body" || FREE.has(name.split("-")[0]);
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
      element("option", { value: one.key, textContent: one.word + (taken.has(one.key) ? " (recorded)" : ""), selected: state.values.proposition === one.key }))));
  made.addEventListener("change", () => take("proposition", made.value));
  return made;
}

function grouped(list) {
  const found = new Map();
  for (const one of list) found.set(one.topic, [...(found.get(one.topic) ?? []), one]);
  return found;
}

function take(name, value) {
  state.values[name] = cleaned(value);
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
  for (const one of fieldsOf(schema, kind, values)) {
    const row = form.querySelector(`#vr-a-${one.name}`)?.closest(".vr-field");
    if (row) row.hidden = !applies(one, values);
  }
  for (const node of form.querySelectorAll(".vr-fault")) {
    const name = node.id.slice(5, -6), fault = state.seen.has(name) ? wrong[name] : null;
    node.replaceChildren(...(fault ? [fault.message, " ", ...(fault.recorded ? recorded() : [away(new URL(`about/rules/#${fault.rule}`, base), fault.rule)])] : []));
    form.querySelector(`#vr-a-${name}`)?.setAttribute("aria-invalid", String(Boolean(fault)));
  }
  for (const help of form.querySelectorAll("[id^='vr-a-quote'][id$='-help']")) {
    const quoted = values[help.id.slice(5, -5)];
    if (quoted) help.textContent = `${words(quoted)} of ${keys.longest_quotation} words.`;
  }
  const more = form.querySelector(".vr-more");
  if (more) [more.hidden, more.firstChild.hidden] = [values.voice === "silent", !mayHaveMore(kind, values)];
  stand();
  const made = { text: compose(schema, keys, kind, values, place), path: pathOf(keys, kind, values, place) };
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

/** Lead to a position that there is already: to read it, and to change it where it stands. */
function recorded() {
  const slug = state.values.proposition, address = editAddressOf(state.keys, `docs/annotations/${report}/${slug}.md`);
  return [away(new URL(`annotations/${report}/${slug}/`, base), "Read it"), ...(address ? [", or ", away(address, `change it at ${host()}`)] : []), "."];
}

function stand() {
  const { kind, values, keys } = state;
  const held = keys.propositions.find((one) => one.key === values.proposition);
  const line = element("p", {}, element("b", { textContent: kind === "position" ? held?.word ?? "…" : kind }), " ");
  if (kind === "position" && values.voice !== "silent" && values.stance) line.append(element("span", { className: "vr-said", textContent: stance(values.stance) }), " ");
  const quoted = [values.quote, ...Array.from({ length: (values.passages ?? 1) - 1 }, (_, index) => values[`quote-${index + 2}`])].filter((one) => one?.trim());
  if (kind === "position" && values.voice === "silent") line.append("silent");
  else line.append(...quoted.flatMap((one) => [element("q", { textContent: one }), element("span", { className: "vr-unproved", textContent: " not verified" }), " "]));
  preview.replaceChildren(line);
  if (values.body?.trim()) preview.append(element("p", { textContent: values.body.trim() }));
  if (kind === "position" && held) preview.append(element("p", { className: "vr-soft", textContent: `Affirms: ${held.affirms} Rejects: ${held.rejects}` }));
}

propose.addEventListener("click", (event) => {
  if (propose.hasAttribute("href")) {
    status.textContent = `${host()} is open in another tab, with your annotation in it. Sign in there (an account is free), save the file with the green button, and say yes to the “pull request”: that is how it reaches the editors.`;
    return;
  }
  event.preventDefault();
  if (refuse()) return;
  const empty = away(addressOf(state.keys, state.made.path, ""), `open the empty form at ${host()}`);
  status.replaceChildren("The text is too long for an address. Copy the file, then ", empty, " and paste it there; or download it and send it to the editors.");
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
  const cite = node.lastElementChild;
  if (!cite?.matches("button.vr-cite")) return node.append(" ", made);
  const both = element("span", { className: "vr-both" }); // neither falls onto a line alone
  cite.replaceWith(both);
  both.append(cite, " ", made);
}

if (report) {
  const close = button("×", () => dialog.close());
  close.className = "vr-close";
  close.setAttribute("aria-label", "Close");
  dialog.setAttribute("aria-labelledby", title.id);
  const original = document.querySelector(".vr-original a");
  const way = original ? element("p", { className: "vr-soft" }, element("a", { href: original.href, target: "_blank", rel: "noopener noreferrer", textContent: "The publisher" }), " has the words to quote.") : null;
  const made = element("section", {}, element("h3", { textContent: "As it will stand" }), preview, element("details", {}, element("summary", {}, "The file ", path), file));
  form.append(fields, made, element("div", { className: "vr-buttons" }, propose, copy, download, button("Close", () => dialog.close())), sending, status);
  dialog.append(...[close, title, way, correct, form].filter(Boolean));
  dialog.addEventListener("close", () => opener?.focus());
  form.addEventListener("submit", (event) => event.preventDefault());
  document.body.append(dialog);
  for (const unit of document.querySelectorAll(".vr-unit[id]"))
    if (unit.querySelector(".vr-text")) offer(unit.querySelector(".vr-text > p:not(.vr-speaker, .vr-full)") ?? unit.querySelector(".vr-text"), `¶ ${unit.id.slice(1).replace("p", ".")}`, unit.id, unit.dataset.speaker);
  for (const note of document.querySelectorAll('.vr-notes li[id^="fn:"]'))
    offer(note.querySelector("p") ?? note, `note ${note.id.slice(3)}`, `n${note.id.slice(3)}`);
}
