// Thousands of places by the letters of their names: which of them may answer to some words, which
// stands at a place among words, whose names differ from what was typed by a slip.

import { editDistance } from "./edits.js";
import { wordsOf } from "./query.js";

const MAX_NAME_WORDS = 7;

// Thousands of names are made of some hundred syllables.
const wordsBySyllable = new Map();
const wordsOfSyllable = (syllable) => {
  if (!wordsBySyllable.has(syllable)) wordsBySyllable.set(syllable, wordsOf(syllable));
  return wordsBySyllable.get(syllable);
};
const wordsOfName = (name) => name.split(" ").flatMap(wordsOfSyllable);

const addTo = (map, key, value) => {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
};

// places: [{names, province}], `names` the full name and the short one. Each place gets `words` of
// each name, and `line`, those of all with its province's.
export const indexNames = (places) => {
  const byLetters = new Map();
  for (const place of places) {
    place.words = place.names.map(wordsOfName);
    place.line = ` ${[...place.words[0], ...wordsOfName(place.province)].join(" ")} `;
    const keys = place.words.map((words) => words.join(""));
    for (const key of new Set(keys)) addTo(byLetters, key, place);
  }
  return { places, byLetters };
};

// All words of the names in an index.
export const allWordsOf = ({ places }) =>
  new Set(places.flatMap(({ line }) => line.trim().split(" ")));

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

// The name of a place with that of its province where it follows: {place, name, length}.
const withProvince = (place, own, words, start) => {
  const next = start + own.length;
  const province = place.provinceNames.find((name) => standsAt(words, next, wordsOfName(name)));
  const name = place.names[place.words.indexOf(own)];
  if (!province) return { place, name, length: own.length };
  const length = own.length + wordsOfName(province).length;
  return { place, name: `${name} ${province}`, length };
};

// The longest names that stand at `start` among words: several where places have one name.
export const namesAt = ({ byLetters }, words, start, isAllowed) => {
  const run = words.slice(start, start + MAX_NAME_WORDS);
  const found = run
    .flatMap((_, last) => byLetters.get(run.slice(0, last + 1).join("")) || [])
    .flatMap((place) =>
      place.words
        .filter((own) => standsAt(words, start, own))
        .map((own) => withProvince(place, own, words, start)),
    )
    .filter(isAllowed);
  const most = Math.max(0, ...found.map(({ length }) => length));
  return found.filter(({ length }) => length === most);
};

// Names that differ by so many slips at most, the nearest first: [{place, name, letters, distance}].
export const nearNames = ({ byLetters }, letters, limit, isAllowed = () => true) => {
  const found = [];
  for (const [key, places] of byLetters) {
    const distance = editDistance(letters, key, limit);
    if (distance > limit) continue;
    for (const place of places.filter(isAllowed)) {
      const position = place.words.findIndex((words) => words.join("") === key);
      found.push({ place, name: place.names[position], letters: key, distance });
    }
  }
  return found.sort((one, other) => one.distance - other.distance);
};
