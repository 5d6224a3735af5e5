// The page of all commitments: filters them, lists what is left, hands it over as CSV.
// Facets come from one file a province, words from the plans whose rows are on the screen.

import { choiceIn, fill, fillKnown, holds, watch } from "./facets.js";
import { element, labels, linkTo, once, readJson } from "./page.js";

const SHOWN = 20;
const AT_ONCE = 3000; // as many commitments are filtered without a province being chosen
const LABELS = labels();

const form = document.getElementById("facets");
const told = document.getElementById("facet-status");
const list = document.getElementById("facet-results");
const pager = document.getElementById("facet-pages");
const csv = document.getElementById("facet-csv");
const at = (address) => new URL(form.dataset.root + address, location.href).href;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const readIndex = once(() => readJson(at("assets/cam-ket/index.json")));

const names = {
  tinh: new Map(), noi: new Map(), "chuong-trinh": new Map(), "don-vi": new Map(),
  "vai-tro": new Map(Object.entries(LABELS.role)), loai: new Map(Object.entries(LABELS.kind)), "trang-thai": new Map(Object.entries(LABELS.state)),
};

const readProvince = once(async (province) => {
  const { k: plans, c: programmes, u: units, r: rows } = await readJson(at(`assets/cam-ket/${province}.json`));
  for (const [, place, name] of plans) names.noi.set(place, name);
  for (const [id, name] of units) names["don-vi"].set(id, name);
  for (const [id, name] of Object.entries(programmes)) names["chuong-trinh"].set(id, name);
  const [roles, kinds, states] = [LABELS.role, LABELS.kind, LABELS.state].map((words) => Object.keys(words));
  return rows.map(([plan, item, kind, state, assigned, years]) => {
    const [address, place, placeName, programme] = plans[plan];
    const pairs = [];
    for (let i = 0; i < assigned.length; i += 2) pairs.push([roles[assigned[i]], units[assigned[i + 1]][0]]);
    return { address, item, province, place, placeName, programme, kind: kinds[kind], state: states[state], pairs, years: years.map(String) };
  });
});

// The words of a plan's items: id → [reference, words, deadline, day of the latest report].
const readWords = once(async (address) =>
  new Map((await readJson(at(`${address}muc.json`))).rows.map(([id, reference, words, , , , , , deadline, day]) => [id, [reference, words, deadline, day]])));

const unitsWith = (row, role) => row.pairs.filter(([own]) => own === role).map(([, unit]) => unit);

const card = async (row) => {
  const [reference, words, deadline] = (await readWords(row.address)).get(row.item);
  const item = element("li", "", "card");
  const place = element("p", "", "card-place");
  place.append(linkTo(at(row.address), row.placeName));
  const facts = element("p", "", "card-meta");
  facts.append(element("span", capital(LABELS.kind[row.kind]), "kind"), element("span", capital(LABELS.state[row.state]), `state state-${row.state}`));
  for (const role of Object.keys(LABELS.role)) {
    const units = unitsWith(row, role);
    if (!units.length) continue;
    const who = element("span", "", "who");
    who.append(element("span", `${capital(LABELS.role[role])}:`, "role"), " ");
    units.forEach((unit, index) => who.append(index ? "; " : "", linkTo(at(`don-vi/${unit}/`), names["don-vi"].get(unit))));
    facts.append(who);
  }
  if (!row.pairs.length) facts.append(element("span", "Văn bản không ghi đơn vị nào", "who muted"));
  if (deadline) facts.append(element("span", `Hạn: ${deadline}`, "due"));
  facts.append(linkTo(at(`${row.address}#${row.item}`), capital(reference), "clause"));
  item.append(place, element("p", words, "official"), facts);
  return item;
};

// A cell that no spreadsheet takes for a formula, as hooks/export.py makes it.
const cell = (value) => {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const COLUMNS = ["địa phương", "kế hoạch", "chương trình", "mục", "mã mục", "loại", "lời của văn bản", ...Object.values(LABELS.role), "thời hạn", "trạng thái", "ngày báo cáo", "địa chỉ"];

const tableOf = async (rows) => {
  const lines = [COLUMNS];
  for (const row of rows) {
    const [reference, words, deadline, day] = (await readWords(row.address)).get(row.item);
    lines.push([
      row.placeName, row.address.replace(/^ke-hoach\/|\/$/g, ""), names["chuong-trinh"].get(row.programme), reference, row.item, LABELS.kind[row.kind], words.replace(/^[-+] /, ""),
      ...Object.keys(LABELS.role).map((role) => unitsWith(row, role).map((unit) => names["don-vi"].get(unit)).join("; ")),
      deadline, LABELS.state[row.state], day, at(`${row.address}#${row.item}`),
    ]);
  }
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
};

const save = (text, name) => {
  const link = linkTo(URL.createObjectURL(new Blob([text], { type: "text/csv" })), "");
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

let found = [];
csv.addEventListener("click", async () => save(await tableOf(found), "cam-ket-da-loc.csv"));

const pageLink = (number, text) => {
  const params = new URLSearchParams(location.search);
  params.set("trang", number);
  return linkTo(`?${params}`, text);
};

const show = async () => {
  const mine = location.search;
  const choice = choiceIn(location.search);
  const index = await readIndex();
  for (const [slug, name] of index) names.tinh.set(slug, name);
  const total = index.reduce((sum, [, , , commitments]) => sum + commitments, 0);
  const one = choice.tinh || choice.noi.split("/")[0];
  if (!one && total > AT_ONCE) {
    fillKnown(form, "tinh", new Map(index.map(([slug, , , commitments]) => [slug, commitments])), names.tinh);
    told.textContent = `Ở đây có ${total.toLocaleString("vi")} cam kết. Chọn tỉnh, thành phố để lọc.`;
    csv.hidden = true;
    list.replaceChildren();
    pager.replaceChildren();
    return;
  }
  const wanted = index.map(([slug]) => slug).filter((slug) => !one || total <= AT_ONCE || slug === one);
  const rows = (await Promise.all(wanted.map(readProvince))).flat();
  fill(form, rows, choice, names);
  found = rows.filter((row) => holds(row, choice));
  const pages = Math.max(1, Math.ceil(found.length / SHOWN));
  const page = Math.min(pages, Math.max(1, Number(new URLSearchParams(location.search).get("trang")) || 1));
  const cards = await Promise.all(found.slice((page - 1) * SHOWN, page * SHOWN).map(card));
  if (location.search !== mine) return; // the reader has chosen again meanwhile
  list.replaceChildren(...cards);
  csv.hidden = !found.length;
  csv.textContent = `Tải CSV (${found.length.toLocaleString("vi")} dòng)`;
  told.textContent = found.length
    ? `${found.length.toLocaleString("vi")} cam kết${pages > 1 ? `, trang ${page} trên ${pages}` : ""}`
    : "Không có cam kết nào như vậy ở đây. Bỏ bớt một điều kiện.";
  pager.replaceChildren(...[page > 1 && pageLink(page - 1, "‹ Trang trước"), page < pages && pageLink(page + 1, "Trang sau ›")].filter(Boolean));
};

const update = () => {
  document.getElementById("facet-static").hidden = true;
  document.getElementById("facet-found").hidden = false;
  return show().catch((error) => {
    told.textContent = "Không mở được dữ liệu để lọc. Hãy tải lại trang, hoặc mở danh sách của từng kế hoạch.";
    document.getElementById("facet-static").hidden = false;
    throw error;
  });
};

watch(form, update);
update();
