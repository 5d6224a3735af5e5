// Which provisions hold what is looked up, by the index alone: all neighbours, then all words,
// then most words, then some.

import { openIndex } from "./search-index.js";

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

// hits: provisions that have it, and sources of which all provisions may have it.
const noHits = () => ({ provisions: new Set(), sources: new Set() });

const holds = (hits, provision, source) =>
  hits.provisions.has(provision) || hits.sources.has(source);

const both = (one, other, sourceOf) => {
  const hits = noHits();
  for (const [from, to] of [
    [one, other],
    [other, one],
  ]) {
    for (const provision of from.provisions) {
      if (holds(to, provision, sourceOf(provision))) hits.provisions.add(provision);
    }
  }
  for (const source of one.sources) if (other.sources.has(source)) hits.sources.add(source);
  return hits;
};

const addAll = (set, values) => {
  for (const value of values) set.add(value);
};

// The hits of a word or a pair: {spoken, folded}.
const hitsOfTerm = async (index, term, exact) => {
  const hits = noHits();
  for (const { spelling, provisions, sources } of await index.read(term.folded)) {
    if (exact && spelling !== term.spoken) continue;
    if (provisions) addAll(hits.provisions, provisions);
    else addAll(hits.sources, sources);
  }
  return hits;
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
const hitsOfAny = async (index, alternatives, exact, sourceOf) => {
  const hits = noHits();
  for (const terms of alternatives) {
    const parts = await Promise.all(terms.map((term) => hitsOfTerm(index, term, exact)));
    const all = parts.reduce((one, other) => both(one, other, sourceOf));
    addAll(hits.provisions, all.provisions);
    addAll(hits.sources, all.sources);
  }
  return hits;
};

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

const addBits = (map, keys, bit) => {
  for (const key of keys) map.set(key, (map.get(key) || 0) | bit);
};

// Bits of the requirements that each provision, and each source as a whole, is known to meet; how many
// meet each.
const collectBits = async (index, requirements, exact, sourceOf) => {
  const ofProvision = new Map();
  const ofSource = new Map();
  const hits = await Promise.all(
    requirements.map((alternatives) =>
      alternatives ? hitsOfAny(index, alternatives, exact, sourceOf) : noHits(),
    ),
  );
  hits.forEach(({ provisions, sources }, position) => {
    addBits(ofProvision, provisions, 1 << position);
    addBits(ofSource, sources, 1 << position);
  });
  const counts = hits.map(({ provisions, sources }) => provisions.size + sources.size);
  return { ofProvision, ofSource, counts };
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

const keysOf = (maps) => new Set(maps.flatMap((map) => [...map.keys()]));

// The best of each source: {source, level, score, held, provisions}; `held`: the slots that its best
// provision meets; `provisions`: those on that level, each with its score; none where only the
// source as a whole is known.
const bestOfSources = (collected, rate, sourceOf) => {
  const best = new Map();
  const entryOn = (level, source) => {
    const known = best.get(source);
    if (known && known.level > level) return null;
    return known && known.level === level ? known : { source, level, score: 0, provisions: [] };
  };
  const add = (source, provision, bits) => {
    const { held, level, score } = rate(bits);
    const entry = level ? entryOn(level, source) : null;
    if (!entry) return;
    if (score > entry.score) Object.assign(entry, { held, score });
    if (provision !== null) entry.provisions.push({ provision, score });
    best.set(source, entry);
  };
  for (const provision of keysOf(collected.map(({ ofProvision }) => ofProvision))) {
    const source = sourceOf(provision);
    const bits = ({ ofProvision, ofSource }) =>
      (ofProvision.get(provision) || 0) | (ofSource.get(source) || 0);
    add(source, provision, collected.map(bits));
  }
  for (const source of keysOf(collected.map(({ ofSource }) => ofSource))) {
    add(
      source,
      null,
      collected.map(({ ofSource }) => ofSource.get(source) || 0),
    );
  }
  return [...best.values()];
};

const byRank = (one, other) =>
  other.level - one.level ||
  other.score - one.score ||
  other.provisions.length - one.provisions.length ||
  one.source - other.source;

// {found, weights, slots}: sources that hold what is looked up, best first, how much each slot says, and
// the slots, each with `isPrinted`: whether its very words stand anywhere, where others do as well.
// `exact`: with the marks typed; `isAllowed` tells whether a source is asked for at all. Single words
// are read only where no provision has all neighbours; never for the names of places, which are no
// names apart: `isNames`.
export const findSources = async (slots, { exact, isAllowed, isNames = false }) => {
  const index = await openIndex();
  const sourceOf = sourceFinder(index.starts);
  const requirements = requirementsOf(slots);
  const isPaired = (i) => requirements.pairs[i] || (i && requirements.pairs[i - 1]);
  const alone = requirements.words.map((alternatives, i) => (isPaired(i) ? null : alternatives));
  const collect = (part) => collectBits(index, part, exact, sourceOf);
  const [pairs, own, some] = await Promise.all(
    [requirements.pairs, requirements.own, alone].map(collect),
  );
  const told = slots.map((slot, i) => ({
    ...slot,
    isPrinted: !slot.added.length || own.counts[i] > 0,
  }));
  const findBy = (words, weights) => {
    const rate = raterOf(slots, requirements, weights, words);
    const found = bestOfSources([pairs, words, own], rate, sourceOf)
      .filter(({ source }) => isAllowed(source))
      .sort(byRank);
    return { found, weights, slots: told };
  };
  const { found, weights } = findBy(
    some,
    slots.map((slot) => weightByRank(index, slot)),
  );
  if (isNames || (found.length && found[0].level === ALL_PAIRS)) {
    return { found: found.filter(({ level }) => level === ALL_PAIRS), weights, slots: told };
  }
  const words = await collect(requirements.words);
  const total = index.starts[index.starts.length - 1];
  return findBy(
    words,
    slots.map((slot, i) => weightByCount(slot, words.counts[i], total)),
  );
};

// Whether two words, {folded, spoken}, stand side by side anywhere; with marks where `spoken` is.
export const isPairKnown = async (...pair) => {
  const spellings = await (await openIndex()).read(pair.map(({ folded }) => folded).join(" "));
  return spellings.some(({ spelling }) => {
    const parts = spelling.split(" ");
    return pair.every(({ spoken }, index) => !spoken || spoken === parts[index]);
  });
};
