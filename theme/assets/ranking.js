// Finds what answers a query and puts it in order. First the names that lead straight to a
// page, then the pages that hold all the words (Pagefind), then the provisions in them.

import { assignmentsOf, PLAN, readFile } from "./data.js";
import { hasPlan, readNames, readPlacesWithoutPlan } from "./names.js";
import { at, once } from "./page.js";
import { understand, unitWord, wordsOf } from "./query.js";
import { spoken } from "./words.js";

// How well an entry answers by its names; its weight is added. The figures were tuned on
// tests/data/queries.tsv and more-queries.tsv; only their order has a meaning.
const SCORES = {
  isName: 200, // asked for by its very name: before all that is found by words
  isNameWithoutPage: 107,
  placeNameHasWords: 130, // two words or more of a place's name, of a page
  documentNumber: 100, // a document's number among other words
  nameHasWords: 70,
  entryHasWords: 45,
  entryHasWordsWithoutPage: 30,
  sameTones: 3, // added: typed with the name's own diacritics
  pageHasWords: 10, // added: Pagefind found all words on the page
};
const MAX_EXTRA_WORDS = 9; // a longer name loses no more than this
const NAME_ANSWERS = 60; // from here on an entry is found by its name
const UNREAD = 0; // a plan that nothing but its provisions can bring into the results
const WEAK = 25; // below this a plan is left out where a name answers

// What a provision adds to its plan's score.
const PROVISION_ANSWERS = 35;
const PROVISION_SCATTERED = 15; // it has the words, but none beside another
const MAX_PROVISION_SCORE = 20;

// The score of a provision: points for what it has.
const POINTS = { word: 4, neighbours: 3, phrase: 3, leads: 5, commitment: 0.5 };
const WORDS_A_POINT = 300; // a longer text comes after a shorter one that is as good

const PLANS_READ = 3; // plans whose provisions are read at once
const PLANS_READ_UNNAMED = 6; // when nothing bears the name
const PLANS_READ_WITHOUT_INDEX = 12; // all of a small site's, where Pagefind does not run
const PAGES_READ = 9; // of what Pagefind finds
const PROVISIONS_SHOWN = 3; // of one plan
const RESULTS_NEARBY = 3; // when nothing answers
const MAX_TERMS_NEARBY = 8; // that are then looked up one by one
const PAGES_A_TERM = 3;
const SEAT_OF_A_NAME = 2; // the third
const PLACE_TYPE = /^(xã|phường|đặc khu|xa|phuong|dac khu) /i;

// Browsers that do not know 'wasm-unsafe-eval' let no WebAssembly run under the site's policy:
// Chrome before 97, iOS before 16. The smallest module tells.
const runsWebAssembly = () => {
  try {
    return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return false;
  }
};

// The index of all pages; null in a browser that cannot run it, or cannot even read its script.
const readPagefind = once(async () => {
  if (!runsWebAssembly()) return null;
  const pagefind = await import(at("pagefind/pagefind.js")).catch((error) => {
    if (error instanceof SyntaxError) return null;
    throw error;
  });
  if (pagefind) await pagefind.options({ baseUrl: "/", noWorker: true });
  return pagefind;
});

export const isNamed = ({ score }) => score >= SCORES.isName;

const byScore = (one, other) => other.score - one.score;

const includesAll = (list, words) => words.every((word) => list.includes(word));

const hasAllWords = (entry, words) => words.every((word) => entry.words.has(word));

// ------------------------------------------------------------------- entries by name

// All words typed are of one name of the entry; the shorter the name, the better.
const scoreOfPart = (entry, words, names) => {
  const isPlace = entry.kind === "plan" || entry.kind === "place";
  const base =
    isPlace && words.length > 1 && hasPlan(entry) ? SCORES.placeNameHasWords : SCORES.nameHasWords;
  const shortest = Math.min(...names.map((name) => name.length));
  return base + entry.weight - Math.min(MAX_EXTRA_WORDS, shortest - words.length);
};

