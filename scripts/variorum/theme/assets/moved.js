// A page that moved: on to its new address, with the fragment; one that moved too is translated.

const { to, moved } = document.currentScript.dataset;
const old = decodeURIComponent(location.hash.slice(1));
const known = new Map(moved.split(" ").filter(Boolean).map((pair) => pair.split("=")));
location.replace(to + (old ? `#${known.get(old) ?? old}` : ""));
