// Looks a query up; where it names words that stand nowhere, what the reader may have meant to
// type: Telex or VNI in a box that did not decode it, letters changed over, left out, added.

import { editDistance } from "./edits.js";
import { ALL_WORDS, isPairKnown } from "./match.js";
import { allWordsOf } from "./name-index.js";
import {
  misspelled,
  misspelledInProvince,
  misspelledPlaces,
  NAME_ANSWERS,
  provinceBehind,
  SCORES,
} from "./name-match.js";
import { readNames, readPlacesWithoutPlan, spellOut } from "./names.js";
import { once } from "./page.js";
import { asTyped, spokenWordsOf } from "./query.js";
import { lookUp, readAnswer } from "./ranking.js";
import { openIndex } from "./search-index.js";
import { decodeWord, fold, spokenWord } from "./words.js";

const MIN_LETTERS = 3; // of a word that may be mistyped; a shorter one may lack a letter
const LONG_WORD = 4;
const LONG_QUERY = 4; // words
const MAX_CANDIDATES = 12; // words that are tried in place of one
const MAX_ATTEMPTS = 4; // corrected queries that are looked up
const MAX_SLIPS = 2; // of a long name
const MAX_NEAR = 2; // of these, with a name put in

const wordsOfPhrases = (phrases) =>
  [...phrases.values()].flatMap((list) => list.flatMap(({ words }) => words));

// All words that stand in a provision, in a name, or in the lists of words.
const readKnownWords = once(async () => {
  const [index, { pages, places, knowledge }] = await Promise.all([openIndex(), readNames()]);
  const listed = [knowledge.everyday, knowledge.questions].flatMap(wordsOfPhrases);
  const named = pages.map(spellOut);
  return new Set([
    ...index.known.keys(),
    ...allWordsOf(places),
    ...named.flatMap(({ words }) => [...words]),
    ...listed.map(({ folded }) => folded),
  ]);
});

const WORD = /[\p{L}\p{M}\d]+/gu;

const isPlain = (word) => /^[a-z][a-z\d]*$/i.test(word);

// What a keyboard would have made of the words; the same text where it would have made nothing
// that stands anywhere. Only where some word stands nowhere as it was typed.
const decodeTyping = (typed, known) => {
  const isKnown = (word) => known.has(fold(spokenWord(word)));
  const isUnknown = (word) => isPlain(word) && !isKnown(word);
  const decodedOf = (word) => {
    const decoded = isPlain(word) ? decodeWord(word) : null;
    return decoded && isKnown(decoded) ? decoded : null;
  };
  const words = typed.match(WORD) || [];
  if (!words.some((word) => isUnknown(word) && decodedOf(word))) return typed;
  return typed.replace(WORD, (word) => {
    const decoded = decodedOf(word);
    const isTyped = decoded && (isUnknown(word) || fold(decoded) !== word.toLowerCase());
    return isTyped ? decoded : word;
  });
};

// ------------------------------------------------------------------------------ mistypings

const frequencyOf = (index, word) => {
  const rank = index.known.get(word);
  return rank === undefined ? index.known.size : rank;
};

const sorted = (word) => [...word].sort().join("");

// An abbreviation is not mistyped for another: «cnxh» is no «ctxh».
const IS_SPOKEN = /^[a-z]*[aeiouy][a-z]*$/;
const isSwap = (one, other) => one.length === other.length && sorted(one) === sorted(other);

// Known words that differ by one slip, the likeliest first: letters changed over before others,
// frequent words before rare ones.
const candidatesFor = (word, index, known, mayDiffer) => {
  const isSlip = (other) => other !== word && editDistance(word, other, 1) === 1;
  // A word that stands somewhere is mistyped for another by a slip of the fingers; by another letter
  // only in a long query.
  const isLikely = (other) =>
    mayDiffer || !known.has(word) || other.length !== word.length || isSwap(word, other);
  return [...known]
    .filter((other) => IS_SPOKEN.test(other) && isSlip(other) && isLikely(other))
    .sort(
      (one, other) =>
        isSwap(word, other) - isSwap(word, one) ||
        frequencyOf(index, one) - frequencyOf(index, other),
    )
    .slice(0, MAX_CANDIDATES);
};

const replaceAt = (words, position, word) =>
  words.map((other, index) => (index === position ? word : other));

