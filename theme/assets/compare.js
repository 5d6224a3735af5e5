// Sets plans side by side. Which ones stands in the address: ?a=…&b=…, and &c=… for a third.

import { addressOf, addressWithBuild } from "./build.js";
import { FACET_INDEX, FACETS_OF_PROVINCE, PLAN, readFile } from "./data.js";
import { at, element, linkTo, once, refill, wholeWords } from "./page.js";

const SEATS = ["a", "b", "c"]; // the parameters, one for each list of the form
const MAX_LISTED = 40; // plans to choose from while no province is known
const FIELDS_OF_CLAUSES = [
  { field: "objectives", label: "Mục tiêu" },
  { field: "dated", label: "Việc có thời hạn" },
  { field: "reporting", label: "Chế độ báo cáo" },
];

const form = document.getElementById("compare");
const status = document.getElementById("compare-status");
const table = document.getElementById("compare-table");

const readPlan = once(async (id) =>
  readFile(await addressWithBuild(`ke-hoach/${id}/muc.json`), PLAN),
);
const readProvince = once(async (slug) =>
  readFile(await addressWithBuild(`assets/cam-ket/${slug}.json`), FACETS_OF_PROVINCE),
);

// ------------------------------------------------------------- the lists to choose from

const idOf = (address) => address.replace(/^ke-hoach\/|\/$/g, "");

const yearsIn = (id) => {
  const folder = id.split("/").pop();
  return (folder.match(/\d{4}/g) || []).join(" - ");
};

// The plans to choose from: all, or those of the first one's province when there are many.
const readListed = async (chosen) => {
  const { provinces } = await readFile(await addressOf("cam-ket.json"), FACET_INDEX);
  const many = provinces.reduce((sum, { plans }) => sum + plans, 0) > MAX_LISTED;
  const slugs = provinces
    .map(({ slug }) => slug)
    .filter((slug) => !many || slug === (chosen[0] || "").split("/")[0]);
  const files = await Promise.all(slugs.map(readProvince));
  return files.flatMap(({ plans, programmes }) => {
    const programmeNames = new Map(programmes.map(({ id, name }) => [id, name]));
    return plans.map((plan) => ({
      id: idOf(plan.address),
      place: plan.name,
      programme: programmeNames.get(plan.programme),
    }));
  });
};

const groupsOf = (plans) => {
  const groups = new Map();
  for (const { id, place, programme } of plans) {
    if (!groups.has(programme)) {
      const group = element("optgroup");
      group.label = programme;
      groups.set(programme, group);
    }
    groups.get(programme).append(new Option(`${place} (${yearsIn(id)})`, id));
  }
  return [...groups.values()];
};

const fillLists = async (chosen) => {
  const plans = await readListed(chosen);
  const ids = new Set(plans.map(({ id }) => id));
  for (const [seat, select] of [...form.querySelectorAll("select")].entries()) {
    refill(select, new Option("Chọn kế hoạch", ""), ...groupsOf(plans));
    const id = chosen[seat] || "";
    if (id && !ids.has(id)) select.append(new Option(id, id));
    select.value = id;
  }
};

// A plan that was replaced is in no list; once it is loaded, its own title names it.
const nameUnlisted = (plans) => {
  for (const option of form.querySelectorAll("option")) {
    if (option.text !== option.value) continue;
    const plan = plans.find(({ address }) => idOf(address) === option.value);
    if (plan) option.text = plan.title;
  }
};

// ----------------------------------------------------------------------- the table

// On a phone the stylesheet makes a card of each row; roles keep it a table for all.
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

// On a phone one group is open at a time, the first to begin with; elsewhere all are.
const isPhone = () => matchMedia("(max-width: 47.99rem)").matches;

const fold = (body, isFolded) => {
  body.classList.toggle("folded", isFolded);
  body.querySelector("button").setAttribute("aria-expanded", String(!isFolded));
};

const foldingButton = (body, title) => {
  const button = element("button", title);
  button.type = "button";
  button.addEventListener("click", () => {
    const opens = body.classList.contains("folded");
    for (const other of isPhone() && opens ? table.tBodies : []) fold(other, other !== body);
    fold(body, !opens);
    if (opens) body.scrollIntoView({ block: "nearest" });
  });
  return button;
};

