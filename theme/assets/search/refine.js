// The facets beside the results of a search: they count the commitments that hold the words
// typed, in all plans found, and leave of each plan what fits the choice. Nothing is
// loaded for them before the reader opens them or an address holds a choice. Of many plans they
// count the plans of each province first, and the commitments of the one that is chosen.

import { addressWithBuild } from "../build.js";
import { assignmentsOf, FACETS_OF_PROVINCE, readFile } from "../data.js";
import { choiceIn, fill, fillOnly, holds, provinceIn, watch } from "../facets.js";
import { presentProvince } from "../former-places.js";
import { countInWords, formatNumber, once } from "../page.js";
import { ALL_PAIRS } from "./match.js";
import { titleOf } from "./names.js";
import { isNamed, readAll } from "./ranking.js";

const MAX_PROVISIONS = 10; // of one plan that are shown
const MAX_PLANS = 40; // whose provisions are read without a province chosen, each a file
const MAX_READ = 5; // of a province, where the index does not tell which provisions answer

const box = document.getElementById("refine");
const form = document.getElementById("facets");
const status = document.getElementById("refine-status");

export const hasChoice = () => Object.values(choiceIn(location.search)).some(Boolean);

// The folder of a page: don-vi/so-noi-vu/ → so-noi-vu.
const folderOf = (address) => address.split("/")[1];

// The province that a plan counts in today.
const provinceOf = ({ entry }) => presentProvince(folderOf(entry.address));

// A plan's folder lies in its locality's: ke-hoach/hai-phong/xa-nam-sach/… → hai-phong/xa-nam-sach.
const placeOf = (address) => address.split("/").slice(1, -2).join("/");

// Former provinces, then those in force.
const provincesOf = ({ places }) =>
  places
    .filter(({ isProvince }) => isProvince)
    .sort((one, other) => Boolean(other.isFormer) - Boolean(one.isFormer))
    .map((place) => ({ address: place.address, title: titleOf(place) }));

const namesOf = ({ readPlans, pages, places }, labels) => {
  const titlesOf = (entries, keyOf, nameOf = (title) => title) =>
    new Map(entries.map(({ address, title }) => [keyOf(address), nameOf(title)]));
  const ofKind = (kind) => pages.filter((page) => page.kind === kind);
  // «Xã Nam Sách: Kế hoạch …», «Chương trình …»: the place of a plan, the name of all others.
  const beforeColon = (title) => title.split(": ")[0];
  const afterColon = (title) => title.split(": ").pop();
  return {
    tinh: titlesOf(provincesOf(places), folderOf),
    noi: titlesOf(readPlans(), placeOf, beforeColon),
    "chu-de": titlesOf(ofKind("topic"), folderOf),
    "chuong-trinh": titlesOf(ofKind("programme"), folderOf, afterColon),
    "don-vi": titlesOf(ofKind("unit"), folderOf, afterColon),
    "vai-tro": new Map(Object.entries(labels.role)),
    loai: new Map(Object.entries(labels.kind)),
    "trang-thai": new Map(Object.entries(labels.state)),
  };
};

const rowOf = (result, commitment, assignments) => ({
  ...commitment,
  result,
  province: provinceOf(result),
  place: placeOf(result.entry.address),
  programme: result.entry.programme,
  assignments,
});

// The commitments of one result that answer, as rows for the facets. Of a plan that was
// asked for by its name all are answers.
const rowsOf = async (result) => {
  const provisions = await readAll(result);
  return provisions
    .filter(({ kind, answers }) => kind && kind !== "objective" && (answers || isNamed(result)))
    .map(({ id, kind, state, years, topics, ...provision }) =>
      rowOf(
        result,
        { id, kind, state, years: years.map(String), topics },
        assignmentsOf(provision),
      ),
    );
};

// Whether a plan has to be read itself: of very frequent words the index tells only that it has them.
const isRead = ({ hits = [], level }) => level && !hits.length;

// The same of all results in a folder, from one file, where the index told their provisions.
const rowsOfFolder = async (results, folder) => {
  const address = await addressWithBuild(`assets/cam-ket/${folder}.json`);
  const { plans, units, topics, commitments } = await readFile(address, FACETS_OF_PROVINCE);
  const resultsByAddress = new Map(results.map((result) => [result.entry.address, result]));
  const rows = commitments
    .map((commitment) => ({
      commitment,
      result: resultsByAddress.get(plans[commitment.plan].address),
    }))
    .filter(
      ({ commitment, result }) =>
        result &&
        !isRead(result) &&
        (isNamed(result) || (result.hits || []).includes(commitment.provision)),
    )
    .map(({ commitment, result }) => {
      const { item: id, kind, state, years } = commitment;
      const assignments = assignmentsOf(commitment).map(({ role, unit }) => ({
        role,
        unit: units[unit].id,
      }));
      return rowOf(
        result,
        {
          id,
          kind,
          state,
          years: years.map(String),
          topics: commitment.topics.map((topic) => topics[topic].id),
        },
        assignments,
      );
    });
  const others = await Promise.all(results.filter(isRead).map(rowsOf));
  return [...rows, ...others.flat()];
};

