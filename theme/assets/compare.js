// Sets plans side by side. Which ones stands in the address: ?a=…&b=…, and &c=… for a third.

import { element, linkTo, once, readJson } from "./page.js";

const form = document.getElementById("compare");
const told = document.getElementById("compare-status");
const table = document.getElementById("compare-table");
const at = (address) => new URL(form.dataset.root + address, location.href).href;
const AT_ONCE = 40; // plans to choose from without a province being known

const readPlan = once((id) => readJson(at(`ke-hoach/${id}/muc.json`)));
const readProvince = once((slug) => readJson(at(`assets/cam-ket/${slug}.json`)));

const idOf = (address) => address.replace(/^ke-hoach\/|\/$/g, "");

// The plans to choose from: all of them, or those of the first one's province when there are many.
const fillLists = async (chosen) => {
  const index = await readJson(at("assets/cam-ket/index.json"));
  const many = index.reduce((sum, [, , plans]) => sum + plans, 0) > AT_ONCE;
  const slugs = index.map(([slug]) => slug).filter((slug) => !many || slug === chosen[0]?.split("/")[0]);
  const groups = (await Promise.all(slugs.map(readProvince))).flatMap(({ k: plans, c: programmes }) =>
    plans.map(([address, , place, programme]) => [programmes[programme], idOf(address), place]));
  for (const [index, select] of [...form.querySelectorAll("select")].entries()) {
    const byProgramme = new Map();
    for (const [programme, id, place] of groups) {
      if (!byProgramme.has(programme)) byProgramme.set(programme, Object.assign(element("optgroup"), { label: programme }));
      byProgramme.get(programme).append(new Option(`${place} (${id.split("/").at(-1).match(/\d{4}/g)?.join(" - ") ?? ""})`, id));
    }
    select.replaceChildren(new Option("Chọn kế hoạch", ""), ...byProgramme.values());
    const id = chosen[index] ?? "";
    if (id && !groups.some(([, known]) => known === id)) select.append(new Option(id, id));
    select.value = id;
  }
};

// A plan that was replaced is in no list; once it is loaded, its own title names it.
const nameUnlisted = (plans) => {
  for (const option of form.querySelectorAll("option")) {
    const plan = option.text === option.value && plans.find(({ address }) => idOf(address) === option.value);
    if (plan) option.text = plan.title;
  }
};

const clauses = (plan, rows, className = "") => {
  if (!rows.length) return element("span", "không có", "muted");
  const list = element("ul", "", "brief");
  for (const [text, reference, item] of rows) {
    const line = element("li", "", className);
    line.append(`${text} `, linkTo(at(`${plan.address}#${item}`), reference, "clause"));
    list.append(line);
  }
  return list;
};

const addRow = (body, plans, label, cellOf) => {
  const row = body.insertRow();
  row.setAttribute("role", "row");
  const head = element("th");
  head.scope = "row";
  head.setAttribute("role", "rowheader");
  head.append(label);
  row.append(head);
  for (const plan of plans) {
    const cell = row.insertCell();
    cell.setAttribute("role", "cell");
    cell.dataset.label = plan.title.split(":")[0];
    cell.append(cellOf(plan));
  }
};

const addGroup = (plans, title) => {
  const body = table.createTBody();
  body.setAttribute("role", "rowgroup");
  const row = body.insertRow();
  row.setAttribute("role", "row");
  row.className = "table-group";
  const head = element("th", title);
  head.colSpan = plans.length + 1;
  head.scope = "rowgroup";
  head.setAttribute("role", "rowheader");
  row.append(head);
  return body;
};

// One row for each name that any plan has, in the order of the first that has it.
const namesOf = (plans, field) => [...new Set(plans.flatMap((plan) => plan[field].map(([name]) => name)))];

const show = (plans) => {
  table.replaceChildren();
  const head = table.createTHead().insertRow();
  table.tHead.setAttribute("role", "rowgroup");
  head.setAttribute("role", "row");
  for (const plan of [null, ...plans]) {
    const cell = element("th", plan ? "" : "Nội dung");
    cell.scope = "col";
    cell.setAttribute("role", "columnheader");
    if (plan) cell.append(linkTo(at(plan.address), plan.title));
    head.append(cell);
  }
  const facts = addGroup(plans, "Văn bản");
  for (const label of namesOf(plans, "facts")) addRow(facts, plans, label, (plan) => plan.facts.find(([own]) => own === label)?.[1] ?? "");
  const targets = addGroup(plans, "Chỉ tiêu có con số");
  for (const measure of namesOf(plans, "targets"))
    addRow(targets, plans, measure, (plan) => clauses(plan, plan.targets.filter(([own]) => own === measure).map(([, ...rest]) => rest)));
  if (!targets.rows[1]) addRow(targets, plans, "Con số", () => "không có");
  const units = addGroup(plans, "Đơn vị làm gì");
  for (const name of namesOf(plans, "units")) {
    const [, address] = plans.flatMap((plan) => plan.units).find(([own]) => own === name);
    addRow(units, plans, linkTo(at(address), name), (plan) => plan.units.find(([own]) => own === name)?.[2] ?? element("span", "không nêu", "muted"));
  }
  const rest = addGroup(plans, "Mục tiêu, thời hạn, báo cáo");
  for (const [field, label] of [["objectives", "Mục tiêu"], ["dated", "Việc có thời hạn"], ["reporting", "Chế độ báo cáo"]])
    addRow(rest, plans, label, (plan) => clauses(plan, plan[field], "official"));
};

const run = async () => {
  const params = new URLSearchParams(location.search);
  const chosen = ["a", "b", "c"].map((name) => params.get(name) ?? "").filter(Boolean);
  form.hidden = false;
  await fillLists(chosen);
  const plans = await Promise.all([...new Set(chosen)].map(readPlan));
  nameUnlisted(plans);
  if (plans.length) show(plans);
  told.textContent = plans.length > 1 ? `Đặt cạnh nhau ${plans.length} kế hoạch.` : "Chọn hai hoặc ba kế hoạch để đặt cạnh nhau.";
};

run().catch((error) => {
  told.textContent = "Không mở được các kế hoạch này. Hãy chọn lại.";
  throw error;
});
