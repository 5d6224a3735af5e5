// Numbers that are written as words, where they can be nothing else: a month, a day, a share, the number
// of an item.

import { fold } from "../words.js";

// «tháng sáu»; without marks «thang sau» is also the next month.
const MONTHS = [
  ["giêng|gieng|một|mot", 1],
  ["hai", 2],
  ["ba", 3],
  ["tư", 4],
  ["năm(?! *\\d{4})", 5],
  ["sáu", 6],
  ["bảy|bay", 7],
  ["tám|tam", 8],
  ["chín|chin", 9],
  ["mười một|muoi mot", 11],
  ["mười hai|muoi hai|chạp|chap", 12],
  ["mười|muoi", 10],
].map(([names, month]) => [new RegExp(`(th[áa]ng) (?:${names})(?!\\p{L})`, "giu"), `$1 ${month}`]);

const DIGITS = "mot hai ba bon nam sau bay tam chin".split(" ");
const OTHER_DIGITS = { tu: 4, lam: 5 };
const digitOf = (word) => OTHER_DIGITS[word] || DIGITS.indexOf(word) + 1;
const TENS = { muoi: 10, tram: 100 };
const JOINING = ["linh", "le"]; // «một trăm linh năm»
const MARKED = "một mốt hai ba bốn tư năm lăm sáu bảy tám chín mười mươi trăm linh lẻ".split(" ");
const WORD = [...MARKED, ...MARKED.map(fold)].join("|");
const NUMBER = `(?:${WORD})(?: (?:${WORD}))*`;
const SHARE = new RegExp(`(^|\\s)(${NUMBER})(?= ph[ầa]n tr[ăa]m)`, "giu");
const DAY = new RegExp(`(ng[àa]y) (${NUMBER})(?= th[áa]ng)`, "giu");
const ORDINAL = new RegExp(`(^|\\s)(?:thứ|m[ùuồo]ng) (${NUMBER}|\\d+)(?![\\p{L}\\d])`, "giu");

// «hai mươi lăm» → 25, «một trăm» → 100.
const numberOf = (words) => {
  let sum = 0;
  let figure = 0;
  for (const word of fold(words).split(" ")) {
    if (word in TENS) {
      sum += (figure || 1) * TENS[word];
      figure = 0;
    } else if (!JOINING.includes(word)) figure = digitOf(word);
  }
  return sum + figure;
};

const isFigure = (word) => /^\d/.test(word);

// A text with such numbers in figures; «mùng» and «thứ» are left out before them.
export const readNumberWords = (text) =>
  MONTHS.reduce((read, [name, month]) => read.replace(name, month), text)
    .replace(SHARE, (_, before, words) => before + numberOf(words))
    .replace(DAY, (_, name, words) => `${name} ${numberOf(words)}`)
    .replace(ORDINAL, (_, before, words) => before + (isFigure(words) ? words : numberOf(words)));
