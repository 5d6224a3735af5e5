// What a reader typed, as terms of the index: the browser's half of hooks/corpus.py.

import { fold, undecoded } from "./words.js";

export const MARK = "·";

// Words of a name or a query: folded, cut at all that is no letter or digit.
export const wordsOf = (text) => fold(text).split(/[^a-z0-9]+/).filter(Boolean);

const PREFIXES = { p: "phuong", x: "xa", tp: "thanh pho", t: "tinh", h: "huyen", q: "quan", tx: "thi xa", tt: "thi tran" };

// «p. hai duong», «tp hai phong», «P.Hải Dương»: a short form before a name.
const spellOut = (text) =>
  text.replace(/(^|\s)(tp|tx|tt|p|x|t|h|q)(\.\s*|\s+)(?=\p{L}{2})/giu, (whole, before, short, gap) =>
    gap.startsWith(".") || short.length > 1 || before === "" ? `${before}${PREFIXES[short.toLowerCase()]} ` : whole);

const day = (first, second) => `d${first.padStart(2, "0")}${second.padStart(2, "0")}`;
const isDay = (first, second) => +first >= 1 && +first <= 31 && +second >= 1 && +second <= 12;

// Figures and days as the index has them: «2,87%» → 2c87, «1/11» → d0111.
const figures = (text) =>
  text
    .replace(/ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})|ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})/giu, (whole, a, b, c, d) => day(a ?? c, b ?? d))
    .replace(/(?<![\d/])(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?(?![\d%/])/g, (whole, a, b, year) => (isDay(a, b) ? `${day(a, b)}${year ? ` ${year}` : ""}` : whole))
    .replace(/(?<![\d/.,])(\d+)[.,](\d+)(?![\d/])/g, "$1c$2");

// The units named in a query, longest name first: their words are replaced by one token.
const findUnits = (words, names) => {
  const units = [];
  const rest = [];
  for (let start = 0; start < words.length; ) {
    const unit = names.find(({ words: name }) => name.length <= words.length - start && name.every((word, index) => word === words[start + index]));
    if (unit) {
      units.push(unit.token);
      start += unit.words.length;
    } else rest.push(words[start++]);
  }
  return { units, rest };
};

// names: [{words, token}], longest first.
export const understand = (typed, names) => {
  const text = spellOut(typed.normalize("NFC").replaceAll("%", " "));
  // «LĐ-TB&XH» and «LĐTB&XH» are one abbreviation: also try with its marks taken out.
  const joined = text.replace(/(?<=\p{L})[-&.,](?=\p{L})/gu, "");
  const plain = findUnits(wordsOf(figures(text)), names);
  const close = findUnits(wordsOf(figures(joined)), names);
  const best = close.units.length > plain.units.length ? close : plain;
  return { raw: text.trim(), words: wordsOf(figures(text)), units: best.units, rest: best.rest };
};

export const withoutInputMethod = (typed) => undecoded(typed);
