// What the search knows by name: pages of ten.json, and places of dia-phuong.json when nothing else
// answers.

import { addressInIndex } from "./build.js";
import { NAMES, readFile } from "./data.js";
import { indexNames, mayAnswer, namesAt } from "./name-index.js";
import { capital, once } from "./page.js";
import { spokenWordsOf } from "./query.js";
import { openIndex } from "./search-index.js";
import { preparePhrases, tokensOf, unitPhrases } from "./understand.js";
import { fold, slug } from "./words.js";

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
// it is said; words: all words of its names and of the names related to it.
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

const shortName = (name, types) => {
  const type = types.find((one) => name.startsWith(`${one} `)) || "";
  return name.slice(type.length).trimStart();
};

// A place in force: {names, province, provinceNames, address, title, isProvince, entries}.
const placeOf = (name, short, province, address) => {
  const names = [name, short];
  const title = capital(name);
  const page = { address, title, note: province };
  const spell = () => ({ names: namesOfPlace(names, province), related: [province] });
  const entry = entryOf("place", page, spell);
  const provinceNames = provinceNamesOf(province);
  const isProvince = isProvinceAddress(address);
  return { names, province, provinceNames, address, title, isProvince, spell, entries: [entry] };
};

// The places of the table, provinces and communes, in its order.
const placesOf = ({ provinces, types }) =>
  provinces.flatMap(({ name, slug: folder, communes }) => {
    const province = name
      ? [placeOf(name, shortName(name, types), "", `dia-phuong/${folder}/`)]
      : [];
    const places = communes.map((commune) => {
      const named =
        typeof commune === "string"
          ? { name: commune, address: `dia-phuong/${folder}/${slug(commune)}/` }
          : commune;
      return placeOf(named.name, shortName(named.name, types), name, named.address);
    });
    return [...province, ...places];
  });

// The folder of a place's plans: dia-phuong/hai-phong/… → ke-hoach/hai-phong/….
const plansFolderOf = (address) => address.split("#")[0].replace(/^dia-phuong/, "ke-hoach");

// The plans at the addresses of their places.
const plansOf = ({ plans, series }, places) => {
  let number = 0;
  return plans.map((plan) => {
    number += plan.place;
    const place = places[number];
    const { folder, title, programme } = series[plan.series];
    const page = {
      address: `${plansFolderOf(place.address)}${folder}/`,
      title: place.title + title,
      note: plan.note,
      programme,
    };
    const entry = entryOf("plan", page, place.spell);
    place.entries.push(entry);
    return entry;
  });
};

// Former names, in the same form.
const formerPlacesOf = ({ former, types }) =>
  former.flatMap(({ folder, province, places }) =>
    places.map(([name, note, address]) => {
      const names = [name, shortName(name, types)];
      const page = {
        address: address || folder + slug(name),
        title: `${capital(name)} (tên cũ)`,
        note,
      };
      const all = [...names, ...(province ? [`${name} ${province}`] : [])];
      const entry = entryOf("place", page, spelled(all, province ? [province] : []));
      return {
        ...page,
        names,
        province,
        provinceNames: [],
        isProvince: isProvinceAddress(page.address),
        isFormer: true,
        entries: [entry],
      };
    }),
  );

// ---------------------------------------------------------------------------- other pages

const placeAddressOf = (bodyAddress) => bodyAddress.replace(/^don-vi\/[^/]+/, "dia-phuong");

