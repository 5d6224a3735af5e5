// Vietnamese words as people type them: the browser's half of hooks/text.py.

// Lower case, no diacritics, đ as d.
export const fold = (text) =>
  text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");

// A part of an address, as hooks/text.py makes it.
export const slug = (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");

// Telex and VNI typed into a box that did not decode them: «kees hoachj», «ke61 hoa5ch».
// Only the letters matter, because what is found is folded anyway.
const telexWord = (word) =>
  word
    .replace(/^(.*[aeiouyw](?:ch|ng|nh|c|m|n|p|t)?)[sfrxj]$/, "$1")
    .replace(/aa|ee|oo/g, (pair) => pair[0])
    .replace(/dd/g, "d")
    .replace(/(?<=[auo])w/g, "");
const vniWord = (word) => (/[a-z][1-9]/.test(word) && /[aeiouy]/.test(word) ? word.replace(/(?<=[a-z][1-9]*)[1-9]/g, "") : word);
export const undecoded = (query) => fold(query).split(/\s+/).map((word) => telexWord(vniWord(word))).join(" ");