// How many of a word's neighbours stand beside it somewhere. `marked`: the words that were typed
// with marks, as they are said; «giá năng» is nowhere, although «gia nang» is.
const countNeighbours = async (words, position, marked = []) => {
  const at = (index) => ({ folded: words[index], spoken: index === position ? "" : marked[index] });
  const pairs = [
    [at(position - 1), at(position)],
    [at(position), at(position + 1)],
  ].filter((pair) => pair.every(({ folded }) => folded));
  const known = await Promise.all(pairs.map(([one, other]) => isPairKnown(one, other)));
  return known.filter(Boolean).length;
};

const hasKnownPair = async (words) => {
  const pairs = words.slice(1).map((word, at) => [{ folded: words[at] }, { folded: word }]);
  const known = await Promise.all(pairs.map(([one, other]) => isPairKnown(one, other)));
  return known.some(Boolean);
};

// Words that stand nowhere; else those that do not stand beside a neighbour anywhere.
const suspects = async (words, known) => {
  const all = [...words.keys()];
  const unknown = all.filter((position) => !known.has(words[position]));
  if (unknown.length) return unknown.slice(0, 1);
  const isLoose = await Promise.all(
    all.map(async (at) => (await countNeighbours(words, at)) < Math.min(2, words.length - 1)),
  );
  return all.filter((position) => isLoose[position]);
};

// The words that were typed with marks, as they are said, at the places of all words.
const markedWords = ({ words, spokenText }) =>
  spokenText.split(" ").map((spoken, at) => (spoken === words[at] ? "" : spoken));

// {words, neighbours} of each query in which another word stands at a position.
const attemptsAt = async (position, { words, marked, index, known }) => {
  const word = words[position];
  const mayDiffer = word.length >= LONG_WORD && words.length >= LONG_QUERY;
  const candidates = candidatesFor(word, index, known, mayDiffer).filter(
    ({ length }) => word.length >= MIN_LETTERS || length > word.length,
  );
  const isAtAnEnd = position === 0 || position === words.length - 1;
  const isOther = ({ length }) => known.has(word) && length === word.length;
  const leastOf = (candidate) => {
    if (words.length === 1) return 0;
    return isOther(candidate) && !isSwap(word, candidate) && !isAtAnEnd ? 2 : 1;
  };
  const attempts = [];
  for (const candidate of candidates) {
    const changed = replaceAt(words, position, candidate);
    const neighbours = await countNeighbours(changed, position, marked);
    if (neighbours >= leastOf(candidate)) attempts.push({ words: changed, neighbours });
  }
  return attempts;
};

// Queries with one word changed, those first whose word goes with its neighbours.
const correctedWords = async (query, known) => {
  const { words } = query;
  const context = { words, marked: markedWords(query), index: await openIndex(), known };
  const attempts = [];
  for (const position of await suspects(words, known)) {
    attempts.push(...(await attemptsAt(position, context)));
  }
  return attempts
    .sort((one, other) => other.neighbours - one.neighbours)
    .map((attempt) => attempt.words.join(" "));
};

// Of what was typed with marks a place without a plan has to have a word: «giá vàng» is not Gia Vân.
const hasMarkedWord = (name, marked) => {
  const typed = marked.filter(Boolean);
  const words = spokenWordsOf(name);
  return !typed.length || typed.some((word) => words.includes(word));
};

// Parts of the query, longest first, that are a name but for a slip, with that name put in. `nearOf`
// gives the names near some words.
const correctedNames = (nearOf, words) => {
  for (let size = words.length; size > 1; size--) {
    for (let start = 0; start + size <= words.length; start++) {
      const near = nearOf(words.slice(start, start + size));
      // «khanh hoa» is a name itself, although «thanh hoa» is near.
      if (near.length && near[0].distance > 0) {
        const [before, after] = [words.slice(0, start), words.slice(start + size)];
        return near.map(({ name }) => [...before, name, ...after].join(" "));
      }
    }
  }
  return [];
};

const isAnswered = ({ results }) =>
  results.some(
    ({ score, level, isRaised }) => level >= ALL_WORDS || (!isRaised && score >= NAME_ANSWERS),
  );

const remarkOn = (corrected, typed) => `Không có “${typed}”; đang tìm “${corrected}”.`;

