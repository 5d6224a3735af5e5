// Looks a query up; where it names words that stand nowhere, what the reader may have meant to
// type: Telex or VNI in a box that did not decode it, else what `search/mistypings.js` tries.

import { once } from "../page.js";
import { fold, spokenWord } from "../words.js";
import { openIndex } from "./index.js";
import { allWordsOf } from "./name-index.js";
import { SCORES } from "./name-match.js";
import { readNames, spellOut } from "./names.js";
import { asTyped } from "./query.js";
import { isAnswered, lookUp, readAnswer } from "./ranking.js";

// Whoever types without a slip needs none of it.
export const readMistypings = once(() => import("./mistypings.js"));
export const readTyping = once(() => import("./typing.js"));

const wordsOfPhrases = (phrases) =>
  [...phrases.values()].flatMap((list) => list.flatMap(({ words }) => words));

// All words that stand in a provision, in a name, or in the lists of words.
const readKnownWords = once(async () => {
  const [index, { pages, places, knowledge }] = await Promise.all([openIndex(), readNames()]);
  const listed = [knowledge.everyday, knowledge.questions].flatMap(wordsOfPhrases);
  const named = pages.map(spellOut);
  return new Set([
    ...index.known.keys(),
    ...allWordsOf(places),
    ...named.flatMap(({ words }) => [...words]),
    ...listed.map(({ folded }) => folded),
  ]);
});

const WORD = /[\p{L}\p{M}\d]+/gu;

const isPlain = (word) => /^[a-z][a-z\d]*$/i.test(word);

// Whether some word stands nowhere as it was typed and may be the keys of Telex or VNI.
const mayBeKeys = (typed, known) =>
  (typed.match(WORD) || []).some((word) => isPlain(word) && !known.has(fold(spokenWord(word))));

// The answer to what may have been meant, with a remark on it; else the one given.
const correct = async (...given) => (await readMistypings()).correct(...given);

const isWord = (word) => /^[a-z]+$/.test(word);

// What the keys typed mean, and its answer. «sapa» is also what Telex makes «sâp» of, «Đăk Mar»
// «Đăk mả»: places of those names come first.
const lookUpTyping = async (typed, scope, known) => {
  const decoded = mayBeKeys(typed, known) ? (await readTyping()).decodeTyping(typed, known) : typed;
  const maySpell = decoded !== typed && (!/\s/.test(typed) || fold(typed) !== typed.toLowerCase());
  const asTyped = maySpell && (await lookUp(typed, scope));
  const isName = asTyped && asTyped.results.some(({ score }) => score >= SCORES.isNameWithoutPage);
  if (isName) return { decoded: typed, answer: asTyped };
  return { decoded, answer: await lookUp(decoded, scope) };
};

// The answer of `lookUp`, with a remark where something else was looked up than was typed, and
// the words that stand nowhere.
const findAnswer = async (typed, scope) => {
  const known = await readKnownWords();
  const { decoded, answer } = await lookUpTyping(typed, scope, known);
  if (decoded !== typed && !isAnswered(answer)) {
    // «turc lam» is no Telex, but Trúc Lâm with letters changed over.
    const other = await lookUp(typed, scope);
    const corrected = await correct(typed, other, scope, known);
    if (corrected.remark) return { ...corrected, missing: [] };
  }
  const { slots, words, spokenText, raw, hasMarks } = answer.query;
  const missing = spokenText
    .split(" ")
    .filter((_, at) => isWord(words[at]) && !known.has(words[at]))
    .map((spoken) => asTyped(raw, spoken));
  const remark =
    decoded === typed ? "" : `Bạn gõ kiểu Telex hoặc VNI, nên trang web tìm “${decoded}”.`;
  const isExpanded = slots.some(({ added }) => added.length) && !missing.length;
  // Known words typed with their marks are meant, although no provision has them all.
  const isMeant = hasMarks && answer.found.length > 0 && !missing.length;
  if (isAnswered(answer) || answer.alike.length || isExpanded || isMeant || !words.length) {
    return { ...answer, remark, missing };
  }
  const corrected = await correct(decoded, answer, scope, known);
  return corrected.remark ? { ...corrected, missing: [] } : { ...answer, remark, missing };
};

// What `findAnswer` gives, with the provisions that are shown first.
export const search = async (typed, keepsPlaces = true) => {
  const scope = { keepsPlaces, files: new Set() };
  return readAnswer(await findAnswer(typed, scope), scope);
};
