// The page of reports: what a body answers for, to be filled in; at the end there is a file.
// The plan and the body stand in the address: ?ke-hoach=…&don-vi=…, and &loai=… for another kind.
// Nothing is sent; what is typed stays in this browser until it is deleted.

import { REPORT_FORM, readFile } from "../data.js";
import { at, copyFrom, element, linkTo, refill, wholeWords } from "../page.js";
import { keepDraft, markMade, readDraft } from "./draft.js";
import { listEarlier } from "./earlier.js";
import { freeName, writeReport, writeResponse } from "./file.js";
import { newFile, readForge } from "./forge.js";
import { preparePersonalData } from "./personal-data.js";
import { checkReport, checkResponse } from "./rules.js";
import { cleanText, findFaultOfText, prepareCharacters } from "./text.js";
import { readAddress, readDay, readPeriod } from "./typed.js";

const KINDS = {
  "bao-cao": "report",
  "dinh-chinh": "correction",
  "tra-loi": "response",
};
const TITLES = {
  report: "Làm báo cáo",
  correction: "Làm đính chính",
  response: "Trả lời người đọc",
};

const form = document.getElementById("reporting");
const status = document.getElementById("reporting-status");
const list = document.getElementById("reporting-items");
const problemBox = document.getElementById("reporting-problems");
const result = document.getElementById("reporting-result");
const params = new URLSearchParams(location.search);
const forge = readForge(form.dataset);

let plan = null; // the plan's bao-cao.json
let rulebook = null; // assets/bao-cao.json

const pad = (number) => String(number).padStart(2, "0");
const now = new Date();
const TODAY = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
const SHOWN_TODAY = `${now.getDate()}/${now.getMonth() + 1}/${now.getFullYear()}`;

const kind = () => form.elements.kind.value;
const unit = () => plan && plan.units.find(({ id }) => id === form.elements.unit.value);
const part = (node, name) => node.querySelector(`[data-at="${name}"]`);
const copyTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

// ---------------------------------------------------------------------- the draft

const HEAD = ["period", "date"];

// What is typed before a body is chosen holds for all of them.
const draftKeys = () => {
  const common = `bao-cao:${plan ? plan.plan : ""}:${kind()}:`;
  return [...new Set([common, common + form.elements.unit.value])];
};

// A day or a period without a year is of this one, whenever the draft is opened again.
const withYear = ({ name, value }) => {
  if (/\d{4}/.test(value)) return value;
  if (name === "period") return readPeriod(value, TODAY);
  return /^date$|\.done_on$/.test(name) ? readDay(value, TODAY) : value;
};

const draft = keepDraft(form, {
  keysOf: draftKeys,
  show: () => showKind(),
  isKept: ({ name }) => name !== "kind" && name !== "unit",
  // Answers stay with the period that they were given for.
  write: withYear,
  beside: () => (kind() === "report" ? ["period"] : []),
  say: ({ period, date }) =>
    [period && `kỳ ${period}`, date && `ngày báo cáo ${date}`].filter(Boolean).join(", "),
});

const restoreDraft = () => {
  for (const name of HEAD) form.elements[name].value = form.elements[name].defaultValue;
  const drafts = draftKeys().map(readDraft);
  for (const [name, value] of drafts.flatMap(Object.entries)) {
    const evidence = /^(.*)\.evidence\.\d+\.(title|url)$/.exec(name);
    const section = evidence && list.querySelector(`[data-item="${evidence[1]}"]`);
    while (section && !form.elements[name]) addEvidence(section);
    const field = form.elements[name];
    if (field) field.value = value;
  }
  draft.tell();
  draft.tellReopened();
};

// ------------------------------------------------------------------------- the items

// Gives the fields of a copied template their names: «vii.1-1.status».
const nameFields = (node, prefix) => {
  for (const field of node.querySelectorAll("[data-name]")) {
    field.name = `${prefix}.${field.dataset.name}`;
    field.id = field.type === "radio" ? `${field.name}.${field.value}` : field.name;
  }
};

