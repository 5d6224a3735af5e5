// Reads the provisions of a plan that was found and puts them in order: which answers a query best.

import { addressWithBuild } from "../build.js";
import { assignmentsOf, PLAN, readFile } from "../data.js";
import { unitWord } from "./query.js";
import { standsAt, tokensOf } from "./understand.js";

// The score of a provision beside the weight of its words.
const POINTS = {
  neighbours: 0.75,
  own: 0.75,
  meant: 0.3, // the first, which says most nearly the same
  another: 0.15, // of each further word for the same
  phrase: 2,
  leads: 4,
  asked: 4,
  precise: 2,
  commitment: 0.75,
  recipients: -5, // who gets the document says little of anything
  target: 1.5,
};
const WORDS_A_POINT = 150; // a longer text comes after a shorter one that is as good
const PROVISIONS_SHOWN = 3; // of one plan

const byScore = (one, other) => other.score - one.score;

const isIn = (tokens, phrase) => tokens.some((_, start) => standsAt(tokens, start, phrase));

// The words of a provision in which a slot is met: as typed, or in other words for it.
const meets = (slot, tokens, units) => {
  const alternatives = slot.alternatives.filter(
    (phrase) => isIn(tokens, phrase) || (phrase.length === 1 && units.has(phrase[0].folded)),
  );
  const [typed, meant] = slot.alternatives;
  const isOwn = alternatives.includes(typed);
  const isPrinted = alternatives.includes(meant) && !units.has(meant[0].folded);
  const isNamed = slot.shown.some((name) => isIn(tokens, name));
  const isMeant = slot.added.length > 0 && !isOwn && (isPrinted || isNamed);
  return { held: alternatives.length > 0, isOwn, isMeant, others: alternatives.length - 1 };
};

const isAsked = (provision, asks) =>
  (asks.has("signed") && provision.id === "signature") ||
  (asks.has("when") && Boolean(provision.deadline)) ||
  (asks.has("who") && provision.lead.length > 0) ||
  (asks.has("amount") && /\d%?/.test(provision.text.replace(/^\S*/, "")));

// «trước ngày 15/12» tells when, «hằng năm» less.
const isPrecise = ({ deadline, text }, asks) =>
  (asks.has("when") && /\d/.test(deadline)) || (asks.has("amount") && /\d\s?%/.test(text));

const withoutMarks = (tokens) => tokens.map(({ folded }) => ({ spoken: folded, folded }));

const countNeighbours = (slots, tokens, weights) =>
  slots.slice(1).reduce((sum, slot, index) => {
    const pair = [...slots[index].tokens.slice(-1), slot.tokens[0]];
    return sum + (isIn(tokens, pair) ? Math.min(weights[index], weights[index + 1]) : 0);
  }, 0);

// The months of days stand in the index, too.
const withMonths = (tokens) => [
  ...tokens,
  ...tokens
    .filter(({ folded }) => /^d\d{4}$/.test(folded))
    .map(({ folded }) => `m${folded.slice(3)}`)
    .map((month) => ({ spoken: month, folded: month })),
];

// The slots as a text is compared with them: with the marks typed, or all without.
const soughtIn = ({ slots, exact }) =>
  exact
    ? slots
    : slots.map((slot) => {
        const alternatives = slot.alternatives.map(withoutMarks);
        const shown = slot.shown.map(withoutMarks);
        return { ...slot, alternatives, shown, tokens: alternatives[0] };
      });

// A provision as it answers: how well, and whether it has all that is looked up.
const rateProvision = (provision, sought, { weights, asks, exact }) => {
  const text = withMonths(tokensOf(`${provision.text} ${provision.meant}`));
  const tokens = exact ? text : withoutMarks(text);
  const units = new Set(
    [...assignmentsOf(provision).map(({ unit }) => unit), ...provision.recipients].map(unitWord),
  );
  const leads = new Set(provision.lead.map(unitWord));
  const met = sought.map((slot) => meets(slot, tokens, units));
  const sum = (flag) => met.reduce((all, slot, i) => all + (slot[flag] ? weights[i] : 0), 0);
  const phrase = sought.flatMap((slot) => slot.tokens);
  const leadsUnit = sought.some(({ alternatives }) =>
    alternatives.some(([first]) => leads.has(first.folded)),
  );
  const score =
    sum("held") +
    POINTS.own * sum("isOwn") +
    POINTS.meant * sum("isMeant") +
    POINTS.another * met.reduce((all, { others }) => all + Math.max(0, others), 0) +
    POINTS.neighbours * countNeighbours(sought, tokens, weights) +
    (phrase.length > 1 && isIn(tokens, phrase) ? POINTS.phrase : 0) +
    (leadsUnit ? POINTS.leads : 0) +
    (isAsked(provision, asks) ? POINTS.asked : 0) +
    (isPrecise(provision, asks) ? POINTS.precise : 0) +
    (provision.kind ? POINTS.commitment : 0) +
    (provision.id === "recipients" ? POINTS.recipients : 0) +
    (provision.kind === "target" ? POINTS.target : 0) -
    text.length / WORDS_A_POINT;
  const matched = met.filter(({ held }) => held).length;
  return { ...provision, score, matched, answers: matched === sought.length };
};

// The provisions of a plan, those that answer best first.
const rateProvisions = async (address, query) => {
  const { provisions } = await readFile(await addressWithBuild(`${address}muc.json`), PLAN);
  const sought = soughtIn(query);
  return provisions.map((provision) => rateProvision(provision, sought, query)).sort(byScore);
};

// What is shown of a plan: who signed, where that was asked; else what has all that is looked up, or
// the most of it.
const bestProvisions = (provisions, query) => {
  const asked = provisions.filter((one) => query.asks.has("signed") && isAsked(one, query.asks));
  const most = Math.max(...provisions.map(({ matched }) => matched));
  const best = provisions.filter(
    ({ matched, answers }) => answers || (matched && matched === most),
  );
  const answering = best.some(({ answers }) => answers)
    ? best.filter(({ answers }) => answers)
    : best;
  return [...new Set([...asked, ...answering])].slice(0, PROVISIONS_SHOWN);
};

// Of thousands of results the provisions of few are asked for.
export const readAll = (result) => {
  if (!result.all) result.all = rateProvisions(result.entry.address, result.query);
  return result.all;
};
export const readBest = async (result) => bestProvisions(await readAll(result), result.query);
