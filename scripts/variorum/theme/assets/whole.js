// On narrow screens the style sheets leave what is far below unlaid, so that a long page shows at once. Here the rest is
// laid in idle moments, a few parts at a time, so that afterwards every place stands where it will stay.

const PARTS = ".vr-unit, .vr-notes > ol > li, .vr-matrix tbody tr[id]";
const AT_ONCE = 3;
const idle = window.requestIdleCallback ?? ((act) => setTimeout(act, 50));

const waiting = [...document.querySelectorAll(PARTS)];

function lay(count) {
  for (const part of waiting.splice(0, count)) part.style.contentVisibility = "visible";
  if (waiting.length) idle(() => lay(AT_ONCE));
}

// Somebody who comes to a place within the page, or back to one, must find it where it was: then all at once.
const [entry] = performance.getEntriesByType("navigation");
const isToPlace = location.hash || scrollY > 0 || entry?.type !== "navigate" || sessionStorage.getItem("vr:return");
if (isToPlace) lay(waiting.length);
else idle(() => lay(AT_ONCE));
