// Single keys for reading and comparing, the panel that lists them, and the switch that turns them off.

const STEPS = { ".vr-unit": "paragraph", ".vr-matrix tbody tr[id]": "proposition", ".vr-author": "author" };
const step = Object.keys(STEPS).find((selector) => document.querySelector(selector));
const reading = document.querySelector(".vr-unit") !== null;
const HELP = [
  ...(step ? [["j", `next ${STEPS[step]}`], ["k", `previous ${STEPS[step]}`]] : []),
  ...(reading ? [["J", "next annotation"], ["K", "previous annotation"], ["c", "next passage on which the reports disagree"], ["C", "previous one"], ["o", "the others on this, numbered"], ["1 – 9", "go to that one’s paragraph"]] : []),
  ["b", "back to where you came from"],
  ["/", "search"],
  ["?", "this panel"],
];

const on = () => localStorage.getItem("vr:keys") !== "off";
const shown = (node) => node.getClientRects().length > 0;
const steps = (selector) => [...document.querySelectorAll(selector)];

function now(selector) {
  const marked = document.querySelector(`:is(${selector}).vr-now`);
  if (marked) {
    const box = marked.getBoundingClientRect();
    if (box.bottom > 0 && box.top < innerHeight) return marked;
  }
  return null;
}

function go(node) {
  for (const one of document.querySelectorAll(".vr-now")) one.classList.remove("vr-now");
  for (let up = node.parentElement; up; up = up.parentElement) if (up.localName === "details") up.open = true;
  node.classList.add("vr-now");
  node.tabIndex = -1;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "start", behavior: "instant" });
  if (node.id) point(node.id);
}

// The address names it, and so does :target; what the history's entry remembers stays with it.
function point(id) {
  const { state } = history;
  location.replace(`#${id}`);
  history.replaceState(state, "");
}

// From the marked one, or else from the first that begins below the bar.
function move(selector, by) {
  const list = steps(selector).filter((one) => shown(one) || one.closest("details:not([open])"));
  const from = now(selector);
  let index = from ? list.indexOf(from) + by : -1;
  if (!from) {
    const line = 60;
    const below = list.findIndex((one) => shown(one) && one.getBoundingClientRect().top > line);
    index = below < 0 ? (by > 0 ? -1 : list.length - 1) : by > 0 ? below : below - 1;
  }
  if (list[index]) go(list[index]);
}

// The others on the annotation in hand, or on the first that the paragraph in hand has.
function others() {
  const item = now(".vr-item");
  const unit = now(".vr-unit") ?? item?.closest(".vr-unit") ?? steps(".vr-unit").find((one) => one.getBoundingClientRect().bottom > 80);
  const box = item?.querySelector(".vr-others") ?? (item ?? unit)?.closest(".vr-unit")?.querySelector(".vr-others");
  if (!box) return;
  for (let up = box.parentElement; up; up = up.parentElement) if (up.localName === "details") up.open = true;
  const armed = document.querySelector(".vr-armed");
  armed?.classList.remove("vr-armed");
  if (armed === box && box.open) { box.open = false; return; }
  box.open = true;
  box.classList.add("vr-armed");
  let number = 0;
  for (const line of box.querySelectorAll("li")) if (line.querySelector(".vr-jump")) line.dataset.key = ++number;
  box.querySelector("summary").focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
}

function jump(number) {
  document.querySelector(`.vr-armed li[data-key="${number}"] .vr-jump`)?.click();
}

function back() {
  const link = document.getElementById("vr-back");
  if (link) link.click();
  else history.back();
}

function panel() {
  const dialog = document.createElement("dialog");
  dialog.className = "vr-panel";
  dialog.setAttribute("aria-labelledby", "vr-keys-title");
  const lines = HELP.map(([key, what]) => `<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`).join("");
  dialog.innerHTML = `<button type="button" class="vr-close">Close</button><h2 id="vr-keys-title">Keys</h2><dl>${lines}</dl>
    <label><input type="checkbox" id="vr-keys-on"> Single keys are on</label>`;
  dialog.querySelector(".vr-close").addEventListener("click", () => dialog.close());
  const box = dialog.querySelector("input");
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem("vr:keys");
    else localStorage.setItem("vr:keys", "off");
    hint();
  });
  document.body.append(dialog);
  return dialog;
}

let help;
function showHelp() {
  help ??= panel();
  help.querySelector("input").checked = on();
  help.showModal();
}

const ACTS = {
  j: () => step && move(step, 1),
  k: () => step && move(step, -1),
  J: () => move(".vr-item", 1),
  K: () => move(".vr-item", -1),
  c: () => move(".vr-unit[data-contested]", 1),
  C: () => move(".vr-unit[data-contested]", -1),
  o: others,
  b: back,
  "?": showHelp,
  "/": () => document.getElementById("vr-search-open")?.click(),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !on()) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog")) return;
  const act = /^[1-9]$/.test(event.key) ? () => jump(event.key) : ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// A link into something folded up opens it; newer browsers do so themselves.
function unfold() {
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  let closed = false;
  for (let up = target && target.parentElement; up; up = up.parentElement) {
    if (up.localName === "details" && !up.open) { up.open = true; closed = true; }
  }
  if (closed) target.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

// What the pages themselves say of keys is true only while these are on.
function hint() {
  for (const words of document.querySelectorAll(".vr-by-key")) words.hidden = !on();
}
hint();

const opener = document.getElementById("vr-keys-open");
opener.addEventListener("click", showHelp);
opener.hidden = false;
