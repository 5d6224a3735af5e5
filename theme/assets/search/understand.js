// What a reader means: the words typed, without the words of a question, with the places and units
// named among them, and with the official words for everyday ones.

import { fold } from "../words.js";
import { readNumberWords } from "./number-words.js";
import { foldWord, spokenWordsOf, unitWord } from "./query.js";

const PLACE_TYPES = {
  p: "phường",
  x: "xã",
  tp: "thành phố",
  t: "tỉnh",
  h: "huyện",
  q: "quận",
  tx: "thị xã",
  tt: "thị trấn",
};
// Not before an abbreviation: «tt pvhcc».
const SHORT_PLACE_TYPE =
  /(^|\s)(tp|tx|tt|p|x|t|h|q)(\.\s*|\s+)(?=\p{L}*[aeiouyàáảãạăâèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]\p{L}*|h[pn](?:\s|$))/giu;
const THUA_THIEN = /(^|\s)(?:tt|t\.\s?t\.?)[\s-]*(?=hu[eế](?:\s|$))/giu; // «TT Huế» is no thị trấn
const PERCENT = /(\d)\s*ph[ầa]n tr[ăa]m(?!\p{L})/giu;
const BEFORE_A_NUMBER = /(^|\s)s[ốo]\s+(?=\d)/giu; // «Quyết định số 155» is «Quyết định 155»
const SYMBOL_BEFORE_A_NUMBER = /(^|\s)(kh|q[đd]|nq|cv)(?=\d{2})/giu; // «KH168»
const MARK_IN_A_WORD = /(\p{L})[-&.,](?=\p{L})/gu;
const MAX_WORDS = 30; // what one number has bits for
const PROVINCE_TYPES = ["tinh"]; // «thành phố» is also what a district was called
const NUMBER_WORDS = "không một hai ba bốn năm sáu bảy tám chín mười".split(" ");
const DIGITS = Object.assign(
  {},
  ...NUMBER_WORDS.slice(0, 10).map((word, digit) => ({ [fold(word)]: String(digit) })),
);
const DOCUMENT_TYPES = "quyet dinh|nghi quyet|ke hoach|cong van|de an|van ban|so".split("|");

// {spoken, folded} of each word.
export const tokensOf = (text) =>
  spokenWordsOf(text).map((spoken) => ({ spoken, folded: foldWord(spoken) }));

const LINKING = tokensOf("ở tại của trong cho");
const BEFORE_A_PLACE = [...LINKING, ...tokensOf("và xã tỉnh")];

// «p. hai duong», «tp hai phong», «P.Hải Dương»: a short form before a name. A single letter
// without a dot is one only where the query begins.
const spellOut = (text) =>
  text
    .replace(THUA_THIEN, "$1thừa thiên ")
    .replace(SHORT_PLACE_TYPE, (whole, before, short, gap) => {
      const isPlaceType = gap.startsWith(".") || short.length > 1 || before === "";
      return isPlaceType ? `${before}${PLACE_TYPES[short.toLowerCase()]} ` : whole;
    });

// «quyết định một năm năm»: digits that are read out behind a document's type.
const readDigits = (tokens) => {
  const line = tokens.map(({ folded }) => folded);
  const start = line.findIndex((_, index) => {
    const before = ` ${line.slice(0, index).join(" ")}`;
    const digits = line.slice(index, index + 2).filter((word) => word in DIGITS);
    return digits.length === 2 && DOCUMENT_TYPES.some((type) => before.endsWith(` ${type}`));
  });
  if (start < 0) return tokens;
  const count = line.slice(start).findIndex((word) => !(word in DIGITS));
  const end = count < 0 ? line.length : start + count;
  const number = line
    .slice(start, end)
    .map((word) => DIGITS[word])
    .join("");
  return [...tokens.slice(0, start), { spoken: number, folded: number }, ...tokens.slice(end)];
};

// Whether a phrase stands at a place among words. `isLoose`: but for its marks.
export const standsAt = (tokens, start, phrase, isLoose = false) =>
  phrase.every(({ spoken, folded }, index) => {
    const token = tokens[start + index];
    return token && (token.spoken === spoken || (isLoose && token.folded === folded));
  });

