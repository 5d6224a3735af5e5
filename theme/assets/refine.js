// The facets beside the results of a search: they count the commitments that hold the words
// typed, in the plans found, and leave of each plan what fits the choice. Nothing is
// loaded for them before the reader opens them or an address holds a choice.

import { assignmentsOf } from "./data.js";
import { choiceIn, fill, holds, watch } from "./facets.js";
import { formatNumber, once } from "./page.js";
import { isNamed } from "./ranking.js";

const MAX_PROVISIONS = 10; // of one plan that are shown
const MAX_PLANS = 40; // whose provisions are read, each a file

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

let offer = null; // what the facets are about now

const update = async () => {
  const { typed, results, names, readRows, show } = offer;
  const mine = offer;
  const choice = choiceIn(location.search);
  if (typed !== new URLSearchParams(location.search).get("q")) return; // another query is asked
  const rows = await readRows();
  if (mine !== offer) return;
  fill(form, rows, choice, names);
  const left = rows.filter((row) => holds(row, choice));
  const rest = hasChoice() ? ` Còn lại ${formatNumber(left.length)}.` : "";
  const count = formatNumber(results.length);
  const most = offer.isCut ? `${count} kế hoạch đầu danh sách` : `${count} kế hoạch`;
  status.textContent = `Lọc trong ${formatNumber(rows.length)} việc có chữ bạn tìm, thuộc ${most}.${rest}`;
  if (hasChoice()) show.some(resultsLeft(results, left));
  else show.all();
};

const watchOnce = once(() => {
  watch(form, update);
  box.addEventListener("toggle", () => {
    if (box.open && offer) update();
  });
});

// results: those that are plans. show.all() and show.some(results) put results on the page.
export const offerFacets = (results, entries, labels, show) => {
  box.hidden = !results.length;
  offer = null;
  if (!results.length) return;
  const first = results.slice(0, MAX_PLANS);
  offer = {
    typed: new URLSearchParams(location.search).get("q"),
    results: first,
    isCut: results.length > MAX_PLANS,
    names: namesOf(entries, labels),
    readRows: once(async () => (await Promise.all(first.map(rowsOf))).flat()),
    show,
  };
  form.elements.q.value = offer.typed;
  box.open = hasChoice();
  watchOnce();
  if (box.open) update();
};
