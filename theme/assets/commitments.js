// The page of all commitments: filters them, lists what is left, hands it over as CSV.
// Facets come from one file a province, words from the plans whose rows are on the screen, the CSV
// from the published table.

import { addressOf, addressWithBuild } from "./build.js";
import { assignmentsOf, FACET_INDEX, FACETS_OF_PROVINCE, PLAN, readFile } from "./data.js";
import { choiceIn, fill, fillOnly, holds, provinceIn, watch } from "./facets.js";
import { presentProvince } from "./former-places.js";
import {
  at,
  capital,
  countInWords,
  element,
  formatNumber,
  linkTo,
  once,
  readLabels,
  refill,
  wholeWords,
} from "./page.js";

const ROWS_PER_PAGE = 20;
const KEEP_DOWNLOAD_MS = 60000;
const LABELS = readLabels();

const form = document.getElementById("facets");
const found = document.getElementById("facet-found");
const asksForProvince = "provinceFirst" in found.dataset; // too many tasks to load them all
const status = document.getElementById("facet-status");
const list = document.getElementById("facet-results");
const pager = document.getElementById("facet-pages");
const csvButton = document.getElementById("facet-csv");

const names = {
  tinh: new Map(),
  noi: new Map(),
  "chu-de": new Map(),
  "chuong-trinh": new Map(),
  "don-vi": new Map(),
  "vai-tro": new Map(Object.entries(LABELS.role)),
  loai: new Map(Object.entries(LABELS.kind)),
  "trang-thai": new Map(Object.entries(LABELS.state)),
};

const readIndex = once(async () => readFile(await addressOf("cam-ket.json"), FACET_INDEX));

// The commitments of a province's folder as rows for the facets.
const readFolder = once(async (folder) => {
  const address = await addressWithBuild(`assets/cam-ket/${folder}.json`);
  const file = await readFile(address, FACETS_OF_PROVINCE);
  for (const { place, name } of file.plans) names.noi.set(place, name);
  for (const { id, name } of file.units) names["don-vi"].set(id, name);
  for (const { id, name } of file.topics) names["chu-de"].set(id, name);
  for (const { id, name } of file.programmes) names["chuong-trinh"].set(id, name);
  return file.commitments.map((commitment) => {
    const plan = file.plans[commitment.plan];
    return {
      address: plan.address,
      item: commitment.item,
      folder,
      province: presentProvince(folder),
      place: plan.place,
      placeName: plan.name,
      locality: plan.locality,
      issuer: plan.issuer,
      type: plan.type,
      programme: plan.programme,
      kind: commitment.kind,
      state: commitment.state,
      assignments: assignmentsOf(commitment).map(({ role, unit }) => ({
        role,
        unit: file.units[unit].id,
      })),
      years: commitment.years.map(String),
      topics: commitment.topics.map((topic) => file.topics[topic].id),
    };
  });
});

const readProvisions = once(async (address) => {
  const { provisions } = await readFile(await addressWithBuild(`${address}muc.json`), PLAN);
  return new Map(provisions.map((provision) => [provision.id, provision]));
});

const provisionOf = async (row) => (await readProvisions(row.address)).get(row.item);

const unitsWith = (row, role) =>
  row.assignments.filter((assignment) => assignment.role === role).map(({ unit }) => unit);

const unitName = (unit) => names["don-vi"].get(unit);

// --------------------------------------------------------------- a commitment's card

const roleLine = (role, units) => {
  const line = element("span", "", "who");
  line.append(element("span", `${capital(LABELS.role[role])}:`, "role"), " ");
  units.forEach((unit, index) => {
    line.append(index ? "; " : "", linkTo(at(`don-vi/${unit}/`), unitName(unit)));
  });
  return line;
};