// The longest of `phrases` at a place. Typed without marks, a word is any of its letters; so it is
// in a name, because few type all marks of a name.
const phraseAt = (tokens, start, phrases, isName = false) => {
  const isLoose = isName || !tokens.some(({ spoken, folded }) => spoken !== folded);
  const { folded } = tokens[start];
  return (phrases.get(folded) || []).find(({ words }) => standsAt(tokens, start, words, isLoose));
};

const byLength = (one, other) => other.words.length - one.words.length;

// Phrases as they are looked for, by their first word: lists of {words, phrase, …}, the longest
// first.
export const preparePhrases = (entries) => {
  const phrases = entries
    .flatMap(({ phrases, ...rest }) =>
      phrases.map((phrase) => ({ ...rest, phrase, words: tokensOf(phrase) })),
    )
    .filter(({ words }) => words.length)
    .sort(byLength);
  const byFirst = new Map();
  for (const phrase of phrases) {
    const { folded } = phrase.words[0];
    if (!byFirst.has(folded)) byFirst.set(folded, []);
    byFirst.get(folded).push(phrase);
  }
  return byFirst;
};

const countQuestions = (tokens, questions) =>
  tokens.filter((_, index) => {
    const question = phraseAt(tokens, index, questions);
    return question && !question.filler && (!question.first || index === 0);
  }).length;

// What stands at an index among words: {asks, meant, length}, the words of a question, or those that
// remain.
// «ông bà già» is nobody of that name, «tiền lấy từ đâu» does not ask where.
const partAt = (tokens, index, { questions, everyday }) => {
  const question = phraseAt(tokens, index, questions);
  const phrase = phraseAt(tokens, index, everyday);
  const length = phrase ? phrase.words.length : 1;
  if (!question || (question.first && index > 0)) return { length };
  if (phrase && length > question.words.length) return { length };
  const { asks, meant = [], words } = question;
  return { asks, meant, length: words.length };
};

// Leaves out the words of a question: {tokens, intents, meant}; `meant`: what documents say where they
// answer it. A query of nothing else stays as it is.
const leaveOutQuestions = (typed, knowledge) => {
  const tokens = typed.map((token, index) => ({ ...token, index }));
  const intents = new Set();
  const answers = [];
  if (!countQuestions(tokens, knowledge.questions)) return { tokens, intents, meant: [] };
  const rest = [];
  let index = 0;
  while (index < tokens.length) {
    const { asks, meant, length } = partAt(tokens, index, knowledge);
    if (asks) {
      intents.add(asks);
      answers.push(...meant);
    } else rest.push(...tokens.slice(index, index + length));
    index += length;
  }
  return rest.length
    ? { tokens: rest, intents, meant: answers }
    : { tokens, intents: new Set(), meant: [] };
};

// «tỉnh Hải Dương» is not the ward of that name.
const isOfOtherLevel = (place, before) =>
  before !== undefined && PROVINCE_TYPES.includes(before.folded) && !place.isProvince;

// The places that are named at an index among words: several of one name.
const placesNamedAt = (tokens, index, placesAt) =>
  placesAt(tokens, index).filter((place) => !isOfOtherLevel(place, tokens[index - 1]));

// The places named among other words: {tokens, places, placeTokens}; the words before one that
// lead to it go with it.
// A word of a list; without marks any that is spelled like it: «một cửa quảng nam» has no «của».
const isOneOf = (list, { spoken, folded }) =>
  list.some((word) => word.folded === folded && (word.spoken === spoken || spoken === folded));

const takeOutPlaces = (tokens, placesAt) => {
  const rest = [];
  const places = [];
  const placeTokens = [];
  let index = 0;
  while (index < tokens.length) {
    const named = placesNamedAt(tokens, index, placesAt);
    const length = named.length ? named[0].words.length : 1;
    if (named.length) {
      places.push(...named);
      placeTokens.push(...tokens.slice(index, index + length));
      while (rest.length && isOneOf(BEFORE_A_PLACE, rest[rest.length - 1])) rest.pop();
    } else rest.push(tokens[index]);
    index += length;
  }
  return { tokens: rest, places, placeTokens };
};

// Words that stand in every plan: beside a place they mean its plan.
const GENERAL = ["ke", "hoach", "van", "ban", "cam", "ket", "viec", "trang"];

// What remains of a query of places and such words: the places, with their types and «và». A place's
// name keeps its words: «Cửa Nam», «Cam Hiệp», «Điện Bàn».
const withoutGeneral = (tokens, placeTokens) =>
  tokens.filter(
    (token) =>
      placeTokens.includes(token) || !(GENERAL.includes(token.folded) || isOneOf(LINKING, token)),
  );

