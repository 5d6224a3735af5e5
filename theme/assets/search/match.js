// Which provisions hold what is looked up, by the index alone: all neighbours, then all words,
// then most words, then some.

import { openTerms } from "./index.js";

export const ALL_PAIRS = 4;
export const ALL_WORDS = 3;
export const MOST_WORDS = 2; // an answer, although some word is in another provision
export const SOME_WORDS = 1; // what comes nearest
const MOST = 0.6; // of the weight of all words
const LEAST_WORDS = 3; // «giáo viên» is not most of «lương giáo viên»
const MOST_UNKNOWN = 0.2; // of the same, for words that are nowhere
const SOME = 0.45; // of the weight of all words that stand anywhere
const SOME_OF_ALL = 0.4; // of the weight of all words
const PAIR_WEIGHT = 0.75;
const COUNT_OF_UNKNOWN = 20; // a word that is nowhere says no more than one in so many provisions
const SHARE_OF_ANOTHER = 0.5; // of each further word of a phrase
const MAX_WORDS_OF_WEIGHT = 3;
const WEIGHT_OF_ANOTHER = 0.75; // of each further word of a phrase
const UNKNOWN_RANK = 4000; // of a figure, and of a word that is in no provision

// ------------------------------------------------------------------- hits of one requirement

// {provisions, sources, size}: a set of provisions that have it, and a flag for each source of which
// all provisions may have it, or null; `size`: how many these are.
const NO_HITS = { provisions: new Set(), sources: null, size: 0 };

const countFlags = (flags) => flags.reduce((all, flag) => all + flag, 0);

const hitsOf = (provisions, sources) => ({
  provisions,
  sources,
  size: provisions.size + (sources ? countFlags(sources) : 0),
});

const both = (one, other, sourceOf) => {
  const provisions = new Set();
  for (const [from, to] of [
    [one, other],
    [other, one],
  ]) {
    for (const provision of from.provisions) {
      const isHeld =
        to.provisions.has(provision) || (to.sources && to.sources[sourceOf(provision)]);
      if (isHeld) provisions.add(provision);
    }
  }
  const areKnown = one.sources && other.sources;
  return hitsOf(provisions, areKnown && one.sources.map((flag, at) => flag & other.sources[at]));
};

// Any of several.
const anyOf = (all) => {
  if (all.length < 2) return all[0] || NO_HITS;
  const provisions = new Set();
  for (const hits of all) for (const provision of hits.provisions) provisions.add(provision);
  const flags = all.map(({ sources }) => sources).filter(Boolean);
  const [first, ...rest] = flags;
  const sources = rest.length
    ? first.map((flag, at) => flag | rest.reduce((any, other) => any | other[at], 0))
    : first || null;
  return hitsOf(provisions, sources);
};

// The hits of a word or a pair: {spoken, folded}.
const hitsOfTerm = async (index, term, exact) => {
  const { sources, isNowhere } = index.locate(term, exact);
  if (isNowhere) return NO_HITS;
  if (sources) return hitsOf(NO_HITS.provisions, sources);
  const spellings = await index.read(term.folded);
  return anyOf(
    spellings
      .filter(({ spelling }) => !exact || spelling === term.spoken)
      .map(({ provisions, sources: known = null }) => hitsOf(new Set(provisions), known)),
  );
};

const joinTokens = (one, other) => ({
  spoken: `${one.spoken} ${other.spoken}`,
  folded: `${one.folded} ${other.folded}`,
});

// The terms that together stand for some words in a row.
const termsOf = (tokens) =>
  tokens.length === 1
    ? tokens
    : tokens.slice(1).map((token, index) => joinTokens(tokens[index], token));

// Any of the alternatives, each of which is a list of terms that must all be there.
const hitsOfAny = async (index, alternatives, exact, sourceOf) =>
  anyOf(
    await Promise.all(
      alternatives.map(async (terms) => {
        const parts = await Promise.all(terms.map((term) => hitsOfTerm(index, term, exact)));
        return parts.reduce((one, other) => both(one, other, sourceOf));
      }),
    ),
  );

// --------------------------------------------------------------------------- requirements

const isNeighbour = (slots, index) =>
  index + 1 < slots.length &&
  slots[index].isPlain &&
  slots[index + 1].isPlain &&
  slots[index + 1].index === slots[index].index + 1;

