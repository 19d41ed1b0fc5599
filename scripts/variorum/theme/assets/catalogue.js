// The catalogue behind the search panel. That of a small edition is one index. That of a large one stands in drawers, each
// an index of its own; the index at the top is then their guide, which says in which drawers the words are.

const EVERY = "zzcard"; // stands on every card (catalogue.py); with “zz”, so that no reader types it
const SETTINGS = {
  excerptLength: 28,
  noWorker: true, // no index is so large that asking it would be felt
  ranking: { metaWeights: { quiet: 0.01, place: 0.01 } }, // the headings of silent records, and addresses
};
const MOST_HELD = 4;
const SIDE_BY_SIDE = 2;

// How many drawers one question fetches before the reader is asked: each costs some 30 KB, and 20 for each word.
const within = (words) => Math.max(1, Math.floor((2 * MOST_HELD) / (words.split(/\s+/).length + 1)));

// Opens the catalogue at an address. `facets` holds each facet's values, `counts` how many cards bear each, where nothing
// is in drawers. `ask` yields hits, best first, how many drawers are left, and the counts that go with the question: all
// at once, or drawer by drawer as long as somebody goes on; after each stretch that one question may fetch, `pause` is true.
export async function open(root) {
  const pagefind = await import(new URL("pagefind.js", root).href);
  let engine;
  let held = new Set(); // the drawers that the engine has: it asks all of them whatever the question, so they stay few
  let old = [];
  const renew = () => {
    if (engine) old.push(engine); // its hits may still be shown
    engine = pagefind.createInstance(SETTINGS);
    held = new Set();
  };
  renew();
  const { drawer: guide, ...facets } = await engine.filters();

  async function pull(names) {
    if (new Set([...held, ...names]).size > MOST_HELD) renew();
    const pulled = engine;
    const missing = names.filter((name) => !held.has(name));
    for (const name of missing) held.add(name);
    const options = (name) => ({ excerptLength: SETTINGS.excerptLength, mergeFilter: { drawer: name } });
    await Promise.all(missing.map((name) => pulled.mergeIndex(new URL(`drawer/${name}/`, root).href, options(name))));
    return pulled;
  }

  // What each facet that is chosen would leave if another of its values were.
  async function instead(term, narrowed) {
    const counts = {};
    for (const name of Object.keys(narrowed)) {
      const others = { ...narrowed };
      delete others[name];
      counts[name] = (await engine.search(term, { filters: others })).filters[name];
    }
    return counts;
  }

  async function* ask(words, narrowed) {
    for (const one of old.splice(0)) one.destroy();
    const term = words || EVERY;
    if (!guide) {
      const { results, filters } = await engine.search(term, { filters: narrowed });
      yield { hits: results, left: 0, counts: { ...filters, ...(await instead(term, narrowed)) } };
      return;
    }
    const likely = await engine.search(term.replaceAll('"', " "), { filters: { ...narrowed, drawer: "guide" } });
    const names = likely.results.map((entry) => entry.id);
    let own = ["here"]; // the cards that stand in the guide come with the first drawers
    let looked = 0;
    do {
      const next = names.splice(0, Math.min(SIDE_BY_SIDE, within(term)));
      looked += next.length;
      const filters = { ...narrowed, drawer: { any: [...own, ...next] } };
      const { results } = await (await pull(next)).search(term, { filters });
      own = [];
      yield { hits: results, left: names.length, pause: looked % within(term) === 0 };
    } while (names.length);
  }

  return { facets, counts: guide ? undefined : facets, ask };
}
