// What the search knows by name: pages of ten.json, and places of dia-phuong.json when nothing else
// answers.

import { addressInIndex } from "../build.js";
import { NAMES, readFile } from "../data.js";
import { capital, once } from "../page.js";
import {
  FORMER,
  placesOfTables,
  readDistricts,
  readPlaces,
  shortName,
  WITHOUT_PLAN,
} from "../places.js";
import { fold, slug, spokenWord } from "../words.js";
import { openIndex } from "./index.js";
import { indexNames, mayAnswer, namesAt } from "./name-index.js";
import { spokenWordsOf } from "./query.js";
import { preparePhrases, tokensOf, unitPhrases } from "./understand.js";

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

// A page by its names. There are thousands: `spell` gives its names and those related to it, and is
// asked only where the page may answer.
const entryOf = (kind, page, spell, weight = WEIGHTS[kind]) => ({
  kind,
  address: page.address,
  title: page.title,
  note: page.note,
  programme: page.programme,
  weight,
  spell,
});

// An entry with what it is compared by. nameWords: the words of each name; joinedNames and
// spacedNames: the same in one; isQualified: whether it tells the province; spokenNames: each name as
// it is said; words: all words of its names and of the names related to it; spokenWords: the same with
// their marks.
export const spellOut = once((entry) => {
  const { names, related } = entry.spell();
  const spokenNames = names.map((name) => name.split(PART).flatMap(spokenWordsOfPart));
  const relatedWords = related.flatMap(spokenWordsOfPart);
  const nameWords = spokenNames.map((words) => words.map(foldOnce));
  return {
    ...entry,
    names: names.map((name) => name.replace(PART, " ")),
    isQualified: names.map((name) => name.includes(PART)),
    spokenNames: spokenNames.map((words) => words.join(" ")),
    nameWords,
    joinedNames: nameWords.map((words) => words.join("")),
    spacedNames: nameWords.map((words) => ` ${words.join(" ")} `),
    words: new Set([...nameWords.flat(), ...relatedWords.map(foldOnce)]),
    spokenWords: new Set([...spokenNames.flat(), ...relatedWords]),
    properWords: new Set(entry.kind === "programme" ? names.flatMap(properWordsOf) : []),
  };
});

const spelled = (names, related) => () => ({ names, related });

// A locality without a plan answers to its own name only.
export const hasPlan = (entry) => entry.weight > WEIGHT_WITHOUT_PLAN;

// -------------------------------------------------------------------------------- places

const isProvinceAddress = (address) => /^dia-phuong\/[^/]+\/$/.test(address);

const shortProvince = (province) => province.replace(/^(tỉnh|thành phố) /, "");

const provinceNamesOf = once((province) => (province ? [province, shortProvince(province)] : []));

// The names of a place: its full and its short one, each alone and with its province's.
const namesOfPlace = ([name, short], province) => [
  name,
  short,
  ...[name, short].flatMap((own) => provinceNamesOf(province).map((other) => own + PART + other)),
];

// The folder of a place's plans: dia-phuong/hai-phong/… → ke-hoach/hai-phong/….
const plansFolderOf = (address) => address.split("#")[0].replace(/^dia-phuong/, "ke-hoach");

// Places in force as `indexNames` takes them, with `address`, `isProvince` and `plans`, the numbers of
// the first of their plans and of the one after the last. There are thousands: `spell` gives the rest.
const placesOf = ({ provinces, types }) => {
  const placeOf = (commune, folder, province) => {
    const { name, address } = typeof commune === "string" ? { name: commune } : commune;
    const names = [name, shortName(name, types)];
    return {
      names,
      province,
      provinceNames: provinceNamesOf(province),
      isProvince: false,
      area: plansFolderOf(folder),
      plans: [0, 0],
      get address() {
        return address || `${folder}${slug(name)}/`;
      },
      spell: () => ({ names: namesOfPlace(names, province), related: [province] }),
    };
  };
  return provinces.flatMap(({ name, slug: part, with_plan: communes }) => {
    const folder = `dia-phuong/${part}/`;
    const province = placeOf({ name, address: folder }, folder, "");
    province.isProvince = true;
    const places = communes.map((commune) => placeOf(commune, folder, name));
    return name ? [province, ...places] : places;
  });
};

export const titleOf = ({ names, isFormer }) =>
  `${capital(names[0])}${isFormer ? " (tên cũ)" : ""}`;

// The place of each plan that lies at the address of one.
const placesOfPlans = ({ plans }, places) => {
  let number = 0;
  return plans.map((plan, index) => {
    number += plan.place;
    const place = places[number];
    const [first, end] = place.plans;
    place.plans = first < end ? [first, index + 1] : [index, index + 1];
    return place;
  });
};

