// What contributed text must not hold, told while it is typed: the rules of `variorum check` on text, as far as a page
// knows the edition. Pure functions: no page is touched here.

const CODE = /^(`{3,}|~{3,})[ \t]*[\w+.-]*[ \t]*\n[^]*?^\1[ \t]*$|(?<![\\`])(`+)(?!`)[^\n]*?[^`\n]\2(?!`)/gm;
const HTML = /<(?![A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>|[\w.+-]+@[\w.-]+>)(?:!--|\/?[!?]?[A-Za-z][\w-]*[^<>\n]*>?)/;
const IMAGE = /!\[(?:(?![\^@])|(?=[^[\]]*\][([]))/;
const GROUP = /\[([^[\]]*?(?<![\w.\\])@[A-Za-z0-9][^[\]]*)\](?!\()/g;
const CITATION = /^[^]*?(?<![\w.\\])@([A-Za-z0-9](?:[\w.:+/-]*\w)?)(?:\s*,[^]*)?$/;
const LINK = /\]\(\s*<?([^()\s<>]*)/g;
const QUOTED = /“([^“”]*)”/g;
export const WORD = /[\p{L}\p{N}]+(?:['’‑-][\p{L}\p{N}]+)*/gu;
const LONGEST_PARAGRAPH = 20000;

/** Return the first rule that a text breaks, with what is wrong, or nothing. */
export function text(words, keys, place) {
  const bare = words.replace(CODE, (code) => code.replace(/[^\n]/g, " "));
  if (HTML.test(bare)) return { rule: "raw-html", message: "The text holds no HTML: write it plainly, and a sign like < with a blank behind it." };
  if (IMAGE.test(bare)) return { rule: "remote-image", message: "The text holds no pictures: link to the page instead." };
  if (words.split(/\n\s*\n/).some((one) => one.length > LONGEST_PARAGRAPH)) return { rule: "nesting", message: "This paragraph is too long: divide it with an empty line." };
  return citation(bare, keys) ?? link(bare, keys, place) ?? quotation(words, keys);
}

function citation(bare, keys) {
  for (const [, group] of bare.matchAll(GROUP))
    for (const part of group.split(";")) {
      const key = part.trim().match(CITATION)?.[1];
      if (!key) return { rule: "citation-form", message: `“[${group}]” cannot be read: a citation is [@its-key, p. 12].` };
      if (!keys.sources.some((one) => one.key === key)) return { rule: "unknown-source", message: `The bibliography has no “${key}”. Name the work in words: the editors add it.` };
    }
  return null;
}

function link(bare, keys, place) {
  for (const [, href] of bare.matchAll(LINK)) {
    if (/^(https?:\/\/|mailto:)/i.test(href)) continue;
    if (/^[a-z][a-z0-9+.-]*:|^\/\/|\\/i.test(href)) return { rule: "unsafe-link", message: `“${href}” is not an address that a link may have: https://…` };
    if (!leads(href, keys, place)) return { rule: "dead-link", message: `“${href}” leads nowhere. Another report is ../../reports/its-key.md#s3p2.` };
  }
  return null;
}

function leads(href, keys, place) {
  const at = new URL(href, `https://x.example/annotations/${place.report}/x.md`), path = at.pathname.match(/^\/(\w+)\/(.+)\.md$/);
  if (href.startsWith("/") || href.includes("?") || !path) return at.pathname === "/index.md";
  const [, folder, key] = path, shelf = { propositions: "propositions", people: "people", quantities: "quantities", sources: "sources" }[folder];
  if (folder === "annotations") return keys.reports[key.split("/")[0]]?.taken.includes(key.split("/")[1]) ?? false;
  if (folder !== "reports") return !shelf || keys[shelf].some((one) => one.key === key);
  const report = keys.reports[key], id = decodeURIComponent(at.hash.slice(1));
  return Boolean(report) && (!id || /^s\d+$/.test(id) || report.units.includes(id) || report.notes.includes(id.replace(/^fn:/, "")));
}

function quotation(words, keys) {
  for (const [, quoted] of words.matchAll(QUOTED)) {
    const count = (quoted.match(WORD) ?? []).length;
    if (count > keys.longest_quotation) return { rule: "long-quotation", message: `A quotation of ${count} words between quotation marks: at most ${keys.longest_quotation}.` };
  }
  return null;
}
