// Telex and VNI as their keys were typed, in a box that did not decode them.

import { fold, spokenWord } from "../words.js";

const TELEX_TONES = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323" };
const VNI_TONES = { 1: "\u0301", 2: "\u0300", 3: "\u0309", 4: "\u0303", 5: "\u0323" };
const HATS = { a: "â", e: "ê", o: "ô" };
const HORNS = { a: "ă", o: "ơ", u: "ư", â: "ă", ô: "ơ" };
const VOWEL = /[aeiouyâêôăơư]/;
const SYLLABLE =
  /^(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[aeiouyăâêôơư]{1,3}(?:ng|nh|ch|[cmnpt])?$/;

// Changes the last of `letters` that `marks` knows.
const markLast = (letters, marks) => {
  for (let index = letters.length - 1; index >= 0; index--) {
    const marked = marks[letters[index]];
    if (!marked) continue;
    letters[index] = marked;
    // «uow» is ươ.
    if (marked === "ơ" && letters[index - 1] === "u") letters[index - 1] = "ư";
    return true;
  }
  return false;
};

const hasVowel = (letters) => letters.some((letter) => VOWEL.test(letter));

// What a key does to the letters before it in Telex; false where it is a letter itself.
const pressTelex = (letters, key) => {
  if (key === "w") return markLast(letters, HORNS);
  if (key === "d" && letters[0] === "d") {
    letters[0] = "đ";
    return true;
  }
  return key in HATS && letters.includes(key) && markLast(letters, { [key]: HATS[key] });
};

const pressVni = (letters, key) => {
  if (key === "6") return markLast(letters, HATS);
  if (key === "7") return markLast(letters, { o: "ơ", u: "ư" });
  if (key === "8") return markLast(letters, { a: "ă" });
  return key === "9" && markLast(letters, { d: "đ" });
};

// Puts a tone where it is written today: «hòa», «biển», «ngoài».
const writeTone = (plain, tone) => {
  const onset = plain.match(/^(?:qu|gi(?=[aeiouyăâêôơư])|[^aeiouyăâêôơư]*)/)[0].length;
  const vowels = plain.slice(onset).match(/^[aeiouyăâêôơư]+/)[0];
  const isOpen = onset + vowels.length === plain.length;
  const marked = vowels.search(/[ăâêôơ][^ăâêôơ]*$|ư(?!ơ)/);
  const inside = isOpen && vowels.length > 1 ? vowels.length - 2 : vowels.length - 1;
  const end = onset + (marked < 0 ? inside : marked) + 1;
  return (plain.slice(0, end) + tone + plain.slice(end)).normalize("NFC");
};

const typeWord = (word, tones, press) => {
  const letters = [];
  let tone = "";
  for (const key of word) {
    if (key in tones && hasVowel(letters)) tone = tones[key];
    else if (!press(letters, key)) letters.push(key);
  }
  const plain = letters.join("");
  return SYLLABLE.test(plain) ? writeTone(plain, tone) : null;
};

// The word that a keyboard would have made of the keys typed: «hoachj», «hoa5ch»; null where
// they make no Vietnamese syllable.
const decodeWord = (word) => {
  const keys = word.toLowerCase();
  if (!/^[a-z]+[a-z1-9]*$/.test(keys)) return null;
  if (/[1-9]/.test(keys)) return typeWord(keys, VNI_TONES, pressVni);
  return typeWord(keys, TELEX_TONES, pressTelex);
};

const WORD = /[\p{L}\p{M}\d]+/gu;

const isPlain = (word) => /^[a-z][a-z\d]*$/i.test(word);

// What a keyboard would have made of the words; the same text where it would have made nothing
// that stands anywhere. Only where some word stands nowhere as it was typed.
export const decodeTyping = (typed, known) => {
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
