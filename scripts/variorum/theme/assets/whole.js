// On narrow screens the style sheets leave what is far below unlaid, so that a long page shows at once. From the first
// sign of a reader on, the rest is laid in idle moments, a few parts at a time: afterwards every place stands where it
// will stay. Who only glances at the page pays nothing for what is far below.

const PARTS = ".vr-unit, .vr-notes > ol > li, .vr-matrix tbody tr[id]";
const AT_ONCE = 3;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "focusin"];
const LATEST = 500; // milliseconds that a part waits where a busy device has no idle moment
const idle = (act) => (window.requestIdleCallback ? requestIdleCallback(act, { timeout: LATEST }) : setTimeout(act, 50));
let waiting = null;

function lay(count) {
  waiting ??= [...document.querySelectorAll(PARTS)];
  for (const part of waiting.splice(0, count)) part.style.contentVisibility = "visible";
  if (waiting.length) idle(() => lay(AT_ONCE));
}

function begin() {
  for (const sign of SIGNS) removeEventListener(sign, begin);
  idle(() => lay(AT_ONCE));
}

// Somebody who comes to a place within the page, or back to one, must find it where it was: then all at once.
const [entry] = performance.getEntriesByType("navigation");
const isToPlace = location.hash || scrollY > 0 || entry?.type !== "navigate" || sessionStorage.getItem("vr:return");
if (isToPlace) lay(Infinity);
else for (const sign of SIGNS) addEventListener(sign, begin, { passive: true });
