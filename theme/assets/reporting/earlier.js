// What was reported before, in the words of the page: reports and their lines of a plan's
// bao-cao.json.

import { formatNumber } from "../page.js";

const UNCHANGED = "không có gì mới";

export const formatValue = (value, unit) =>
  unit === "%" ? `${formatNumber(value)}%` : `${formatNumber(value)} ${unit}`;

export const reportOf = (form, file) => form.reports.find((report) => report.file === file);

// «đang thực hiện, 89,2%».
const sayLine = (form, statuses, line) => {
  const { item, target, status, value, unchanged } = line;
  const place = form.items.findIndex(({ id }) => id === item);
  const targets = form.targets.filter((one) => one.item === place);
  const found = targets.find(({ key }) => key === target) || targets[0];
  const said = unchanged ? UNCHANGED : statuses[status];
  return [said, value === null || !found ? "" : formatValue(value, found.unit)]
    .filter(Boolean)
    .join(", ");
};

// What reports say of an item, the newest first: [{file, said, address, words}]. `lines` are those
// about it.
export const listEarlier = (form, statuses, lines) =>
  [...new Set(lines.map(({ file }) => file))].reverse().map((file) => {
    const about = lines.filter((line) => line.file === file);
    const words = about.map((line) => sayLine(form, statuses, line)).filter(Boolean);
    return { ...reportOf(form, file), words: words.join("; ") };
  });
