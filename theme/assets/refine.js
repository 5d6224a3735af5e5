// The facets beside the results of a search: they count the commitments that hold the words
// typed, in the plans found, and leave of each plan what fits the choice. Nothing is
// loaded for them before the reader opens them or an address holds a choice.

import { choiceIn, fill, holds, watch } from "./facets.js";
import { once } from "./page.js";

const MOST = 10; // provisions of one plan that are shown

const box = document.getElementById("refine");
const form = document.getElementById("facets");
const told = document.getElementById("refine-status");

export const holdChoice = () => Object.values(choiceIn(location.search)).some(Boolean);

const namesFrom = (entries, labels) => {
  const of = (kind, key) => new Map(entries.filter((entry) => entry.kind === kind).map((entry) => [key(entry.address), entry.title.split(": ").at(kind === "k" ? 0 : -1)]));
  const folder = (address) => address.split("/")[1];
  return {
    tinh: of("p", folder), noi: of("k", placeOf), "chuong-trinh": of("c", folder), "don-vi": of("u", folder),
    "vai-tro": new Map(Object.entries(labels.role)), loai: new Map(Object.entries(labels.kind)), "trang-thai": new Map(Object.entries(labels.state)),
  };
};

// A plan's folder lies in its locality's: ke-hoach/hai-phong/xa-nam-sach/… → hai-phong/xa-nam-sach.
const placeOf = (address) => address.split("/").slice(1, -2).join("/");

const rowsOf = async (result, named) =>
  (await result.readAll()).filter(({ kind, answers }) => kind && kind !== "objective" && (answers || result.score >= named)).map((passage) => ({
    result, passage, province: result.entry.address.split("/")[1], place: placeOf(result.entry.address), programme: result.entry.programme,
    kind: passage.kind, state: passage.state, years: passage.years.split(" ").filter(Boolean),
    pairs: passage.assigned.split("|").filter(Boolean).map((pair) => pair.split(" ")),
  }));

// plans: the results that are plans; show.all() and show.some(results) put results on the page.
export const offerFacets = (plans, entries, labels, show) => {
  if (!plans.length) return;
  const names = namesFrom(entries, labels);
  const readRows = once(async () => (await Promise.all(plans.map((result) => rowsOf(result, show.named)))).flat());
  const update = async () => {
    const choice = choiceIn(location.search);
    const rows = await readRows();
    fill(form, rows, choice, names);
    const kept = rows.filter((row) => holds(row, choice));
    told.textContent = `Đếm trên ${rows.length} cam kết có các chữ đã tìm, trong ${plans.length} kế hoạch đứng đầu.${holdChoice() ? ` Còn lại ${kept.length}.` : ""}`;
    if (!holdChoice()) return show.all();
    show.some(plans.map(({ entry }) => ({ entry, passages: kept.filter(({ result }) => result.entry === entry).slice(0, MOST).map(({ passage }) => passage) }))
      .filter(({ passages }) => passages.length));
  };
  form.elements.q.value = new URLSearchParams(location.search).get("q");
  box.hidden = false;
  box.open = holdChoice();
  watch(form, update);
  if (box.open) update();
  else box.addEventListener("toggle", update, { once: true });
};
