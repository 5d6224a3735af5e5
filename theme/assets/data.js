// The JSON files of the site, read into objects. congkhai/exports/browser_data.py writes them
// as tables that name each column once. What is listed here is what scripts read;
// tests/unit/test_browser_data.py compares it with what Python writes.

export const ROLES = ["lead", "coordinating", "implementing", "requested"];

// cam-ket.json: the provinces that have a plan.
export const FACET_INDEX = {
  provinces: ["slug", "name", "plans", "commitments"],
};

// assets/cam-ket/<province>.json: what the commitments of a province are filtered by.
export const FACETS_OF_PROVINCE = {
  plans: ["address", "place", "name", "locality", "issuer", "type", "programme"],
  programmes: ["id", "name"],
  units: ["id", "name"],
  topics: ["id", "name"],
  commitments: [
    "plan",
    "item",
    "provision",
    "kind",
    "state",
    "lead",
    "coordinating",
    "implementing",
    "requested",
    "years",
    "topics",
  ],
};

// <plan>/muc.json: a plan's provisions, and what it is compared by.
export const PLAN = {
  provisions: [
    "id",
    "reference",
    "text",
    "kind",
    "state",
    "lead",
    "coordinating",
    "implementing",
    "requested",
    "recipients",
    "years",
    "meant",
    "deadline",
    "deliverable",
    "reported",
    "topics",
  ],
  facts: ["label", "text"],
  objectives: ["text", "reference", "item"],
  targets: ["measure", "text", "reference", "item"],
  duties: ["name", "address", "roles"],
  dated: ["text", "reference", "item"],
  reporting: ["text", "reference", "item"],
};

// dia-phuong.json: every locality.
export const PLACES = {
  provinces: ["name", "slug", "with_plan", "others", "are_rows"],
  former: ["name", "address", "successor"],
};

// cap-huyen.json: the districts of old.
export const DISTRICTS = {
  former: ["name", "address", "successor"],
};

// ten.json: names that lead straight to a page.
export const NAMES = {
  provinces: ["name", "slug", "with_plan", "others", "are_rows"],
  series: ["folder", "title", "programme"],
  plans: ["place", "series", "note"],
  other_plans: ["address", "title", "note", "names", "related", "programme"],
  documents: ["address", "title", "note", "names", "related"],
  units: ["address", "title", "note", "names", "related"],
  bodies: ["address"],
  programmes: ["address", "title", "note", "names", "related"],
  topics: ["address", "title", "note", "names", "related"],
  former: ["folder", "province", "places"],
  elsewhere: ["name", "address", "successor"],
};

// <plan>/bao-cao.json: who reports on what, and what was reported last.
export const REPORT_FORM = {
  items: ["id", "reference", "kind", "deadline", "words", "recurs"],
  targets: [
    "item",
    "key",
    "words",
    "unit",
    "comparator",
    "goal",
    "maximum",
    "is_decided",
    "least",
    "most",
  ],
  units: ["id", "name", "items", "parts", "is_named"],
  reports: ["file", "period", "said", "address", "day"],
  lines: ["unit", "item", "target", "file", "status", "value", "unchanged", "done_on"],
};

// {key: value} of pairs; Object.fromEntries is unknown to iOS 12.0.
export const objectOf = (pairs) => {
  const object = {};
  for (const [key, value] of pairs) object[key] = value;
  return object;
};

// Rows under named columns as objects. A column that is not there would be `undefined` in
// some sentence; the reader is better told that the data cannot be opened.
const objectsOf = ({ columns, rows }, names) => {
  const positions = names.map((name) => [name, columns.indexOf(name)]);
  const missing = positions.filter(([, position]) => position < 0);
  if (missing.length) throw new Error(`no column ${missing.map(([name]) => name).join(", ")}`);
  return rows.map((row) => objectOf(positions.map(([name, position]) => [name, row[position]])));
};

const BEARS_ITS_BUILD = /\?b=|\/assets\/tim\//;

// Reads a file; `tables` is one of the lists above. What is no table stays as it is.
export const readFile = async (address, tables) => {
  // A file that does not bear the name of its build is always asked for anew.
  const cache = BEARS_ITS_BUILD.test(address) ? "default" : "no-cache";
  const response = await fetch(address, { cache });
  if (!response.ok) throw new Error(`${response.status}: ${address}`);
  const file = await response.json();
  for (const [name, columns] of Object.entries(tables)) {
    file[name] = objectsOf(file[name], columns);
  }
  return file;
};

// [{role, unit}] of a row that has a list of units for each role.
export const assignmentsOf = (row) =>
  ROLES.flatMap((role) => row[role].map((unit) => ({ role, unit })));
