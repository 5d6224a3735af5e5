// Words of the index, from a text or from what a reader typed: the browser's half of
// congkhai/exports/search_documents.py.

import { fold } from "./words.js";

// Each figure with the character before it: iOS knows look-behind since 16.4 only.
const NUMERIC_DATE = /(^|[^\d/])(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?(?![\d%/])/g;
const WRITTEN_DATE = /ngay (\d{1,2}) thang (\d{1,2})/g;
const DECIMAL = /(^|[^\d/.,])(\d+)[.,](\d+)(?![\d/])/g;

const isDay = (day, month) => +day >= 1 && +day <= 31 && +month >= 1 && +month <= 12;
const dayWord = (day, month) => `d${day.padStart(2, "0")}${month.padStart(2, "0")}`;

// Figures and days become one word each: «2,87%» → 2c87, «1/11», «ngày 1 tháng 11» → d0111.
const joinFigures = (folded) =>
  folded
    .replace(WRITTEN_DATE, (whole, day, month) => (isDay(day, month) ? dayWord(day, month) : whole))
    .replace(NUMERIC_DATE, (whole, before, day, month, year = "") =>
      isDay(day, month) ? `${before}${dayWord(day, month)} ${year}` : whole,
    )
    .replace(DECIMAL, "$1$2c$3");

// The words of a text, in order.
export const wordsOf = (text) => joinFigures(fold(text)).match(/[a-z0-9]+/g) || [];

// The word of a unit in the index: «usonoivu» for so-noi-vu.
export const unitWord = (unit) => `u${unit.replace(/-/g, "")}`;

const PLACE_TYPES = {
  p: "phường",
  x: "xã",
  tp: "thành phố",
  t: "tỉnh",
  h: "huyện",
  q: "quận",
  tx: "thị xã",
  tt: "thị trấn",
};
const SHORT_PLACE_TYPE = /(^|\s)(tp|tx|tt|p|x|t|h|q)(\.\s*|\s+)(?=\p{L}{2})/giu;

// «p. hai duong», «tp hai phong», «P.Hải Dương»: a short form before a name. A single letter
// without a dot is one only where the query begins.
const spellOut = (text) =>
  text.replace(SHORT_PLACE_TYPE, (whole, before, short, gap) => {
    const isPlaceType = gap.startsWith(".") || short.length > 1 || before === "";
    return isPlaceType ? `${before}${PLACE_TYPES[short.toLowerCase()]} ` : whole;
  });

const startsWith = (words, name, start) =>
  name.every((word, index) => word === words[start + index]);

// Units named in a query, longest name first; each stands in the index as one word.
const findUnits = (words, unitNames) => {
  const units = [];
  const rest = [];
  let start = 0;
  while (start < words.length) {
    const unit = unitNames.find((name) => startsWith(words, name.words, start));
    if (unit) units.push(unit.word);
    else rest.push(words[start]);
    start += unit ? unit.words.length : 1;
  }
  return { units, rest };
};

const SYMBOLS = new Set(
  "so qd ttg kh ubnd nq tw cp cv quyet dinh ke hoach nghi quyet cong van".split(" "),
);
const BEFORE_A_NUMBER = /(^|\s)s[ốo]\s+(?=\d)/giu; // «Quyết định số 155» is «Quyết định 155»
const MARK_IN_A_WORD = /(\p{L})[-&.,](?=\p{L})/gu;

// A document's number says it all; its symbol is spelled in many ways.
const documentNumber = (words) => {
  const numbers = words.filter((word) => /^\d{2,}$/.test(word));
  const [number] = numbers;
  const isDocument =
    numbers.length === 1 && words.every((word) => SYMBOLS.has(word) || word === number);
  return isDocument ? number : null;
};

// unitNames: [{words, word}], longest first. Gives the raw text, its words, and the terms to
// look up in the index.
export const understand = (typed, unitNames) => {
  const raw = spellOut(typed.normalize("NFC")).replace(BEFORE_A_NUMBER, "$1").trim();
  const words = wordsOf(raw);
  // «LĐ-TB&XH» and «LĐTB&XH» are one abbreviation: also try with its marks taken out.
  const withMarks = findUnits(words, unitNames);
  const withoutMarks = findUnits(wordsOf(raw.replace(MARK_IN_A_WORD, "$1")), unitNames);
  const { units, rest } =
    withoutMarks.units.length > withMarks.units.length ? withoutMarks : withMarks;
  const number = documentNumber(rest);
  return { raw, words, terms: number ? [number] : [...units, ...rest] };
};