const factsOf = (row, provision) => {
  const facts = element("p", "", "card-meta");
  facts.append(
    element("span", capital(LABELS.kind[row.kind]), "kind"),
    element("span", capital(LABELS.state[row.state]), `state state-${row.state}`),
  );
  for (const role of Object.keys(LABELS.role)) {
    const units = unitsWith(row, role);
    if (units.length) facts.append(roleLine(role, units));
  }
  if (!row.assignments.length) {
    facts.append(element("span", "Mục này không ghi cơ quan thực hiện", "who muted"));
  }
  if (provision.deadline) facts.append(element("span", `Hạn: ${provision.deadline}`, "due"));
  facts.append(linkTo(at(`${row.address}${row.item}/`), capital(provision.reference), "clause"));
  return facts;
};

const cardOf = async (row) => {
  const provision = await provisionOf(row);
  const card = element("li", "", "card");
  const place = element("p", "", "card-place");
  place.append(linkTo(at(row.address), row.placeName));
  const words = element("p", "", "official");
  words.append(...wholeWords(provision.text));
  card.append(place, words, factsOf(row, provision));
  return card;
};

// --------------------------------------------------------------------- the CSV table

const CELL = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/g;
const plainCell = (cell) => (cell.startsWith('"') ? cell.slice(1, -1).replace(/""/g, '"') : cell);

// The lines of a table, each as it stands and in cells. Every line ends with a break.
const linesOf = (table) => {
  const lines = [];
  let cells = [];
  let start = 0;
  table.replace(CELL, (whole, cell, end, index) => {
    cells.push(plainCell(cell));
    if (end !== ",") {
      lines.push({ line: table.slice(start, index + cell.length), cells });
      cells = [];
      start = index + whole.length;
    }
    return "";
  });
  return lines;
};

// A file as text; `tell` is called with what has come so far.
const readText = async (address, tell) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}: ${address}`);
  if (!response.body) return response.text();
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    tell(text);
  }
};

// The published tables that have these rows: those of their province in a large site, else the
// whole.
const tablesOf = (rows, { by_province: isByProvince }) => {
  const isOneProvince = new Set(rows.map(({ province }) => province)).size === 1;
  const folders = new Set(rows.map(({ folder }) => folder));
  return isByProvince && isOneProvince ? [...folders] : ["cam-ket"];
};

const keyOf = (plan, item) => `${plan}#${item}`;

// The lines of the published table that are these rows; `tell` is called with how many of how many
// lines have come.
const csvOf = async (rows, tell) => {
  const index = await readIndex();
  const names = tablesOf(rows, index);
  const all = index.provinces
    .filter(({ slug }) => names[0] === "cam-ket" || names.includes(slug))
    .reduce((sum, { commitments }) => sum + commitments, 0);
  let heading;
  const lines = [];
  for (const name of names) {
    const address = await addressWithBuild(`cam-ket/${name}.csv`);
    const table = await readText(address, (text) =>
      tell(lines.length + text.split("\r\n").length - 1, all),
    );
    const [first, ...others] = linesOf(table.replace(/^\ufeff/, ""));
    heading = first;
    lines.push(...others);
  }
  const fields = Object.keys(index.headings);
  const [plan, item] = ["plan", "item"].map((field) => fields.indexOf(field));
  const wanted = new Set(
    rows.map((row) => keyOf(row.address.replace(/^ke-hoach\/|\/$/g, ""), row.item)),
  );
  const left = lines.filter(({ cells }) => wanted.has(keyOf(cells[plan], cells[item])));
  // The site was published anew since the page was opened.
  if (left.length !== rows.length) throw new Error(`${left.length} of ${rows.length} lines`);
  return `\ufeff${[heading, ...left].map(({ line }) => line).join("\r\n")}\r\n`;
};

const download = (text, fileName) => {
  const link = linkTo(URL.createObjectURL(new Blob([text], { type: "text/csv" })), "");
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_DOWNLOAD_MS);
};

// ------------------------------------------------------------------ the list of cards

