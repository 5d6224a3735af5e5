// How well an entry answers by its names.

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

// Whether none of the words that were typed with marks is in a name: «hiến máu» is not xã Phan Ngọc
// Hiển of Cà Mau, «đời» not «chuyển đổi số».
const hasOtherMarks = ({ spokenWords }, words, spoken) => {
  const marked = spoken.split(" ").filter((word, index) => word !== words[index]);
  return marked.length > 0 && !marked.some((word) => spokenWords.has(word));
};

// Whether what is typed beside the words of a place's own name is its province's whole name: «nghệ
// nhân» is not xã Nhân Hòa of Nghệ An.
const hasWholeProvince = ({ nameWords, isQualified }, words) => {
  const [own] = nameWords;
  return nameWords.some((name, position) => {
    const province = isQualified[position] ? name.filter((word) => !own.includes(word)) : [];
    return province.length > 0 && includesAll(words, province);
  });
};

// Few type all marks of a place's name; one that has plans answers without them.
const isOther = (entry, words, spoken) => {
  const isPlace = entry.kind === "plan" || entry.kind === "place";
  return !(isPlace && hasPlan(entry)) && hasOtherMarks(entry, words, spoken);
};

const scoreInPart = (entry, words) => {
  if (!hasPlan(entry) && !includesAll(entry.nameWords[0], words)) {
    const answers = hasAllWords(entry, words) && hasWholeProvince(entry, words);
    return answers ? SCORES.entryHasWordsWithoutPage : 0;
  }
  const hasWords = HAS_WORDS[entry.kind] || hasRun;
  const names = hasAllWords(entry, words)
    ? entry.nameWords.filter((name) => hasWords(name, words, entry))
    : [];
  if (!names.length) return scoreOfWords(entry, words);
  const score = scoreOfPart(entry, words, names);
  // «NQ 59-NQ/TW» says the type twice: its words are all in the name, and the name is among them.
  return entry.kind === "document" ? Math.max(score, scoreOfWords(entry, words)) : score;
};

// How well a name answers: the very name, best with its own diacritics; all its words; all
// words typed somewhere in the entry. 0: not at all.
export const scoreName = (page, { words, spoken }) => {
  const entry = spellOut(page);
  const position = positionOf(entry, words);
  if (position >= 0) return scoreVeryName(entry, spoken, position);
  if (isWithoutLevel(entry, words.join(""))) return SCORES.nameWithoutLevel + entry.weight;
  // The parts of a body's name are those of its unit and of its place, which answer to them.
  return entry.kind === "body" || isOther(entry, words, spoken) ? 0 : scoreInPart(entry, words);
};
