// Marks on the bar along the report which paragraphs are in view.

const links = new Map([...document.querySelectorAll(".vr-rail a")].map((link) => [link.hash.slice(1), link]));
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const link = links.get(entry.target.id);
    if (entry.isIntersecting) link?.setAttribute("aria-current", "true");
    else link?.removeAttribute("aria-current");
  }
}, { rootMargin: "-60px 0px 0px" });
for (const unit of document.querySelectorAll(".vr-unit")) seen.observe(unit);
