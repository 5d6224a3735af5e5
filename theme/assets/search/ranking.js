// Finds what answers a query and puts it in order: the names that lead straight to a page, and
// the plans whose provisions hold what is looked up.

import { once } from "../page.js";
import { openIndex, openTerms } from "./index.js";
import { ALL_PAIRS, ALL_WORDS, findSources, isPairKnown, MOST_WORDS } from "./match.js";
import { NAME_ANSWERS, SCORES, scoreName } from "./name-match.js";
import { readNames, readPlacesWithoutPlan } from "./names.js";
import { asTyped } from "./query.js";
import { tokensOf, understand, widen } from "./understand.js";

// What a plan gains by its provisions.
const LEVEL_SCORES = { [ALL_PAIRS]: 60, [ALL_WORDS]: 30, [MOST_WORDS]: 15 };
const DOCUMENT_SCORE = 12;
const MAX_PROVISION_SCORE = 20;

const POINTS_OF_PLACE = 6; // of a plan of the very place that is named
const POINTS_OF_ANOTHER = 0.5; // of each further provision of a plan that answers
const MAX_OTHERS = 3;

const MAX_OTHER_TYPE = 106; // less than the place of that very name and type
const MAX_BESIDE_A_PLACE = 100; // less than a plan of the place that answers
const PLANS_READ = 3; // plans whose provisions are read at once
const MAX_REQUESTS = 6; // of one search of a large site
const MIN_WITHOUT_LIGHT = 2; // words that have to be left where they are typed without marks
const SEAT_OF_A_NAME = 2; // the third
const MAX_WORDS_OF_PLACE = 7; // with its province's name
const TYPE_NAMES =
  "dac khu|huyen dao|dao|thi tran|thi xa|thanh pho|huyen|quan|phuong|xa|tinh".split("|");
const TYPES = new RegExp(`^(${TYPE_NAMES.join("|")}) (?=\\S+ )`);
const PLACE_TYPE = /^(xã|phường|đặc khu|xa|phuong|dac khu) /i;

export const isNamed = ({ score }) => score >= SCORES.isName;

const byScore = (one, other) => other.score - one.score;

// --------------------------------------------------------------- provisions of a plan

// The provisions of plans are read only once something was found.
export const readProvisions = once(() => import("./provisions.js"));
export const readAll = async (result) => (await readProvisions()).readAll(result);
export const readBest = async (result) => (await readProvisions()).readBest(result);

// ------------------------------------------------------------------------- the look-up

// Of places of which one lies in another only the inner one narrows the search.
const innermost = (places) =>
  places.filter(
    ({ folder }) =>
      !places.some((other) => other.folder !== folder && other.folder.startsWith(folder)),
  );

const nameQuery = (tokens) => ({
  words: tokens.map(({ folded }) => folded),
  spoken: tokens.map(({ spoken }) => spoken).join(" "),
});

const standsAtEnd = (words, name) => ` ${words.join(" ")}`.endsWith(` ${name}`);

// «thanh miện hải dương» is of Hải Phòng now: the words with the name of the province in force
// put in for a former one at the end; none where no former one stands there.
const inProvinceInForce = (words, places) => {
  const former = places.filter(({ isFormer, isProvince }) => isFormer && isProvince);
  return former.flatMap(({ folded, note }) => {
    const name = folded.find((one) => standsAtEnd(words, one));
    const rest = name ? words.slice(0, -name.split(" ").length) : [];
    if (!rest.length || TYPE_NAMES.includes(rest.join(" "))) return [];
    return places
      .filter(
        ({ isProvince, isFormer, names }) => isProvince && !isFormer && note.endsWith(names[0]),
      )
      .map((province) => [...rest, ...province.folded[1].split(" ")]);
  });
};

// A place's very name, and the same but for its type: «huyện Thanh Miện» is a xã now.
const withAndWithoutType = (named) =>
  [named, named.join(" ").replace(TYPES, "").split(" ")].map((words) => ({
    words,
    spoken: words.join(" "),
    isVery: true,
  }));

