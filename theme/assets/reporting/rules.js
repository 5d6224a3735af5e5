// What is wrong with a report, before a file is made of it. The rules about single lines,
// links and personal data and the forms of fields come from assets/bao-cao.json, which
// congkhai/exports/report_rules.py reads from those of `congkhai check`; that has the last word.

import { formatNumber } from "../page.js";
import { formatValue, reportOf } from "./earlier.js";
import { findPersonalData } from "./personal-data.js";
import { readNumber } from "./typed.js";

const isGiven = (value) => Boolean(value) && !(Array.isArray(value) && value.length === 0);

const applies = (rule, entry) =>
  rule.given.every((field) => isGiven(entry[field])) &&
  (rule.status === null || rule.status === entry.status) &&
  (rule.unless_status === null || rule.unless_status !== entry.status);

const isBroken = (rule, entry) =>
  applies(rule, entry) &&
  ((rule.needs_one_of.length > 0 && !rule.needs_one_of.some((field) => isGiven(entry[field]))) ||
    rule.refuses.some((field) => isGiven(entry[field])));

// The places of the rules that a line breaks, from 0.
export const findBrokenRules = (rules, entry) =>
  rules.map((rule, place) => (isBroken(rule, entry) ? place : -1)).filter((place) => place >= 0);

// `field` is the name that the form gives it behind the item's: «done_on», «evidence.0.url».
const problem = (entry, field, message) => ({ item: entry.item, field, message });
const lack = (entry, field, message) => ({ ...problem(entry, field, message), isMissing: true });

const checkAlone = ({ rules, statuses }, entry) =>
  rules
    .filter((rule) => isBroken(rule, entry))
    .map((rule) => {
      // The codes are for those who write files; the form has their names.
      const words = Object.keys(statuses).reduce(
        (text, code) => text.replace(` (${code})`, ""),
        rule.message.replace("{item}", entry.item),
      );
      const [needed] = rule.needs_one_of;
      return needed ? lack(entry, needed, words) : problem(entry, rule.at, words);
    });

// Why a year, a month or a day that files may have is none; "" when it is one.
const refuseDay = (day) => {
  const [year, month = 1, date = 1] = day.split("-").map(Number);
  if (month < 1 || month > 12) return `không có tháng ${month}`;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (date >= 1 && date <= days) return "";
  const twoDigits = (part, below) => (part < below ? `0${part}` : part);
  return `không có ngày ${twoDigits(date, 10)}/${twoDigits(month, 3)}/${year}`;
};

const isWholeDay = (day) => /^\d{4}-\d{2}-\d{2}$/.test(day) && !refuseDay(day);

const checkDay = (rulebook, entry, { date, firstDay }) => {
  const day = entry.done_on;
  if (!day) return [];
  const tell = (message) => [problem(entry, "done_on", message)];
  if (!new RegExp(rulebook.day).test(day) || day.length === 5) {
    return tell(`không đọc được ngày “${day}”; ghi như 12/6/2026, hoặc 6/2026`);
  }
  const refusal = refuseDay(day);
  if (refusal) return tell(refusal);
  if (isWholeDay(date) && day > date) return tell("ngày hoàn thành sau ngày báo cáo");
  if (firstDay && day < firstDay.slice(0, day.length)) {
    return tell("ngày hoàn thành trước khi có kế hoạch");
  }
  return [];
};

const REACHED = {
  "=": (value, goal) => value === goal,
  ">": (value, goal) => value > goal,
  ">=": (value, goal) => value >= goal,
  "<": (value, goal) => value < goal,
  "<=": (value, goal) => value <= goal,
};

const isFurther = (value, last, { comparator, goal }) => {
  if (comparator[0] === ">") return value < last;
  if (comparator[0] === "<") return value > last;
  return Math.abs(value - goal) > Math.abs(last - goal);
};

const isMissed = (value, { comparator, goal, maximum, is_decided }) =>
  is_decided && (maximum === null || value <= maximum) && !REACHED[comparator](value, goal);

const refuseRange = (value, { least, most }) => {
  if (value >= least && (most === null || value <= most)) return "";
  const end = most === null ? "trở lên" : `đến ${formatNumber(most)}`;
  return `kết quả phải từ ${formatNumber(least)} ${end}`;
};

