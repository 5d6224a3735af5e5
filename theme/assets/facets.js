// Facets: which rows a choice leaves, and how many each option would leave, given the
// other choices. A row: {province, place, programme, kind, state, assignments: [{role, unit}],
// years, topics}. A choice: {facet: value}, as it stands in the address.

import { objectOf } from "./data.js";
import { presentPlace, presentProvince } from "./former-places.js";
import { formatNumber, refill } from "./page.js";

export const FACETS = [
  "tinh",
  "noi",
  "chu-de",
  "chuong-trinh",
  "don-vi",
  "vai-tro",
  "loai",
  "trang-thai",
  "nam",
];
const NONE = "khong"; // the option of rows that have nothing of a facet
const WORDS_OF_NONE = {
  "chu-de": "chưa xếp chủ đề",
  "don-vi": "mục không ghi cơ quan",
  nam: "mục không ghi năm",
};

// Unit and role belong together: who leads, not who is named beside somebody who leads.
const matching = (row, choice) =>
  row.assignments.filter(
    ({ role, unit }) =>
      (!choice["vai-tro"] || choice["vai-tro"] === role) &&
      (!choice["don-vi"] || choice["don-vi"] === unit),
  );

const orNone = (values) => (values.length ? values : [NONE]);

// What a row has of each facet.
const VALUES = {
  tinh: (row) => [row.province],
  noi: (row) => [row.place],
  "chu-de": (row) => orNone(row.topics),
  "chuong-trinh": (row) => [row.programme],
  "don-vi": (row, choice) =>
    row.assignments.length ? matching(row, choice).map(({ unit }) => unit) : [NONE],
  "vai-tro": (row, choice) => matching(row, choice).map(({ role }) => role),
  loai: (row) => [row.kind],
  "trang-thai": (row) => [row.state],
  nam: (row) => orNone(row.years),
};

export const holds = (row, choice) =>
  FACETS.every((facet) => !choice[facet] || VALUES[facet](row, choice).includes(choice[facet]));

export const choiceIn = (search) => {
  const params = new URLSearchParams(search);
  const choice = objectOf(FACETS.map((facet) => [facet, params.get(facet) || ""]));
  const tinh = presentProvince(presentPlace(choice.tinh));
  return { ...choice, tinh, noi: presentPlace(choice.noi) };
};

// The province that a choice is about: quang-nam lies in da-nang today.
export const provinceIn = ({ tinh, noi }) => tinh || presentProvince(noi.split("/")[0]);

// How many rows each option of a facet would leave.
const countOptions = (rows, choice, facet) => {
  const others = { ...choice, [facet]: "" };
  const counts = new Map();
  for (const row of rows.filter((row) => holds(row, others))) {
    for (const value of new Set(VALUES[facet](row, others))) {
      counts.set(value, (counts.get(value) || 0) + 1);
    }
  }
  return counts;
};

const collator = new Intl.Collator("vi", { numeric: true });

// One facet's list: «Tất cả», then what there is with its count. `names`: value → words; a
// facet with a fixed order has its values in that order in `names`.
const fillSelect = (select, counts, chosen, names) => {
  if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
  const nameOf = (value) =>
    names.get(value) || (value === NONE ? WORDS_OF_NONE[select.name] : value);
  const fixed = [...names.keys()];
  const compare =
    select.dataset.order === "fixed"
      ? (one, other) => fixed.indexOf(one) - fixed.indexOf(other)
      : (one, other) => collator.compare(nameOf(one), nameOf(other));
  const values = [...counts.keys()].sort(
    (one, other) => (one === NONE) - (other === NONE) || compare(one, other),
  );
  const textOf = (value) => {
    const count = counts.get(value);
    return count === null ? nameOf(value) : `${nameOf(value)} (${formatNumber(count)})`;
  };
  const options = values.map((value) => new Option(textOf(value), value));
  refill(select, new Option("Tất cả", ""), ...options);
  select.value = chosen;
  select.classList.toggle("chosen", Boolean(chosen));
};

// The facets that a phone does not show at first.
const moreFacetsOf = (form) => [...form.querySelectorAll(".more-facets select")];

const showMoreFacets = (form) => {
  form.classList.add("with-more");
  form.querySelector(".facet-more").hidden = true;
};

// `names`: facet → value → words. `provinces`: all there are, also those of which no row is read;
// what those would leave is not known.
export const fill = (form, rows, choice, names, provinces = []) => {
  const counts = FACETS.map((facet) => countOptions(rows, choice, facet));
  const counted = counts[FACETS.indexOf("tinh")];
  for (const slug of provinces) if (!counted.has(slug)) counted.set(slug, null);
  FACETS.forEach((facet, index) => {
    fillSelect(form.elements[facet], counts[index], choice[facet], names[facet] || new Map());
  });
  if (moreFacetsOf(form).some(({ value }) => value)) showMoreFacets(form);
};

// Fills the lists of which only the counts are known, {facet: counts}, while nothing else is loaded.
export const fillOnly = (form, counts, choice, names) => {
  for (const facet of FACETS) {
    const known = counts[facet] || new Map();
    const chosen = counts[facet] ? choice[facet] : "";
    fillSelect(form.elements[facet], known, chosen, names[facet] || new Map());
  }
};

// The address with what the form holds, empty fields left out.
const addressOf = (form) => {
  const filled = [...new FormData(form)].filter(([, value]) => value);
  return `${location.pathname}?${new URLSearchParams(filled)}`;
};

// Calls `update` whenever the reader has chosen, the address already changed. The back
// button takes back a choice, however many options the arrow keys passed on the way to it.
export const watch = (form, update) => {
  let lastFacet = null;
  const choose = (facet) => {
    const method = facet && facet === lastFacet ? "replaceState" : "pushState";
    history[method](null, "", addressOf(form));
    lastFacet = facet;
    update();
  };
  form.querySelector(".facet-more").addEventListener("click", () => {
    showMoreFacets(form);
    moreFacetsOf(form)[0].focus(); // the button is gone
  });
  form.addEventListener("change", (event) => choose(event.target.name));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    choose("");
  });
  form.addEventListener("reset", () =>
    // The browser empties the form only after this event.
    setTimeout(() => {
      for (const facet of FACETS) form.elements[facet].value = "";
      choose("");
    }),
  );
  addEventListener("popstate", () => {
    lastFacet = null;
    update();
  });
  form.hidden = false;
};