const addEvidence = (section) => {
  const holder = part(section, "evidence");
  const node = copyTemplate("report-evidence");
  nameFields(node, `${section.dataset.item}.evidence.${holder.children.length}`);
  holder.append(node);
  return node;
};

const linesOf = (item) =>
  plan.lines.filter((line) => line.item === item.id && line.unit === unit().id);

const showValues = (section, item, place) => {
  for (const target of plan.targets.filter((one) => one.item === place)) {
    const node = copyTemplate("report-value");
    part(node, "target").textContent =
      `Kết quả, tính bằng ${target.unit} (chỉ tiêu ${target.words})`;
    nameFields(node, `${item.id}.${target.key}`);
    part(section, "values").append(node);
  }
};

// «Đã báo cáo năm 2026, ngày 10/11/2026: đang thực hiện, 89,2%», with a link to the report.
const tellEarlier = ({ said, words, address }) => {
  const line = element("li", "Đã báo cáo ");
  line.append(linkTo(at(address), said), `: ${words}`);
  return line;
};

// Which of several reports was wrong, only the clerk knows.
const offerCorrected = (section, earlier) => {
  const corrects = part(section, "corrects");
  corrects.hidden = kind() !== "correction";
  if (corrects.hidden) return;
  const options = earlier.map(({ said, words, file }) => new Option(`${said}: ${words}`, file));
  const first = options.length > 1 ? [new Option("Chọn báo cáo", "")] : [];
  refill(corrects.querySelector("select"), ...first, ...options);
};

const showEarlier = (section, item) => {
  const earlier = listEarlier(plan, rulebook.statuses, linesOf(item));
  part(section, "unchanged").hidden = !earlier.length || kind() === "correction";
  const told = part(section, "earlier");
  told.hidden = !earlier.length;
  refill(told, ...(kind() === "correction" ? earlier : earlier.slice(0, 1)).map(tellEarlier));
  offerCorrected(section, earlier);
};

const showItem = (place, order) => {
  const item = plan.items[place];
  const section = copyTemplate(kind() === "response" ? "answer-item" : "report-item");
  section.dataset.item = item.id;
  part(section, "reference").textContent = item.reference;
  part(section, "words").append(...wholeWords(item.words));
  const facts = [item.kind, unit().parts[order], item.deadline && `hạn: ${item.deadline}`];
  part(section, "facts").textContent = facts.filter(Boolean).join(" · ");
  nameFields(section, item.id);
  if (kind() !== "response") {
    showValues(section, item, place);
    showEarlier(section, item);
  }
  return section;
};

// What a status asks for is shown with it.
const showFields = (section) => {
  const chosen = form.elements[`${section.dataset.item}.status`];
  if (!chosen) return;
  const { value } = chosen;
  part(section, "fields").hidden = !value || value === "unchanged";
  section.querySelector('[data-when="done"]').hidden = value !== "done";
};

const MOST_PARTS = 4; // that are told at the head; each item tells its own

// «Sở Nội vụ: 3 mục trong …: 2 chủ trì; 1 phối hợp (ghi cho “Các sở”).» Its own roles come first.
const describeShare = ({ name, parts }, places) => {
  const counts = new Map();
  for (const [, order] of places) counts.set(parts[order], (counts.get(parts[order]) || 0) + 1);
  const isQuoted = ([part]) => part.includes("“");
  const shares = [...counts].sort(
    (one, other) => isQuoted(one) - isQuoted(other) || other[1] - one[1],
  );
  const told = shares.slice(0, MOST_PARTS).map(([part, count]) => `${count} ${part}`);
  const rest = shares.slice(MOST_PARTS).reduce((sum, [, count]) => sum + count, 0);
  const words = [...told, ...(rest ? [`${rest} ghi cách khác`] : [])].join("; ");
  return `${name}: ${places.length} mục trong ${plan.name} của ${plan.issuer}: ${words}.`;
};