// «5» is also «năm»; «1.11» is a figure, and may be a day.
const figureAlternatives = ({ folded }) => {
  const word = NUMBER_WORDS[Number(folded)];
  if (/^[1-9]\d?$/.test(folded) && word) return [tokensOf(word)]; // «không» is seldom a number
  return /^\d{1,2}c\d{1,2}$/.test(folded) ? [tokensOf(folded.replace("c", "/"))] : [];
};

// The words typed, with others that do as well; `added`: those that readers are told of; `shown`: the
// names that stand in texts for a word of the index; `unit`: the unit that was named; `related`: what documents also say for a term of
// theirs.
const slotOf = (tokens, alternatives = [], added = []) => ({
  tokens,
  alternatives: [tokens, ...alternatives],
  added,
  shown: [],
  related: [],
  isPlain: tokens.length === 1,
  index: tokens[0].index,
});

// The everyday word at a place. One syllable that lost its marks is anything beside others: the
// «dao» of «dao tao» is no «đạo», the «bao» of «bao cao» no «bão».
const everydayAt = (tokens, start, everyday) => {
  const phrase = phraseAt(tokens, start, everyday);
  if (!phrase || phrase.words.length > 1 || tokens.length === 1) return phrase;
  const [{ spoken, folded }] = phrase.words;
  return spoken === folded || standsAt(tokens, start, phrase.words) ? phrase : undefined;
};

// The slot at a place: a unit by its word, an everyday word with the official ones, a term of
// documents, whose words belong together («hợp tác xã»), or a word.
const slotAt = (tokens, start, { unitNames, everyday, terms }) => {
  const unit = phraseAt(tokens, start, unitNames, true);
  const phrase = everydayAt(tokens, start, everyday);
  const partOf = ({ words }) => tokens.slice(start, start + words.length);
  if (unit && (!phrase || unit.words.length >= phrase.words.length)) {
    const words = [[{ spoken: unit.word, folded: unit.word }]];
    const shown = unit.names.map(tokensOf);
    const { word, names } = unit;
    const known = { word, name: names[0] };
    return { ...slotOf(partOf(unit), words, [unit.phrase]), isPlain: false, shown, unit: known };
  }
  const term = phraseAt(tokens, start, terms);
  const isTerm = term && term.words.length > (phrase ? phrase.words.length : 1);
  if (isTerm) return { ...slotOf(partOf(term)), related: term.meant };
  if (phrase) return slotOf(partOf(phrase), phrase.meant.map(tokensOf), phrase.meant);
  // A day of a year is also a day of every year: «trước 01/11 hằng năm».
  const day = tokens.slice(start, start + 2);
  if (/^[dm]\d/.test(day[0].folded) && day[1] && /^20\d\d$/.test(day[1].folded)) {
    return slotOf(day, [day.slice(0, 1)]);
  }
  return slotOf([tokens[start]], figureAlternatives(tokens[start]));
};

// The slot of a term with what documents also say for it; another as it is.
export const widen = (slot) =>
  slot.related.length ? slotOf(slot.tokens, slot.related.map(tokensOf), slot.related) : slot;

// What documents say where they answer a question that names nothing but a place.
const answerSlot = (meant) => {
  const [first, ...rest] = meant.map(tokensOf);
  const tokens = first.map((token) => ({ ...token, index: 0 }));
  return { ...slotOf(tokens, rest, meant), isAnswer: true };
};

const slotsOf = (tokens, knowledge) => {
  const slots = [];
  let index = 0;
  while (index < tokens.length) {
    const slot = slotAt(tokens, index, knowledge);
    slots.push(slot);
    index += slot.tokens.length;
  }
  return slots;
};

const SYMBOLS = new Set(
  "so qd ttg kh ubnd nq tw cp cv quyet dinh ke hoach nghi quyet cong van".split(" "),
);

// A document's number says it all; its symbol is spelled in many ways.
const documentNumber = (tokens) => {
  const numbers = tokens.filter(({ folded }) => /^\d{2,}$/.test(folded));
  const isDocument = ({ folded }) =>
    SYMBOLS.has(folded) || /^20\d\d$/.test(folded) || folded === numbers[0].folded;
  return numbers.length && tokens.every(isDocument) ? numbers[0] : null;
};

