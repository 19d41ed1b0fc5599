// A record made from the panel's fields: its fields by the published schema, what is wrong with them, its text, its path,
// and the address of the code host's form for it. Pure functions: no page is touched here.

import { WORD, text as textFault } from "./contributed.js";

const UNASKED = new Set(["kind", "by", "date", "waive", "aliases", "proof", "review", "wording", "ruling", "own", "reported"]);
const MOST_PASSAGES = 4;
// What hides or reorders other characters, as the rule on control characters has it; PDFs are full of it.
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/g;
const PLAIN = /^[\p{L}_][\p{L}\p{N}_ .’“”–…()/-]*$/u;

export const words = (text) => (text.match(WORD) ?? []).length;

/** Return pasted text as a file may hold it: one kind of line end, nothing unseen, no half of a character. */
export const cleaned = (text) => (text.toWellFormed?.() ?? text).replace(/\r\n?/g, "\n").replace(UNSEEN, "");
const inOneLine = (text) => text.replace(/[\t\n ]+/g, " ").trim();

/** Tell whether a position may name yet another passage. */
export const mayHaveMore = (kind, values) => kind === "position" && values.voice !== "silent" && (values.passages ?? 1) < MOST_PASSAGES;

// The schema

export function modelOf(schema, kind) {
  const branch = schema.allOf.find((one) => one.if.properties.kind.const === kind);
  return schema.$defs[branch.then.$ref.split("/").pop()];
}

function resolved(schema, property) {
  const parts = [property, ...(property.anyOf ?? []), ...(property.allOf ?? [])].filter((one) => one.type !== "null");
  const found = parts.map((one) => (one.$ref ? { ...schema.$defs[one.$ref.split("/").pop()], description: undefined } : one));
  const kept = Object.assign({}, ...found.reverse(), { description: property.description });
  kept.number = [kept.type, ...(property.anyOf ?? []).map((one) => one.type)].flat().some((one) => one === "integer" || one === "number") && !kept.pattern && kept.minLength === undefined;
  return kept;
}

/** Return the fields that the panel asks for: name, meaning, allowed values, form, whether it must be given. */
export function fieldsOf(schema, kind, values = {}) {
  if (kind === "position") return positionFields(schema, values.passages ?? 1);
  const model = modelOf(schema, kind);
  const asked = ([name]) => !UNASKED.has(name) && (name !== "status" || kind === "figure"); // a figure's says what it is
  return Object.entries(model.properties).filter(asked).map(([name, property]) => field(schema, model, name, property));
}

function field(schema, model, name, property) {
  const form = resolved(schema, property);
  return { name, meaning: form.description ?? "", values: form.enum ?? [], pattern: form.pattern ?? "", number: form.number,
    required: (model.required ?? []).includes(name), initial: typeof property.default === "string" ? property.default : "" };
}

function positionFields(schema, passages) {
  const { Judgement, ReportedView, Position } = schema.$defs;
  const of = (model, name, more = {}) => ({ ...field(schema, model, name, model.properties[name]), ...more });
  return [
    { name: "proposition", meaning: "The proposition that the report speaks to.", values: [], pattern: "", required: true, initial: "" },
    { name: "voice", meaning: "Whose stance it is: the author’s own, one that the author reports of others, or none at all.", values: ["own", "reported", "silent"], required: true, initial: "own" },
    of(Judgement, "stance", { unless: { voice: "silent" }, required: true }),
    of(ReportedView, "who", { only: { voice: "reported" }, pattern: "", required: true }),
    of(ReportedView, "author", { only: { voice: "reported" } }),
    of(ReportedView, "via", { only: { voice: "reported" }, pattern: "" }),
    of(ReportedView, "note", { only: { voice: "reported" } }),
    of(Judgement, "speaker", { only: { voice: "own" } }),
    { ...of(schema.$defs.Evidence, "quote"), required: true, unless: { voice: "silent" } },
    ...Array.from({ length: passages - 1 }, (_, index) => passageFields(schema, index + 2)).flat(),
    of(Position, "confidence", { unless: { voice: "silent" } }),
  ];
}

/** Return the fields of a further passage: where it is, its words, and which way it pulls. */
function passageFields(schema, number) {
  const { Evidence } = schema.$defs, unless = { voice: "silent" };
  return [
    { ...field(schema, Evidence, "at", Evidence.properties.at), name: `at-${number}`, required: true, unless },
    { ...field(schema, Evidence, "quote", Evidence.properties.quote), name: `quote-${number}`, required: false, unless },
    { name: `side-${number}`, meaning: "Whether it bears your reading out, or speaks against it.", values: ["for", "against"], pattern: "", required: true, initial: "for", only: { voice: "own" } },
  ];
}

/** Tell whether a field applies to the values that the others have. */
export const applies = (one, values) =>
  Object.entries(one.only ?? {}).every(([name, value]) => values[name] === value) &&
  !Object.entries(one.unless ?? {}).some(([name, value]) => values[name] === value);

