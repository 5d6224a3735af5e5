// What the search knows by name: entries made of ten.json, and of dia-phuong.json when
// nothing else answers.

import { NAMES, readFile } from "./data.js";
import { at, once } from "./page.js";
import { unitWord, wordsOf } from "./query.js";
import { spoken } from "./words.js";

// Of two entries that answer alike the heavier comes first.
const WEIGHTS = { programme: 24, topic: 12, plan: 9, place: 8, document: 7, unit: 7, body: 7 };
const WEIGHT_WITHOUT_PLAN = 2; // of a locality of which no plan is held
const MIN_UNIT_LETTERS = 4; // a shorter abbreviation is more often a word of another sense

// nameWords: the words of each name; spokenNames: each name as `spoken` gives it; words: all
// words of its names and of the names related to it.
const entryOf = (kind, page, names, related, weight = WEIGHTS[kind]) => ({
  kind,
  address: page.address,
  title: page.title,
  note: page.note,
  programme: page.programme,
  weight,
  spokenNames: names.map(spoken),
  nameWords: names.map(wordsOf),
  words: new Set([...names, ...related].flatMap(wordsOf)),
});

// A locality without a plan answers to its own name only.
export const hasPlan = (entry) => entry.weight > WEIGHT_WITHOUT_PLAN;

// Of a place in force the file has the short name alone.
const fullNamesOf = ({ title, province, short }) => {
  const name = title[0].toLowerCase() + title.slice(1);
  return [name, short, `${name} ${province}`];
};

const placeAddressOf = (planAddress) =>
  planAddress.replace(/^ke-hoach(.*\/)[^/]+\/$/, "dia-phuong$1");

// A unit in a place is named after both: «Trạm Y tế, xã Nam Sách».
const bodyEntry = (unitsByAddress, namesOfPlaces) => (body) => {
  const [, folder, path] = body.address.match(/^(don-vi\/[^/]+\/)(.*)$/);
  const unit = unitsByAddress.get(folder);
  const names = namesOfPlaces.get(`dia-phuong/${path}`) || [];
  const both = unit.names.flatMap((name) => names.map((place) => `${name} ${place}`));
  const page = { address: body.address, title: `${unit.title}, ${names[0]}`, note: "" };
  return entryOf("body", page, both, []);
};

const entriesOf = (tables) => {
  const { plans, documents, units, bodies, programmes, topics, places, former } = tables;
  const namesOfPlaces = new Map([
    ...former.map((place) => [place.address, place.names]),
    ...places.map((place) => [place.address, fullNamesOf(place)]),
  ]);
  // A plan without names has those of the place at its address.
  const namesOfPlan = (plan) =>
    plan.names.length ? plan.names : namesOfPlaces.get(placeAddressOf(plan.address));
  const pageEntry = (kind) => (page) => entryOf(kind, page, page.names, page.related);
  return [
    ...plans.map((plan) => entryOf("plan", plan, namesOfPlan(plan), plan.related)),
    ...documents.map(pageEntry("document")),
    ...units.map(pageEntry("unit")),
    ...bodies.map(bodyEntry(new Map(units.map((unit) => [unit.address, unit])), namesOfPlaces)),
    ...programmes.map(pageEntry("programme")),
    ...topics.map(pageEntry("topic")),
    ...places.map((place) =>
      entryOf("place", { ...place, note: place.province }, fullNamesOf(place), [place.province]),
    ),
    ...former.map(pageEntry("place")),
  ];
};

// The names of units for `understand`, with blanks and without, longest first.
const unitNamesOf = (entries) => {
  const names = entries
    .filter(({ kind }) => kind === "unit")
    .flatMap(({ address, nameWords }) => {
      const word = unitWord(address.split("/")[1]);
      return nameWords.flatMap((words) => [
        { words, word },
        { words: [words.join("")], word },
      ]);
    });
  return names
    .filter(({ words }) => words.join("").length >= MIN_UNIT_LETTERS)
    .sort((one, other) => other.words.length - one.words.length);
};

export const readNames = once(async () => {
  const entries = entriesOf(await readFile(at("assets/ten.json"), NAMES));
  return { entries, unitNames: unitNamesOf(entries) };
});

// Every locality without a plan: a large file, for what nothing else answers.
export const readPlacesWithoutPlan = once(async () => {
  const { FORMER, readDistricts, readPlaces, WITHOUT_PLAN } = await import("./places.js");
  const places = await readPlaces(at("assets/dia-phuong.json"));
  const districts = await readDistricts(at("assets/cap-huyen.json"));
  return [...places, ...districts]
    .filter(({ rank }) => rank === WITHOUT_PLAN || rank === FORMER)
    .map((place) => {
      const names = [place.name, place.short, `${place.name} ${place.province}`];
      return entryOf("place", place, names, [], WEIGHT_WITHOUT_PLAN);
    });
});