const pairAlternatives = (one, other) =>
  one.alternatives.flatMap((first) =>
    other.alternatives.map((second) => [joinTokens(first[first.length - 1], second[0])]),
  );

// pairs[i]: the slots i and i + 1 are neighbours; own[i]: slot i in the very words typed, where
// others would do; words[i]: slot i in any.
const requirementsOf = (slots) => ({
  pairs: slots.map((slot, index) =>
    isNeighbour(slots, index) ? pairAlternatives(slot, slots[index + 1]) : null,
  ),
  own: slots.map(({ added, tokens }) => (added.length ? [termsOf(tokens)] : null)),
  words: slots.map(({ alternatives }) => alternatives.map(termsOf)),
});

// How much a slot says, by how rare its rarest word is.
const weightByRank = (index, { tokens }) => {
  const ranks = tokens.map(({ folded }) =>
    index.known.has(folded) ? index.known.get(folded) : UNKNOWN_RANK,
  );
  return 1 + Math.log2(1 + Math.max(...ranks)) / 3 + WEIGHT_OF_ANOTHER * (tokens.length - 1);
};

// The same by how few provisions it is met in, once its words were read; a phrase says more than a word.
const weightByCount = ({ tokens }, count, total) =>
  Math.log2(2 + total / (count || COUNT_OF_UNKNOWN)) *
  (1 + SHARE_OF_ANOTHER * (Math.min(MAX_WORDS_OF_WEIGHT, tokens.length) - 1));

const bitsOf = (flags) =>
  flags.reduce((bits, flag, index) => (flag ? bits | (1 << index) : bits), 0);

// ------------------------------------------------------------------------------ evaluation

// A function that tells the source of a provision, by bisection.
const sourceFinder = (starts) => (provision) => {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= provision) low = middle;
    else high = middle;
  }
  return low;
};

// Bits of the requirements that each provision, and each source as a whole, is known to meet; how many
// meet each.
const collectBits = async (index, requirements, exact, sourceOf) => {
  const ofProvision = new Map();
  const ofSource = new Uint32Array(index.starts.length - 1);
  const all = await Promise.all(
    requirements.map((alternatives) =>
      alternatives ? hitsOfAny(index, alternatives, exact, sourceOf) : NO_HITS,
    ),
  );
  all.forEach(({ provisions, sources }, position) => {
    for (const provision of provisions) {
      ofProvision.set(provision, (ofProvision.get(provision) || 0) | (1 << position));
    }
    if (!sources) return;
    for (let source = 0; source < sources.length; source++) {
      ofSource[source] |= sources[source] << position;
    }
  });
  return { ofProvision, ofSource, counts: all.map(({ size }) => size) };
};

// A function that rates by the bits of pairs, words and very words: {held, level, score}; `held`: the
// slots that are met. `counts`: in how many provisions each word is.
const raterOf = (slots, requirements, weights, { counts }) => {
  const standing = bitsOf(counts.map(Boolean));
  const concepts = bitsOf(slots.map(({ tokens, added }) => tokens.length > 1 || added.length > 0));
  const figures = bitsOf(slots.map(({ tokens }) => tokens.some(({ folded }) => /\d/.test(folded))));
  const sum = (bits) => weights.reduce((all, weight, i) => all + ((bits >> i) & 1 ? weight : 0), 0);
  const isPair = requirements.pairs.map(Boolean);
  const allPairs = bitsOf(isPair);
  const allWords = bitsOf(slots.map(() => true));
  const alone = bitsOf(slots.map((_, i) => !isPair[i] && !(i && isPair[i - 1])));
  const intactLevelOf = (pairBits, held) => {
    if ((pairBits & allPairs) === allPairs && (held & alone) === alone) return ALL_PAIRS;
    // Words of which no two stand together are no answer, unless one of them is a figure: «trước
    // 15/12» is «trước ngày 15/12».
    const isScattered = allPairs && !pairBits && !(held & (alone | concepts | figures));
    return held === allWords && !isScattered ? ALL_WORDS : 0;
  };
  const partLevelOf = (pairBits, held) => {
    // A word that is nowhere may be all that was asked about: «trẻ em học bơi»; so may a day.
    const isStanding = sum(allWords & ~standing) <= MOST_UNKNOWN * sum(allWords);
    const isExact = isStanding && (held & figures) === figures;
    // A word by itself says little beside a pair: «trí tuệ», «nhân» are not most of «trí tuệ nhân tạo».
    const paired = held & (pairBits | (pairBits << 1) | concepts | alone);
    const words = slots.reduce(
      (all, { tokens }, i) => all + ((paired >> i) & 1) * tokens.length,
      0,
    );
    const isWhole = isExact && (pairBits || held & concepts) && words >= LEAST_WORDS;
    if (isWhole && sum(held) >= MOST * sum(allWords)) return MOST_WORDS;
    const isSome = sum(held) >= SOME * sum(standing) && sum(held) >= SOME_OF_ALL * sum(allWords);
    return isSome ? SOME_WORDS : 0;
  };
  return ([pairBits, wordBits, ownBits]) => {
    const held = (wordBits | pairBits | (pairBits << 1)) & allWords;
    return {
      held,
      level: intactLevelOf(pairBits, held) || partLevelOf(pairBits, held),
      score: sum(held) + PAIR_WEIGHT * (sum(pairBits) + sum(ownBits)),
    };
  };
};

