// Personal data in a text, found as congkhai/text/personal_data.py finds it: `congkhai check` has
// the last word. The patterns and lists are that file's own, from assets/bao-cao.json; the steps
// between them are the same, and a test compares both over all examples.

import { fold } from "../words.js";

const DIGITS = { o: "0", i: "1", l: "1" };
const JOINT_LENGTH = 3;

// Matches of a pattern that stand behind nothing it may not follow.
const matchesOf = ({ pattern, notAfter }, text) => {
  const found = [];
  const search = new RegExp(pattern, `g${pattern.flags}`);
  for (let match = search.exec(text); match; match = search.exec(text)) {
    if (notAfter && notAfter.test(text.slice(0, match.index))) search.lastIndex = match.index + 1;
    else found.push(match);
    if (!match[0]) search.lastIndex += 1;
  }
  return found;
};

const prepare = ({ pattern, not_after, flags }) => ({
  pattern: new RegExp(pattern, flags),
  atStart: new RegExp(`^(?:${pattern})`, flags),
  notAfter: not_after && new RegExp(`${not_after}$`, "u"),
});

const has = (form, text) => matchesOf(form, text).length > 0;

// What the rules need, made once of `personal` of assets/bao-cao.json.
export const preparePersonalData = ({ patterns, labelled, written, ...rest }) => {
  const forms = {};
  for (const [name, pattern] of Object.entries(patterns)) forms[name] = prepare(pattern);
  const list = (pairs) => pairs.map(([kind, pattern]) => [kind, prepare(pattern)]);
  return { ...rest, forms, labelled: list(labelled), written: list(written) };
};

const compose = ({ signs }, text) =>
  signs
    .reduce((line, [sign, plain]) => line.split(sign).join(plain), text.normalize("NFKC"))
    .split(/\s+/)
    .filter(Boolean)
    .join(" ");

// ------------------------------------------------------------------------------- numbers

// Runs of groups of digits that may belong together.
const listChains = ({ forms }, text) => {
  const chains = [];
  let end = -1;
  for (const match of matchesOf(forms.group, text)) {
    const start = match.index;
    const digits = match[0].replace("+", "").replace(/[oil]/g, (letter) => DIGITS[letter]);
    const group = { start, end: start + match[0].length, digits, hasPlus: match[0][0] === "+" };
    const between = text.slice(Math.max(end, 0), start);
    const isJoined =
      end >= 0 && between.length <= JOINT_LENGTH && forms.joint.atStart.test(between);
    if (isJoined) chains[chains.length - 1].push(group);
    else chains.push([group]);
    end = group.end;
  }
  return chains;
};

// The kind that the words around a number name; "" where they name none.
const nameLabelled = ({ forms }, digits, before, after) => {
  const { length } = digits;
  const isNamed = (form, ...lengths) => form.pattern.test(before) && lengths.includes(length);
  if (isNamed(forms.oldIdentityBefore, 9, 12)) return length === 9 ? "oldIdentity" : "identity";
  if (isNamed(forms.insuranceBefore, 10, 15)) return "insurance";
  if (forms.accountBefore.pattern.test(before) && !forms.treasury.pattern.test(before + after)) {
    return forms.counted.atStart.test(after) ? "" : "account";
  }
  return length >= 8 && length <= 16 && forms.bankAfter.atStart.test(after) ? "account" : "";
};

// A telephone number as it is dialled at home: +84 912…, 0084 912…, (+84) 0912….
const nationalNumber = (groups, digits) => {
  const isLong = digits.length === 11 || (digits.length === 12 && digits.startsWith("842"));
  const mayBeAbroad = digits.startsWith("0084") || groups[0].hasPlus || isLong;
  const prefix = mayBeAbroad && ["0084", "84"].find((one) => digits.startsWith(one));
  return prefix ? `0${digits.slice(prefix.length).replace(/^0/, "")}` : digits;
};

