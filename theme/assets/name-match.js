// How well an entry answers by its names, and which names differ from what was typed by a letter.

import { editDistance } from "./edits.js";
import { lettersAsTyped, nearNames } from "./name-index.js";
import { hasPlan, spellOut } from "./names.js";

// Its weight is added. Only the order of the figures has a meaning.
export const SCORES = {
  isName: 200, // asked for by its very name: before all that is found by words
  isNameWithoutPage: 107,
  isDistrictAlone: 98,
  placeNameHasWords: 130, // two words or more of a place's name, of a page
  documentNumber: 100, // a document's number among other words
  nameWithoutLevel: 100, // «công an» for Công an tỉnh
  nameHasWords: 70,
  entryHasWords: 45,
  entryHasWordsWithoutPage: 30,
  sameTones: 3, // added: typed with the name's own diacritics
};
export const NAME_ANSWERS = 60; // from here on an entry is found by its name
const MAX_EXTRA_WORDS = 9; // a longer name loses no more than this
const LONG_NAME = 9; // letters from which on a name may differ by two
const MIN_TWO_SLIPS = 6; // the same beside the name of its province
const MAX_PROVINCE_WORDS = 5; // «thành phố Hồ Chí Minh»
const MIN_PROVINCE_LETTERS = 6; // of one that may have a slip itself

const includesAll = (list, words) => words.every((word) => list.includes(word));

// The words one behind the other, as in a place's name; the type of its province may be left out.
const hasRun = (name, words) => {
  const line = ` ${name.join(" ")} `;
  const short = line.replace(/(?!^) (thanh pho|tinh) /, " ");
  return [line, short].some((text) => text.includes(` ${words.join(" ")} `));
};

const hasAllWords = (entry, words) => words.every((word) => entry.words.has(word));

// All words typed are of one name of the entry; the shorter the name, the better.
const scoreOfPart = (entry, words, names) => {
  const isPlace = entry.kind === "plan" || entry.kind === "place";
  const base =
    isPlace && words.length > 1 && hasPlan(entry) ? SCORES.placeNameHasWords : SCORES.nameHasWords;
  const shortest = Math.min(...names.map((name) => name.length));
  return base + entry.weight - Math.min(MAX_EXTRA_WORDS, shortest - words.length);
};

const scoreOfWords = (entry, words) => {
  // A name among other words: «nam sach ho ngheo», «Quyết định 155/QĐ-TTg ngày 20/01/2026».
  const query = ` ${words.join(" ")} `;
  const isAmong = (name, position) =>
    name.length > 1 && query.includes(entry.spacedNames[position]);
  const hasFigure = (name) => name.some((word) => /^\d/.test(word));
  const isNumber = (name) =>
    name.length === 1 && /^\d{3,}$/.test(name[0]) && words.includes(name[0]);
  const namesAmong = entry.nameWords.filter(isAmong);
  if (entry.kind === "document") {
    const isNumbered = namesAmong.some(hasFigure) || entry.nameWords.some(isNumber);
    if (isNumbered) return SCORES.documentNumber + entry.weight;
  }
  const isPlanNamed = entry.kind === "plan" && namesAmong.length > 0;
  if (hasAllWords(entry, words) || isPlanNamed) return SCORES.entryHasWords + entry.weight;
  return 0;
};

// Some words of a unit's name in its order: «so van hoa the thao du lich» without «và».
const hasInOrder = (name, words) => {
  let start = 0;
  return words.every((word) => {
    start = name.indexOf(word, start) + 1;
    return start > 0;
  });
};

// Two words of a programme's long name, apart from each other, are no name of it; nor are words
// of everyday use alone: «văn hóa xã hội».
const isOfProgramme = (name, words, { properWords }) =>
  (!properWords.size || words.some((word) => properWords.has(word))) &&
  (words.length > 2 ? hasInOrder(name, words) : hasRun(name, words));

const HAS_WORDS = { document: includesAll, unit: hasInOrder, programme: isOfProgramme };

// A district of old has only a line on a page; by its name alone a commune in force comes first.
const isDistrictAlone = ({ address }, position) => address.includes("#") && position === 1;

const isStrong = (entry, position) =>
  (hasPlan(entry) && !isDistrictAlone(entry, position)) || entry.isQualified[position];

const weakNameScore = (entry) =>
  hasPlan(entry) ? SCORES.isDistrictAlone : SCORES.isNameWithoutPage;

const scoreVeryName = (entry, spoken, position) =>
  (isStrong(entry, position) ? SCORES.isName : weakNameScore(entry)) +
  entry.weight +
  (entry.spokenNames.includes(spoken) ? SCORES.sameTones : 0);

const withoutAnd = (words) => words.filter((word) => word !== "va").join("");