// The words that names are compared with: as typed, and with the official words for everyday ones;
// `most`: what a name gains by them at most. A unit's name beside a place is that of the unit there.
const nameQueries = ({ words, spokenText, slots, placeTokens, placesAlone }, places) => {
  const queries = [{ words, spoken: spokenText }];
  // «nam sách và hải dương»: each by itself; «tân hòa vĩnh long» is one.
  const inner = innermost(placesAlone);
  if (words.includes("va")) queries.push(...inner.map((place) => nameQuery(place.words)));
  // «đảo Phú Quốc», «huyện Côn Đảo»: the very name but for its type.
  const rest = words.join(" ").replace(TYPES, "").split(" ");
  if (rest.length < words.length) {
    queries.push({ words: rest, spoken: spokenText, most: MAX_OTHER_TYPE, isVery: true });
  }
  queries.push(...inProvinceInForce(words, places).flatMap(withAndWithoutType));
  for (const slot of slots) {
    for (const meant of slot.added) {
      const replaced = slots.flatMap((other) => (other === slot ? tokensOf(meant) : other.tokens));
      queries.push(nameQuery([...replaced, ...placeTokens]));
      if (placeTokens.length) queries.push({ ...nameQuery(replaced), most: MAX_BESIDE_A_PLACE });
    }
  }
  return queries;
};

// The entries that may answer any of the queries, each once.
const gather = (candidates, queries) => new Set(queries.flatMap(({ words }) => candidates(words)));

// A plan is known by its entry: the addresses of thousands are not made for this.
const keyOf = (entry) => (entry.kind === "plan" ? entry : entry.address);

const scoreEntries = (entries, queries) => {
  const scored = new Map();
  for (const entry of entries) {
    const scores = queries.map((query) => {
      const score = scoreName(entry, query);
      const isEnough = !query.isVery || score >= SCORES.isNameWithoutPage;
      return isEnough ? Math.min(query.most || Infinity, score) : 0;
    });
    const score = Math.max(...scores);
    if (score) scored.set(keyOf(entry), { entry, score });
  }
  return scored;
};

// `hits`: where in a plan the provisions are that hold what is looked up; none where only the plan as
// a whole is known to have it.
const addFound = (scored, found, readSource, starts) => {
  const best = found.reduce((most, { score }) => Math.max(most, score), 1);
  for (const { source, level, score: ofWords, held, provisions } of found) {
    const entry = readSource(source);
    const known = scored.get(keyOf(entry)) || { entry, score: 0 };
    const isPlan = entry.kind === "plan";
    const gained = isPlan
      ? LEVEL_SCORES[level] + (MAX_PROVISION_SCORE * ofWords) / best
      : DOCUMENT_SCORE;
    const score = known.score >= NAME_ANSWERS ? known.score : known.score + gained;
    const hits = provisions.map(({ provision }) => provision - starts[source]);
    scored.set(keyOf(entry), { ...known, score, level, held, hits });
  }
};

// What the best provision of a result lacks of the words typed, where others hold them.
const lackingOf = ({ level, held }, { raw, slots }) =>
  level === MOST_WORDS
    ? slots
        .filter((_, index) => !((held >> index) & 1))
        .map(({ tokens }) => tokens.map(({ spoken }) => asTyped(raw, spoken)).join(" "))
    : null;

// Nothing in the place named has it: its plan comes first all the same, then those of others.
const raisePlans = (scored, places) => {
  if (!places.length) return;
  for (const [key, result] of scored) {
    const isThere = places.some(({ folder }) => result.entry.address.startsWith(folder));
    if (isThere && result.entry.kind === "plan") {
      const score = Math.max(result.score, SCORES.placeNameHasWords);
      scored.set(key, { ...result, score, isRaised: score > result.score });
    }
  }
};

const rank = (scored) => [...scored.values()].sort(byScore);

// A topic's page comes after the provision that is best: it lists them all.
const seatTopic = (ranked) => {
  const plan = ranked.findIndex(({ entry, level }) => entry.kind === "plan" && level === ALL_PAIRS);
  const topic = ranked.findIndex(({ entry }) => entry.kind === "topic");
  if (topic >= 0 && topic < plan) ranked.splice(topic, 0, ...ranked.splice(plan, 1));
};