// There are thousands: `area`, the folder that its address begins with, tells most of them apart.
const planEntry = ({ series, note }, place, allSeries) => {
  const { folder, title, programme } = allSeries[series];
  let address = "";
  return {
    kind: "plan",
    note,
    programme,
    weight: WEIGHTS.plan,
    spell: place.spell,
    area: place.area,
    get address() {
      address = address || `${plansFolderOf(place.address)}${folder}/`;
      return address;
    },
    get title() {
      return titleOf(place) + title;
    },
  };
};

// Former names, in the same form; `note` says what is so called now.
const formerPlacesOf = (former, types) =>
  former.flatMap(({ folder, province, places }) =>
    places.map(([name, note, givenAddress]) => {
      const names = [name, shortName(name, types)];
      const address = givenAddress || folder + slug(name);
      const all = [...names, ...(province ? [`${name} ${province}`] : [])];
      return {
        names,
        province,
        provinceNames: [],
        address,
        note,
        isProvince: isProvinceAddress(address),
        isFormer: true,
        spell: spelled(all, province ? [province] : []),
        plans: [0, 0],
      };
    }),
  );

const placeEntry = once((place) =>
  entryOf(
    "place",
    { address: place.address, title: titleOf(place), note: place.note || place.province },
    place.spell,
  ),
);

// ---------------------------------------------------------------------------- other pages

const placeAddressOf = (bodyAddress) => bodyAddress.replace(/^don-vi\/[^/]+/, "dia-phuong");

// A unit in a place is named after both: «Trạm Y tế, xã Nam Sách».
const bodyEntry = ({ address }, unit, place) => {
  const spell = () => ({
    names: unit.names.flatMap((name) =>
      spellOut(placeEntry(place)).names.flatMap((other) => [
        `${name} ${other}`,
        `${other} ${name}`,
      ]),
    ),
    related: [],
  });
  const title = `${unit.title}, ${place.names[0]}`;
  return entryOf("body", { address, title, note: "" }, spell);
};