const showItems = () => {
  const body = unit();
  const places = body ? body.items : [];
  const corrected = (place) => kind() !== "correction" || linesOf(plan.items[place]).length;
  const shown = places.map((place, order) => [place, order]).filter(([place]) => corrected(place));
  refill(list, ...shown.map(([place, order]) => showItem(place, order)));
  restoreDraft();
  for (const section of list.children) showFields(section);
  if (!body) {
    // An address may name a body that has no part in this plan.
    const asked = params.get("don-vi") && !form.elements.unit.value;
    status.textContent = asked
      ? `Kế hoạch này không có mục nào cho “${params.get("don-vi")}”: chọn cơ quan.`
      : "";
  } else {
    status.textContent = shown.length
      ? describeShare(body, shown)
      : "Chưa có gì để đính chính: trang web này chưa nhận được báo cáo nào của cơ quan.";
  }
};

// -------------------------------------------------------------------- what was typed

const typed = (name) => {
  const field = form.elements[name];
  return field ? cleanText(rulebook.characters, field.value).trim() : "";
};

const evidenceOf = (section) =>
  [...part(section, "evidence").children]
    .map((_, place) => {
      const name = `${section.dataset.item}.evidence.${place}`;
      return { place, title: typed(`${name}.title`), url: readAddress(typed(`${name}.url`)) };
    })
    .filter(({ title, url }) => title || url);

// The lines about one item: one for each of several targets, which have keys.
const entriesOf = (section) => {
  const item = section.dataset.item;
  const chosen = typed(`${item}.status`);
  if (!chosen) return [];
  if (chosen === "unchanged") return [{ item, unchanged: true }];
  const corrects = kind() === "correction" ? typed(`${item}.corrects`) : "";
  const entry = {
    item,
    status: chosen,
    done_on: chosen === "done" ? readDay(typed(`${item}.done_on`), TODAY) : "",
    text: typed(`${item}.text`),
    reason: typed(`${item}.reason`),
    evidence: evidenceOf(section),
    corrects,
  };
  const place = plan.items.findIndex(({ id }) => id === item);
  const targets = plan.targets.filter((target) => target.item === place);
  if (targets.length < 2) {
    const value = targets.length ? typed(`${item}.${targets[0].key}.value`) : "";
    return [{ ...entry, value }];
  }
  const values = targets
    .map(({ key }) => ({ target: key, value: typed(`${item}.${key}.value`) }))
    .filter(({ value }) => value);
  return [entry, ...values.map((value) => ({ item, ...value, reason: entry.reason, corrects }))];
};

const answersOf = (section) => {
  const item = section.dataset.item;
  const [asked, text] = [typed(`${item}.asked`), typed(`${item}.text`)];
  const evidence = evidenceOf(section);
  return asked || text || evidence.length ? [{ item, asked, text, evidence }] : [];
};

const isShown = (field) => field.name && field.value && !field.closest("[hidden]");

// Letters that readers would not see as meant. The whole form at once: what an old font is shows in
// two words.
const checkLetters = () => {
  const fields = [...list.querySelectorAll("textarea, input:not([type='radio'])")].filter(isShown);
  const texts = fields.map(({ value }) => value.normalize("NFC"));
  const found = findFaultOfText(rulebook.characters, texts.join("\n"));
  if (!found) return [];
  const { name } =
    fields[
      Math.max(
        0,
        texts.findIndex((text) => text.includes(found.word)),
      )
    ];
  const { item } = form.elements[name].closest(".report-item").dataset;
  return [{ item, field: name.slice(item.length + 1), message: found.message }];
};

// A correction is of the period of what it corrects; of several, of the latest.
const periodOf = (entries) => {
  const isCorrected = ({ file }) => entries.some(({ corrects }) => corrects === file);
  const corrected = plan.reports.filter(isCorrected).pop();
  return corrected ? corrected.period : readPeriod(typed("period"), TODAY);
};

const readForm = () => {
  const entries = [...list.children].flatMap(kind() === "response" ? answersOf : entriesOf);
  return {
    unit: unit().id,
    isCorrection: kind() === "correction",
    period: periodOf(entries),
    date: readDay(typed("date"), TODAY),
    entries,
  };
};

// ------------------------------------------------------------------------- the result