// What has the words in its name gets one of the first three seats: «cong an» leads to the
// unit's own page, too.
const seatName = (ranked) => {
  seatTopic(ranked);
  const kinds = ["document", "unit", "programme"];
  const position = ranked.findIndex(
    ({ entry, score }) => score >= NAME_ANSWERS && kinds.includes(entry.kind),
  );
  if (position > SEAT_OF_A_NAME) ranked.splice(SEAT_OF_A_NAME, 0, ...ranked.splice(position, 1));
  return ranked;
};

const distinctSources = (found) => {
  const bySource = new Map();
  for (const one of found) if (!bySource.has(one.source)) bySource.set(one.source, one);
  return [...bySource.values()];
};

const isIntact = ({ level }) => level >= ALL_WORDS;
const isAnswer = ({ level }) => level >= MOST_WORDS;
// But for their marks, words answer only side by side: the syllables of «bạo lực gia đình» stand
// somewhere in any long paragraph.
const isAlike = ({ level }) => level === ALL_PAIRS;

const hasIntact = ({ found, alike }) => found.some(isIntact) || alike.some(isAlike);

// The slots but for words that link others, and for light words that stand beside neither neighbour
// anywhere: «bị» goes from «rừng bị cháy» and stays in «thiết bị».
const withoutLight = async ({ slots, hasMarks }, light) => {
  const termOf = ({ spoken, folded }) => ({ folded, spoken: hasMarks ? spoken : "" });
  const isBeside = (one, other) =>
    one && other ? isPairKnown(...[one.tokens.slice(-1)[0], other.tokens[0]].map(termOf)) : false;
  const stays = await Promise.all(
    slots.map(async (slot, index) => {
      const [{ spoken, folded }] = slot.tokens;
      const isLight = hasMarks ? light.spoken.has(spoken) : light.folded.has(folded);
      if (!slot.isPlain || !isLight) return true;
      if (hasMarks && light.linking.has(spoken)) return false;
      const [before, after] = await Promise.all([
        isBeside(slots[index - 1], slot),
        isBeside(slot, slots[index + 1]),
      ]);
      return before || after;
    }),
  );
  const rest = slots.filter((_, index) => stays[index]);
  // An everyday phrase says as much without its marks: «mua bhyt».
  const isEnough = hasMarks || rest.some(({ added }) => added.length > 0);
  return rest.length >= (isEnough ? 1 : MIN_WITHOUT_LIGHT) ? rest : slots;
};

const NOTHING = { found: [] };

// What is found for some slots, with the marks typed and but for them: {slots, weights, found, alike};
// `slots`: those that were looked up.
const findSlots = async (typed, { query, ...scope }) => {
  const exact = await findSources(typed, { ...scope, exact: query.hasMarks });
  if (!query.hasMarks) return { ...exact, alike: [] };
  const { found, slots } = exact;
  const isNames = scope.isNames || found.some(isIntact);
  const alike = await findSources(slots, { ...scope, isNames, exact: false, isWhole: true });
  return { ...exact, alike: alike.found };
};

const isAnswering = (parts) => hasIntact(parts) || parts.found.some(isAnswer);

// The same without light words where nothing has all; with what documents also say where nothing
// answers.
const findBest = async (scope, light) => {
  const all = await findSlots(scope.query.slots, scope);
  if (scope.isNames || hasIntact(all)) return all;
  const rest = await withoutLight({ ...scope.query, slots: all.slots }, light);
  const findRest = async (slots) => {
    const other = await findSlots(slots, scope);
    return { ...other, unread: [...all.unread, ...other.unread] };
  };
  const other = rest.length < all.slots.length ? await findRest(rest) : all;
  const best = isAnswering(other) ? other : all;
  if (isAnswering(best) || !rest.some(({ related }) => related.length)) return best;
  const wide = await findRest(rest.map(widen));
  return isAnswering(wide) ? wide : best;
};

// The best of what was found: {found, alike, nearby}.
const sortOut = ({ found, alike }, rest) => {
  const intact = found.filter(isIntact);
  const sideBySide = alike.filter(isAlike);
  const answers = hasIntact({ found, alike }) ? intact : found.filter(isAnswer);
  const known = new Set(answers.map(({ source }) => source));
  return {
    found: answers,
    alike: sideBySide.filter(({ source }) => !known.has(source)),
    nearby: distinctSources([
      ...found.filter((one) => !answers.includes(one)),
      ...alike.filter((one) => !isAlike(one)).map((one) => ({ ...one, isFolded: true })),
      ...rest.map((one) => ({ ...one, isPlain: true })),
    ]),
  };
};