// The results of which rows are left, with their provisions.
const resultsLeft = (results, rows) =>
  results
    .map((result) => ({
      result,
      ids: new Set(rows.filter((row) => row.result === result).map(({ id }) => id)),
    }))
    .filter(({ ids }) => ids.size)
    .map(({ result, ids }) => ({
      entry: result.entry,
      level: ALL_PAIRS,
      read: once(async () =>
        (await readAll(result)).filter(({ id }) => ids.has(id)).slice(0, MAX_PROVISIONS),
      ),
    }));

const countBy = (results, keyOf) => {
  const counts = new Map();
  for (const result of results) {
    const key = keyOf(result);
    counts.set(key, (counts.get(key) || 0) + 1);
  }
  return counts;
};

const placeOfResult = ({ entry }) => placeOf(entry.address);

let offer = null; // what the facets are about now

// Too many plans to look into: the reader chooses a province first.
const askForProvince = ({ results, readProvinces, readTitles, show }) => {
  fillOnly(form, { tinh: readProvinces() }, {}, readTitles());
  status.textContent =
    `${formatNumber(results.length)} kế hoạch có chữ bạn tìm; số ở mỗi tỉnh, thành phố là số kế ` +
    "hoạch. Chọn tỉnh, thành phố để lọc từng việc.";
  show.all();
};

// So are those of a province: the reader chooses a place in it.
const askForPlace = ({ readProvinces, readTitles, show }, there, choice) => {
  const counts = { tinh: readProvinces(), noi: countBy(there, placeOfResult) };
  fillOnly(form, counts, { tinh: provinceIn(choice) }, readTitles());
  status.textContent =
    `${formatNumber(there.length)} kế hoạch ở nơi đã chọn có chữ bạn tìm, là chữ rất hay gặp. Chọn ` +
    "địa phương để lọc từng việc.";
  show.some(there);
};

const showChoice = (
  { results, readProvinces, readTitles, show, isCut },
  { plans, rows },
  choice,
) => {
  fill(form, rows, choice, readTitles(), isCut ? [...readProvinces().keys()] : []);
  const left = rows.filter((row) => holds(row, choice));
  const rest = hasChoice() ? ` Còn lại ${countInWords(left)}.` : "";
  const where = isCut ? " ở nơi đã chọn" : "";
  status.textContent =
    `Lọc trong ${countInWords(rows)} có chữ bạn tìm, thuộc ` +
    `${formatNumber(plans)} kế hoạch${where}.${rest}`;
  if (hasChoice()) show.some(resultsLeft(results, left));
  else show.all();
};

// What is looked into for a choice: {key, plans, readRows}; the last is not there where a place is still
// to be chosen.
const partOf = (mine, choice) => {
  const { isCut, results, resultsIn, resultsAt, readRows, readRowsAt } = mine;
  if (!isCut) return { key: "", plans: results, readRows: () => readRows("") };
  const province = provinceIn(choice);
  const plans = resultsIn(province);
  const isReadable = plans.filter(isRead).length <= MAX_READ;
  if (isReadable) return { key: province, plans, readRows: () => readRows(province) };
  const { noi: place } = choice;
  if (!place) return { key: province, plans };
  return { key: place, plans: resultsAt(place), readRows: () => readRowsAt(place) };
};

const update = async () => {
  const mine = offer;
  const choice = choiceIn(location.search);
  // Another query is asked meanwhile.
  if (mine.typed !== new URLSearchParams(location.search).get("q")) return;
  if (mine.isCut && !provinceIn(choice)) {
    askForProvince(mine);
    return;
  }
  const { key, plans, readRows } = partOf(mine, choice);
  if (!readRows) {
    askForPlace(mine, plans, choice);
    return;
  }
  const rows = await readRows();
  const latest = choiceIn(location.search);
  if (
    mine === offer &&
    provinceIn(latest) === provinceIn(choice) &&
    partOf(mine, latest).key === key
  ) {
    showChoice(mine, { plans: plans.length, rows }, latest);
  }
};

const watchOnce = once(() => {
  watch(form, update);
  box.addEventListener("toggle", () => {
    if (box.open && offer) update();
  });
});

// results: those that are plans. show.all() and show.some(results) put results on the page.
export const offerFacets = (results, names, labels, show) => {
  box.hidden = !results.length;
  offer = null;
  if (!results.length) return;
  const isCut = results.length > MAX_PLANS;
  const readEach = async (some) => (await Promise.all(some.map(rowsOf))).flat();
  const resultsIn = once((province) => results.filter((result) => provinceOf(result) === province));
  const resultsAt = (place) => results.filter((result) => placeOfResult(result) === place);
  const readProvince = async (province) => {
    const folders = new Map();
    for (const result of resultsIn(province)) {
      const folder = folderOf(result.entry.address);
      folders.set(folder, [...(folders.get(folder) || []), result]);
    }
    const rows = [...folders].map(([folder, there]) => rowsOfFolder(there, folder));
    return (await Promise.all(rows)).flat();
  };
  offer = {
    typed: new URLSearchParams(location.search).get("q"),
    results,
    readProvinces: once(() => countBy(results, provinceOf)),
    isCut,
    resultsIn,
    readTitles: once(() => namesOf(names, labels)),
    readRows: once((province) => (isCut ? readProvince(province) : readEach(results))),
    resultsAt,
    readRowsAt: once((place) => readEach(resultsAt(place))),
    show,
  };
  form.elements.q.value = offer.typed;
  box.open = hasChoice();
  watchOnce();
  if (box.open) update();
};
