// Thousands of places by the letters of their names: which of them may answer to some words, which
// stands at a place among words.

import { once } from "../page.js";
import { wordsOf } from "./query.js";

const MAX_NAME_WORDS = 7;

export const lettersOf = (folded) => folded.replace(/ /g, "");

const addTo = (map, key, value) => {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
};

// A name as its words in one text, without marks. Thousands are made of some hundred syllables.
const foldSyllable = once((syllable) => wordsOf(syllable).join(" "));
const foldName = (name) => name.split(" ").map(foldSyllable).filter(Boolean).join(" ");

// A place's full name and its short one, which ends it: «xã Nam Sách», «Nam Sách».
const foldNames = ([name, short], foldType) => {
  const folded = foldName(short);
  const type = name.slice(0, name.length - short.length).trimEnd();
  return [type ? `${foldType(type)} ${folded}` : folded, folded];
};

// places: [{names, province, provinceNames}], `names` the full name and the short one. Each place gets
// `folded`, its names without marks, and `line`, the words of all with its province's.
export const indexNames = (places) => {
  const byLetters = new Map();
  const foldPart = once(foldName);
  for (const place of places) {
    place.folded = foldNames(place.names, foldPart);
    const [name, short] = place.folded;
    place.line = ` ${name} ${foldPart(place.province)} `;
    addTo(byLetters, lettersOf(name), place);
    if (short !== name) addTo(byLetters, lettersOf(short), place);
  }
  return { places, byLetters };
};

// All words of the names in an index.
export const allWordsOf = ({ places }) => {
  const words = new Set();
  // Most syllables stand in many names.
  for (const { line } of places) for (const word of line.split(" ")) words.add(word);
  words.delete("");
  return words;
};

// Places that have all of the words, or whose name stands among them or begins their letters.
export const mayAnswer = ({ places, byLetters }, words) => {
  const parts = words.map((word) => ` ${word} `);
  const found = new Set(places.filter(({ line }) => parts.every((part) => line.includes(part))));
  const addNamed = (letters) => {
    for (const place of byLetters.get(letters) || []) found.add(place);
  };
  words.forEach((_, start) => {
    const run = words.slice(start, start + MAX_NAME_WORDS);
    run.forEach((_, last) => {
      addNamed(run.slice(0, last + 1).join(""));
    });
  });
  const letters = words.join("");
  for (let end = 1; end <= letters.length; end++) addNamed(letters.slice(0, end));
  return [...found];
};

const standsAt = (words, start, part) => part.every((word, index) => words[start + index] === word);

const wordsOfName = (name) => foldName(name).split(" ");

// A name of a place with that of its province where it follows: {place, name, length}.
const withProvince = (place, position, words, start) => {
  const { length } = place.folded[position].split(" ");
  const name = place.names[position];
  const province = place.provinceNames.find((one) =>
    standsAt(words, start + length, wordsOfName(one)),
  );
  if (!province) return { place, name, length };
  return { place, name: `${name} ${province}`, length: length + wordsOfName(province).length };
};

// The longest names that stand at `start` among words: several where places have one name.
export const namesAt = ({ byLetters }, words, start, isAllowed) => {
  const run = words.slice(start, start + MAX_NAME_WORDS);
  const found = run
    .map((_, last) => run.slice(0, last + 1))
    .flatMap((part) =>
      (byLetters.get(part.join("")) || [])
        .map((place) => ({ place, position: place.folded.indexOf(part.join(" ")) }))
        .filter(({ position }) => position >= 0),
    )
    .map(({ place, position }) => withProvince(place, position, words, start))
    .filter(isAllowed);
  const most = Math.max(0, ...found.map(({ length }) => length));
  return found.filter(({ length }) => length === most);
};