let rowsLeft = [];
// The table of what is on the screen; of nothing, when the reader has chosen again meanwhile.
csvButton.addEventListener("click", async () => {
  const rows = rowsLeft;
  const label = csvButton.textContent;
  csvButton.disabled = true;
  const text = await csvOf(rows, (read, all) => {
    if (rows !== rowsLeft) return;
    csvButton.textContent = `Đang lấy ${formatNumber(read)}/${formatNumber(all)}…`;
  }).catch((error) => {
    if (rows === rowsLeft) csvButton.textContent = "Chưa lấy được bảng. Hãy tải lại trang.";
    throw error;
  });
  if (rows !== rowsLeft) return;
  csvButton.disabled = false;
  csvButton.textContent = label;
  download(text, "cam-ket-da-loc.csv");
});

const pageLink = (number, text) => {
  const params = new URLSearchParams(location.search);
  params.set("trang", number);
  return linkTo(`?${params}`, text);
};

// Too many commitments to load: the reader chooses a province first.
const askForProvince = (provinces, total) => {
  const counts = new Map();
  for (const { slug, commitments } of provinces) {
    const province = presentProvince(slug);
    counts.set(province, (counts.get(province) || 0) + commitments);
  }
  fillOnly(form, { tinh: counts }, {}, names);
  status.textContent = `Có ${formatNumber(total)} việc và đề nghị. Chọn tỉnh, thành phố để lọc.`;
  csvButton.hidden = true;
  refill(list);
  refill(pager);
};

const showStatus = (page, pages) => {
  const count = countInWords(rowsLeft);
  csvButton.hidden = !rowsLeft.length;
  csvButton.disabled = false;
  csvButton.textContent = `Tải bảng ${count} (mở bằng Excel)`;
  const where = pages > 1 ? `, trang ${page}/${pages}` : "";
  status.textContent = rowsLeft.length
    ? `${count}${where}`
    : "Không có việc nào khớp. Hãy bỏ bớt một điều kiện lọc.";
};

const showPager = (page, pages) => {
  const links = [];
  if (page > 1) links.push(pageLink(page - 1, "‹ Trang trước"));
  if (page < pages) links.push(pageLink(page + 1, "Trang sau ›"));
  refill(pager, ...links);
};

const requestedPage = (pages) => {
  const number = Number(new URLSearchParams(location.search).get("trang")) || 1;
  return Math.min(pages, Math.max(1, number));
};

const readRows = async (provinces, chosen) => {
  const wanted = provinces
    .map(({ slug }) => slug)
    .filter((slug) => !chosen || !asksForProvince || presentProvince(slug) === chosen);
  return (await Promise.all(wanted.map(readFolder))).flat();
};

const show = async () => {
  const search = location.search;
  const choice = choiceIn(search);
  rowsLeft = []; // no table of the choice before
  csvButton.disabled = true;
  const { provinces } = await readIndex();
  for (const { slug, name } of provinces) names.tinh.set(presentProvince(slug), name);
  const total = provinces.reduce((sum, { commitments }) => sum + commitments, 0);
  const chosen = provinceIn(choice);
  document.documentElement.classList.toggle("of-province", Boolean(chosen));
  if (!chosen && asksForProvince) {
    askForProvince(provinces, total);
    return;
  }
  const rows = await readRows(provinces, chosen);
  if (location.search !== search) return; // the reader has chosen again meanwhile
  const isPart = chosen && asksForProvince;
  fill(form, rows, choice, names, isPart ? provinces.map(({ slug }) => presentProvince(slug)) : []);
  const left = rows.filter((row) => holds(row, choice));
  const pages = Math.max(1, Math.ceil(left.length / ROWS_PER_PAGE));
  const page = requestedPage(pages);
  const first = (page - 1) * ROWS_PER_PAGE;
  const cards = await Promise.all(left.slice(first, first + ROWS_PER_PAGE).map(cardOf));
  if (location.search !== search) return;
  rowsLeft = left;
  refill(list, ...cards);
  showStatus(page, pages);
  showPager(page, pages);
};

const update = () => {
  found.hidden = false;
  return show().catch((error) => {
    status.textContent =
      "Chưa tải được dữ liệu để lọc. Hãy tải lại trang, hoặc xem danh sách theo từng kế hoạch.";
    document.documentElement.classList.remove("scripted");
    throw error;
  });
};

watch(form, update);
update();
