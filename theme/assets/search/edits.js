// How many slips lie between two words without marks.

const letterBits = (word) => {
  let bits = 0;
  for (let index = 0; index < word.length; index++) bits |= 1 << (word.charCodeAt(index) & 31);
  return bits;
};

const countBits = (bits) => {
  let count = 0;
  for (let rest = bits; rest; rest &= rest - 1) count++;
  return count;
};

// One slip changes which letters a word has by two at most.
const mayBeNear = (one, other, limit) =>
  Math.abs(one.length - other.length) <= limit &&
  countBits(letterBits(one) ^ letterBits(other)) <= 2 * limit;

const isChangedOver = (one, other, i, j) =>
  i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];

// Edits that make one word of the other, at most `limit` + 1: letters changed, added, left out,
// or two neighbours changed over (Damerau and Levenshtein).
export const editDistance = (one, other, limit) => {
  if (!mayBeNear(one, other, limit)) return limit + 1;
  const rows = [[...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i++) {
    const [row, before] = [rows[i - 1], rows[i - 2]];
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
      const changedOver = isChangedOver(one, other, i, j) ? before[j - 2] + 1 : changed;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, changed, changedOver);
    }
    rows.push(next);
  }
  return Math.min(limit + 1, rows[one.length][other.length]);
};
