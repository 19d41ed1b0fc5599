// Print what html-metadata, the extractor behind Wikimedia's Citoid, finds in pages, as JSON by file.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");

const [modules, ...pages] = process.argv.slice(2);
const { loadFromString } = createRequire(`${modules}/`)("html-metadata");

Promise.all(pages.map(async (page) => [page, await loadFromString(readFileSync(page, "utf-8"))])).then((found) =>
  console.log(JSON.stringify(Object.fromEntries(found))),
);