// Whether a plan lies in a folder; the address is made where the folder it begins with does not tell.
const liesIn = (entry, folder) => {
  const { area = "" } = entry;
  const mayLie = folder.startsWith(area) || area.startsWith(folder);
  return mayLie && entry.address.startsWith(folder);
};

// The sources that answer, in the places named where there are any, else everywhere:
// {slots, unread, weights, found, alike, nearby, places}; `slots`: those that were looked up; `plain`: the very
// words in their place, where nothing has the slots.
const findInPlaces = async (query, { readSource, knowledge }, scope) => {
  const places = scope.keepsPlaces ? innermost(query.places) : [];
  const isAllowed = (source) => {
    if (!places.length) return true;
    const entry = readSource(source);
    return entry.kind === "document" || places.some(({ folder }) => liesIn(entry, folder));
  };
  const isNames = query.placesAlone.length > 0;
  const best = await findBest({ ...scope, query, isAllowed, isNames }, knowledge.light);
  const { slots, unread, weights, found, alike } = best;
  // Nothing has all of an everyday phrase, or of the official words for it: what has its words?
  const isEmpty = !isNames && !found.length && !alike.length;
  const rest = isEmpty ? await findSources(query.plainSlots, { ...scope, isAllowed }) : NOTHING;
  if (places.length && !found.some(isAnswer) && !alike.some(isAlike)) {
    const everywhere = await findInPlaces(
      query,
      { readSource, knowledge },
      { ...scope, keepsPlaces: false },
    );
    const nearby = [...sortOut(best, rest.found).nearby, ...everywhere.nearby];
    if (everywhere.found.some(isAnswer)) return { ...everywhere, nearby, placesLeft: places };
  }
  const plain = { slots: rest.slots || query.plainSlots, weights: rest.weights };
  return { slots, unread, weights, plain, places, ...sortOut(best, rest.found) };
};

// All localities are a large file: only for what may be a name and is none of those above.
const needsPlaces = (scored, found, { words, raw, places, placesAlone }) => {
  if ([...scored.values()].some(isNamed)) return false;
  const isInProvince = [...places, ...placesAlone].some(({ isProvince }) => isProvince);
  if (isInProvince && words.length <= MAX_WORDS_OF_PLACE) return true;
  const isAnswered = found.some(({ level }) => level === ALL_PAIRS);
  return !isAnswered || words.length < 3 || PLACE_TYPE.test(raw);
};

const resultsOf = (found, readSource, query) =>
  found.map(({ source, level, score }) => {
    const entry = readSource(source);
    return { entry, level, score, query: entry.kind === "plan" ? query : null };
  });

const scoreOfBest = ({ provisions, isOfPlace }) =>
  provisions.length
    ? provisions[0].score +
      POINTS_OF_ANOTHER * Math.min(MAX_OTHERS, provisions.length - 1) +
      (isOfPlace ? POINTS_OF_PLACE : 0)
    : 0;

// «ở Hải Phòng»: the city's own plan before those of its communes.
const isPlanOf = ({ address }, { folder }) =>
  address.startsWith(folder) && address.slice(folder.length).split("/").length === 2;

// Puts the plans that were read in the order of their best provisions, in the seats that they have.
const reorder = (results, read) => {
  const unnamed = read.filter(
    ({ score }) => score <= LEVEL_SCORES[ALL_PAIRS] + MAX_PROVISION_SCORE,
  );
  const seats = unnamed.map((result) => results.indexOf(result)).sort((one, other) => one - other);
  const byBest = [...unnamed].sort((one, other) => scoreOfBest(other) - scoreOfBest(one));
  seats.forEach((seat, index) => {
    results[seat] = byBest[index];
  });
};

// What comes nearest in the plans of the places that are named, by entry.
const nearestOf = ({ nearby, places, placesLeft }, readSource) =>
  new Map(places.length || placesLeft ? nearby.map((one) => [readSource(one.source), one]) : []);

// Reads the provisions of the first plans among some results: no reader waits for these.
const readFirst = async (results, count) => {
  const first = results.filter(({ query }) => query).slice(0, count);
  await Promise.all(
    first.map(async (result) => {
      result.provisions = await readBest(result);
    }),
  );
  return first;
};

