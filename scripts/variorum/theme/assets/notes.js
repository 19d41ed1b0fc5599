// A note's text beside its marker: on hover, focus and tap; it can be moved onto, and Escape closes it.
// Without it a marker leads to the note, and the note back.

const WAIT = 120; // milliseconds before a pointer that passes opens, and before one that has left closes
let open = null; // {marker, box}
let timer = 0;

const note = (marker) => document.getElementById(decodeURIComponent(marker.hash.slice(1)));

function close() {
  clearTimeout(timer);
  open?.box.remove();
  open?.marker.removeAttribute("aria-describedby");
  open = null;
}

function preview(marker) {
  if (open?.marker === marker) return;
  close();
  const found = note(marker);
  const home = marker.closest(".vr-text, .vr-head, .vr-soft");
  if (!found || !home) return;
  const box = document.createElement("div");
  box.className = "vr-preview";
  box.id = "vr-preview";
  box.setAttribute("role", "note");
  box.setAttribute("aria-label", marker.getAttribute("aria-label"));
  for (const child of found.children) {
    if (child.matches(".vr-strip")) continue;
    const copy = child.cloneNode(true);
    for (const one of [copy, ...copy.querySelectorAll("[id]")]) one.removeAttribute("id");
    for (const one of copy.querySelectorAll(".footnote-backref, button")) one.remove();
    box.append(copy);
  }
  const end = document.createElement("p");
  end.className = "vr-preview-end";
  const way = document.createElement("a");
  way.href = marker.hash;
  way.textContent = `${marker.getAttribute("aria-label")} below`;
  end.append(way);
  box.append(end);
  box.style.top = `${marker.getBoundingClientRect().bottom - home.getBoundingClientRect().top}px`;
  // Right after the marker, so that Tab leads from the one into the other.
  marker.closest("sup").after(box);
  open = { marker, box };
  marker.setAttribute("aria-describedby", "vr-preview");
}

const later = (act) => { clearTimeout(timer); timer = setTimeout(act, WAIT); };
const inside = (node) => node instanceof Node && open && (open.box.contains(node) || open.marker.contains(node));

for (const marker of document.querySelectorAll("article a.footnote-ref")) {
  let touched = false;
  marker.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && later(() => preview(marker)));
  marker.addEventListener("pointerdown", (event) => { touched = event.pointerType !== "mouse"; });
  marker.addEventListener("focus", () => { if (!touched && marker.matches(":focus-visible")) preview(marker); });
  marker.addEventListener("click", (event) => {
    if (!touched || !note(marker)) { close(); return; }
    event.preventDefault(); // a first tap shows, the link in the preview leads there
    touched = false;
    if (open?.marker === marker) close();
    else preview(marker);
  });
}

document.addEventListener("pointermove", (event) => {
  if (!open || event.pointerType !== "mouse") return;
  if (inside(event.target)) clearTimeout(timer);
  else if (!open.box.contains(document.activeElement) && document.activeElement !== open.marker) {
    if (!open.leaving) { open.leaving = true; later(() => { if (open?.leaving) close(); }); }
    return;
  }
  if (open) open.leaving = false;
});
document.addEventListener("focusin", (event) => { if (open && !inside(event.target)) close(); });
document.addEventListener("pointerdown", (event) => { if (open && !inside(event.target)) close(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !open) return;
  const { marker, box } = open;
  const within = box.contains(document.activeElement);
  close();
  if (within) { marker.focus({ preventScroll: true }); close(); }
});