const scoreOfWords = (entry, words) => {
  // A name among other words: «nam sach ho ngheo», «Quyết định 155/QĐ-TTg ngày 20/01/2026».
  const query = ` ${words.join(" ")} `;
  const isAmong = (name) => name.length > 1 && query.includes(` ${name.join(" ")} `);
  const hasFigure = (name) => name.some((word) => /^\d/.test(word));
  const namesAmong = entry.nameWords.filter(isAmong);
  if (entry.kind === "document" && namesAmong.some(hasFigure)) {
    return SCORES.documentNumber + entry.weight;
  }
  const isPlanNamed = entry.kind === "plan" && namesAmong.length > 0;
  if (hasAllWords(entry, words) || isPlanNamed) return SCORES.entryHasWords + entry.weight;
  return 0;
};

// How well a name answers: the very name, best with its own diacritics; all its words; all
// words typed somewhere in the entry. 0: not at all.
const scoreName = (entry, words, raw) => {
  const joined = words.join("");
  if (entry.nameWords.some((name) => name.join("") === joined)) {
    const base = hasPlan(entry) ? SCORES.isName : SCORES.isNameWithoutPage;
    const tones = entry.spokenNames.includes(spoken(raw)) ? SCORES.sameTones : 0;
    return base + entry.weight + tones;
  }
  // The parts of a body's name are those of its unit and of its place, which answer to them.
  return entry.kind === "body" ? 0 : scoreInPart(entry, words);
};

const scoreInPart = (entry, words) => {
  if (!hasPlan(entry) && !includesAll(entry.nameWords[0], words)) {
    return hasAllWords(entry, words) ? SCORES.entryHasWordsWithoutPage : 0;
  }
  const names = entry.nameWords.filter((name) => includesAll(name, words));
  return names.length ? scoreOfPart(entry, words, names) : scoreOfWords(entry, words);
};

// --------------------------------------------------------------- provisions of a plan

// A provision as it answers: how many terms it has, whether all, how well.
const rateProvision = (provision, terms, exact) => {
  const text = `${provision.text} ${provision.meant}`;
  const words = wordsOf(text);
  const line = ` ${words.join(" ")} `;
  const units = [...assignmentsOf(provision).map(({ unit }) => unit), ...provision.recipients];
  const held = new Set([...words, ...units.map(unitWord)]);
  const leads = new Set(provision.lead.map(unitWord));
  const matched = terms.filter((term) => held.has(term)).length;
  const neighbours = terms.filter(
    (term, index) => index && line.includes(` ${terms[index - 1]} ${term} `),
  ).length;
  const namesUnit = terms.some((term) => held.has(term) && !words.includes(term));
  const score =
    POINTS.word * matched +
    POINTS.neighbours * neighbours +
    (spoken(text).includes(exact) ? POINTS.phrase : 0) +
    (terms.some((term) => leads.has(term)) ? POINTS.leads : 0) +
    (provision.kind ? POINTS.commitment : 0) -
    words.length / WORDS_A_POINT;
  return {
    ...provision,
    score,
    matched,
    answers: matched === terms.length,
    scattered: terms.length > 1 && !neighbours && !namesUnit,
  };
};

// The provisions of a plan, those that hold the words best first.
const rateProvisions = async (address, terms, raw) => {
  const exact = spoken(raw);
  const { provisions } = await readFile(at(`${address}muc.json`), PLAN);
  return provisions.map((provision) => rateProvision(provision, terms, exact)).sort(byScore);
};

// ------------------------------------------------------------------------- the look-up

