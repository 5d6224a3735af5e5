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