// Few combinations of bits are met in thousands of sources.
const rateOnce = (rate) => {
  const rated = new Map();
  let before = [];
  let latest;
  return (bits) => {
    // Neighbours among the sources are mostly alike.
    if (bits.every((one, at) => one === before[at])) return latest;
    const key = bits.join();
    if (!rated.has(key)) rated.set(key, rate(bits));
    before = bits;
    latest = rated.get(key);
    return latest;
  };
};

// The best of each source: {source, level, score, held, provisions}; `held`: the slots that its best
// provision meets; `provisions`: those on that level, each with its score; none where only the
// source as a whole is known.
const bestOfSources = (collected, rateBits, sourceOf, isAllowed) => {
  const best = new Map();
  const rate = rateOnce(rateBits);
  const entryOn = (level, source) => {
    const known = best.get(source);
    if (known && known.level > level) return null;
    return known && known.level === level ? known : { source, level, score: 0, provisions: [] };
  };
  const add = (source, provision, bits) => {
    const { held, level, score } = rate(bits);
    const entry = level && isAllowed(source) ? entryOn(level, source) : null;
    if (!entry) return;
    if (score > entry.score) Object.assign(entry, { held, score });
    if (provision !== null) entry.provisions.push({ provision, score });
    best.set(source, entry);
  };
  const provisions = new Set(collected.flatMap(({ ofProvision }) => [...ofProvision.keys()]));
  for (const provision of provisions) {
    const source = sourceOf(provision);
    const bits = collected.map(
      ({ ofProvision, ofSource }) => (ofProvision.get(provision) || 0) | ofSource[source],
    );
    add(source, provision, bits);
  }
  const [{ ofSource: first }] = collected;
  for (let source = 0; source < first.length; source++) {
    const bits = collected.map(({ ofSource }) => ofSource[source]);
    if (bits.some(Boolean)) add(source, null, bits);
  }
  return [...best.values()];
};

const byRank = (one, other) =>
  other.level - one.level ||
  other.score - one.score ||
  other.provisions.length - one.provisions.length ||
  one.source - other.source;

// ------------------------------------------------------------------- what a search may read

// Files of the index that one search reads of a large site. Counted whether or not a browser has them,
// so that the same words always give the same answer.
export const MAX_FILES = 5;
const LEAST_ALTERNATIVES = 2; // the words typed, and what says most nearly the same

const isPaired = ({ pairs }, i) => pairs[i] || (i && pairs[i - 1]);

// The requirements that are looked up first: neighbours, words that have none, and very words.
const firstOf = ({ pairs, own, words }) => [
  pairs,
  words.map((alternatives, i) => (isPaired({ pairs }, i) ? null : alternatives)),
  own,
];
const allOf = ({ pairs, own, words }) => [pairs, words, own];

const termsIn = (alternatives) => (alternatives || []).flat();

// A function that gives the files of some terms which a search has not asked for yet.
const newFilesOf = (index, exact, files) => (terms) => {
  const needed = new Set();
  for (const term of terms) {
    const { file } = index.locate(term, exact);
    if (file !== undefined && !files.has(file)) needed.add(file);
  }
  return needed;
};

