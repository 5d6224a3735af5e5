// The words of a text or of what a reader typed, in the spelling of the index: the browser's
// half of congkhai/text/search_words.py.

import { fold, spokenWord } from "../words.js";

const TOKEN = /\d+(?:[.,/-]\d+)*%?|[\p{L}\p{M}][\p{L}\p{M}\d]*/gu;
const SEPARATOR = /[.,/-]/g;
// Also as typed without marks.
const MONTHS = ["thang", spokenWord("tháng")];
const YEARS = ["nam", spokenWord("năm")];

const isDay = (day, month) =>
  day.length < 3 && month.length < 3 && +day >= 1 && +day <= 31 && +month >= 1 && +month <= 12;
const twoDigits = (figure) => String(Number(figure)).padStart(2, "0");
const dayWord = (day, month) => `d${twoDigits(day)}${twoDigits(month)}`;
const monthWord = (month) => `m${twoDigits(month)}`;
const plainFigure = (digits) => digits.replace(/^0+(?=\d)/, "");

const fullDate = ([day, month, year], marks) => {
  const isDate = marks.size === 1 && !marks.has(",") && isDay(day, month);
  if (!isDate || (year.length !== 4 && year.length !== 2)) return null;
  return [dayWord(day, month), year.length === 4 ? year : `20${year}`];
};

const shortDate = ([day, month], marks) => {
  if (!marks.has("/") && !marks.has("-")) return null;
  if (isDay(day, month)) return [dayWord(day, month)];
  return isDay("1", day) && month.length === 4 ? [monthWord(day), month] : null;
};

const dateOf = (parts, marks) => {
  if (parts.length === 3) return fullDate(parts, marks);
  return parts.length === 2 ? shortDate(parts, marks) : null;
};

// «30/6/26» → d3006 2026, «6/2026» → m06 2026, «2,87%» → 2c87; other figures each by itself.
const figureWords = (printed) => {
  const isPercent = printed.endsWith("%");
  const parts = printed.replace("%", "").split(SEPARATOR);
  const marks = new Set(printed.match(SEPARATOR) || []);
  const date = isPercent ? null : dateOf(parts, marks);
  if (date) return date;
  if (parts.length > 1 && !marks.has("/") && !marks.has("-")) {
    return [[plainFigure(parts[0]), ...parts.slice(1)].join("c")];
  }
  return parts.map(plainFigure);
};

const isFigure = (word) => /^\d+$/.test(word || "");

// What stands at «tháng»: {skipped, month}, the words that belong to it and the month in figures;
// null where it is no month.
const monthAt = (line, index) => {
  if (!MONTHS.includes(line[index])) return null;
  const month = line[index + 1];
  if (/^m\d\d$/.test(month)) return { skipped: 1, month: "" }; // «tháng 6/2026»
  if (!isFigure(month) || !isDay("1", month)) return null;
  const hasYear = YEARS.includes(line[index + 2]) && /^\d{4}$/.test(line[index + 3]);
  return { skipped: hasYear ? 3 : 2, month };
};

// One word of «1 tháng 11», of «tháng 11» alone; «năm» behind them is left out.
const joinWrittenDays = (line) => {
  const joined = [];
  for (let index = 0; index < line.length; index++) {
    const at = monthAt(line, index);
    const day = joined[joined.length - 1];
    if (!at) joined.push(line[index]);
    else if (isFigure(day) && isDay(day, at.month))
      joined[joined.length - 1] = dayWord(day, at.month);
    else if (at.month) joined.push(monthWord(at.month));
    if (at) index += at.skipped - 1;
  }
  return joined;
};

// Thousands of provisions and names are made of some thousand words.
const wordsByToken = new Map();
const tokenWords = (token) => {
  let words = wordsByToken.get(token);
  if (!words) {
    words = /^\d/.test(token) ? figureWords(token) : [spokenWord(token)];
    wordsByToken.set(token, words);
  }
  return words;
};

const foldedByWord = new Map();
// The word of the index without its marks.
export const foldWord = (spoken) => {
  let folded = foldedByWord.get(spoken);
  if (folded === undefined) {
    folded = fold(spoken);
    foldedByWord.set(spoken, folded);
  }
  return folded;
};

// The words of a text with their marks, in order.
export const spokenWordsOf = (text) =>
  joinWrittenDays((text.normalize("NFC").match(TOKEN) || []).flatMap(tokenWords));

const showDate = (word) =>
  word.replace(/^d(\d\d)(\d\d)$/, "$1/$2").replace(/^m(\d\d)$/, "tháng $1");

// A word of the index as it was typed in a text.
export const asTyped = (text, spoken) =>
  (text.match(TOKEN) || []).find((token) => tokenWords(token).includes(spoken)) || showDate(spoken);

// The words of a text without marks.
export const wordsOf = (text) => spokenWordsOf(text).map(foldWord);

// The word of a unit in the index: «usonoivu» for so-noi-vu.
export const unitWord = (unit) => `u${unit.replace(/-/g, "")}`;