// What a number that can be read says against its target, or what was reported before.
const judgeValue = (value, entry, target, last) => {
  const range = refuseRange(value, target);
  if (range) return ["value", range];
  if (entry.status === "done" && isMissed(value, target)) {
    return ["value", `ghi hoàn thành, nhưng kết quả chưa đạt ${target.words}`];
  }
  if (last && isFurther(value, last.value, target) && !entry.reason) {
    const worse = /[<>]/.test(target.comparator) ? "kém" : `xa ${target.words}`;
    const before = `${formatValue(last.value, target.unit)} đã báo (${last.said})`;
    return ["reason", `${worse} hơn ${before}: ghi lý do`];
  }
  return null;
};

const checkValue = (rulebook, entry, target, last) => {
  if (!entry.value) return [];
  const field = `${target.key}.value`;
  const { number, doubt } = readNumber(entry.value);
  if (doubt) return [problem(entry, field, doubt)];
  if (!new RegExp(rulebook.decimal).test(number)) {
    const right = "chỉ ghi số, như 74,5 hoặc 1250";
    return [problem(entry, field, `không đọc được số “${entry.value}”; ${right}`)];
  }
  const found = judgeValue(Number(number), entry, target, last);
  if (!found) return [];
  const [about, message] = found;
  return [about === "value" ? problem(entry, field, message) : lack(entry, about, message)];
};

const isDueAgain = (last, { recurs }, date) =>
  recurs && last.done_on && last.done_on.slice(0, 4) < date.slice(0, 4);

const checkSetback = (entry, last, item, date) => {
  const isSetback = last && last.status === "done" && entry.status && entry.status !== "done";
  if (!isSetback || entry.reason || isDueAgain(last, item, date)) return [];
  const words = `lần này ghi chưa xong, nhưng đã báo hoàn thành (${last.said}): ghi lý do`;
  return [lack(entry, "reason", words)];
};

const splitLink = (authority, url) => {
  const found = new RegExp(authority, "iu").exec(url);
  const [whole] = found ? found.slice(1) : [""];
  const port = (/:[0-9]*$/.exec(whole) || [""])[0];
  return {
    url,
    authority: whole,
    host: whole.slice(0, whole.length - port.length).toLowerCase(),
    port,
  };
};

// What is wrong with an address that a link leads to, and what to do; "" when it is good.
export const refuseLink = ({ authority, links }, url) => {
  const parts = splitLink(authority, url);
  const broken = links.find(
    ({ part, pattern, is_required }) => new RegExp(pattern, "u").test(parts[part]) !== is_required,
  );
  if (!broken) return "";
  const fill = (words) => words.replace("{part}", parts[broken.part].slice(0, 60));
  return `${fill(broken.message)}; ${fill(broken.hint)}`;
};