// The slots with fewer other words for the one that has most of them, else without the one that says
// least of those that need a file; null where nothing can go.
const withLess = (index, slots, needsFile) => {
  const costly = slots.filter((_, i) => needsFile(i));
  const [wordy] = costly
    .filter(({ alternatives }) => alternatives.length > LEAST_ALTERNATIVES)
    .sort((one, other) => other.alternatives.length - one.alternatives.length);
  if (wordy) {
    const alternatives = wordy.alternatives.slice(0, -1);
    const added = wordy.added.slice(0, alternatives.length - 1);
    return slots.map((slot) => (slot === wordy ? { ...slot, alternatives, added } : slot));
  }
  if (slots.length < 2) return null;
  const weightOf = (slot) => weightByRank(index, slot);
  const [least] = [...costly].sort((one, other) => weightOf(one) - weightOf(other));
  return slots.filter((slot) => slot !== least);
};

// The slots of which a search may still read `partsOf` their requirements; the files are noted. Of a
// small site all.
const withinLimit = (index, slots, partsOf, { exact, files, isWhole }) => {
  if (!index.isLarge) return slots;
  const filesOf = newFilesOf(index, exact, files);
  let rest = slots;
  while (rest) {
    const parts = partsOf(requirementsOf(rest));
    const needed = filesOf(parts.flatMap((part) => part.flatMap(termsIn)));
    if (files.size + needed.size <= MAX_FILES) {
      for (const file of needed) files.add(file);
      return rest;
    }
    if (isWhole) return null;
    const needsFile = (i) =>
      filesOf(parts.flatMap((part) => [...termsIn(part[i]), ...termsIn(part[i - 1])])).size > 0;
    rest = withLess(index, rest, needsFile);
  }
  return null;
};

// ---------------------------------------------------------------------------- the look-up

// {found, slots, unread, weights}: sources that hold what is looked up, best first; the slots that were,
// each with `isPrinted`: whether its very words stand anywhere, where others do as well; those that
// were not because of the limit; how much each slot says. `exact`: with the marks typed; `isAllowed`
// tells whether a source is asked for at all; `files`: those of the index that the search has read;
// `isWhole`: nothing is found where not all can be read. Single words are read only where no provision
// has all neighbours; never for the names of places, which are no names apart: `isNames`.
export const findSources = async (typed, { exact, isAllowed, isNames = false, ...scope }) => {
  const index = await openTerms();
  const sourceOf = sourceFinder(index.starts);
  const limit = (slots, partsOf) => withinLimit(index, slots, partsOf, { exact, ...scope });
  const find = async (slots, partsOf, weightsOf) => {
    const requirements = requirementsOf(slots);
    const collected = await Promise.all(
      partsOf(requirements).map((part) => collectBits(index, part, exact, sourceOf)),
    );
    const [, words, own] = collected;
    const weights = slots.map(weightsOf(words));
    const rate = raterOf(slots, requirements, weights, words);
    const found = bestOfSources(collected, rate, sourceOf, isAllowed).sort(byRank);
    const left = typed.filter((one) => !slots.some((other) => other.index === one.index));
    const told = slots.map((slot, i) => ({
      ...slot,
      isPrinted: !slot.added.length || own.counts[i] > 0,
    }));
    return { found, slots: told, unread: left, weights };
  };
  const weightsOfTyped = typed.map((slot) => weightByRank(index, slot));
  const unread = scope.isWhole ? [] : typed;
  const nothing = { found: [], slots: typed, unread, weights: weightsOfTyped };
  const first = limit(typed, firstOf);
  if (!first) return nothing;
  const byPairs = await find(first, firstOf, () => (slot) => weightByRank(index, slot));
  const { found } = byPairs;
  if (isNames || (found.length && found[0].level === ALL_PAIRS)) {
    return { ...byPairs, found: found.filter(({ level }) => level === ALL_PAIRS) };
  }
  const rest = limit(first, allOf);
  if (!rest) return nothing;
  const total = index.starts[index.starts.length - 1];
  return find(
    rest,
    allOf,
    ({ counts }) =>
      (slot, i) =>
        weightByCount(slot, counts[i], total),
  );
};

// Whether two words, {folded, spoken}, stand side by side anywhere; with marks where `spoken` is.
export const isPairKnown = async (...pair) => {
  const index = await openTerms();
  const term = pair.reduce(joinTokens);
  const isSpelled = pair.every(({ spoken }) => spoken);
  if (index.isLarge) return !index.locate(term, isSpelled).isNowhere;
  if (index.locate(term, false).isNowhere) return false;
  const spellings = await index.read(term.folded);
  return spellings.some(({ spelling }) => {
    const parts = spelling.split(" ");
    return pair.every(({ spoken }, at) => !spoken || spoken === parts[at]);
  });
};
