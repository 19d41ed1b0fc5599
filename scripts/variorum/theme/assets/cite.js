// Citing: a button at every place that has an address, and a dialog that copies a reference to it.
// Every word that is copied comes from the page's own data (`offers.py`); here marks are filled and nothing is made up.

const data = JSON.parse(document.getElementById("vr-offers")?.textContent ?? "null");
const KEPT = "variorum-style";
const TEX = { "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "&": "\\&", "%": "\\%", $: "\\$", "#": "\\#", _: "\\_",
  "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "\u00a0": "~", "–": "--" };

const fill = (template, values) =>
  Object.entries(values).reduce((text, [mark, value]) => text.replaceAll(`⟦${mark}⟧`, value), template);
const escapeHtml = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
const escapeTex = (text) => text.replace(/[\\{}&%$#_~^\u00a0–]/g, (sign) => TEX[sign]);
const bare = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;
const element = (name, attributes = {}, ...children) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
};

// Places, as `locators.py` names them.

function placeIn(style, at) {
  const words = data.places[style];
  const note = at.startsWith("fn:");
  const section = at.split("p")[0];
  const heading = note ? "" : data.headings[section] ?? "";
  const kind = note ? "note" : at.includes("p") ? "unit" : "section";
  const number = note ? at.slice(3) : at.slice(1).replace("p", ".");
  const text = fill(words[note || heading ? kind : `${kind}-bare`], { heading, number }).replace(/([?!…]),”/g, "$1”");
  return (data.pages?.[at] ? fill(words.page, { page: data.pages[at] }) : "") + text;
}

// A comma behind a place that ends in a quotation mark goes before that.
function fillPlace(template, place) {
  const inside = place.endsWith("”") ? place.slice(0, -1) + (/[?!…]”$/.test(place) ? "" : ",") + "”" : `${place},`;
  return fill(template.replaceAll("⟦place⟧,", inside), { place });
}

const linkTo = (at) => data.things.report.link + (at ? `#${at}` : "");

function reportAt(at) {
  const whole = data.things.report;
  if (!at) return whole;
  const note = `${placeIn("chicago", at)}: ${linkTo(at)}`;
  const texts = {};
  for (const [style, held] of Object.entries(whole.texts))
    texts[style] = { entry: held.entry, text: fillPlace(held.at, escapeHtml(placeIn(style, at))) };
  return { ...whole, texts, link: linkTo(at), bibtex: fill(whole.place.bibtex, { note: escapeTex(note) }),
    ris: fill(whole.place.ris, { note }), csl: { ...whole.csl, note } };
}

function partOf(told, at) {
  const part = data.parts[told.by];
  if (!part?.texts || !Object.keys(part.texts).length) return null;
  const title = fill(told.title, { place: at ? placeIn("chicago", at) : "" });
  const link = told.link ?? linkTo(at);
  const common = { version: data.version, address: link, year: told.date.slice(0, 4) };
  const texts = {};
  for (const [style, held] of Object.entries(part.texts)) {
    const values = { ...common, title, date: data.dates[told.date]?.[style] ?? "" };
    for (const name of Object.keys(values)) values[name] = escapeHtml(values[name]);
    texts[style] = {};
    for (const form of ["entry", "text"]) texts[style][form] = fill(held[form], values).replace(/([?!…])[.,](?=[”<])/g, "$1");
  }
  const [year, month, day] = told.date.split("-");
  const dates = { title: escapeTex(title), key: told.key.replace(/[/#]/g, ":"), day: told.date, month: data.months[month - 1] };
  return { what: told.what, texts, link, bibtex: fill(part.bibtex, { ...common, ...dates }),
    ris: fill(part.ris, { ...common, title, id: told.key, day: `${year}/${month}/${day}/` }),
    csl: { ...part.csl, id: told.key, title, URL: link, version: data.version,
      issued: { "date-parts": [[+year, +month, +day]] } } };
}

// What can be cited at a place: the report itself, the annotation or digest, the edition.

function thingsAt(at, slug) {
  if (data.kind !== "report") return Object.values(data.things);
  const things = [reportAt(at)];
  if (slug) things.push(partOf({ ...data.annotations[slug], key: `${data.key}/${slug}`, what: "this edition’s annotation" }, at));
  else if (/^s\d+p\d+$/.test(at)) things.push(partOf({ ...data.digest, key: `${data.key}:${at}`, what: "this edition’s digest" }, at));
  return [...things, data.things.edition].filter(Boolean);
}

// The dialog

const chosen = { place: null, thing: 0, style: remembered() };
const dialog = element("dialog", { className: "vr-citing" });
const status = element("p", { className: "vr-status", role: "status" });

function remembered() {
  try {
    const kept = localStorage.getItem(KEPT);
    return data && kept in data.styles ? kept : "chicago";
  } catch {
    return "chicago";
  }
}

function choice(name, options, value, onChange) {
  const labels = options.map(([key, word]) => {
    const input = element("input", { type: "radio", name, value: key, checked: String(key) === String(value) });
    input.addEventListener("change", () => onChange(key));
    return element("label", {}, input, ` ${word}`);
  });
  return labels;
}

function copier(label, html, plain = bare(html)) {
  const button = element("button", { type: "button", textContent: label });
  button.addEventListener("click", async () => {
    status.textContent = (await copy(html, plain)) ? `Copied: ${label.toLowerCase()}` : "Your browser does not let a page copy: select the text above.";
  });
  return button;
}

async function copy(html, plain) {
  try {
    const kinds = { "text/plain": new Blob([plain], { type: "text/plain" }) };
    if (html) kinds["text/html"] = new Blob([html], { type: "text/html" });
    await navigator.clipboard.write([new ClipboardItem(kinds)]);
    return true;
  } catch {
    try {
      await navigator.clipboard.writeText(plain);
      return true;
    } catch {
      return false;
    }
  }
}

function show() {
  const { place, style } = chosen;
  const thing = place.things[chosen.thing];
  const { entry, text } = thing.texts[style] ?? { entry: "", text: "" };
  const chicago = style === "chicago";
  const lines = chicago ? [["Note", `${text}.`], ["Bibliography", entry]] : [["In the text", text], ["List of works", entry]];
  const reference = chicago ? `${text}.` : `${text}<br>${entry}`;
  const plain = chicago ? `${bare(text)}.` : `${bare(text)}\n${bare(entry)}`;
  const with_ = (words) => chicago
    ? [`${escapeHtml(words)}<br>${reference}`, `${words}\n${plain}`]
    : [`${escapeHtml(words)} ${text}<br>${entry}`, `${words} ${bare(text)}\n${bare(entry)}`];

  const told = element("dl", { className: "vr-told" });
  for (const [name, html] of lines) {
    const held = element("dd");
    held.innerHTML = html;
    told.append(element("dt", { textContent: name }), held);
  }
  const buttons = [copier("Reference", reference, plain), copier("Link", "", thing.link ?? place.link)];
  const own = thing.what === data.things.report?.what;
  const said = [];
  for (const quote of own ? place.quotes : []) {
    const line = element("li", {}, element("q", { textContent: quote.words }), " ", copier("Quotation and reference", ...with_(`“${quote.words}”`)));
    if (quote.there) line.append(" ", element("a", { href: quote.there, rel: "noopener noreferrer", textContent: "these words at the publisher’s" }));
    said.push(line);
  }
  if (own && place.digest) {
    const line = element("li", {}, element("span", { className: "vr-soft", textContent: "Our digest, no words of the author’s: " }), copier("Paraphrase and reference", ...with_(data.paraphrase + place.digest)));
    said.push(line);
  }
  const formats = [copier("BibTeX", "", thing.bibtex), copier("RIS", "", thing.ris), copier("CSL-JSON", "", JSON.stringify([thing.csl], null, 1))];
  body.replaceChildren(told, element("div", { className: "vr-buttons" }, ...buttons, ...formats));
  if (said.length) body.append(element("ul", { className: "vr-quotable" }, ...said));
  status.textContent = "";
}

const title = element("h2", { id: "vr-citing-title" });
const what = element("fieldset");
const styles = element("fieldset");
const body = element("div");
const hint = element("p", { className: "vr-soft" });

function open(place) {
  chosen.place = place;
  chosen.thing = 0;
  title.textContent = `Cite ${place.name}`;
  what.replaceChildren(element("legend", { textContent: "What" }),
    ...choice("vr-what", place.things.map((thing, index) => [index, thing.what]), 0, (index) => { chosen.thing = index; show(); }));
  styles.replaceChildren(element("legend", { textContent: "Style" }),
    ...choice("vr-style", Object.entries(data.styles), chosen.style, (style) => {
      chosen.style = style;
      try { localStorage.setItem(KEPT, style); } catch { /* not kept, then */ }
      show();
    }));
  hint.textContent = data.hint;
  show();
  dialog.showModal();
}

// The buttons

function button(name, make) {
  const made = element("button", { type: "button", className: "vr-cite", textContent: "Cite" });
  made.setAttribute("aria-label", `Cite ${name}`);
  made.setAttribute("aria-haspopup", "dialog");
  made.addEventListener("click", () => open({ name, ...make() }));
  return made;
}

function onReport() {
  const quotesAt = (at) => data.quotes.filter((quote) => quote.at === at);
  for (const unit of document.querySelectorAll(".vr-unit[id]")) {
    const at = unit.id, number = at.slice(1).replace("p", "."), text = unit.querySelector(".vr-text");
    if (!text) continue;
    const place = () => ({ things: thingsAt(at), quotes: quotesAt(at), digest: data.digests[at], link: linkTo(at) });
    (text.querySelector("p:last-of-type") ?? text).append(" ", button(`¶ ${number}`, place));
  }
  for (const id of Object.keys(data.headings)) {
    const heading = document.getElementById(id);
    heading?.append(" ", button(`§ ${id.slice(1)}`, () => ({ things: thingsAt(id), quotes: [], link: linkTo(id) })));
  }
  for (const note of document.querySelectorAll('li[id^="fn:"]')) {
    const at = note.id, key = `n${at.slice(3)}`;
    const place = () => ({ things: thingsAt(at), quotes: quotesAt(key), link: linkTo(at) });
    (note.querySelector("p") ?? note).append(" ", button(`note ${at.slice(3)}`, place));
  }
  for (const excerpt of document.querySelectorAll(".vr-strip li[id]")) {
    const held = data.excerpts[excerpt.id];
    if (!held) continue;
    const [place, slug] = held, at = place.startsWith("n") ? `fn:${place.slice(1)}` : place;
    const quotes = () => data.quotes.filter((quote) => quote.at === place && quote.id === excerpt.id);
    const name = `this evidence in ${place.startsWith("n") ? `note ${place.slice(1)}` : `¶ ${place.slice(1).replace("p", ".")}`}`;
    const ways = excerpt.querySelector(".vr-ways");
    (ways ?? excerpt).append(ways ? " · " : " ", button(name, () => ({ things: thingsAt(at, slug), quotes: quotes(), link: linkTo(at) })));
  }
}

if (data) {
  const close = element("button", { type: "button", className: "vr-close", textContent: "×" });
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => dialog.close());
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.append(close, title, what, styles, body, status, hint);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  const heading = document.querySelector("article h1");
  const page = { report: "this report", annotation: "this annotation", proposition: "this page" }[data.kind];
  heading?.append(" ", button(page, () => ({ things: thingsAt(""), quotes: data.kind === "report" ? [] : data.quotes ?? [], link: null })));
  if (data.kind === "report") onReport();
}