const fieldOf = ({ item, field }) => {
  const named = form.elements[item ? `${item}.${field}` : field];
  const section = item && list.querySelector(`[data-item="${item}"]`);
  const found = named || (section || list).querySelector("[data-name]") || form.elements.unit;
  // Of buttons that exclude each other, the one that is pressed.
  return found.id ? found : [...found].find(({ checked }) => checked) || found[0];
};

const IS_TOLD = /^reporting-problem-/;
const describe = (field, ids) => {
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
};
const describersOf = (field) =>
  (field.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);

const clearProblems = () => {
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    describe(
      field,
      describersOf(field).filter((id) => !IS_TOLD.test(id)),
    );
  }
  problemBox.hidden = true;
};

// A line that leads to the field which it is about.
const leadTo = (one) => {
  const field = fieldOf(one);
  const line = element("li");
  const item = plan && plan.items.find(({ id }) => id === one.item);
  line.append(linkTo(`#${field.id}`, `${item ? `${item.reference}: ` : ""}${one.message}`));
  line.firstChild.addEventListener("click", (event) => {
    event.preventDefault();
    const fold = field.closest("details");
    if (fold) fold.open = true;
    field.focus();
  });
  return line;
};

const tellProblem = (one, order) => {
  const field = fieldOf(one);
  const line = leadTo(one);
  line.id = `reporting-problem-${order}`;
  field.setAttribute("aria-invalid", "true");
  describe(field, [...describersOf(field), line.id]);
  return line;
};

const showProblems = (problems) => {
  clearProblems();
  const places = element("ul", "", "brief");
  places.append(...problems.map(tellProblem));
  refill(problemBox, element("strong", `Còn ${problems.length} chỗ phải sửa`), places);
  problemBox.hidden = false;
  result.hidden = true;
  problemBox.focus();
};

