// Vietnamese words as people type them: the browser's half of congkhai/text/vietnamese.py and
// congkhai/text/search_words.py.

// Lower case, no diacritics, đ as d.
export const fold = (text) =>
  text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const Y = /((?:^|[^aeiouyăâêôơư])|^qu)y$/;

// A word as it is said: its tone at the end, y after a consonant as i. «hoà» and «hòa», «kỹ» and
// «kĩ» are one, «hóa» is another.
export const spokenWord = (word) => {
  const parts = word.toLowerCase().normalize("NFD");
  const letters = parts.replace(TONES, "").normalize("NFC").replace(Y, "$1i");
  return letters + (parts.match(TONES) || []).join("");
};

export const spoken = (text) => text.replace(/[\p{L}\p{M}]+/gu, spokenWord);

// A part of an address, as congkhai/text/vietnamese.py makes it.
export const slug = (text) =>
  fold(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");

// ------------------------------------------------------------------------ Telex and VNI

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
export const decodeWord = (word) => {
  const keys = word.toLowerCase();
  if (!/^[a-z]+[a-z1-9]*$/.test(keys)) return null;
  if (/[1-9]/.test(keys)) return typeWord(keys, VNI_TONES, pressVni);
  return typeWord(keys, TELEX_TONES, pressTelex);
};
