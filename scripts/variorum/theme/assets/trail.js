// The way back: a jump to another page remembers the line it left, says so on arrival, and finds it again.
// The browser's own history does the going back; this only adds a visible link, and focus on the line.

const HEADS = { matrix: "the matrix", propositions: "the proposition", annotations: "the record", figures: "the figure",
  sources: "the source", people: "the person", compare: "the comparison" };
const article = document.querySelector("article");

function label(link) {
  const name = document.querySelector("[data-short]")?.dataset.short;
  const unit = link.closest(".vr-unit");
  const note = link.closest(".vr-notes li[id]");
  if (name && unit) return `¶ ${unit.querySelector(".vr-num").textContent.trim()} of ${name}`;
  if (name && note) return `n. ${note.id.slice(3)} of ${name}`;
  if (name) return name;
  const folder = location.pathname.split("/").find((part) => part in HEADS);
  return folder ? HEADS[folder] : article.querySelector("h1")?.firstChild?.textContent.trim() ?? "where you were";
}

function left(link) {
  const holder = link.parentElement.closest("[id]");
  return { id: holder?.id ?? "", href: link.getAttribute("href"), y: scrollY };
}

article?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target || link.hasAttribute("download")) return;
  const target = new URL(link.href, location.href);
  if (target.origin !== location.origin || target.pathname === location.pathname) return;
  const place = left(link);
  history.replaceState({ ...history.state, left: place }, "");
  sessionStorage.setItem("vr:trail", JSON.stringify({ to: target.href, href: location.href, label: label(link), left: place }));
});

function find({ id, href, y }) {
  const holder = id ? document.getElementById(id) : article;
  for (let node = holder; node; node = node.parentElement) if (node.localName === "details") node.open = true;
  const link = [...(holder ?? article).querySelectorAll("a[href]")].find((one) => one.getAttribute("href") === href);
  for (let node = link; node; node = node.parentElement) if (node.localName === "details") node.open = true;
  (holder?.matches(".vr-item, .vr-unit") ? holder : link?.closest(".vr-item, .vr-unit"))?.classList.add("vr-now");
  link?.focus({ preventScroll: true });
  scrollTo({ top: y, behavior: "instant" });
}

function chip(from) {
  const box = document.createElement("nav");
  box.className = "vr-trail";
  box.setAttribute("aria-label", "The way back");
  const link = document.createElement("a");
  link.href = from.href;
  link.id = "vr-back";
  link.textContent = `← Back to ${from.label}`;
  link.addEventListener("click", (event) => {
    if (history.state?.from) { event.preventDefault(); history.back(); return; }
    sessionStorage.setItem("vr:return", JSON.stringify(from));
  });
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", "Dismiss");
  close.addEventListener("click", () => box.remove());
  box.append(link, close);
  document.querySelector("main").append(box);
}

function take(name) {
  const held = sessionStorage.getItem(name);
  sessionStorage.removeItem(name);
  return held ? JSON.parse(held) : null;
}

const navigation = performance.getEntriesByType("navigation")[0]?.type;
const trail = take("vr:trail");
const back = take("vr:return");
if (trail && trail.to === location.href && navigation === "navigate") history.replaceState({ ...history.state, from: trail }, "");
if (back && back.href === location.href) find(back.left);
else if (history.state?.left && navigation === "back_forward") find(history.state.left);
if (history.state?.from) chip(history.state.from);
