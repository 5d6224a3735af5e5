// Reads the index that congkhai/exports/search_index.py writes: which provision has which words.
// Its files lie in a folder that bears the name of one build, and are read one by one.

import { addressInIndex } from "./build.js";
import { once } from "./page.js";
import { fold } from "./words.js";

const HASH_FACTOR = 31;
const HASH_MODULUS = 65521;

const readJson = async (name) => {
  const address = await addressInIndex(name);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}: ${address}`);
  return response.json();
};

// The numbers of which each is given as its distance from the one before.
const addUp = (distances) => {
  let sum = 0;
  return distances.map((distance) => {
    sum += distance;
    return sum;
  });
};

const numbersOfBits = (text) => {
  const bytes = atob(text);
  const numbers = [];
  for (let index = 0; index < bytes.length; index++) {
    for (let bit = 0; bit < 8; bit++) {
      if ((bytes.charCodeAt(index) >> bit) & 1) numbers.push(index * 8 + bit);
    }
  }
  return numbers;
};

// The number of the file of a word, or of a pair; both are of letters and figures alone.
const numberOf = (folded, count) => {
  let value = 0;
  for (let index = 0; index < folded.length; index++) {
    value = (value * HASH_FACTOR + folded.charCodeAt(index)) % HASH_MODULUS;
  }
  return value % count;
};

// {known, starts, everyday, questions, read}: `known` words with how rare each is, `starts` the first
// provision of each source, and `read(folded)` the spellings of a word or a pair: [{spelling,
// provisions}], or `sources` where it is in too many provisions. No file is read for words that are
// not known.
export const openIndex = once(async () => {
  const index = await readJson("index.json");
  const { files } = index;
  // A word lies beside its pairs with the words after it, unless these are too many.
  const parted = new Set(index.parted.split(" "));
  const fileOf = (folded) => {
    const [first] = folded.split(" ");
    return numberOf(parted.has(first) ? folded : first, files);
  };
  const known = new Map(index.words.split(" ").map((word, rank) => [word, rank]));
  const isKnown = (word) => known.has(word) || !/^[a-z]+$/.test(word);
  const readFile = once(async (number) => {
    const terms = await readJson(`${number}.json`);
    const spellings = new Map();
    for (const [spelling, postings] of Object.entries(terms)) {
      const folded = fold(spelling);
      if (!spellings.has(folded)) spellings.set(folded, []);
      spellings.get(folded).push({ spelling, postings });
    }
    return spellings;
  });
  const read = once(async (folded) => {
    if (!folded.split(" ").every(isKnown)) return [];
    const spellings = (await readFile(fileOf(folded))).get(folded) || [];
    return spellings.map(({ spelling, postings }) =>
      typeof postings === "string"
        ? { spelling, sources: numbersOfBits(postings) }
        : { spelling, provisions: addUp(postings) },
    );
  });
  return {
    ...index,
    starts: addUp(index.starts),
    known,
    read,
  };
});
