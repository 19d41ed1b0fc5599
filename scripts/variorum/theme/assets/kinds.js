// Shows the annotations of the chosen kinds, or none; the choice is kept for the next report.

const form = document.getElementById("vr-kinds");
const all = document.getElementById("vr-kinds-all");
const boxes = form ? [...form.querySelectorAll("input")] : [];

function show() {
  const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  for (const item of document.querySelectorAll(".vr-item")) item.hidden = !chosen.has(item.dataset.kind);
  for (const rest of document.querySelectorAll(".vr-rest")) {
    const count = rest.querySelectorAll(".vr-item:not([hidden])").length;
    rest.hidden = !count;
    rest.querySelector("summary").textContent = `${count} more`;
  }
  for (const strip of document.querySelectorAll(".vr-strip")) strip.hidden = !strip.querySelector(".vr-item:not([hidden])");
  all.textContent = chosen.size ? "Hide all" : "Show all";
  all.setAttribute("aria-pressed", String(!chosen.size));
}

function keep() {
  const hidden = boxes.filter((box) => !box.checked).map((box) => box.value);
  if (hidden.length) localStorage.setItem("vr:kinds", hidden.join(" "));
  else localStorage.removeItem("vr:kinds");
  show();
}

// Somebody who is sent to an annotation of a hidden kind sees it.
function reveal() {
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const kind = target?.closest(".vr-item")?.dataset.kind;
  const box = boxes.find((one) => one.value === kind);
  if (box && !box.checked) { box.checked = true; show(); target.scrollIntoView(); }
}

if (form) {
  const hidden = (localStorage.getItem("vr:kinds") ?? "").split(" ");
  for (const box of boxes) box.checked = !hidden.includes(box.value);
  if (boxes.some((box) => !box.checked)) show();
  form.addEventListener("change", keep);
  all.addEventListener("click", () => {
    const none = boxes.every((box) => !box.checked);
    for (const box of boxes) box.checked = none;
    keep();
  });
  form.hidden = false;
  addEventListener("hashchange", reveal);
  reveal();
}