const refuseSource = (rulebook, url) => {
  const { attachment, endings } = rulebook;
  if (/^https?:|:|^\/\//.test(url)) return refuseLink(rulebook, url);
  if (new RegExp(attachment, "iu").test(url) && !url.includes("..")) return "";
  return `ghi địa chỉ https://… của tài liệu, hoặc tên một tệp: ${endings.join(", ")}`;
};

const judgeEvidence = (rulebook, { title, url }) => {
  if (!title) return ["title", "chưa ghi tên tài liệu"];
  const refusal = refuseSource(rulebook, url);
  return refusal ? ["url", refusal] : null;
};

const IS_LINK = /^https:/;
const remindOfFile = (entry, { place, url }) => ({
  ...problem(entry, `evidence.${place}.url`, `gửi kèm tệp “${url}”, để trong thư mục của kế hoạch`),
  isWarning: true,
});

const checkEvidence = (rulebook, entry) =>
  (entry.evidence || []).flatMap(({ place, ...evidence }) => {
    const found = judgeEvidence(rulebook, evidence);
    if (found) return [problem(entry, `evidence.${place}.${found[0]}`, found[1])];
    return IS_LINK.test(evidence.url) ? [] : [remindOfFile(entry, { place, ...evidence })];
  });

const checkLength = ({ longest }, entry) =>
  textsOf(entry)
    .filter(([, text]) => [...text].length > longest)
    .map(([field]) => problem(entry, field, `dài quá ${formatNumber(longest)} chữ: viết gọn lại`));

// All that somebody wrote in their own words about an item: [[field, text]].
const textsOf = ({ asked, text, reason, evidence }) => [
  ...Object.entries({ asked, text, reason }).filter(([, words]) => words),
  ...(evidence || []).flatMap(({ place, title, url }) => [
    [`evidence.${place}.title`, title],
    [`evidence.${place}.url`, url],
  ]),
];

const checkPrivacy = ({ personal }, entry) =>
  textsOf(entry).flatMap(([field, text]) =>
    findPersonalData(personal, text).map(({ name, is_certain, instead }) => ({
      ...problem(entry, field, `có vẻ là ${name}: ${instead}; ai cũng đọc được trang web này`),
      isWarning: !is_certain,
    })),
  );

const checkWords = (rulebook, entry) => [
  ...checkEvidence(rulebook, entry),
  ...checkLength(rulebook, entry),
  ...checkPrivacy(rulebook, entry),
];

// The latest earlier line of the unit about the item that fits, see `EarlierLine`.
const findLast = (form, unit, { item, target }, fits) => {
  const isAbout = (line) =>
    line.unit === unit && line.item === item && line.target === (target || "") && fits(line);
  const line = form.lines.filter(isAbout).pop();
  return line && { ...line, said: reportOf(form, line.file).said };
};

// A correction says which report it corrects, and of which of its results.
const checkCorrected = (form, unit, { item, target, corrects, reason }) => {
  if (!corrects) {
    const unsaid = reason ? [] : [lack({ item }, "reason", "đính chính nhưng chưa ghi lý do")];
    return [lack({ item }, "corrects", "chưa chọn báo cáo nào cần đính chính"), ...unsaid];
  }
  const targets = form.lines
    .filter((line) => line.unit === unit && line.item === item && line.file === corrects)
    .map((line) => line.target);
  if (!target || targets.includes(target)) return [];
  const message = "báo cáo đã chọn không có kết quả này: xóa kết quả, hoặc chọn báo cáo khác";
  return [problem({ item }, `${target}.value`, message)];
};

// A target that is done without a figure: a person may leave it, and is asked.
const remindOfValue = (form, report, entry, targets) => {
  const hasValue = report.entries.some(({ item, value }) => item === entry.item && value);
  const hadValue = form.lines.some(
    (line) =>
      line.unit === report.unit &&
      line.item === entry.item &&
      line.value !== null &&
      (line.status === "done" || !line.status),
  );
  if (entry.status !== "done" || !targets.length || hasValue || hadValue) return [];
  const words = targets.map((target) => target.words).join(", ");
  const message = `ghi hoàn thành nhưng không ghi kết quả của chỉ tiêu ${words}`;
  return [{ ...problem(entry, `${targets[0].key}.value`, message), isWarning: true }];
};

// Done on a day on which the body itself had said that it was not; `last` is that line.
const remindOfDay = (form, { date }, entry, last) => {
  const { day = "", said } = (last && reportOf(form, last.file)) || {};
  const isBefore = entry.done_on && entry.done_on < day.slice(0, entry.done_on.length);
  if (!isBefore || day > date || entry.reason) return [];
  const message = `ngày hoàn thành trước báo cáo ${said}, trong đó chính cơ quan báo chưa xong`;
  return [{ ...problem(entry, "done_on", message), isWarning: true }];
};

// The last month of a period: «2026», «2026-q4» and «2026-12» end alike.
const endOf = (period) => {
  const [year, part = "12"] = period.split("-");
  return `${year}-${part[0] === "q" ? String(Number(part[1]) * 3).padStart(2, "0") : part}`;
};

const nameField = (field, { key }) => (field === "value" ? `${key}.value` : field);

// Two reports of a body that say different things of one item at one time: of one day, or for
// periods that end alike. The first difference with each of them.
const remindOfContradiction = (form, report, entry, target, statuses) => {
  const isAtOneTime = ({ day, period }) =>
    day === report.date || endOf(period) === endOf(report.period);
  const show = { status: (code) => statuses[code], value: formatNumber, done_on: (day) => day };
  const given = { ...entry, value: entry.value ? Number(readNumber(entry.value).number) : null };
  return form.lines
    .filter(({ unit, item }) => unit === report.unit && item === entry.item)
    .filter((line) => line.target === (entry.target || "") && line.file !== entry.corrects)
    .filter(({ file }) => isAtOneTime(reportOf(form, file)))
    .flatMap((line) => {
      const has = (value) => value !== null && value !== undefined && value !== "";
      const field = Object.keys(show).find(
        (name) => has(given[name]) && has(line[name]) && given[name] !== line[name],
      );
      if (!field) return [];
      const [now, before] = [given[field], line[field]].map(show[field]);
      const message = `“${now}” khác “${before}” đã báo (${reportOf(form, line.file).said}), cùng một thời điểm; báo cáo trước sai thì chọn “Đính chính”`;
      return [{ ...problem(entry, nameField(field, target || {}), message), isWarning: true }];
    });
};

const checkEntry = (rulebook, form, report, entry) => {
  const item = form.items.findIndex(({ id }) => id === entry.item);
  const targets = form.targets.filter((target) => target.item === item);
  const target =
    targets.find(({ key }) => key === (entry.target || "")) || (targets.length === 1 && targets[0]);
  const last = (fits) => findLast(form, report.unit, entry, fits);
  const problems = [
    ...checkAlone(rulebook, entry),
    ...checkDay(rulebook, entry, { date: report.date, firstDay: form.first_day }),
    ...(target
      ? checkValue(
          rulebook,
          entry,
          target,
          last(({ value }) => value !== null),
        )
      : []),
    ...remindOfValue(form, report, entry, targets),
    ...remindOfDay(
      form,
      report,
      entry,
      last(({ status }) => status && !["done", "not-applicable"].includes(status)),
    ),
    ...remindOfContradiction(form, report, entry, target, rulebook.statuses),
    ...checkSetback(
      entry,
      last(({ status }) => status),
      form.items[item],
      report.date,
    ),
    ...(report.isCorrection ? checkCorrected(form, report.unit, entry) : []),
    ...checkWords(rulebook, entry),
  ];
  if (entry.unchanged && !last(({ unchanged }) => !unchanged)) {
    problems.push(
      problem(entry, "status", "chưa có báo cáo nào trước đó: chọn một trạng thái khác"),
    );
  }
  return problems;
};

// `name`: what the day is called.
const refuseHead = ({ date }, name, firstDay, today) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return `ghi đủ ${name}, ví dụ 26/11/2026`;
  const refusal = refuseDay(date);
  if (refusal) return refusal;
  if (date > today) return `${name} sau hôm nay`;
  return firstDay && date < firstDay ? `${name} trước khi có kế hoạch` : "";
};

