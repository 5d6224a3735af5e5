// The facets beside the results of a search: they count the commitments that hold the words
// typed, in the plans found, and leave of each plan what fits the choice. Nothing is
// loaded for them before the reader opens them or an address holds a choice.

import { assignmentsOf } from "./data.js";
import { choiceIn, fill, holds, watch } from "./facets.js";
import { once } from "./page.js";
import { isNamed } from "./ranking.js";

const MAX_PROVISIONS = 10; // of one plan that are shown

const box = document.getElementById("refine");
const form = document.getElementById("facets");
const status = document.getElementById("refine-status");

export const hasChoice = () => Object.values(choiceIn(location.search)).some(Boolean);

// The folder of a page: don-vi/so-noi-vu/ → so-noi-vu.
const folderOf = (address) => address.split("/")[1];

// A plan's folder lies in its locality's: ke-hoach/hai-phong/xa-nam-sach/… → hai-phong/xa-nam-sach.
const placeOf = (address) => address.split("/").slice(1, -2).join("/");

const namesOf = (entries, labels) => {
  const titles = (kind, keyOf, nameOf = (title) => title) =>
    new Map(
      entries
        .filter((entry) => entry.kind === kind)
        .map(({ address, title }) => [keyOf(address), nameOf(title)]),
    );
  // «Xã Nam Sách: Kế hoạch …», «Chương trình …»: the place of a plan, the name of all others.
  const beforeColon = (title) => title.split(": ")[0];
  const afterColon = (title) => title.split(": ").pop();
  return {
    tinh: titles("place", folderOf, afterColon),
    noi: titles("plan", placeOf, beforeColon),
    "chu-de": titles("topic", folderOf),
    "chuong-trinh": titles("programme", folderOf, afterColon),
    "don-vi": titles("unit", folderOf, afterColon),
    "vai-tro": new Map(Object.entries(labels.role)),
    loai: new Map(Object.entries(labels.kind)),
    "trang-thai": new Map(Object.entries(labels.state)),
  };
};

// The commitments of one result that answer, as rows for the facets. Of a plan that was
// asked for by its name all are answers.
const rowsOf = async (result) => {
  const { address, programme } = result.entry;
  const provisions = await result.readAll();
  return provisions
    .filter(({ kind, answers }) => kind && kind !== "objective" && (answers || isNamed(result)))
    .map((provision) => ({
      result,
      provision,
      province: folderOf(address),
      place: placeOf(address),
      programme,
      kind: provision.kind,
      state: provision.state,
      assignments: assignmentsOf(provision),
      years: provision.years.map(String),
      topics: provision.topics,
    }));
};

// The results of which rows are left, with their provisions.
const resultsLeft = (results, rows) =>
  results
    .map(({ entry }) => ({
      entry,
      provisions: rows
        .filter((row) => row.result.entry === entry)
        .slice(0, MAX_PROVISIONS)
        .map((row) => row.provision),
    }))
    .filter(({ provisions }) => provisions.length);

// results: those that are plans. show.all() and show.some(results) put results on the page.
export const offerFacets = (results, entries, labels, show) => {
  if (!results.length) return;
  const names = namesOf(entries, labels);
  const readRows = once(async () => (await Promise.all(results.map(rowsOf))).flat());

  const update = async () => {
    const choice = choiceIn(location.search);
    const rows = await readRows();
    fill(form, rows, choice, names);
    const left = rows.filter((row) => holds(row, choice));
    const rest = hasChoice() ? ` Còn lại ${left.length}.` : "";
    status.textContent =
      `Lọc trong ${rows.length} việc có chữ bạn tìm, ` +
      `thuộc ${results.length} kế hoạch đầu danh sách.${rest}`;
    if (hasChoice()) show.some(resultsLeft(results, left));
    else show.all();
  };

  form.elements.q.value = new URLSearchParams(location.search).get("q");
  box.hidden = false;
  box.open = hasChoice();
  watch(form, update);
  if (box.open) update();
  else box.addEventListener("toggle", update, { once: true });
};