// What is wrong

/** Return what breaks a rule, by field: `{field: {rule, message}}`. */
export function faults(schema, keys, kind, values, place) {
  const found = {};
  for (const one of fieldsOf(schema, kind, values).filter((each) => applies(each, values))) {
    const value = (values[one.name] ?? "").trim();
    const fault = value ? faultOf(one, value, keys, kind, place) : one.required && { rule: "missing-field", message: "This has to be filled in." };
    if (fault) found[one.name] = fault;
  }
  if (kind === "position" && keys.reports[place.report].taken.includes(values.proposition))
    found.proposition = { message: "This report’s position on it is recorded already.", recorded: true };
  if (kind === "figure" && !values.value && !values.low && !values.high) found.value = { rule: "wrong-value", message: "Give the number, or the lower and upper end of a range." };
  if (kind === "mention" && !values.source && !values.person) found.person = { rule: "wrong-value", message: "Name a person or a work." };
  if (["comment", "reply"].includes(kind) && !(values.body ?? "").trim()) found.body = { rule: "no-body", message: "This record says what it says in its text." };
  if (kind === "position" && values.confidence && values.confidence !== "high" && !(values.body ?? "").trim()) found.body = { rule: "low-confidence", message: "Say in a sentence what the doubt is." };
  for (const name of ["body", ...fieldsOf(schema, kind, values).filter((one) => applies(one, values) && !one.values.length).map((one) => one.name)])
    found[name] ??= textFault(values[name] ?? "", keys, place);
  return Object.fromEntries(Object.entries(found).filter(([, fault]) => fault));
}

function faultOf(one, value, keys, kind, place) {
  if (one.name.startsWith("quote") && words(value) > keys.longest_quotation)
    return { rule: "long-quotation", message: `A quotation of ${words(value)} words: at most ${keys.longest_quotation}.` };
  if (one.values.length && !one.values.includes(value)) return unknown("wrong-value", value, one.values);
  if (one.number && !/^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)) return { rule: "wrong-value", message: "This is a number, with a point for decimals." };
  const people = keys.people.map((each) => each.key);
  const stranger = ["who", "via"].includes(one.name) && listed(value).find((who) => /^[a-z]\S*$/.test(who) && who === who.toLowerCase() && !people.includes(who));
  if (stranger) return { ...unknown("unknown-person", stranger, people), message: `${unknown("", stranger, people).message} A group is told in more than one word: “its clerks”.` };
  const known = knownTo(keys, kind, one.name, place);
  if (known && !known.includes(value)) return unknown(`unknown-${{ to: "place", note: "place", speaker: "person" }[one.name] ?? (one.name.startsWith("at-") ? "place" : one.name)}`, value, known);
  if (!known && one.pattern && !new RegExp(one.pattern, "u").test(value)) return { rule: "wrong-value", message: `“${value}” is not of the form that is wanted here.` };
  return null;
}

/** Return the keys that a field may name, or nothing where it takes free words. */
export function knownTo(keys, kind, name, place) {
  const of = (shelf) => keys[shelf].map((one) => one.key);
  const { units = [], notes = [] } = keys.reports[place.report] ?? {};
  if (name.startsWith("at-")) return [...units, ...notes.map((label) => `n${label}`)];
  if (name === "note") return notes.map((label) => `n${label}`);
  if (name === "proposition") return of("propositions");
  if (name === "quantity") return of("quantities");
  if (name === "person") return of("people");
  if (name === "speaker") return [...of("people"), "editors"];
  if (name === "source") return of("sources");
  if (name === "to" && kind === "reply") return keys.reports[place.report].taken.map((slug) => `${place.report}/${slug}`);
  if (name === "to") return Object.entries(keys.reports).flatMap(([key, one]) => [...one.units, ...one.notes.map((label) => `n${label}`)].map((at) => `${key}#${at}`));
  return null;
}

const listed = (text) => text.split(/[,;]/).map((one) => one.trim()).filter(Boolean);

function unknown(rule, value, known) {
  const near = nearest(value, known);
  return { rule, message: `“${value}” is none of those that there are.${near ? ` Did you mean “${near}”?` : ""}`, near };
}

/** Return the known word with the least edit distance, where that is at most a third of its letters. */
export function nearest(word, known) {
  let best = null, least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const one of known) {
    const far = one.startsWith(word) && word.length > 2 ? 1 : distance(word, one, least);
    if (far < least) [best, least] = [one, far];
  }
  return best;
}

function distance(one, other, most) {
  if (Math.abs(one.length - other.length) >= most) return most;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    row = next;
  }
  return row[other.length];
}

// The file

