// Reads the index that congkhai/exports/search_index.py writes: which provision has which words.
// Its files lie in a folder that bears the name of one build, and are read one by one.

import { addressInIndex, readBuild } from "../build.js";
import { once } from "../page.js";
import { fold } from "../words.js";

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

// A flag for each of `count` sources.
const flagsOfBits = (text, count) => {
  const bytes = atob(text);
  const flags = new Uint8Array(count);
  for (let source = 0; source < count; source++) {
    flags[source] = (bytes.charCodeAt(source >> 3) >> (source & 7)) & 1;
  }
  return flags;
};

const flagsBut = (missing, count) => {
  const flags = new Uint8Array(count).fill(1);
  for (const source of addUp(missing)) flags[source] = 0;
  return flags;
};

// The number of the file of a word, or of a pair; both are of letters and figures alone.
const numberOf = (folded, count) => {
  let value = 0;
  for (let index = 0; index < folded.length; index++) {
    value = (value * HASH_FACTOR + folded.charCodeAt(index)) % HASH_MODULUS;
  }
  return value % count;
};

// ------------------------------------------------------------- what is known without a file

const MULTIPLIERS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1];
const BITS_OF_A_NUMBER = 2 ** 32;

const CHECKSUMS = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 && 0xedb88320);
  return value;
});

// CRC-32, as zlib has it.
const checksumOf = (text) => {
  let value = -1;
  for (const byte of new TextEncoder().encode(text)) {
    value = (value >>> 8) ^ CHECKSUMS[(value ^ byte) & 255];
  }
  return ~value;
};

// A function that tells whether a term may stand anywhere: of one that does all bits are set.
const openFilter = (text) => {
  const bytes = atob(text);
  return (term) => {
    const checksum = checksumOf(term);
    return MULTIPLIERS.every((multiplier) => {
      const product = Math.imul(checksum, multiplier) >>> 0;
      const number = Math.floor((product * bytes.length * 8) / BITS_OF_A_NUMBER);
      return (bytes.charCodeAt(number >> 3) >> (number & 7)) & 1;
    });
  };
};

const NOWHERE = { isNowhere: true };

// A function that tells where a term is without its file, as `locate` does; null where it cannot.
const openSummary = ({ frequent, others }, count) => {
  const spelled = new Map();
  const folded = new Map();
  for (const row of frequent) {
    const readFlags = once(() => flagsBut(row.missing, count));
    for (const term of row.spellings.split(";")) spelled.set(term, readFlags);
    for (const term of row.folded.split(";")) folded.set(term, readFlags);
  }
  const mayStand = once(openFilter(others));
  return (term, exact) => {
    const readFlags = exact ? spelled.get(term.spoken) : folded.get(term.folded);
    if (readFlags) return { sources: readFlags() };
    return mayStand(exact ? term.spoken : term.folded) ? null : NOWHERE;
  };
};

// ------------------------------------------------------------------------------ the whole

// {known, starts, everyday, questions}: `known` words with how rare each is, `starts` the first
// provision of each source. The terms themselves are opened apart: a name needs none.
export const openIndex = once(async () => {
  const index = await readJson("index.json");
  return {
    ...index,
    starts: addUp(index.starts),
    known: new Map(index.words.split(" ").map((word, rank) => [word, rank])),
  };
});

// The index with {isLarge, locate, read}. A term is a word or a pair: {spoken, folded}. `locate(term, exact)` tells where it
// is told, with its marks or without: {sources}, a flag for each, where these are known; {file}, the
// number of the file to be read; or {isNowhere}. `read(term)` gives its spellings from its file:
// [{spelling, provisions}], or `sources` where it is in too many provisions.
export const openTerms = once(async () => {
  const { has_terms: isLarge } = await readBuild();
  const [index, told] = await Promise.all([openIndex(), isLarge ? readJson("terms.json") : null]);
  const count = index.starts.length - 1;
  const tell = told ? openSummary(told, count) : () => null;
  // A word lies beside its pairs with the words after it, unless these are too many.
  const parted = new Set(index.parted.split(" "));
  const fileOf = (folded) => {
    const [first] = folded.split(" ");
    return numberOf(parted.has(first) ? folded : first, index.files);
  };
  const isKnown = (word) => index.known.has(word) || !/^[a-z]+$/.test(word);
  const locate = (term, exact) => {
    const { folded } = term;
    if (!folded.split(" ").every(isKnown)) return NOWHERE;
    return tell(term, exact) || { file: fileOf(folded) };
  };
  const readTermsOfFile = once(async (number) => {
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
    const spellings = (await readTermsOfFile(fileOf(folded))).get(folded) || [];
    return spellings.map(({ spelling, postings }) =>
      typeof postings === "string"
        ? { spelling, sources: flagsOfBits(postings, count) }
        : { spelling, provisions: addUp(postings) },
    );
  });
  return { ...index, isLarge, locate, read };
});