const leaveOutWords = (text) => text.replace(/\n\n?((?: {2}#.*\n)+)/g, "\n");

const offerForge = (path, text) => {
  const link = part(result, "forge");
  link.parentElement.hidden = !forge;
  part(result, "long").hidden = true;
  if (!forge) return;
  const whole = newFile(forge, path, text);
  // The words of the items are half of a long file, and for people alone.
  const { address, complete } = whole.complete ? whole : newFile(forge, path, leaveOutWords(text));
  link.href = address;
  link.textContent = complete ? "Mở kho dữ liệu, đã điền sẵn" : "Mở kho dữ liệu, trang trống";
  part(result, "long").hidden = complete;
};

// What a person should look at once more, and may leave.
const showRemarks = (remarks) => {
  const box = part(result, "remarks");
  box.hidden = !remarks.length;
  refill(box.querySelector("ul"), ...remarks.map(leadTo));
};

const showResult = (path, text, remarks) => {
  clearProblems();
  part(result, "path").textContent = path;
  part(result, "text").textContent = text;
  const download = part(result, "download");
  download.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  download.download = path.split("/").pop();
  offerForge(path, text);
  showRemarks(remarks);
  markMade(draftKeys().pop());
  result.hidden = false;
  document.getElementById("reporting-done").focus();
};

const FOLDER = forge ? forge.folder : "plans";

const finish = (found, write) => {
  const problems = found.filter(({ isWarning }) => !isWarning);
  if (problems.length) showProblems(problems);
  else showResult(...write(), found);
};

const makeResponse = (response) => {
  const found = [...checkLetters(), ...checkResponse(rulebook, plan, response, TODAY)];
  finish(found, () => {
    const name = freeName(`${response.date}-${response.unit}`, plan.responses);
    return [`${FOLDER}/${plan.plan}/responses/${name}`, writeResponse(plan, unit(), response)];
  });
};

const makeReport = (report) => {
  const found = [...checkLetters(), ...checkReport(rulebook, plan, report, TODAY)];
  const taken = plan.reports.map(({ file }) => file);
  const name = freeName(`${report.period}-${report.unit}`, taken);
  if (kind() === "report" && name !== `${report.period}-${report.unit}.yml`) {
    const message = "đã có báo cáo của kỳ này; muốn sửa thì chọn “Đính chính”";
    found.push({ field: "period", message });
  }
  finish(found, () => [
    `${FOLDER}/${plan.plan}/reports/${name}`,
    writeReport(plan, unit(), report),
  ]);
};

const make = () => {
  if (!plan) status.scrollIntoView();
  else if (!unit()) showProblems([{ field: "unit", message: "chưa chọn cơ quan" }]);
  else if (kind() === "response") makeResponse(readForm());
  else makeReport(readForm());
};

// --------------------------------------------------------------------------- the page

const FIND_A_PLAN = "Mở một kế hoạch rồi bấm “Làm báo cáo”: ";

const showKind = () => {
  document.getElementById("reporting-title").textContent = TITLES[kind()];
  for (const node of form.querySelectorAll("[data-for]")) {
    node.hidden = !node.dataset.for.split(" ").includes(kind());
  }
  result.hidden = true;
  clearProblems();
  if (plan) showItems();
  else {
    restoreDraft();
    const asked = params.get("ke-hoach");
    status.textContent = `${asked ? `Không có kế hoạch “${asked}”. ` : ""}${FIND_A_PLAN}`;
    status.append(linkTo(at("ke-hoach/"), "danh sách kế hoạch"));
  }
};

// The address tells which form is open, so that it can be passed on and loaded again.
const keepAddress = () => {
  const name = Object.keys(KINDS).find((key) => KINDS[key] === kind());
  params.set("loai", name);
  params.set("don-vi", form.elements.unit.value);
  history.replaceState(null, "", `?${params}`);
};

const listen = () => {
  form.addEventListener("input", () => {
    result.hidden = true; // it is of what was typed before
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "kind" || event.target.name === "unit") {
      keepAddress();
      showKind();
    }
    const section = event.target.closest(".report-item");
    if (section) showFields(section);
  });
  form.addEventListener("click", (event) => {
    if (event.target.matches("[data-add-evidence]")) {
      addEvidence(event.target.closest(".report-item")).querySelector("input").focus();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    make();
  });
  copyFrom(part(result, "text"), result.querySelector("[data-copy]"));
};

const listUnits = (label, isListed) => {
  const group = element("optgroup");
  group.label = label;
  group.append(...plan.units.filter(isListed).map(({ id, name }) => new Option(name, id)));
  return group.children.length ? [group] : [];
};

const fillUnits = () => {
  refill(
    form.elements.unit,
    new Option("Chọn cơ quan", ""),
    ...listUnits("Cơ quan văn bản ghi tên", ({ is_named }) => is_named),
    ...listUnits("Cơ quan khác, theo mục ghi chung", ({ is_named }) => !is_named),
  );
  form.elements.unit.value = params.get("don-vi") || "";
};

// The plan's form; null where the address names none, or one that is not there.
const readPlan = async (id) => {
  if (!/^[a-z0-9/-]+$/.test(id)) return null;
  try {
    return await readFile(at(`ke-hoach/${id}/bao-cao.json`), REPORT_FORM);
  } catch (error) {
    if (/^404/.test(error.message)) return null;
    throw error;
  }
};

const run = async () => {
  // Where readers told of mistakes before that had a page of its own.
  if (params.get("loai") === "bao-sai") return location.replace(at(`bao-sai/${location.search}`));
  rulebook = await readFile(at("assets/bao-cao.json"), {});
  rulebook.personal = preparePersonalData(rulebook.personal);
  rulebook.characters = prepareCharacters(rulebook.characters);
  plan = await readPlan(params.get("ke-hoach") || "");
  if (plan) {
    for (const one of plan.units) one.parts = one.parts.map((place) => plan.parts[place]);
    fillUnits();
  }
  form.elements.kind.value = KINDS[params.get("loai")] || "report";
  form.elements.date.defaultValue = SHOWN_TODAY;
  form.elements.period.defaultValue = params.get("ky") || String(now.getFullYear());
  form.hidden = false;
  listen();
  showKind();
};

run().catch((error) => {
  status.textContent = "Chưa tải được kế hoạch. Hãy kiểm tra mạng rồi mở lại trang.";
  throw error;
});