// The entries of the bodies of each place.
const bodiesByPlace = ({ bodies, units }, places) => {
  const byPlace = new Map();
  if (!bodies.length) return byPlace;
  const unitsByAddress = byAddress(units);
  const placesByAddress = byAddress(places);
  for (const body of bodies) {
    const [unitAddress] = body.address.match(/^don-vi\/[^/]+\//);
    const place = placesByAddress.get(placeAddressOf(body.address));
    const entry = bodyEntry(body, unitsByAddress.get(unitAddress), place);
    byPlace.set(place, [...(byPlace.get(place) || []), entry]);
  }
  return byPlace;
};

const pageEntries = (kind, pages) =>
  pages.map((page) => entryOf(kind, page, spelled(page.names, page.related)));

const byAddress = (pages) => new Map(pages.map((page) => [page.address, page]));

// ------------------------------------------------------------------- what `understand` knows

// The names of units, with blanks and without.
const lettersOf = (name) => name.replace(/[^\p{L}\p{M}]/gu, "");

const unitNamesOf = (units) =>
  units
    .map(({ address, names }) => unitPhrases(address, names))
    .map(({ word, names, phrases }) => ({
      word,
      names,
      phrases: phrases.filter((name) => lettersOf(name).length >= MIN_UNIT_LETTERS),
    }));

// A folder of plans and those above it: ke-hoach/hai-phong/, ke-hoach/hai-phong/xa-nam-sach/.
const foldersUpTo = (folder) => {
  const parts = folder.split("/");
  return parts.slice(1, -1).map((_, index) => `${parts.slice(0, index + 2).join("/")}/`);
};

// All folders in which there are plans.
const foldersOfPlans = (places, otherPlans) => {
  const own = places.filter(({ plans }) => plans[1] > 0);
  return new Set([
    ...own.flatMap(({ address }) => foldersUpTo(plansFolderOf(address))),
    ...otherPlans.flatMap(({ address }) => foldersUpTo(address.replace(/[^/]+\/$/, ""))),
  ]);
};

// Of places of one name provinces are meant before communes, and those in force before others.
const mostLikely = (found) => {
  const provinces = found.filter(({ place }) => place.isProvince && !place.isFormer);
  const inForce = found.filter(({ place }) => !place.isFormer);
  return [provinces, inForce, found].find(({ length }) => length) || [];
};

// A function that gives the places that are named at an index among words, of those in which there
// are plans: a query may be narrowed to them. [{title, folder, isProvince, words}]
const placeFinder = (index, otherPlans) => {
  const readFolders = once(() => foldersOfPlans(index.places, otherPlans));
  const isAllowed = ({ place, name }) =>
    (name.split(" ").length >= MIN_PLACE_WORDS || (place.isProvince && name.length > 2)) &&
    (place.plans[1] > 0 || readFolders().has(plansFolderOf(place.address)));
  return (tokens, start) => {
    const words = tokens.map(({ folded }) => folded);
    const found = mostLikely(namesAt(index, words, start, isAllowed));
    const isAmbiguous = found.length > 1;
    return found.map(({ place, name }) => ({
      title: titleOf(place) + (isAmbiguous && place.province ? `, ${place.province}` : ""),
      folder: plansFolderOf(place.address),
      isProvince: place.isProvince,
      words: tokensOf(name),
    }));
  };
};

// ------------------------------------------------------------------------------- the whole

const pagesOf = ({ documents, units, programmes, topics }) => [
  ...pageEntries("document", documents),
  ...pageEntries("unit", units),
  ...pageEntries("programme", programmes),
  ...pageEntries("topic", topics),
];

const readTables = once(async () => readFile(await addressInIndex("ten.json"), NAMES));

// The entries of the index's sources by their numbers: plans, then documents.
const sourceReader = (tables, placesByPlan, documents) => {
  const regular = placesByPlan.length;
  const rest = [...pageEntries("plan", tables.other_plans), ...documents];
  const read = once((number) =>
    number < regular
      ? planEntry(tables.plans[number], placesByPlan[number], tables.series)
      : rest[number - regular],
  );
  const plansFrom = (first, end) =>
    [...Array(end - first).keys()].map((index) => read(first + index));
  const count = regular + tables.other_plans.length;
  return { read, plansFrom, regular, count };
};

// {readSource, readPlans, pages, places, candidates, knowledge}: functions that give the entry of a source
// of the index, and those of all plans; the entries of other pages; the index of all places; a
// function that gives the entries that may answer to some words; what `understand` has to know.
export const readNames = once(async () => {
  const [index, tables] = await Promise.all([openIndex(), readTables()]);
  const placesInForce = placesOf(tables);
  const placesByPlan = placesOfPlans(tables, placesInForce);
  const formerPlaces = formerPlacesOf(tables.former, tables.types);
  const pages = pagesOf(tables);
  const bodies = bodiesByPlace(tables, [...formerPlaces, ...placesInForce]);
  const places = indexNames([...placesInForce, ...formerPlaces]);
  const documents = pages.slice(0, tables.documents.length);
  const { read, plansFrom, regular, count } = sourceReader(tables, placesByPlan, documents);
  const readPlans = once(() => plansFrom(0, count));
  return {
    readSource: read,
    readPlans,
    pages,
    places,
    candidates: (words) => [
      ...plansFrom(regular, count),
      ...pages,
      ...mayAnswer(places, words).flatMap((place) => [
        ...plansFrom(...place.plans),
        placeEntry(place),
        ...(bodies.get(place) || []),
      ]),
    ],
    knowledge: {
      unitNames: preparePhrases(unitNamesOf(tables.units)),
      placesAt: placeFinder(places, tables.other_plans),
      everyday: preparePhrases(index.everyday),
      terms: preparePhrases(index.everyday.map(({ meant }) => ({ phrases: meant, meant }))),
      questions: preparePhrases(index.questions),
      light: {
        spoken: new Set([...index.light, ...index.linking].map(spokenWord)),
        folded: new Set([...index.light, ...index.linking].map(fold)),
        linking: new Set(index.linking.map(spokenWord)),
      },
    },
  };
});

// -------------------------------------------------------------------- places without a plan

const placeWithoutPlan = (place) => {
  const names = [place.name, place.short];
  const spell = spelled(namesOfPlace(names, place.province), []);
  const provinceNames = provinceNamesOf(place.province);
  return { names, province: place.province, provinceNames, spell, page: place };
};

const readPlacesOfFinder = async () => {
  const { is_complete: isComplete, types, provinces, elsewhere } = await readTables();
  if (isComplete) {
    const others = provinces.map((province) => ({ ...province, with_plan: [] }));
    return placesOfTables({ types, provinces: others, former: elsewhere });
  }
  const [places, districts] = await Promise.all([readPlaces(), readDistricts()]);
  return [...places, ...districts];
};

const entryWithoutPlan = once(({ page, spell }) =>
  entryOf("place", page, spell, WEIGHT_WITHOUT_PLAN),
);

// {places, candidates}: the index of every locality without a plan, and a function that gives the
// entries of those that may answer to some words. Of few plans a large file, for what nothing else
// answers.
export const readPlacesWithoutPlan = once(async () => {
  const all = await readPlacesOfFinder();
  const places = indexNames(
    all.filter(({ rank }) => rank === WITHOUT_PLAN || rank === FORMER).map(placeWithoutPlan),
  );
  return { places, candidates: (words) => mayAnswer(places, words).map(entryWithoutPlan) };
});