// Entries that answer by name, and those whose page Pagefind finds. By address.
const scoreEntries = (entries, pages, { words, terms, raw }) => {
  const scored = new Map();
  for (const entry of entries) {
    const score = scoreName(entry, words, raw);
    if (score) scored.set(entry.address, { entry, score });
  }
  const byAddress = new Map(entries.map((entry) => [entry.address, entry]));
  for (const page of pages) {
    const entry = byAddress.get(page.url.replace(/^\//, ""));
    if (!entry || !terms.every((term) => page.content.includes(term))) continue;
    const { score } = scored.get(entry.address) || { score: 0 };
    scored.set(entry.address, { entry, score: score + SCORES.pageHasWords });
  }
  return scored;
};

const rank = (scored) => [...scored.values()].sort(byScore);

// Without an index the plans of a small site are read, whatever they are called.
const addPlans = (scored, entries) => {
  const plans = entries.filter(({ kind }) => kind === "plan");
  if (plans.length > PLANS_READ_WITHOUT_INDEX) return;
  for (const entry of plans) {
    if (!scored.has(entry.address)) scored.set(entry.address, { entry, score: UNREAD });
  }
};

const mostToRead = (someNamed, hasIndex) => {
  if (someNamed) return PLANS_READ;
  return hasIndex ? PLANS_READ_UNNAMED : PLANS_READ_WITHOUT_INDEX;
};

// Reads the provisions of the plans that come first, which may bring a plan further up. Asked
// for by name, a plan's own provisions will do; the others' load when they come into view.
const readProvisions = async (plans, most) => {
  const named = plans.filter(isNamed);
  const first = named.length ? named.slice(0, PLANS_READ) : plans.slice(0, most);
  await Promise.all(
    first.map(async (result) => {
      result.provisions = await result.read();
      // Asked for by name, the page itself is the answer; its title once more is none.
      if (isNamed(result)) result.provisions = result.provisions.filter(({ kind }) => kind);
      const [best] = result.provisions;
      if (!best || !best.answers) return;
      result.score += best.scattered ? PROVISION_SCATTERED : PROVISION_ANSWERS;
      result.score += Math.min(MAX_PROVISION_SCORE, best.score);
    }),
  );
};

// What has the words in its name gets one of the first three seats: «cong an» leads to the
// unit's own page, too.
const seatName = (ranked) => {
  const kinds = ["document", "unit", "programme"];
  const position = ranked.findIndex(
    ({ entry, score }) => score >= NAME_ANSWERS && kinds.includes(entry.kind),
  );
  if (position > SEAT_OF_A_NAME) ranked.splice(SEAT_OF_A_NAME, 0, ...ranked.splice(position, 1));
  return ranked;
};

// All localities are a large file: only for what may be a name and is none of those above.
const needsPlaces = (scored, plans, { words, raw }) => {
  if (rank(scored).some(isNamed)) return false;
  const isAnswered = plans.some(({ provisions }) => {
    const [best] = provisions || [];
    return best && best.answers && !best.scattered;
  });
  return !isAnswered || words.length < 3 || PLACE_TYPE.test(raw);
};

const addPlaces = async (scored, { words, raw }) => {
  for (const entry of await readPlacesWithoutPlan()) {
    const score = scoreName(entry, words, raw);
    if (score) scored.set(entry.address, { entry, score });
  }
};

// The words of the pages, without the dots of the excerpt.
const wordsOfPages = (pages) =>
  new Set(
    pages.flatMap(({ content }) => content.split(/\s+/).map((word) => word.replace(/\.$/, ""))),
  );

const findPages = async (pagefind, terms) => {
  if (!pagefind) return [];
  const { results: hits } = await pagefind.search(terms.join(" "));
  return Promise.all(hits.slice(0, PAGES_READ).map((hit) => hit.data()));
};

// {results, terms, missing, hasIndex}: what answers, best first; the words to mark; those that
// stand nowhere; whether all pages were searched, or names and a few plans only. A result: {entry, score}, of a plan also `provisions` or `read` and `readAll`.
export const lookUp = async (typed) => {
  const [{ entries, unitNames }, pagefind] = await Promise.all([readNames(), readPagefind()]);
  const query = understand(typed, unitNames);
  const { words, terms, raw } = query;
  const hasIndex = Boolean(pagefind);
  if (!words.length) return { results: [], terms, missing: [], hasIndex };
  const pages = await findPages(pagefind, terms);
  const scored = scoreEntries(entries, pages, query);
  if (!hasIndex) addPlans(scored, entries);

  const ranked = rank(scored);
  const plans = ranked.filter(({ entry }) => entry.kind === "plan");
  for (const result of plans) {
    result.readAll = once(() => rateProvisions(result.entry.address, terms, raw));
    result.read = once(async () => {
      const provisions = await result.readAll();
      return provisions.filter(({ matched }) => matched).slice(0, PROVISIONS_SHOWN);
    });
  }
  await readProvisions(plans, mostToRead(ranked.some(isNamed), hasIndex));
  if (needsPlaces(scored, plans, query)) await addPlaces(scored, query);

  const best = Math.max(0, ...rank(scored).map(({ score }) => score));
  const results = seatName(rank(scored)).filter(
    ({ score, provisions }) =>
      score > UNREAD && !(provisions && best >= NAME_ANSWERS && score < WEAK),
  );
  const onPages = wordsOfPages(pages);
  const isMissing = (word) =>
    !onPages.has(word) && !results.some(({ entry }) => entry.words.has(word));
  return {
    results,
    terms: [...new Set([...words, ...terms])],
    missing: words.filter(isMissing),
    hasIndex,
  };
};

// ------------------------------------------------------------- when nothing answers

// Edits that make one word of the other, at most `limit` + 1 (Levenshtein).
const editDistance = (one, other, limit) => {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, changed);
    }
    row = next;
  }
  return row[other.length];
};

