// The overview of a large matrix has no cells: an address of one leads on to the page that has it.

const fragment = decodeURIComponent(location.hash.slice(1));
const [proposition, report] = fragment.split("--");
const row = report && document.getElementById(proposition);
const columns = row && document.querySelector(`.vr-columns[data-topic="${CSS.escape(row.dataset.topic)}"]`);
for (const link of columns?.querySelectorAll("a") ?? []) {
  if (link.dataset.reports.split(" ").includes(report)) location.replace(`${link.href}#${fragment}`);
}
