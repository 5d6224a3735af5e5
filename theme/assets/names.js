// What the search knows by name: entries made of ten.json, and of dia-phuong.json when
// nothing else answers.

import { NAMES, readFile } from "./data.js";
import { at, once } from "./page.js";
import { spokenWordsOf } from "./query.js";
import { openIndex } from "./search-index.js";
import { preparePhrases, unitPhrases } from "./understand.js";
import { fold } from "./words.js";

// Of two entries that answer alike the heavier comes first.
const WEIGHTS = { programme: 24, topic: 12, plan: 9, place: 8, document: 7, unit: 7, body: 7 };
const WEIGHT_WITHOUT_PLAN = 2; // of a locality of which no plan is held
const MIN_UNIT_LETTERS = 4; // a shorter abbreviation is more often a word of another sense
const MIN_PLACE_WORDS = 2; // so is a place's name of one word

// Words of a name that are no words of everyday use: «ASEAN», «2026».
const properWordsOf = (name) => (name.match(/\p{Lu}{2,}|\d{3,}/gu) || []).map(fold);

const PART = "\n"; // between a place's name and its province's
// Thousands of names have the same parts.
const spokenWordsOfPart = once(spokenWordsOf);
const foldOnce = once(fold);

// nameWords: the words of each name, joinedNames and spacedNames: the same in one; isQualified: whether it tells the province; spokenNames: each name as it is said; words: all words of its
// names and of the names related to it.
const entryOf = (kind, page, names, related, weight = WEIGHTS[kind]) => {
  const spokenNames = names.map((name) => name.split(PART).flatMap(spokenWordsOfPart));
  const relatedWords = related.flatMap(spokenWordsOfPart);
  const nameWords = spokenNames.map((words) => words.map(foldOnce));
  return {
    kind,
    address: page.address,
    title: page.title,
    note: page.note,
    programme: page.programme,
    weight,
    names: names.map((name) => name.replace(PART, " ")),
    isQualified: names.map((name) => name.includes(PART)),
    spokenNames: spokenNames.map((words) => words.join(" ")),
    nameWords,
    joinedNames: nameWords.map((words) => words.join("")),
    spacedNames: nameWords.map((words) => ` ${words.join(" ")} `),
    words: new Set([...nameWords.flat(), ...relatedWords.map(foldOnce)]),
    properWords: new Set(kind === "programme" ? names.flatMap(properWordsOf) : []),
  };
};

// A locality without a plan answers to its own name only.
export const hasPlan = (entry) => entry.weight > WEIGHT_WITHOUT_PLAN;

// The names of a place: its full and its short one, each alone and with its province's.
const namesOfPlace = (name, short, province) => {
  const shortProvince = province.replace(/^(tỉnh|thành phố) /, "");
  const qualified = [name, short].flatMap((own) => [
    own + PART + province,
    own + PART + shortProvince,
  ]);
  return [name, short, ...(province ? qualified : [])];
};

// Of a place in force the file has the short name alone.
const fullNamesOf = ({ title, province, short }) =>
  namesOfPlace(title[0].toLowerCase() + title.slice(1), short, province);

const placeAddressOf = (planAddress) =>
  planAddress.replace(/^ke-hoach(.*\/)[^/]+\/$/, "dia-phuong$1");

// A unit in a place is named after both: «Trạm Y tế, xã Nam Sách».
const bodyEntry = (unitsByAddress, namesOfPlaces) => (body) => {
  const [, folder, path] = body.address.match(/^(don-vi\/[^/]+\/)(.*)$/);
  const unit = unitsByAddress.get(folder);
  const names = namesOfPlaces.get(`dia-phuong/${path}`) || [];
  const both = unit.names.flatMap((name) =>
    names
      .map((place) => place.replace(PART, " "))
      .flatMap((place) => [`${name} ${place}`, `${place} ${name}`]),
  );
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
    // The sources of the index, in its order.
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

// The names of units for `understand`, with blanks and without.
const lettersOf = (name) => name.replace(/[^\p{L}\p{M}]/gu, "");

const unitNamesOf = (entries) =>
  entries
    .filter(({ kind }) => kind === "unit")
    .map(({ address, names }) => unitPhrases(address, names))
    .map(({ word, phrases }) => ({
      word,
      phrases: phrases.filter((name) => lettersOf(name).length >= MIN_UNIT_LETTERS),
    }));

// The folder of a place's plans: dia-phuong/hai-phong/… → ke-hoach/hai-phong/….
const plansFolderOf = (address) => address.split("#")[0].replace(/^dia-phuong/, "ke-hoach");

const isProvince = ({ address }) => /^dia-phuong\/[^/]+\/$/.test(address);

// All folders that a plan lies in: ke-hoach/hai-phong/, ke-hoach/hai-phong/xa-nam-sach/.
const foldersAbove = ({ address }) => {
  const parts = address.split("/");
  return parts.slice(1, -2).map((_, index) => `${parts.slice(0, index + 2).join("/")}/`);
};

// Places in which there are plans: a query may be narrowed to them.
const placeNamesOf = (entries) => {
  const plans = entries.filter(({ kind }) => kind === "plan");
  const folders = new Set(plans.flatMap(foldersAbove));
  const isLong = (name, place) =>
    name.split(" ").length >= MIN_PLACE_WORDS || (isProvince(place) && name.length > 2);
  return entries
    .filter(({ kind, address }) => kind === "place" && folders.has(plansFolderOf(address)))
    .map((place) => ({
      title: place.title,
      folder: plansFolderOf(place.address),
      isProvince: isProvince(place),
      phrases: place.names.filter((name) => isLong(name, place)),
    }));
};

// {entries, sources, knowledge}: all entries; those of the index's sources, in its order; what
// `understand` has to know.
export const readNames = once(async () => {
  const index = await openIndex();
  const file = await readFile(at(`${index.folder}ten.json`), NAMES);
  const entries = entriesOf(file);
  return {
    entries,
    sources: entries.slice(0, file.plans.length + file.documents.length),
    knowledge: {
      unitNames: preparePhrases(unitNamesOf(entries)),
      placeNames: preparePhrases(placeNamesOf(entries)),
      everyday: preparePhrases(index.everyday),
      questions: preparePhrases(index.questions),
    },
  };
});

// Every locality without a plan: a large file, for what nothing else answers.
export const readPlacesWithoutPlan = once(async () => {
  const { FORMER, readDistricts, readPlaces, WITHOUT_PLAN } = await import("./places.js");
  const places = await readPlaces();
  const districts = await readDistricts();
  return [...places, ...districts]
    .filter(({ rank }) => rank === WITHOUT_PLAN || rank === FORMER)
    .map((place) => {
      const names = namesOfPlace(place.name, place.short, place.province);
      return entryOf("place", place, names, [], WEIGHT_WITHOUT_PLAN);
    });
});
