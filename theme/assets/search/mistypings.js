// What a reader may have meant to type, where a query answers nothing: letters changed over, left
// out, added, in words and in names; blanks left out. Fetched when somebody searches.

import { once } from "../page.js";
import { spokenWord } from "../words.js";
import { editDistance } from "./edits.js";
import { openIndex } from "./index.js";
import { isPairKnown } from "./match.js";
import { lettersOf } from "./name-index.js";
import { readNames, readPlacesWithoutPlan, spellOut } from "./names.js";
import { foldWord, spokenWordsOf } from "./query.js";
import { isAnswered, lookUp } from "./ranking.js";

const LONG_NAME = 9; // letters from which on a name may differ by two
const MIN_TWO_SLIPS = 6; // the same beside the name of its province
const MAX_PROVINCE_WORDS = 5; // «thành phố Hồ Chí Minh»
const MIN_PROVINCE_LETTERS = 6; // of one that may have a slip itself
const MIN_LETTERS = 3; // of a word that may be mistyped; a shorter one may lack a letter
const LONG_WORD = 4;
const LONG_QUERY = 4; // words
const MAX_CANDIDATES = 12; // words that are tried in place of one
const MAX_ATTEMPTS = 4; // corrected queries that are looked up
const MAX_SLIPS = 2; // of a long name
const MIN_JOINED = 5; // letters of several words typed without blanks
const MAX_SYLLABLE = 7; // «nghiêng»
const MAX_PARTS = 5;
const MAX_PARTINGS = 8; // that are looked up
const MAX_NEAR = 2; // of these, with a name put in

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

// Of words in a row, whether each stands beside the next anywhere.
const knownPairs = (words) =>
  Promise.all(
    words.slice(1).map((word, at) => isPairKnown({ folded: words[at] }, { folded: word })),
  );

const hasKnownPair = async (words) => (await knownPairs(words)).some(Boolean);

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

// {words, lacking, isSwapped} of each query in which another word stands at a position; `lacking`: how
// many neighbours it does not stand beside anywhere.
const attemptsAt = async (position, { words, marked, index, known }) => {
  const word = words[position];
  // Whoever typed its marks knows the word.
  const isLong = word.length >= LONG_WORD && words.length >= LONG_QUERY;
  const mayDiffer = isLong && !marked[position];
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
    if (neighbours < leastOf(candidate)) continue;
    const lacking = Math.min(2, words.length - 1, isAtAnEnd ? 1 : 2) - neighbours;
    attempts.push({ words: changed, lacking, isSwapped: isSwap(word, candidate) });
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
    .sort((one, other) => one.lacking - other.lacking || other.isSwapped - one.isSwapped)
    .map((attempt) => attempt.words.join(" "));
};

// -------------------------------------------------------------------- words without blanks

// «y tế» stands in the index as «i tế».
const inIndex = (syllable) => foldWord(spokenWord(syllable));

// The ways to part letters into words of provisions, those of few and frequent words first.
const partings = (letters, index) => {
  const found = [];
  const isWord = (syllable) => IS_SPOKEN.test(syllable) && index.known.has(inIndex(syllable));
  const part = (start, parts) => {
    if (start === letters.length) found.push(parts);
    if (parts.length === MAX_PARTS) return;
    for (let end = start + 1; end <= Math.min(letters.length, start + MAX_SYLLABLE); end++) {
      const syllable = letters.slice(start, end);
      if (isWord(syllable)) part(end, [...parts, syllable]);
    }
  };
  part(0, []);
  const rarest = (parts) => Math.max(...parts.map((word) => frequencyOf(index, inIndex(word))));
  return found
    .sort((one, other) => one.length - other.length || rarest(one) - rarest(other))
    .slice(0, MAX_PARTINGS);
};

// Queries with a word that stands nowhere parted into words that stand side by side somewhere.
const partedWords = async ({ words }, known) => {
  const position = words.findIndex(
    (word) => word.length >= MIN_JOINED && /^[a-z]+$/.test(word) && !known.has(word),
  );
  if (position < 0) return [];
  for (const parts of partings(words[position], await openIndex())) {
    if (parts.length > 1 && (await knownPairs(parts.map(inIndex))).every(Boolean)) {
      return [replaceAt(words, position, parts.join(" ")).join(" ")];
    }
  }
  return [];
};

// ------------------------------------------------------------------------------ names

// A «y» of a name is an «i» where it stands behind a consonant; of letters changed over nobody knows
// where they stood: «sa tahy», «nam yt». «Đắk Lắk» is spelled «Đắc Lắc», too.
const lettersAsTyped = once((letters) => letters.replace(/y/g, "i").replace(/k(?!h)/g, "c"));
const OTHER_SPELLING = 0.5; // the distance of a name that is spelled in another way