const addGroup = (plans, title) => {
  const body = table.createTBody();
  body.setAttribute("role", "rowgroup");
  const row = body.insertRow();
  row.setAttribute("role", "row");
  row.className = "table-group";
  const head = element("th");
  head.colSpan = plans.length + 1;
  head.scope = "rowgroup";
  head.setAttribute("role", "rowheader");
  head.append(foldingButton(body, title));
  row.append(head);
  fold(body, isPhone() && table.tBodies.length > 1);
  return body;
};

const addHead = (plans) => {
  const row = table.createTHead().insertRow();
  table.tHead.setAttribute("role", "rowgroup");
  row.setAttribute("role", "row");
  for (const plan of [null, ...plans]) {
    const cell = element("th", plan ? "" : "Nội dung");
    cell.scope = "col";
    cell.setAttribute("role", "columnheader");
    if (plan) {
      const link = linkTo(at(plan.address), "");
      link.append(...wholeWords(plan.title));
      cell.append(link);
    }
    row.append(cell);
  }
};

const clausesOf = (plan, clauses, className = "") => {
  if (!clauses.length) return element("span", "không có", "muted");
  const list = element("ul", "", "brief");
  for (const { text, reference, item } of clauses) {
    const line = element("li", "", className);
    line.append(...wholeWords(text), " ", linkTo(at(plan.address + item), reference, "clause"));
    list.append(line);
  }
  return list;
};

// What any plan has, each once, in the order of the first plan that has it.
const distinct = (plans, valuesOf) => [...new Set(plans.flatMap(valuesOf))];

const addFacts = (plans) => {
  const body = addGroup(plans, "Văn bản");
  for (const label of distinct(plans, ({ facts }) => facts.map((fact) => fact.label))) {
    const textOf = (fact) => (fact ? fact.text : "");
    addRow(body, plans, label, ({ facts }) => textOf(facts.find((fact) => fact.label === label)));
  }
};

const addTargets = (plans) => {
  const body = addGroup(plans, "Chỉ tiêu có con số");
  const measures = distinct(plans, ({ targets }) => targets.map(({ measure }) => measure));
  for (const measure of measures) {
    const targetsOf = ({ targets }) => targets.filter((target) => target.measure === measure);
    addRow(body, plans, measure, (plan) => clausesOf(plan, targetsOf(plan)));
  }
  if (!measures.length) addRow(body, plans, "Con số", () => "không có");
};

const addDuties = (plans) => {
  const body = addGroup(plans, "Việc của từng cơ quan");
  const addresses = new Map(
    plans.flatMap(({ duties }) => duties.map(({ name, address }) => [name, address])),
  );
  for (const [name, address] of addresses) {
    const cellOf = (unit) => (unit ? unit.roles : element("span", "không nêu", "muted"));
    addRow(body, plans, linkTo(at(address), name), ({ duties }) =>
      cellOf(duties.find((unit) => unit.name === name)),
    );
  }
};

const addClauses = (plans) => {
  const body = addGroup(plans, "Mục tiêu, thời hạn, báo cáo");
  for (const { field, label } of FIELDS_OF_CLAUSES) {
    addRow(body, plans, label, (plan) => clausesOf(plan, plan[field], "official"));
  }
};

const show = (plans) => {
  refill(table);
  addHead(plans);
  addFacts(plans);
  addTargets(plans);
  addDuties(plans);
  addClauses(plans);
};

const run = async () => {
  const params = new URLSearchParams(location.search);
  const chosen = SEATS.map((name) => params.get(name) || "").filter(Boolean);
  form.hidden = false;
  await fillLists(chosen);
  const plans = await Promise.all([...new Set(chosen)].map(readPlan));
  nameUnlisted(plans);
  if (plans.length) show(plans);
  status.textContent =
    plans.length > 1
      ? `Đang so sánh ${plans.length} kế hoạch.`
      : "Chọn hai hoặc ba kế hoạch để so sánh.";
};

run().catch((error) => {
  status.textContent = "Chưa tải được kế hoạch. Hãy kiểm tra mạng rồi chọn lại.";
  throw error;
});