// The level at the end of a unit's name is seldom typed; a unit that does nothing in any plan has
// no note, and is less likely meant than the word: «thanh tra».
const LEVELS = [["tinh"], ["thanh", "pho"], ["xa"], ["phuong"]];
const isWithoutLevel = (entry, joined) =>
  entry.kind === "unit" &&
  entry.note !== "" &&
  entry.joinedNames.some((name) => LEVELS.some((level) => joined + level.join("") === name));

// The place among an entry's names of the very one typed, or of one with «và» beside; or -1.
const positionOf = ({ kind, nameWords, joinedNames }, words) => {
  const joined = words.join("");
  const position = joinedNames.indexOf(joined);
  if (position >= 0 || kind !== "unit" || words.length < 3) return position;
  return nameWords.findIndex((name) => withoutAnd(name) === withoutAnd(words));
};

const scoreInPart = (entry, words) => {
  if (!hasPlan(entry) && !includesAll(entry.nameWords[0], words)) {
    return hasAllWords(entry, words) ? SCORES.entryHasWordsWithoutPage : 0;
  }
  const hasWords = HAS_WORDS[entry.kind] || hasRun;
  const names = hasAllWords(entry, words)
    ? entry.nameWords.filter((name) => hasWords(name, words, entry))
    : [];
  return names.length ? scoreOfPart(entry, words, names) : scoreOfWords(entry, words);
};

// How well a name answers: the very name, best with its own diacritics; all its words; all
// words typed somewhere in the entry. 0: not at all.
export const scoreName = (page, { words, spoken }) => {
  const entry = spellOut(page);
  const position = positionOf(entry, words);
  if (position >= 0) return scoreVeryName(entry, spoken, position);
  if (isWithoutLevel(entry, words.join(""))) return SCORES.nameWithoutLevel + entry.weight;
  // The parts of a body's name are those of its unit and of its place, which answer to them.
  return entry.kind === "body" ? 0 : scoreInPart(entry, words);
};

// ------------------------------------------------------------------------------ mistypings

// The letters of a name that may differ by so many slips.
const slipsIn = (letters) => (letters.length >= LONG_NAME ? 2 : 1);

const sortedLetters = (letters) => [...lettersAsTyped(letters)].sort().join("");

// Of places without a plan, which are thousands, only names of which letters were changed over, left
// out or added.
const isSlip = (typed, { letters, distance }) =>
  letters.length !== typed.length ||
  (distance === 1 && sortedLetters(letters) === sortedLetters(typed));

const nearPages = (pages, typed, limit) =>
  pages.map(spellOut).flatMap(({ names, joinedNames }) => {
    const distances = joinedNames.map((name) => editDistance(typed, name, limit));
    const distance = Math.min(...distances);
    return distance > limit ? [] : [{ name: names[distances.indexOf(distance)], distance }];
  });

const byDistance = (one, other) => one.distance - other.distance;

// Names of pages and places that differ from what was typed by a letter, a long one by two; the
// nearest first: [{name, distance}].
export const misspelled = ({ pages, places }, words) => {
  const typed = words.join("");
  const limit = slipsIn(typed);
  const near = [...nearNames(places, typed, limit), ...nearPages(pages, typed, limit)];
  return near.sort(byDistance);
};

// The same of places without a plan.
export const misspelledPlaces = (places, words) => {
  const typed = words.join("");
  return nearNames(places, typed, slipsIn(typed)).filter((near) => isSlip(typed, near));
};

// The province that is named behind other words, as it is or else with a slip: {near, size}; or null.
export const provinceBehind = (places, words) => {
  const found = [];
  for (let size = Math.min(words.length - 1, MAX_PROVINCE_WORDS); size > 0; size--) {
    const behind = words.slice(-size).join("");
    const limit = behind.length >= MIN_PROVINCE_LETTERS ? 1 : 0;
    const [near] = nearNames(places, behind, limit, ({ isProvince }) => isProvince);
    if (near) found.push({ near, size });
  }
  // «htinh dak lak» is not «tỉnh Đắk Lắk», but Đắk Lắk behind a slip.
  return found.find(({ near }) => !near.distance) || found[0] || null;
};

// Names of `communes` in the province that is named behind them: [{name, distance}]; `name` with the
// province's. `places` has the provinces.
export const misspelledInProvince = (places, communes, words) => {
  const province = provinceBehind(places, words);
  if (!province) return [];
  const [name, short] = province.near.place.names;
  const typed = words.slice(0, -province.size).join("");
  const slips = typed.length >= MIN_TWO_SLIPS ? 2 : 1;
  const near = nearNames(communes, typed, slips, (place) => place.province === name);
  return near.map((one) => ({
    name: `${one.name} ${short}`,
    distance: one.distance + province.near.distance,
  }));
};
