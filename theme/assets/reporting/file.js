// Writes reports and responses as `congkhai` does: congkhai/drafting/filled_report.py writes the
// same bytes of the same report, and a test compares both.

import { readNumber } from "./typed.js";

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
  if (name === "value") return readNumber(value).number;
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
