// A provision as the search shows it: the words around the matches, marked, and what is known of it.

import { assignmentsOf } from "../data.js";
import { at, element, linkTo, readLabels, wholeWords } from "../page.js";
import { fold } from "../words.js";
import { spokenWordsOf, unitWord } from "./query.js";

const LABELS = readLabels();

// An excerpt: so many words, from a little before where most of those typed stand together.
const EXCERPT_WORDS = 45;
const WORDS_BEFORE = 6;
const WINDOW_WORDS = 12;
const IS_DATE = /^[dm]\d/; // the index's word of a day or a month

// Where in a text the excerpt has most of the words typed, then most of them together; `terms`: what
// each word is one of, if any.
const startOfExcerpt = (terms) => {
  const hits = terms.map((term, index) => ({ term, index })).filter(({ term }) => term);
  const within = (start, length) =>
    hits.filter(({ index }) => index >= start && index < start + length).map(({ term }) => term);
  const rate = ({ index }) =>
    new Set(within(index, EXCERPT_WORDS - WORDS_BEFORE)).size +
    within(index, WINDOW_WORDS).length / (WINDOW_WORDS + 1);
  const rates = hits.map(rate);
  const best = rates.indexOf(Math.max(...rates));
  return best < 0 ? 0 : Math.max(0, hits[best].index - WORDS_BEFORE);
};

// How many words a date of the terms takes that begins at `start`: «tháng 6», «01 tháng 12»; or 0.
const lengthOfDate = (words, start, isHit) =>
  [2, 3].find((length) => {
    const [first] = spokenWordsOf(words.slice(start, start + length).join(" "));
    return first && IS_DATE.test(first) && isHit(first);
  }) || 0;

// Typed without marks, «moi truong» is «môi trường»; a «mới» that stands alone beside it is no match.
const withoutOtherSpellings = (hits, words) => {
  const spelled = words.map((word) => spokenWordsOf(word).join(" "));
  const isAlone = (index) => !hits[index - 1] && !hits[index + 1];
  const together = new Map();
  hits.forEach((term, index) => {
    if (!term || isAlone(index)) return;
    if (!together.has(term)) together.set(term, new Set());
    together.get(term).add(spelled[index]);
  });
  return hits.map((term, index) => {
    const isOther = isAlone(index) && together.has(term) && !together.get(term).has(spelled[index]);
    return isOther ? "" : term;
  });
};

// Where words stand that together are a phrase looked up: [{start, length}].
const placesOfPhrase = (words, phrase) =>
  words
    .map((_, start) => ({ start, length: phrase.length }))
    .filter(({ start }) => phrase.every((word, index) => words[start + index] === word));

// Of a phrase that stands in the text as a whole, its words elsewhere are no match: the «người» of
// «người khuyết tật» behind «người cao tuổi».
const withinPhrases = (hits, words, { phrases, singles }) => {
  const folded = words.map((word) => fold(spokenWordsOf(word).join(" ")));
  const isWithin = hits.map(() => false);
  const ofPhrases = new Set();
  for (const phrase of phrases) {
    for (const { start, length } of placesOfPhrase(folded, phrase)) {
      isWithin.fill(true, start, start + length);
      for (const word of phrase) ofPhrases.add(word);
    }
  }
  return hits.map((term, index) => {
    if (isWithin[index]) return folded[index];
    return singles.has(term) || !ofPhrases.has(term) ? term : "";
  });
};

// The words around the matches, marked; made of text nodes only.
const excerptOf = (text, terms) => {
  const words = text.split(/\s+/);
  const isTyped = (part) => terms.spoken.has(part);
  const isLike = (part) => terms.folded.has(fold(part));
  const isHit = terms.hasMarks ? isTyped : isLike;
  const typed = words.map((word) => fold(spokenWordsOf(word).find(isHit) || ""));
  const spelled = terms.hasMarks ? typed : withoutOtherSpellings(typed, words);
  const hits = withinPhrases(spelled, words, terms);
  if ([...terms.folded].some((term) => IS_DATE.test(term))) {
    words.forEach((_, start) => {
      hits.fill("date", start, start + lengthOfDate(words, start, isHit));
    });
  }
  const start = startOfExcerpt(hits);
  const end = start + EXCERPT_WORDS;
  const paragraph = element("p", start ? "… " : "", "official");
  let index = start;
  const marked = (part) =>
    part
      .split(/( )/)
      .filter(Boolean)
      .map((word) => (word !== " " && hits[index++] ? element("mark", word) : word));
  paragraph.append(...wholeWords(`${words.slice(start, end).join(" ")} `, marked));
  if (end < words.length) paragraph.append("…");
  return paragraph;
};

// A commitment, which has a state, has a page of its own; the rest stands in the whole text.
const placeOf = ({ id, state }) => (state ? `${id}/` : `toan-van/#${id}`);

// Who has which role in a provision: of the units typed by name, else by the role alone, each once.
const rolesOf = (provision, { units }) => {
  const assignments = assignmentsOf(provision);
  const typed = assignments.filter(({ unit }) => units.has(unitWord(unit)));
  const named = typed.map(({ role, unit }) => `${units.get(unitWord(unit))}: ${LABELS.role[role]}`);
  return named.length ? named : [...new Set(assignments.map(({ role }) => LABELS.role[role]))];
};

export const provisionBlock = (address, provision, terms) => {
  const { kind, state } = provision;
  const block = element("div", "", "passage");
  const facts = element("p", "", "card-meta");
  if (kind) facts.append(element("span", LABELS.kind[kind], "kind"));
  if (state) facts.append(element("span", LABELS.state[state], `state state-${state}`));
  facts.append(...rolesOf(provision, terms).map((role) => element("span", role)));
  const link = provision.reference ? `Mở ${provision.reference}` : "Xem trong kế hoạch";
  facts.append(linkTo(at(address + placeOf(provision)), link, "clause"));
  block.append(excerptOf(provision.text, terms), facts);
  return block;
};
