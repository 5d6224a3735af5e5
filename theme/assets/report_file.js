// Writes reports and responses as `congkhai` does: congkhai/drafting/filled_report.py writes the
// same bytes of the same report, and a test compares both.

import { fold } from "./words.js";

const FIELDS = [
  "status",
  "done_on",
  "target",
  "value",
  "asked",
  "text",
  "reason",
  "evidence",
  "corrects",
  "unchanged",
];
const QUOTED = new Set(["asked", "text", "reason"]);

const quote = (text) => JSON.stringify(text);

const writeEvidence = (evidence) =>
  `[${evidence.map(({ title, url }) => `{title: ${quote(title)}, url: ${quote(url)}}`).join(", ")}]`;

const writeField = (name, value) => {
  if (name === "evidence") return writeEvidence(value);
  return QUOTED.has(name) ? quote(value) : String(value);
};

const isGiven = (value) => Boolean(value) && !(Array.isArray(value) && value.length === 0);

const writeEntry = (entry) => [
  `  - item: ${entry.item}`,
  ...FIELDS.filter((name) => isGiven(entry[name])).map(
    (name) => `    ${name}: ${writeField(name, entry[name])}`,
  ),
];

// The comments above the lines about an item: where it is, whose part, and its words.
const describeItem = ({ reference, kind, deadline, words }, part) => {
  const facts = [reference, kind, part, ...(deadline ? [`thời hạn: ${deadline}`] : [])];
  const lines = words.split(/\r\n|\r|\n/);
  return [`  # ${facts.join(" · ")}`, ...lines.map((line) => `  # ${line}`)];
};

const writeEntries = (unit, entries, items) =>
  unit.items.flatMap((place, order) => {
    const item = items[place];
    const about = entries.filter((entry) => entry.item === item.id);
    if (!about.length) return [];
    return ["", ...describeItem(item, unit.parts[order]), ...about.flatMap(writeEntry)];
  });

export const writeReport = (form, unit, { period, date, entries }) =>
  `${[
    form.schemas.report,
    `# Báo cáo của ${unit.name}, ${form.place}, kỳ ${period}.`,
    form.title,
    `unit: ${unit.id}`,
    `period: "${period}"`,
    `date: ${date}`,
    "entries:",
    ...writeEntries(unit, entries, form.items),
  ].join("\n")}\n`;

export const writeResponse = (form, unit, { date, entries }) =>
  `${[
    form.schemas.response,
    `# Trả lời của ${unit.name}, ${form.place}.`,
    form.title,
    `unit: ${unit.id}`,
    `date: ${date}`,
    "answers:",
    ...writeEntries(unit, entries, form.items),
  ].join("\n")}\n`;

// The first name that no file has: a second report for a period ends with -2.
export const freeName = (stem, taken) => {
  let name = `${stem}.yml`;
  for (let number = 2; taken.includes(name); number += 1) name = `${stem}-${number}.yml`;
  return name;
};

const pad = (number) => String(number).padStart(2, "0");
const partsOf = (typed) =>
  fold(typed)
    .replace(/\b(ngay|ky|ca|nam)\b/g, " ")
    .trim()
    .split(/[\s/.,–-]+/);
const isYear = (part) => /^\d{4}$/.test(part);
const isNumber = (part) => /^\d{1,2}$/.test(part);

// «12/6/2026», «ngày 12 tháng 6 năm 2026», «6/2026» and «2026» as files have them; what is none of
// these stays.
export const readDay = (typed) => {
  const parts = partsOf(typed).filter((part) => part !== "thang");
  const [year, ...rest] = isYear(parts[0]) ? parts : parts.reverse();
  const isDay = year && isYear(year) && rest.length < 3 && rest.every(isNumber);
  return isDay ? [year, ...rest.map(pad)].join("-") : typed.trim();
};

const QUARTERS = { i: 1, ii: 2, iii: 3, iv: 4 };

// «Năm 2026», «quý 4 năm 2026», «quý IV/2026», «tháng 11/2026» as files have them; what is none of
// these stays.
export const readPeriod = (typed) => {
  const parts = partsOf(typed);
  const year = parts.find(isYear);
  const rest = parts.filter((part) => part !== year).join(" ");
  const quarter = /^q(?:uy)? ?(iv|i{1,3}|[1-4])$/.exec(rest);
  const month = /^(?:t|thang)? ?(0?[1-9]|1[0-2])$/.exec(rest);
  if (!year || (rest && !quarter && !month)) return typed.trim();
  if (quarter) return `${year}-q${QUARTERS[quarter[1]] || quarter[1]}`;
  return month ? `${year}-${pad(month[1])}` : year;
};

// «74,5» and «74,5 %» as files have them.
export const readNumber = (typed) => typed.replace(/[\s%]/g, "").replace(",", ".");