const checkReportDay = (report, form, today) => {
  const refusal = refuseHead(report, "ngày báo cáo", form.first_day, today);
  if (refusal) return [{ field: "date", message: refusal }];
  if (Number(report.date.slice(0, 4)) <= form.last_year) return [];
  return [{ field: "date", message: "ngày báo cáo đã quá một năm sau giai đoạn của kế hoạch" }];
};

const checkResponseDay = (response, form, today) => {
  const refusal = refuseHead(response, "ngày trả lời", form.issued, today);
  return refusal ? [{ field: "date", message: refusal }] : [];
};

const checkPeriod = ({ period, date }, form, rulebook) => {
  if (!new RegExp(rulebook.period).test(period)) {
    const right =
      "ghi như: năm 2026, quý IV/2026, tháng 11/2026; sáu tháng đầu năm: quý II, chín tháng: quý III";
    return [{ field: "period", message: `không đọc được kỳ báo cáo “${period}”; ${right}` }];
  }
  const [year, part = "01"] = period.split("-");
  const [first, end] = form.years || [year, year];
  if (year < first || year > end) {
    const message = `kỳ báo cáo ${year} ngoài giai đoạn ${first} - ${end} của kế hoạch`;
    return [{ field: "period", message }];
  }
  if (!isWholeDay(date)) return []; // which is told already
  const month = part[0] === "q" ? String(Number(part[1]) * 3 - 2).padStart(2, "0") : part;
  return `${year}-${month}-01` > date
    ? [{ field: "period", message: "kỳ báo cáo chưa bắt đầu vào ngày báo cáo" }]
    : [];
};

// One cause, told once: several rules, and the targets of one item, may ask for the same field.
const tellOnce = (problems) => {
  const isSame = (one, other) =>
    one.item === other.item &&
    one.field === other.field &&
    (one.message === other.message || (one.isMissing && other.isMissing));
  return problems.filter(
    (one, place) => place === problems.findIndex((other) => isSame(one, other)),
  );
};

// Problems of a report: [{item, field, message}]; `today` as 2026-11-26.
export const checkReport = (rulebook, form, report, today) =>
  tellOnce([
    ...checkReportDay(report, form, today),
    ...checkPeriod(report, form, rulebook),
    ...(report.entries.length ? [] : [{ field: "items", message: "chưa điền việc nào" }]),
    ...report.entries.flatMap((entry) => checkEntry(rulebook, form, report, entry)),
  ]);

export const checkResponse = (rulebook, form, response, today) => [
  ...checkResponseDay(response, form, today),
  ...(response.entries.length ? [] : [{ field: "items", message: "chưa viết câu trả lời nào" }]),
  ...response.entries.flatMap((entry) => [
    ...(entry.text ? [] : [problem(entry, "text", "chưa viết câu trả lời")]),
    ...checkWords(rulebook, entry),
  ]),
];
