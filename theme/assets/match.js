// Which provisions hold what is looked up, by the index alone: all neighbours, then all words,
// then most words.

import { openIndex } from "./search-index.js";

export const ALL_PAIRS = 3;
export const ALL_WORDS = 2;
export const MOST_WORDS = 1;
const MOST = 0.55; // of the weight of all words that stand anywhere
const MOST_OF_ALL = 0.4; // of the weight of all words
const PAIR_WEIGHT = 0.75;
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
    other.alternatives.map((second) => [joinTokens(first[0], second[0])]),
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

export const weightOf = (index, { tokens }) => {
  const ranks = tokens.map(({ folded }) =>
    index.known.has(folded) ? index.known.get(folded) : UNKNOWN_RANK,
  );
  return 1 + Math.log2(1 + Math.max(...ranks)) / 3 + WEIGHT_OF_ANOTHER * (tokens.length - 1);
};

// Whether a slot may be met at all: each word of what was typed, or of other words for it.
const standsAnywhere = (index, { alternatives }) =>
  alternatives.some((tokens) => tokens.every(({ folded }) => index.known.has(folded)));

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

// Bits of the requirements that each provision, and each source as a whole, is known to meet.
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
  return { ofProvision, ofSource };
};

// A function that rates by the bits of pairs, words and very words: {level, score}.
const raterOf = (index, slots, requirements) => {
  const weights = slots.map((slot) => weightOf(index, slot));
  const sum = (bits) => weights.reduce((all, weight, i) => all + ((bits >> i) & 1 ? weight : 0), 0);
  const isPair = requirements.pairs.map(Boolean);
  const allPairs = bitsOf(isPair);
  const allWords = bitsOf(slots.map(() => true));
  const standing = bitsOf(slots.map((slot) => standsAnywhere(index, slot)));
  const alone = bitsOf(slots.map((_, i) => !isPair[i] && !(i && isPair[i - 1])));
  const levelOf = (pairBits, held) => {
    if ((pairBits & allPairs) === allPairs && (held & alone) === alone) return ALL_PAIRS;
    // Words of which no two stand together are no answer.
    const isScattered = allPairs && !pairBits && !(held & alone);
    if (held === allWords && !isScattered) return ALL_WORDS;
    const isMost = sum(held) >= MOST * sum(standing) && sum(held) >= MOST_OF_ALL * sum(allWords);
    return isMost ? MOST_WORDS : 0;
  };
  return ([pairBits, wordBits, ownBits]) => {
    const held = (wordBits | pairBits | (pairBits << 1)) & allWords;
    return {
      level: levelOf(pairBits, held),
      score: sum(held) + PAIR_WEIGHT * (sum(pairBits) + sum(ownBits)),
    };
  };
};

const keysOf = (maps) => new Set(maps.flatMap((map) => [...map.keys()]));

// The best of each source: {source, level, score, provisions}; `provisions`: those on that level,
// each with its score; none where only the source as a whole is known.
const bestOfSources = (collected, rate, sourceOf) => {
  const best = new Map();
  const add = (source, provision, bits) => {
    const { level, score } = rate(bits);
    const known = best.get(source);
    if (!level || (known && known.level > level)) return;
    const entry =
      known && known.level === level ? known : { source, level, score: 0, provisions: [] };
    entry.score = Math.max(entry.score, score);
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

// Sources that hold what is looked up, best first. `exact`: with the marks typed; `isAllowed`
// tells whether a source is asked for at all. Single words are read only where no provision
// has all neighbours; never for the names of places, which are no names apart: `isNames`.
export const findSources = async (slots, { exact, isAllowed, isNames = false }) => {
  const index = await openIndex();
  const sourceOf = sourceFinder(index.starts);
  const requirements = requirementsOf(slots);
  const rate = raterOf(index, slots, requirements);
  const isPaired = (i) => requirements.pairs[i] || (i && requirements.pairs[i - 1]);
  const alone = requirements.words.map((alternatives, i) => (isPaired(i) ? null : alternatives));
  const collect = (part) => collectBits(index, part, exact, sourceOf);
  const sorted = (collected) =>
    bestOfSources(collected, rate, sourceOf)
      .filter(({ source }) => isAllowed(source))
      .sort(byRank);
  const [pairs, own, some] = await Promise.all(
    [requirements.pairs, requirements.own, alone].map(collect),
  );
  const found = sorted([pairs, some, own]);
  if (isNames || (found.length && found[0].level === ALL_PAIRS)) {
    return found.filter(({ level }) => level === ALL_PAIRS);
  }
  return sorted([pairs, await collect(requirements.words), own]);
};

// Whether two words, {folded, spoken}, stand side by side anywhere; with marks where `spoken` is.
export const isPairKnown = async (...pair) => {
  const spellings = await (await openIndex()).read(pair.map(({ folded }) => folded).join(" "));
  return spellings.some(({ spelling }) => {
    const parts = spelling.split(" ");
    return pair.every(({ spoken }, index) => !spoken || spoken === parts[index]);
  });
};