// A unit in a place is named after both: «Trạm Y tế, xã Nam Sách».
const bodyEntry = (unitsByAddress, placesByAddress) => (body) => {
  const [folder] = body.address.match(/^don-vi\/[^/]+\//);
  const unit = unitsByAddress.get(folder);
  const place = placesByAddress.get(placeAddressOf(body.address));
  const spell = () => {
    const names = place ? spellOut(place.entries[0]).names : [];
    return {
      names: unit.names.flatMap((name) =>
        names.flatMap((other) => [`${name} ${other}`, `${other} ${name}`]),
      ),
      related: [],
    };
  };
  const title = `${unit.title}, ${place ? place.names[0] : ""}`;
  return entryOf("body", { address: body.address, title, note: "" }, spell);
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
    .map(({ word, phrases }) => ({
      word,
      phrases: phrases.filter((name) => lettersOf(name).length >= MIN_UNIT_LETTERS),
    }));

// All folders that a plan lies in: ke-hoach/hai-phong/, ke-hoach/hai-phong/xa-nam-sach/.
const foldersAbove = ({ address }) => {
  const parts = address.split("/");
  return parts.slice(1, -2).map((_, index) => `${parts.slice(0, index + 2).join("/")}/`);
};

// Of places of one name provinces are meant before communes, and those in force before others.
const mostLikely = (found) => {
  const provinces = found.filter(({ place }) => place.isProvince && !place.isFormer);
  const inForce = found.filter(({ place }) => !place.isFormer);
  return [provinces, inForce, found].find(({ length }) => length) || [];
};

// A function that gives the places that are named at an index among words, of those in which there
// are plans: a query may be narrowed to them. [{title, folder, isProvince, words}]
const placeFinder = (index, plans) => {
  const folders = new Set(plans.flatMap(foldersAbove));
  const isAllowed = ({ place, name }) =>
    folders.has(plansFolderOf(place.address)) &&
    (name.split(" ").length >= MIN_PLACE_WORDS || (place.isProvince && name.length > 2));
  return (tokens, start) => {
    const words = tokens.map(({ folded }) => folded);
    const found = mostLikely(namesAt(index, words, start, isAllowed));
    return found.map(({ place, name }) => ({
      title: found.length > 1 && place.province ? `${place.title}, ${place.province}` : place.title,
      folder: plansFolderOf(place.address),
      isProvince: place.isProvince,
      words: tokensOf(name),
    }));
  };
};

// ------------------------------------------------------------------------------- the whole

const pagesOf = (tables, places) => {
  const { documents, units, bodies, programmes, topics } = tables;
  return [
    ...pageEntries("document", documents),
    ...pageEntries("unit", units),
    ...bodies.map(bodyEntry(byAddress(units), byAddress(places))),
    ...pageEntries("programme", programmes),
    ...pageEntries("topic", topics),
  ];
};

const readTables = async () => readFile(await addressInIndex("ten.json"), NAMES);

// {plans, pages, places, sources, candidates, knowledge}: entries of plans and of other pages; the
// index of all places; the entries of the index's sources, in its order; a function that gives the
// entries that may answer to some words; what `understand` has to know.
export const readNames = once(async () => {
  const [index, tables] = await Promise.all([openIndex(), readTables()]);
  const placesInForce = placesOf(tables);
  const plans = [...plansOf(tables, placesInForce), ...pageEntries("plan", tables.other_plans)];
  const formerPlaces = formerPlacesOf(tables);
  const pages = pagesOf(tables, [...formerPlaces, ...placesInForce]);
  const others = plans.slice(tables.plans.length);
  const places = indexNames([...placesInForce, ...formerPlaces]);
  return {
    plans,
    pages,
    places,
    sources: [...plans, ...pages.slice(0, tables.documents.length)],
    candidates: (words) => [
      ...others,
      ...pages,
      ...mayAnswer(places, words).flatMap(({ entries }) => entries),
    ],
    knowledge: {
      unitNames: preparePhrases(unitNamesOf(tables.units)),
      placesAt: placeFinder(places, plans),
      everyday: preparePhrases(index.everyday),
      questions: preparePhrases(index.questions),
    },
  };
});

// Every locality without a plan, as an index of names: a large file, for what nothing else answers.
export const readPlacesWithoutPlan = once(async () => {
  const { FORMER, readDistricts, readPlaces, WITHOUT_PLAN } = await import("./places.js");
  const [places, districts] = await Promise.all([readPlaces(), readDistricts()]);
  return indexNames(
    [...places, ...districts]
      .filter(({ rank }) => rank === WITHOUT_PLAN || rank === FORMER)
      .map((place) => {
        const names = [place.name, place.short];
        const spell = spelled(namesOfPlace(names, place.province), []);
        const entry = entryOf("place", place, spell, WEIGHT_WITHOUT_PLAN);
        const provinceNames = provinceNamesOf(place.province);
        return { names, province: place.province, provinceNames, entries: [entry] };
      }),
  );
});
