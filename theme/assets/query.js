// Words of the index, from a text or from what a reader typed: the browser's half of
// hooks/corpus.py.

import { fold } from "./words.js";

const day = (first, second) => `d${first.padStart(2, "0")}${second.padStart(2, "0")}`;
const isDay = (first, second) => +first >= 1 && +first <= 31 && +second >= 1 && +second <= 12;

// Figures and days become one word each: «2,87%» → 2c87, «1/11», «ngày 1 tháng 11» → d0111.
const joinFigures = (folded) =>
  folded
    .replace(/ngay (\d{1,2}) thang (\d{1,2})/g, (whole, a, b) => (isDay(a, b) ? day(a, b) : whole))
    .replace(/(?<![\d/])(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?(?![\d%/])/g, (whole, a, b, year) => (isDay(a, b) ? `${day(a, b)} ${year ?? ""}` : whole))
    .replace(/(?<![\d/.,])(\d+)[.,](\d+)(?![\d/])/g, "$1c$2");

// The words of a text, in order.
export const wordsOf = (text) => joinFigures(fold(text)).match(/[a-z0-9]+/g) ?? [];

const SHORT = { p: "phường", x: "xã", tp: "thành phố", t: "tỉnh", h: "huyện", q: "quận", tx: "thị xã", tt: "thị trấn" };

// «p. hai duong», «tp hai phong», «P.Hải Dương»: a short form before a name.
const spellOut = (text) =>
  text.replace(/(^|\s)(tp|tx|tt|p|x|t|h|q)(\.\s*|\s+)(?=\p{L}{2})/giu, (whole, before, short, gap) =>
    gap.startsWith(".") || short.length > 1 || before === "" ? `${before}${SHORT[short.toLowerCase()]} ` : whole);

// Units named in a query, longest name first; each stands in the index as one word.
const findUnits = (words, names) => {
  const units = [];
  const rest = [];
  for (let start = 0; start < words.length; ) {
    const unit = names.find(({ words: name }) => name.length <= words.length - start && name.every((word, index) => word === words[start + index]));
    if (unit) {
      units.push(unit.word);
      start += unit.words.length;
    } else rest.push(words[start++]);
  }
  return { units, rest };
};

const SYMBOLS = new Set("so qd ttg kh ubnd nq tw cp cv quyet dinh ke hoach nghi quyet cong van".split(" "));

// names: [{words, word}], longest first. Gives: raw text, its words, and the words to look up.
export const understand = (typed, names) => {
  // «Quyết định số 155» is «Quyết định 155».
  const raw = spellOut(typed.normalize("NFC")).replace(/(^|\s)s[ốo]\s+(?=\d)/giu, "$1").trim();
  const words = wordsOf(raw);
  // «LĐ-TB&XH» and «LĐTB&XH» are one abbreviation: also try with its marks taken out.
  const joined = wordsOf(raw.replace(/(?<=\p{L})[-&.,](?=\p{L})/gu, ""));
  const plain = findUnits(words, names);
  const close = findUnits(joined, names);
  const { units, rest } = close.units.length > plain.units.length ? close : plain;
  // A document's number says it all; its symbol is spelled in many ways.
  const numbers = rest.filter((word) => /^\d{2,}$/.test(word));
  const isNumber = numbers.length === 1 && rest.every((word) => SYMBOLS.has(word) || word === numbers[0]);
  return { raw, words, terms: isNumber ? numbers : [...units, ...rest] };
};
