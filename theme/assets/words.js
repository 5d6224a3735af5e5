// Vietnamese words as people type them: the browser's half of congkhai/text/vietnamese.py.

// Lower case, no diacritics, đ as d.
export const fold = (text) =>
  text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;

// As typed but for case and the place of a tone: «hoà» and «hòa» are one, «hóa» is another.
export const spoken = (text) =>
  text.toLowerCase().replace(/[\p{L}\p{M}]+/gu, (word) => {
    const parts = word.normalize("NFD");
    return parts.replace(TONES, "").normalize("NFC") + (parts.match(TONES) || []).join("");
  });

// A part of an address, as congkhai/text/vietnamese.py makes it.
export const slug = (text) =>
  fold(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");

// Telex and VNI typed into a box that did not decode them: «kees hoachj», «ke61 hoa5ch».
// Only the letters matter, because what is found is folded anyway.
const decodeTelex = (word) =>
  word
    .replace(/^(.*[aeiouyw](?:ch|ng|nh|c|m|n|p|t)?)[sfrxj]$/, "$1")
    .replace(/aa|ee|oo/g, (pair) => pair[0])
    .replace(/dd/g, "d")
    .replace(/([auo])w/g, "$1");

const decodeVni = (word) => {
  const isVni = /[a-z][1-9]/.test(word) && /[aeiouy]/.test(word);
  return isVni ? word.replace(/([a-z])[1-9]+/g, "$1") : word;
};

export const decodeTyping = (query) =>
  fold(query)
    .split(/\s+/)
    .map((word) => decodeTelex(decodeVni(word)))
    .join(" ");