// Names that differ from what was typed by a letter or two.
const misspelled = (entries, words) => {
  const joined = words.join("");
  const limit = joined.length > 4 ? 2 : 1;
  const distanceTo = (entry) =>
    Math.min(...entry.nameWords.map((name) => editDistance(joined, name.join(""), limit)));
  return entries
    .map((entry) => ({ entry, distance: distanceTo(entry) }))
    .filter(({ distance }) => distance <= limit)
    .sort((one, other) => one.distance - other.distance || other.entry.weight - one.entry.weight);
};

// Names of two words or more that are all among those typed, the longest first.
const namedAmong = (entries, words) => {
  const sizeOf = (entry) =>
    Math.max(...entry.nameWords.map((name) => (includesAll(words, name) ? name.length : 0)));
  return entries
    .map((entry) => ({ entry, size: sizeOf(entry) }))
    .filter(({ size }) => size > 1)
    .sort((one, other) => other.size - one.size || other.entry.weight - one.entry.weight);
};

// Pages with some of the words, those with most first.
const withSomeWords = async (entries, terms, pagefind) => {
  if (!pagefind) return [];
  const byAddress = new Map(entries.map((entry) => [entry.address, entry]));
  const counts = new Map();
  for (const term of terms.slice(0, MAX_TERMS_NEARBY)) {
    const { results } = await pagefind.search(term);
    for (const result of results.slice(0, PAGES_A_TERM)) {
      const page = await result.data();
      const entry = byAddress.get(page.url.replace(/^\//, ""));
      if (entry) counts.set(entry, (counts.get(entry) || 0) + 1);
    }
  }
  return [...counts].sort((one, other) => other[1] - one[1]).map(([entry]) => ({ entry }));
};

// What comes nearest when nothing answers, best first.
export const lookNearby = async (typed) => {
  const [{ entries, unitNames }, places, pagefind] = await Promise.all([
    readNames(),
    readPlacesWithoutPlan(),
    readPagefind(),
  ]);
  const { words, terms } = understand(typed, unitNames);
  const all = [...entries, ...places];
  const near = misspelled(all, words);
  if (near.length) return near.slice(0, RESULTS_NEARBY);
  const among = namedAmong(all, words);
  if (among.length) return among.slice(0, RESULTS_NEARBY);
  return (await withSomeWords(entries, terms, pagefind)).slice(0, RESULTS_NEARBY);
};