export function scalar(value) {
  if (typeof value === "number") return String(value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return value;
  if (PLAIN.test(value) && !value.endsWith(" ") && !/^(true|false|null)$/i.test(value)) return value;
  return quoted(value);
}

// JSON's strings are YAML's double-quoted ones, but for what YAML does not allow to stand unescaped.
const quoted = (value) => JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Return a record's text: front matter in the order of its model, then the body. */
export function compose(schema, keys, kind, values, place) {
  const signed = { by: [values.by], date: values.date };
  const lines = kind === "position" ? positionLines(values, place, keys) : flatLines(schema, kind, values);
  const end = Object.entries(signed).map(([name, value]) => `${name}: ${Array.isArray(value) ? `[${value.map(scalar).join(", ")}]` : scalar(value)}`);
  const body = (values.body ?? "").trim();
  return `---\nkind: ${kind}\n${[...lines, ...end].join("\n")}\n---\n${body ? `\n${body}\n` : ""}`;
}

function flatLines(schema, kind, values) {
  const given = fieldsOf(schema, kind, values).filter((one) => inOneLine(values[one.name] ?? "") !== "" && values[one.name] !== one.initial);
  return given.map((one) => {
    const value = inOneLine(values[one.name]);
    return `${one.name}: ${one.name === "quote" ? quoted(value) : one.number ? value : scalar(value)}`;
  });
}

function positionLines(values, place, keys) {
  const wording = keys.propositions.find((one) => one.key === values.proposition)?.wording ?? 1;
  if (values.voice === "silent") return ["own: silent", ...(wording > 1 ? [`wording: ${wording}`] : [])];
  const passages = [{ at: place.at, quote: values.quote, side: "for" }];
  for (let number = 2; number <= (values.passages ?? 1); number++)
    passages.push({ at: values[`at-${number}`], quote: values[`quote-${number}`], side: values.voice === "own" ? values[`side-${number}`] : "for" });
  const lines = [];
  if (values.voice === "reported") {
    const people = (name) => `[${listed(inOneLine(values[name] ?? "")).map(scalar).join(", ")}]`;
    lines.push("own: []", "reported:", `  - who: ${people("who")}`);
    if (listed(values.via ?? "").length) lines.push(`    via: ${people("via")}`);
    lines.push(`    stance: ${values.stance}`);
    if (values.author && values.author !== "neutral") lines.push(`    author: ${values.author}`);
    const note = values.note || (place.at.startsWith("n") ? place.at : "");
    if (note) lines.push(`    note: ${note}`);
  } else {
    lines.push("own:", `  - stance: ${values.stance}`);
    if (values.speaker) lines.push(`    speaker: ${values.speaker}`);
  }
  lines.push(...evidence("evidence", passages.filter((one) => one.side !== "against")));
  lines.push(...evidence("against", passages.filter((one) => one.side === "against")));
  return [...lines, `confidence: ${values.confidence || "high"}`, `wording: ${wording}`];
}

/** Return a list of passages as lines: one alone on its line, several below one another. */
function evidence(name, passages) {
  const told = passages.map(({ at, quote }) => `{at: ${at}${inOneLine(quote ?? "") ? `, quote: ${quoted(inOneLine(quote))}` : ""}}`);
  return told.length > 1 ? [`    ${name}:`, ...told.map((one) => `      - ${one}`)] : told.map((one) => `    ${name}: [${one}]`);
}

/** Return the record's path: a position bears its proposition's key, others what they are about, with a number where taken. */
export function pathOf(keys, kind, values, place) {
  if (kind === "position") return `docs/annotations/${place.report}/${values.proposition || "…"}.md`;
  const about = {
    figure: [values.quantity, values.period], mention: [kind, values.source || values.person],
    relation: [kind, place.at, values.to], reply: [kind, (values.to ?? "").split("/")[1]],
  }[kind] ?? [kind, place.at];
  const name = about.filter(Boolean).join("-").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const taken = new Set([...keys.reports[place.report].taken, ...keys.propositions.map((one) => one.key)]);
  let slug = name;
  for (let number = 2; taken.has(slug); number++) slug = `${name}-${number}`;
  return `docs/annotations/${place.report}/${slug}.md`;
}

/** Return the address of the code host's form for a new file, or nothing where it has none or the file is too long for it. */
export function addressOf(keys, path, text) {
  const cut = path.lastIndexOf("/");
  const address = filled(keys, keys.propose, { folder: path.slice(0, cut), path, file: path.slice(cut + 1), text });
  return address && encodeURIComponent(address).length <= keys.longest_address ? address : null;
}

/** Return the address of the code host's form for a file that there is, or nothing where it has none. */
export const editAddressOf = (keys, path) => filled(keys, keys.edit, { path });

function filled(keys, form, marks) {
  if (!keys.repository) return null;
  const escaped = (name) => (name === "text" ? encodeURIComponent(marks[name]) : encodeURI(marks[name]));
  return form.replace(/\{(\w+)\}/g, (mark, name) => (name === "repository" ? keys.repository.replace(/\/$/, "") : name in marks ? escaped(name) : mark));
}