// Figures are no slip: «quận 2» is not «quận 12».
const figuresIn = once((letters) => letters.replace(/\D/g, ""));

// How far a name is from what was typed, in slips.
const distanceOf = (typed, letters, limit) => {
  if (figuresIn(typed) !== figuresIn(letters)) return Infinity;
  const distance = editDistance(lettersAsTyped(typed), lettersAsTyped(letters), limit);
  return distance || (typed === letters ? 0 : OTHER_SPELLING);
};

// Names that differ by so many slips at most, the nearest first: [{place, name, letters, distance}].
const nearNames = ({ byLetters }, letters, limit, isAllowed = () => true) => {
  const found = [];
  for (const [key, places] of byLetters) {
    if (Math.abs(key.length - letters.length) > limit) continue;
    const distance = distanceOf(letters, key, limit);
    if (distance > limit) continue;
    for (const place of places.filter(isAllowed)) {
      const position = place.folded.findIndex((folded) => lettersOf(folded) === key);
      found.push({ place, name: place.names[position], letters: key, distance });
    }
  }
  return found.sort((one, other) => one.distance - other.distance);
};

// The letters of a name that may differ by so many slips.
const slipsIn = (letters) => (letters.length >= LONG_NAME ? 2 : 1);

const sortedLetters = (letters) => [...lettersAsTyped(letters)].sort().join("");

// Of places without a plan, which are thousands, only names of which letters were changed over, left
// out or added; of a long one also another letter: «Buôn Mê Thuột».
const isSlip = (typed, { letters, distance }) =>
  letters.length !== typed.length ||
  (distance <= 1 && (typed.length >= LONG_NAME || sortedLetters(letters) === sortedLetters(typed)));

const nearPages = (pages, typed, limit) =>
  pages.map(spellOut).flatMap(({ names, joinedNames }) => {
    const distances = joinedNames.map((name) => distanceOf(typed, name, limit));
    const distance = Math.min(...distances);
    return distance > limit ? [] : [{ name: names[distances.indexOf(distance)], distance }];
  });

const byDistance = (one, other) => one.distance - other.distance;

// Names of pages and places that differ from what was typed by a letter, a long one by two; the
// nearest first: [{name, distance}].
const misspelled = ({ pages, places }, words) => {
  const typed = words.join("");
  const limit = slipsIn(typed);
  const near = [...nearNames(places, typed, limit), ...nearPages(pages, typed, limit)];
  return near.sort(byDistance);
};

// The same of places without a plan.
const misspelledPlaces = (places, words) => {
  const typed = words.join("");
  return nearNames(places, typed, slipsIn(typed)).filter((near) => isSlip(typed, near));
};

// The province that is named behind other words, as it is or else with a slip: {near, size}; or null.
const provinceBehind = (places, words) => {
  const found = [];
  for (let size = Math.min(words.length - 1, MAX_PROVINCE_WORDS); size > 0; size--) {
    const behind = words.slice(-size).join("");
    const limit = behind.length >= MIN_PROVINCE_LETTERS ? 1 : 0;
    const [near] = nearNames(places, behind, limit, ({ isProvince }) => isProvince);
    if (near) found.push({ near, size });
  }
  // «htinh dak lak» is not «tỉnh Đắk Lắk», but Đắk Lắk behind a slip.
  return found.find(({ near }) => !near.distance) || found[0] || null;
};

// Names of `communes` in the province that is named behind them: [{name, distance}]; `name` with the
// province's. `places` has the provinces.
const misspelledInProvince = (places, communes, words) => {
  const province = provinceBehind(places, words);
  if (!province) return [];
  const [name, short] = province.near.place.names;
  const typed = words.slice(0, -province.size).join("");
  const slips = typed.length >= MIN_TWO_SLIPS ? 2 : 1;
  const near = nearNames(communes, typed, slips, (place) => place.province === name);
  return near.map((one) => ({
    name: `${one.name} ${short}`,
    distance: one.distance + province.near.distance,
  }));
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
  return [
    behindProvince,
    namesOf,
    () => partedWords(query, known),
    () => correctedWords(query, known),
    placesOf,
  ];
};

// The answer to what may have been meant, with a remark on it; else the one given.
export const correct = async (typed, answer, scope, known) => {
  const tried = new Set();
  for (const attempts of attemptsFor(answer, await readNames(), known)) {
    for (const corrected of await attempts()) {
      if (tried.has(corrected) || tried.size === MAX_ATTEMPTS) continue;
      tried.add(corrected);
      const other = await lookUp(corrected, { ...scope, isWhole: true });
      if (isAnswered(other)) return { ...other, remark: remarkOn(corrected, typed) };
    }
  }
  return { ...answer, remark: "" };
};
