// What keyboards, Word and messengers leave in a text without being seen, and letters that only
// look like Vietnamese ones. The patterns are those of congkhai/data/encoding.py, by which `check`
// refuses a file; here what cannot be meant is taken out, and the rest is told.

import { fold } from "../words.js";

const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const BULLET = "•";
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

// Patterns and tables, made once of `characters` of assets/bao-cao.json.
export const prepareCharacters = ({ patterns, ...rest }) => {
  const all = {};
  for (const [name, { pattern, flags }] of Object.entries(patterns)) {
    all[name] = new RegExp(pattern, `g${flags}`);
  }
  return { ...rest, all };
};

// A text without what nobody can have meant: signs that are not seen, other blanks, Ð for Đ.
export const cleanText = ({ all }, text) =>
  text
    .normalize("NFC")
    .replace(LINE_ENDS, "\n")
    .replace(all.control, "")
    .replace(all.invisible, "")
    .replace(all.noCharacter, "")
    .replace(all.privateUse, BULLET)
    .replace(all.blank, " ")
    .replace(/[ÐƉ]/g, "Đ")
    .replace(/ð/g, "đ");

const listOf = (pattern, text) => text.match(pattern) || [];
const isIn = (pattern, text) => text.search(pattern) >= 0; // which leaves no place behind

const findMojibake = ({ all }, text) => {
  const at = text.search(all.mojibake);
  if (at < 0) return null;
  const word = text.slice(0, at).split(/\s/).pop() + text.slice(at).split(/\s/)[0];
  return { word, message: `chữ bị lỗi phông: “${word}”; chép lại từ tệp Word của văn bản` };
};

const hasSign = (signs, text) => [...signs].some((sign) => text.includes(sign));

const findVni = ({ all }, text) => {
  const words = listOf(all.word, text).filter((word) => isIn(all.vniLetter, word));
  return new Set(words.map((word) => word.toLowerCase())).size > 1 ? words : [];
};

// Words that are no Vietnamese as they stand, and are Vietnamese read as TCVN3.
const findTcvn3 = ({ all, signsOfFonts, tcvn3 }, text) => {
  const isMeant = (word) => {
    if (word[0] === "µ" || !hasSign(signsOfFonts.tcvn3, word)) return false;
    const read = [...word].map((letter) => tcvn3[letter] || letter).join("");
    const syllable = listOf(all.syllable, fold(read))[0];
    return listOf(TONES, read.normalize("NFD")).length <= 1 && syllable === fold(read);
  };
  const words = listOf(all.tcvn3Word, text).filter(isMeant);
  return words.length > 1 || words.some((word) => isIn(all.tcvn3Certain, word)) ? words : [];
};

const findOldFont = (table, text) => {
  const vni = hasSign(table.signsOfFonts.vni, text) ? findVni(table, text) : [];
  const tcvn3 = hasSign(table.signsOfFonts.tcvn3, text) ? findTcvn3(table, text) : [];
  if (!vni.length && !tcvn3.length) return null;
  const [[word], font] = vni.length >= tcvn3.length ? [vni, "VNI"] : [tcvn3, "TCVN3 (.VnTime)"];
  const advice = "chuyển sang Unicode bằng Unikey (Ctrl+Shift+F6) rồi dán lại";
  return { word, message: `chữ gõ bằng phông ${font}: “${word}”; ${advice}` };
};

const findStackedMarks = ({ all }, text) => {
  const at = text.search(all.stackedMarks);
  if (at < 0) return null;
  const word = text.slice(Math.max(0, at - 1)).split(/\s/)[0];
  return { word, message: "nhiều dấu chồng lên một chữ; xóa và gõ lại từ này" };
};

const findLookAlike = ({ all }, text) => {
  const isMixed = (word) => isIn(all.lookAlike, word) && isIn(all.latin, word);
  const word = listOf(all.latinOrAlikeWord, text).find(isMixed);
  if (!word) return null;
  const letter = listOf(all.lookAlike, word)[0];
  const script = letter < "\u0400" ? "Hy Lạp" : "Kirin (Nga)";
  const advice = "gõ lại từ này bằng bàn phím Việt hoặc Anh";
  const words = `chữ “${letter}” trong “${word}” là chữ ${script}, chỉ giống chữ Latin`;
  return { word, message: `${words}; ${advice}` };
};

// What a text has that its readers would not see as meant: {word, message}, or null.
export const findFaultOfText = (table, text) => {
  for (const find of [findMojibake, findOldFont, findStackedMarks, findLookAlike]) {
    const found = find(table, text);
    if (found) return found;
  }
  return null;
};