const countUnits = (tokens, unitNames) =>
  tokens.filter((_, index) => phraseAt(tokens, index, unitNames, true)).length;

// Without words that were there before: somebody pasted a text twice. «hạn hán» is two words.
const distinct = (tokens) =>
  tokens.filter(({ folded }, index) => {
    const first = tokens.findIndex((other) => other.folded === folded);
    return first === index || first === index - 1;
  });

const NO_PLACES = { places: [], placeTokens: [] };

// The words typed as they are read: abbreviations of places and numbers spelled out; «LĐ-TB&XH» and
// «LĐTB&XH» are one abbreviation.
const readTyped = (raw, unitNames) => {
  const plain = tokensOf(raw);
  const joined = tokensOf(raw.replace(MARK_IN_A_WORD, "$1"));
  const isJoined = countUnits(joined, unitNames) > countUnits(plain, unitNames);
  return readDigits(isJoined ? joined : plain);
};

const NAMES_OF_PLANS = ["ke hoach", "van ban", "cam ket"].map((name) => name.split(" "));

// Beside a place «kế hoạch» means its plan, in which not every provision says so.
const withoutPlans = (tokens) => {
  const isAt = (at) =>
    NAMES_OF_PLANS.some((name) => name.every((word, i) => (tokens[at + i] || {}).folded === word));
  const rest = tokens.filter((_, at) => !isAt(at) && !isAt(at - 1));
  const hasFigure = tokens.some(({ folded }) => /\d/.test(folded));
  return rest.length && !hasFigure ? rest : tokens;
};

// What is looked up: a document by its number, a place by its name, else the words beside the places.
const soughtOf = ({ tokens, number, isGeneral, placeTokens }) => {
  if (number) return [number];
  const beside = placeTokens.length ? withoutPlans(tokens) : tokens;
  return distinct(isGeneral ? placeTokens : beside).slice(0, MAX_WORDS);
};

// knowledge: {unitNames, everyday, questions}, each as `preparePhrases` gives it, and `placesAt`, which
// gives the places that are named at an index among words.
// Gives the words typed; those that names are compared with; what is looked up; the places named
// beside something else; and what is asked: who, when, signed.
export const understand = (typed, knowledge) => {
  const raw = readNumberWords(spellOut(typed.normalize("NFC")))
    .replace(BEFORE_A_NUMBER, "$1")
    .replace(SYMBOL_BEFORE_A_NUMBER, "$1$2 ")
    .replace(PERCENT, "$1%")
    .trim();
  const asked = leaveOutQuestions(readTyped(raw, knowledge.unitNames), knowledge);
  const { tokens, places, placeTokens } = takeOutPlaces(asked.tokens, knowledge.placesAt);
  const number = documentNumber(asked.tokens);
  const isGeneral = places.length > 0 && tokens.every(({ folded }) => GENERAL.includes(folded));
  const named = isGeneral ? withoutGeneral(asked.tokens, placeTokens) : asked.tokens;
  const sought = soughtOf({ tokens, number, isGeneral, placeTokens });
  const isAnswered = isGeneral && !number && asked.meant.length > 0;
  const isAlone = isGeneral && !isAnswered;
  return {
    raw,
    words: named.map(({ folded }) => folded),
    spokenText: named.map(({ spoken }) => spoken).join(" "),
    hasMarks: asked.tokens.some(({ spoken, folded }) => spoken !== folded),
    slots: isAnswered ? [answerSlot(asked.meant)] : slotsOf(sought, knowledge),
    plainSlots: sought.map((token) => slotOf([token], figureAlternatives(token))),
    ...(isAlone || number ? NO_PLACES : { places, placeTokens }),
    placesAlone: isAlone ? places : [],
    asks: asked.intents,
  };
};

// A name of a unit as people shorten it: «Phòng Kinh tế, Hạ tầng Đô thị», «Văn phòng Ủy ban xã».
const shortForms = (name) =>
  [name.replace(/ và /g, " "), name.replace(/(ủy ban) nhân dân/i, "$1")].filter(
    (form) => form !== name,
  );

// The names of units, with blanks and without, for `preparePhrases`.
export const unitPhrases = (address, names) => {
  const word = unitWord(address.split("/")[1]);
  const joined = names.map((name) => name.replace(/[\s\-&.,]+/g, ""));
  return { word, names, phrases: [...names, ...names.flatMap(shortForms), ...joined] };
};
