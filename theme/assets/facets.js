// Facets: which rows a choice leaves, and how many each option would leave, given the
// other choices. A row: {province, place, programme, kind, state, pairs: [[role, unit]],
// years}. A choice: {facet: value}, as it stands in the address.

export const FACETS = ["tinh", "noi", "chuong-trinh", "don-vi", "vai-tro", "loai", "trang-thai", "nam"];
const NONE = "khong";

// What a row has of a facet. Unit and role belong together: who leads, not who is named
// beside somebody who leads.
const valuesOf = (row, facet, choice) => {
  const fits = ([role, unit]) => (!choice["vai-tro"] || choice["vai-tro"] === role) && (!choice["don-vi"] || choice["don-vi"] === unit);
  switch (facet) {
    case "tinh": return [row.province];
    case "noi": return [row.place];
    case "chuong-trinh": return [row.programme];
    case "loai": return [row.kind];
    case "trang-thai": return [row.state];
    case "nam": return row.years.length ? row.years : [NONE];
    case "don-vi": return row.pairs.length ? row.pairs.filter(fits).map(([, unit]) => unit) : [NONE];
    default: return row.pairs.filter(fits).map(([role]) => role);
  }
};

export const holds = (row, choice) => FACETS.every((facet) => !choice[facet] || valuesOf(row, facet, choice).includes(choice[facet]));

export const choiceIn = (search) => {
  const params = new URLSearchParams(search);
  return Object.fromEntries(FACETS.map((facet) => [facet, params.get(facet) ?? ""]));
};

const count = (rows, choice, facet) => {
  const open = { ...choice, [facet]: "" };
  const counted = new Map();
  for (const row of rows)
    if (holds(row, open)) for (const value of new Set(valuesOf(row, facet, open))) counted.set(value, (counted.get(value) ?? 0) + 1);
  return counted;
};

const collator = new Intl.Collator("vi", { numeric: true });

// One facet's list: «Tất cả», then what there is with its count. `names`: facet → value →
// words; a facet with a fixed order has its values in that order in `names`.
const fillOne = (select, counted, chosen, names) => {
  if (chosen && !counted.has(chosen)) counted.set(chosen, 0);
  const nameOf = (value) => names.get(value) ?? (value === NONE ? "không ghi" : value);
  const fixed = [...names.keys()];
  const order = ([one], [other]) =>
    (one === NONE) - (other === NONE) || (select.dataset.order === "fixed" ? fixed.indexOf(one) - fixed.indexOf(other) : collator.compare(nameOf(one), nameOf(other)));
  select.replaceChildren(
    new Option("Tất cả", ""),
    ...[...counted].sort(order).map(([value, number]) => new Option(`${nameOf(value)} (${number.toLocaleString("vi")})`, value)),
  );
  select.value = chosen;
  select.classList.toggle("chosen", Boolean(chosen));
};

export const fill = (form, rows, choice, names) => {
  for (const facet of FACETS) fillOne(form.elements[facet], count(rows, choice, facet), choice[facet], names[facet] ?? new Map());
};

// A list of which only the counts are known, while nothing else is loaded.
export const fillKnown = (form, facet, counted, names) => {
  for (const other of FACETS) fillOne(form.elements[other], new Map(), "", new Map());
  fillOne(form.elements[facet], counted, "", names);
};

// Calls `changed` with the new address whenever the reader chooses. The back button takes
// back a choice, however many options the arrow keys passed on the way to it.
export const watch = (form, changed) => {
  let last = null;
  const go = (facet) => {
    const params = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...params]) if (!value) params.delete(name);
    history[facet && facet === last ? "replaceState" : "pushState"](null, "", `${location.pathname}?${params}`);
    last = facet;
    changed();
  };
  form.addEventListener("change", (event) => go(event.target.name));
  form.addEventListener("submit", (event) => { event.preventDefault(); go(""); });
  form.addEventListener("reset", () => setTimeout(() => {
    for (const facet of FACETS) form.elements[facet].value = "";
    go("");
  }));
  addEventListener("popstate", () => { last = null; changed(); });
  form.hidden = false;
};