// A function that gives what something that comes near is rated by.
const queryForNearby =
  ({ exact, folded, plain }) =>
  ({ isPlain, isFolded }) => {
    if (isPlain) return plain;
    return isFolded ? folded : exact;
  };

// Gives each plan its provisions, which are read when they are asked for.
const attachProvisions = (results, parts, readSource, { exact, folded, plain }) => {
  const nearest = nearestOf(parts, readSource);
  const queryOf = queryForNearby({ exact, folded, plain });
  for (const result of results.filter(({ entry }) => entry.kind === "plan")) {
    const near = result.level ? null : nearest.get(result.entry);
    result.query = near ? queryOf(near) : exact;
    result.isNear = Boolean(near);
    result.lacking = lackingOf(result, exact);
    result.isOfPlace = parts.places.some((place) => isPlanOf(result.entry, place));
  }
};

// Reads what an answer of `lookUp` shows first, and puts its plans in the order of what was read. What
// the index took of a large site's requests is not there for plans.
export const readAnswer = async (answer, { files }) => {
  const { query, results, alike, nearby, found } = answer;
  const { isLarge } = await openTerms();
  const limit = isLarge ? MAX_REQUESTS - files.size : Infinity;
  const isRead = (result) =>
    result.level || result.isNear || (query.asks.has("signed") && isNamed(result));
  const read = await readFirst(results.filter(isRead), Math.min(PLANS_READ, limit));
  reorder(results, read);
  const others = alike.length || results.length ? alike : nearby;
  const next = Math.min(PLANS_READ, limit - read.length);
  const more = found.length ? [] : await readFirst(others, next);
  return { ...answer, requestsLeft: limit - read.length - more.length };
};

// The entries that answer by their names or their provisions, with their scores.
const scoreAll = async (query, { found, placesLeft }) => {
  const { candidates, readSource, places } = await readNames();
  const queries = nameQueries(query, places.places);
  const scored = scoreEntries(gather(candidates, queries), queries);
  addFound(scored, found, readSource, (await openIndex()).starts);
  raisePlans(scored, placesLeft || []);
  if (needsPlaces(scored, found, query)) {
    const others = await readPlacesWithoutPlan();
    const scoredPlaces = scoreEntries(gather(others.candidates, queries), queries);
    for (const [address, result] of scoredPlaces) scored.set(address, result);
  }
  return scored;
};

// What answers, best first; below a line what is alike but for its marks; what comes nearest. Of a plan
// no provisions are read yet: the query may be mistyped, and another be meant.
// `scope`: {keepsPlaces, files, isWhole}, whether places narrow the search; the files of the index that
// it has read; whether to find nothing where not all words can be looked up.
export const lookUp = async (typed, scope) => {
  const { readSource, knowledge } = await readNames();
  const query = understand(typed, knowledge);
  if (!query.words.length)
    return { query, unread: [], results: [], alike: [], nearby: [], places: [], found: [] };
  const parts = await findInPlaces(query, { readSource, knowledge }, scope);
  const { slots, unread, weights } = parts;
  const exact = { ...query, slots, weights, exact: query.hasMarks };
  const folded = { ...exact, exact: false };
  const plain = { ...folded, ...parts.plain };
  const scored = await scoreAll(query, parts);
  const best = [...scored.values()].reduce((most, { score }) => Math.max(most, score), 0);
  const hasAlike = parts.alike.length > 0 && best < NAME_ANSWERS;
  const results = seatName(rank(scored)).filter(
    ({ score, level }) => level || !(hasAlike && score < NAME_ANSWERS),
  );
  attachProvisions(results, parts, readSource, { exact, folded, plain });
  const { found, places, placesLeft } = parts;
  const alike = resultsOf(parts.alike, readSource, folded);
  const nearby = parts.nearby.flatMap((one) =>
    resultsOf([one], readSource, queryForNearby({ exact, folded, plain })(one)),
  );
  return { query: exact, unread, results, alike, nearby, found, places, placesLeft };
};

// Whether what was found answers the words typed.
export const isAnswered = ({ results }) =>
  results.some(
    ({ score, level, isRaised }) => level >= ALL_WORDS || (!isRaised && score >= NAME_ANSWERS),
  );
