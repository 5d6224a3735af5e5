// What people type for a day, a period, a figure or an address, as data files have it. congkhai/text/typed.py
// reads the same of workbooks and commands; tests/data/typed.tsv holds for both.

import { fold } from "../words.js";

const pad = (number) => String(number).padStart(2, "0");

const wordsOf = (typed) =>
  fold(typed.normalize("NFKC"))
    .replace(/([a-z])(?=[0-9])/g, "$1 ")
    .split(/[\s/.,;‐‑‒–—−-]+/)
    .filter(Boolean);

const wholeYear = (year) => (year.length === 4 ? year : `20${pad(year)}`);

const join = (year, ...rest) => [wholeYear(year), ...rest.filter(Boolean).map(pad)].join("-");

const isMonth = (part) => part >= 1 && part <= 12;

// The last such month or day that has come; `today` as 2026-11-26.
const last = (today, month, day) => {
  const rest = [month, ...(day ? [day] : [])].map(pad);
  const isToCome = [pad(month), pad(day || 1)].join("-") > today.slice(5);
  return [Number(today.slice(0, 4)) - isToCome, ...rest].join("-");
};

// What the first pattern that fits makes of a text; "" where none fits, or the text is none.
const readAs = (text, forms) => {
  for (const [pattern, write] of forms) {
    const match = pattern.exec(text);
    const read = match && write(match);
    if (read) return read;
  }
  return "";
};

const OF_DAYS = ["ngay", "thang", "nam", "mung", "mong"];
const DAYS = [
  [/^(\d{1,2}) (\d{1,2}) (\d{4}|\d{2})$/, ([, day, month, year]) => join(year, month, day)],
  [/^(\d{4})(?: (\d{1,2}))?(?: (\d{1,2}))?$/, ([, ...parts]) => join(...parts)],
  [/^(\d{1,2}) (\d{4})$/, ([, month, year]) => join(year, month)],
];

// «12/6/2026», «12/6/26», «30/6», «ngày 12 tháng 6 năm 2026», «6/2026» and «2026».
export const readDay = (typed, today) => {
  const words = wordsOf(typed);
  const text = words.filter((word) => !OF_DAYS.includes(word)).join(" ");
  const withoutYear = [
    [
      /^(\d{1,2}) (\d{1,2})$/,
      ([, day, month]) => (month > 12 ? join(month, day) : last(today, month, day)),
    ],
    [/^(\d{1,2})$/, ([, month]) => words.includes("thang") && last(today, month)],
  ];
  return readAs(text, [...DAYS, ...withoutYear]) || typed.trim();
};

const OF_PERIODS = ["nam", "ky", "ca"];
const QUARTERS = { i: 1, ii: 2, iii: 3, iv: 4 };
const PERIODS = [
  [
    /^(?:(?:t|thang) )?(\d{1,2}) (\d{4})$/,
    ([, month, year]) => isMonth(month) && join(year, month),
  ],
  [
    /^(\d{4})(?: (?:(?:t|thang) )?(\d{1,2}))?$/,
    ([, year, month]) => (!month || isMonth(month)) && join(year, month),
  ],
];

const readQuarter = ([, first, typed, second], today) => {
  if (first && second) return "";
  const quarter = QUARTERS[typed] || typed;
  const year = first || second || last(today, quarter * 3 - 2).slice(0, 4);
  return `${wholeYear(year)}-q${quarter}`;
};

// «Năm 2026», «quý 4 năm 2026», «Quý IV», «tháng 11/2026».
export const readPeriod = (typed, today) => {
  const text = wordsOf(typed)
    .filter((word) => !OF_PERIODS.includes(word))
    .join(" ");
  const withWord = [
    [
      /^(?:(\d{4}) )?q(?:uy)? ?(iv|i{1,3}|[1-4])(?: (\d{4}|\d{2}))?$/,
      (match) => readQuarter(match, today),
    ],
    [
      /^(?:t|thang) (\d{1,2})(?: (\d{2}))?$/,
      ([, month, year]) => isMonth(month) && (year ? join(year, month) : last(today, month)),
    ],
  ];
  return readAs(text, [...withWord, ...PERIODS]) || typed.trim();
};

const doubt = (typed, text) => {
  const [whole, fraction] = text.split(/[.,]/);
  const exact = `${whole},${fraction}`.replace(/,?0+$/, "");
  return `“${typed}” là ${whole}${fraction} hay ${exact}? ghi lại ${whole}${fraction} hoặc ${exact}`;
};

// «74,5», «74,5 %», «1.250.000», as files have them; `doubt` says what may be thousands or a
// fraction, in words for the one who typed it.
export const readNumber = (typed) => {
  const given = typed.normalize("NFKC").trim().replace(/%$/, "").trim();
  const text = given.replace(/(\d) (?=\d{3}(?!\d))/g, "$1");
  if (/^[1-9]\d{0,2}(?:\.\d{3}|,\d{2}0)$/.test(text)) return { doubt: doubt(typed, text) };
  const isGrouped = /^-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/.test(text);
  const number = (isGrouped ? text.replace(/\./g, "") : text).replace(",", ".");
  if (!/^-?\d+(?:\.\d+)?$/.test(number)) return { number: typed.trim() };
  return { number: number.includes(".") ? number.replace(/\.?0+$/, "") : number };
};

const HOST_FIRST = /^(?:www\.)?(?:[a-z0-9-]+\.)+(?:vn|com|org|net|edu|gov|info|asia)(?:[/?#]|$)/i;

// «laichau.gov.vn/a», «HTTPS://laichau.gov.vn/van ban.pdf»; the name of a file stays as it is.
export const readAddress = (typed) => {
  const text = typed.trim().replace(/^https:\/\//i, "https://");
  const address = HOST_FIRST.test(text) ? `https://${text}` : text;
  return address.startsWith("https://") ? address.replace(/ /g, "%20") : address;
};