// The queries that may have been meant, in groups: the likeliest first. Each is worked out only when
// those before it answer nothing.
const attemptsFor = ({ query }, names, known) => {
  const { words } = query;
  const marked = markedWords(query);
  const isKnown = words.every((word) => known.has(word));
  // Words that are known, but nowhere side by side, are a place's name but for one slip at most.
  const mostSlips = async () => {
    if (!isKnown) return MAX_SLIPS;
    return words.length > 1 && !(await hasKnownPair(words)) ? 1 : 0;
  };
  let isNear = false;
  const inProvince = (communes) =>
    misspelledInProvince(names.places, communes, words)
      .slice(0, MAX_NEAR)
      .map(({ name }) => name);
  const hasProvince = provinceBehind(names.places, words) !== null;
  const behindProvince = async () => {
    const found = inProvince(names.places);
    if (found.length || !hasProvince) return found;
    return inProvince((await readPlacesWithoutPlan()).places);
  };
  const namesOf = () => {
    const near = correctedNames((part) => misspelled(names, part), words).slice(0, MAX_NEAR);
    isNear = near.length > 0;
    return near;
  };
  const placesOf = async () => {
    const slips = isNear ? 0 : await mostSlips();
    if (!slips) return [];
    const others = await readPlacesWithoutPlan();
    const nearOf = (part) =>
      misspelledPlaces(others.places, part).filter(
        ({ name, distance }) => distance <= slips && hasMarkedWord(name, marked),
      );
    return correctedNames(nearOf, words);
  };
  return [behindProvince, namesOf, () => correctedWords(query, known), placesOf];
};

const correct = async (typed, answer, keepsPlaces, known) => {
  const tried = new Set();
  for (const attempts of attemptsFor(answer, await readNames(), known)) {
    for (const corrected of await attempts()) {
      if (tried.has(corrected) || tried.size === MAX_ATTEMPTS) continue;
      tried.add(corrected);
      const other = await lookUp(corrected, keepsPlaces);
      if (isAnswered(other)) return { ...other, remark: remarkOn(corrected, typed) };
    }
  }
  return { ...answer, remark: "" };
};

const isWord = (word) => /^[a-z]+$/.test(word);

// What the keys typed mean, and its answer. «sapa» is also what Telex makes «sâp» of, «Đăk Mar»
// «Đăk mả»: places of those names come first.
const lookUpTyping = async (typed, keepsPlaces, known) => {
  const decoded = decodeTyping(typed, known);
  const maySpell = decoded !== typed && (!/\s/.test(typed) || fold(typed) !== typed.toLowerCase());
  const asTyped = maySpell && (await lookUp(typed, keepsPlaces));
  const isName = asTyped && asTyped.results.some(({ score }) => score >= SCORES.isNameWithoutPage);
  if (isName) return { decoded: typed, answer: asTyped };
  return { decoded, answer: await lookUp(decoded, keepsPlaces) };
};

// The answer of `lookUp`, with a remark where something else was looked up than was typed, and
// the words that stand nowhere.
const findAnswer = async (typed, keepsPlaces) => {
  const known = await readKnownWords();
  const { decoded, answer } = await lookUpTyping(typed, keepsPlaces, known);
  if (decoded !== typed && !isAnswered(answer)) {
    // «turc lam» is no Telex, but Trúc Lâm with letters changed over.
    const asTyped = await lookUp(typed, keepsPlaces);
    const corrected = await correct(typed, asTyped, keepsPlaces, known);
    if (corrected.remark) return { ...corrected, missing: [] };
  }
  const { slots, words, spokenText, raw } = answer.query;
  const missing = spokenText
    .split(" ")
    .filter((_, at) => isWord(words[at]) && !known.has(words[at]))
    .map((spoken) => asTyped(raw, spoken));
  const remark =
    decoded === typed ? "" : `Bạn gõ kiểu Telex hoặc VNI, nên trang web tìm “${decoded}”.`;
  const isExpanded = slots.some(({ added }) => added.length) && !missing.length;
  if (isAnswered(answer) || answer.alike.length || isExpanded || !words.length) {
    return { ...answer, remark, missing };
  }
  const corrected = await correct(decoded, answer, keepsPlaces, known);
  return corrected.remark ? { ...corrected, missing: [] } : { ...answer, remark, missing };
};

// What `findAnswer` gives, with the provisions that are shown first.
export const search = async (typed, keepsPlaces = true) =>
  readAnswer(await findAnswer(typed, keepsPlaces));