const isSame = (sizes, other) => sizes.join() === other.join();

const isIdentity = ({ identityShapes, lastYearOfBirth }, sizes, digits) => {
  if (!identityShapes.some((shape) => isSame(sizes, shape))) return false;
  const [province, century] = [Number(digits.slice(0, 3)), Math.floor(Number(digits[3]) / 2)];
  const year = 1900 + 100 * century + Number(digits.slice(4, 6));
  return province >= 1 && province <= 96 && year <= lastYearOfBirth;
};

const OLD_SHAPES = [[9], [3, 3, 3], [2, 3, 4], [4, 5]];
const isOldIdentity = ({ lastOldProvince }, sizes, digits) => {
  if (digits.length !== 9) return false;
  if (digits[0] !== "0") {
    const province = Number(digits.slice(0, 2));
    return sizes.length === 1 && province >= 1 && province <= lastOldProvince;
  }
  const isShape = OLD_SHAPES.some((shape) => isSame(sizes, shape)) || Math.max(...sizes) === 1;
  return digits[1] !== "0" && isShape;
};

const isLuhn = (digits) =>
  [...digits].reduce((sum, digit, index) => {
    const doubled = Number(digit) * (2 - (index % 2));
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0) %
    10 ===
  0;

const isCard = (sizes, digits) => {
  if ([16, 19].includes(digits.length) && digits.startsWith("9704")) return true;
  const isWritten = isSame(sizes, [16]) || isSame(sizes, [4, 4, 4, 4]);
  return isWritten && /^[45]/.test(digits) && isLuhn(digits);
};

const nameBare = (table, groups, digits) => {
  const { forms } = table;
  const sizes = groups.map((group) => group.digits.length);
  const rest = sizes.length > 1 ? sizes.slice(0, -1) : sizes;
  const isEven = Math.max(...sizes) === 1 || Math.min(...rest) >= 2 || groups[0].hasPlus;
  if (!isEven && !/^(?:84|0)/.test(digits)) return "";
  const national = nationalNumber(groups, digits);
  const tests = [
    ["mobile", () => forms.mobile.atStart.test(national)],
    ["fixed", () => forms.fixed.atStart.test(national)],
    ["identity", () => isIdentity(table, sizes, digits)],
    ["oldIdentity", () => isOldIdentity(table, sizes, digits)],
    ["card", () => isCard(sizes, digits)],
  ];
  const found = tests.find(([, isOf]) => isOf());
  return found ? found[0] : "";
};

// Groups that go on after the first thousands of a figure: 1 012 345 678.
const isAmount = (earlier, groups) =>
  earlier.length > 0 &&
  groups.every((group) => group.digits.length === 3) &&
  earlier[earlier.length - 1].digits.length <= 3;

const isPartOfMore = ({ forms }, before, after) =>
  forms.goesOnAfter.atStart.test(after) ||
  forms.goesOnBefore.pattern.test(before) ||
  forms.documentAfter.atStart.test(after);

// The kind of number that groups of digits are; "" for a figure of any other kind.
const classify = (table, text, groups, earlier) => {
  const { forms, window } = table;
  const digits = groups.map((group) => group.digits).join("");
  if (digits.length < 6 || digits.length > 19) return "";
  const { start } = groups[0];
  const { end } = groups[groups.length - 1];
  const before = text.slice(Math.max(0, start - window), start);
  const after = text.slice(end, end + window);
  if (isPartOfMore(table, before, after)) return "";
  const kind = nameLabelled(table, digits, before, after);
  if (kind) return kind;
  const isCounted = forms.counted.atStart.test(after) || forms.moneyBefore.pattern.test(before);
  return isCounted || isAmount(earlier, groups) ? "" : nameBare(table, groups, digits);
};

const findInChain = (table, text, chain) => {
  const found = [];
  for (let index = 0; index < chain.length; ) {
    let size = Math.min(table.mostGroups, chain.length - index);
    const kindOf = () =>
      classify(table, text, chain.slice(index, index + size), chain.slice(0, index));
    let kind = kindOf();
    while (!kind && size > 1) {
      size -= 1;
      kind = kindOf();
    }
    if (kind) found.push(kind);
    index += kind ? size : 1;
  }
  return found;
};

const kindsOf = (pairs, text) => pairs.filter(([, form]) => has(form, text)).map(([kind]) => kind);

const findNumbers = (table, line, folded) => {
  const { forms, labelled, written } = table;
  if (!has(forms.manyDigits, folded)) return [];
  const isLong = has(forms.longNumber, folded);
  const chains = isLong ? listChains(table, folded) : [];
  return [
    ...chains.flatMap((chain) => findInChain(table, folded, chain)),
    ...(isLong ? kindsOf(labelled, folded) : []),
    ...kindsOf(written, line),
  ];
};

// ---------------------------------------------------------------------------------- mail

const hasPrivateMail = ({ forms, bodies }, folded) => {
  const isSigned =
    folded.includes("@") || folded.includes(" at ") || has(forms.atInBrackets, folded);
  if (!isSigned) return false;
  const isPrivate = ({ groups }) => {
    const parts = groups.host.split(forms.dot.pattern).filter(Boolean);
    return ![2, 3].some((size) => bodies.includes(parts.slice(-size).join(".")));
  };
  return matchesOf(forms.mail, folded).some(isPrivate) || has(forms.spokenMail, folded);
};

// ------------------------------------------------------------------------- circumstances

const endOf = (match) => match.index + match[0].length;

const isSaidOfPerson = ({ forms, near }, form, line, folded) => {
  const people = matchesOf(forms.person, line);
  const isNear = (distance) => Math.abs(distance) <= near;
  return matchesOf(form, folded).some((match) =>
    people.some((one) => isNear(one.index - endOf(match)) || isNear(match.index - endOf(one))),
  );
};

// The last word of an address is a figure or a name, not a common noun.
const namesAPlace = (line, match) => {
  const [first] = line.slice(match.index, endOf(match)).split(" ").filter(Boolean).pop();
  return /[\p{Nd}\p{Lu}]/u.test(first);
};

const isHome = ({ forms, wordsOfHomes }, line, folded) =>
  wordsOfHomes.some((word) => folded.includes(word)) &&
  (has(forms.house, folded) ||
    matchesOf(forms.home, folded).some((match) => namesAPlace(line, match)));

const isChild = ({ forms }, line, folded) =>
  matchesOf(forms.child, line).some(
    ({ index }) => !forms.notAChild.pattern.test(folded.slice(Math.max(0, index - 12), index)),
  );

const findCircumstances = (table, line, folded) => {
  const { forms, wordsOfBirths } = table;
  const hasName = has(forms.named, line);
  const ofPerson = (form) => hasName && isSaidOfPerson(table, form, line, folded);
  const isBirth =
    wordsOfBirths.some((word) => folded.includes(word)) &&
    (has(forms.birthDay, folded) || ofPerson(forms.birth));
  return [
    ...(isBirth ? ["birth"] : []),
    ...(isHome(table, line, folded) ? ["home"] : []),
    ...(ofPerson(forms.illness) ? ["health"] : []),
    ...(hasName && isChild(table, line, folded) ? ["child"] : []),
  ];
};

// The kinds of personal data that a text seems to hold: [{name, is_certain, instead}].
export const findPersonalData = (table, text) => {
  const composed = compose(table, text);
  const folded = fold(composed);
  const line = folded.length === composed.length ? composed : folded;
  const found = new Set([
    ...findNumbers(table, line, folded),
    ...(hasPrivateMail(table, folded) ? ["mail"] : []),
    ...findCircumstances(table, line, folded),
  ]);
  return table.kinds.filter(({ id }) => found.has(id));
};
