// The search page. The query is in the address, so that a search can be shared and «back»
// finds it again. Nothing loads before there is a query.

import { assignmentsOf } from "./data.js";
import { readNames } from "./names.js";
import { at, element, linkTo, readLabels, refill } from "./page.js";
import { wordsOf } from "./query.js";
import { lookNearby, lookUp } from "./ranking.js";
import { hasChoice, offerFacets } from "./refine.js";
import { decodeTyping, fold } from "./words.js";

const MAX_RESULTS = 10;
const KINDS = {
  plan: "Kế hoạch",
  document: "Văn bản",
  unit: "Cơ quan, đơn vị",
  body: "Cơ quan của một nơi",
  programme: "Chương trình",
  topic: "Chủ đề",
  place: "Địa phương",
};
const LABELS = readLabels();

// An excerpt: so many words, from a little before where most of those typed stand together.
const EXCERPT_WORDS = 45;
const WORDS_BEFORE = 6;
const WINDOW_WORDS = 12;

const box = document.getElementById("q");
const list = document.getElementById("search-results");
const status = document.getElementById("search-status");
const limits = document.getElementById("search-limits");

// -------------------------------------------------------------------------- one result

// Where in a text most of the words typed stand together; `hits`: whether each word is one.
const startOfExcerpt = (hits) => {
  const counts = hits.map(
    (_, index) => hits.slice(index, index + WINDOW_WORDS).filter(Boolean).length,
  );
  return Math.max(0, counts.indexOf(Math.max(...counts)) - WORDS_BEFORE);
};

// The words around the matches, marked; made of text nodes only.
const excerptOf = (text, terms) => {
  const words = text.split(/\s+/);
  const hits = words.map((word) => wordsOf(word).some((part) => terms.includes(part)));
  const start = startOfExcerpt(hits);
  const end = start + EXCERPT_WORDS;
  const paragraph = element("p", start ? "… " : "", "official");
  words.slice(start, end).forEach((word, index) => {
    paragraph.append(hits[start + index] ? element("mark", word) : word, " ");
  });
  if (end < words.length) paragraph.append("…");
  return paragraph;
};

// A commitment, which has a state, has a page of its own; the rest stands in the whole text.
const placeOf = ({ id, state }) => (state ? `${id}/` : `toan-van/#${id}`);

const provisionBlock = (address, provision, terms) => {
  const { kind, state } = provision;
  const block = element("div", "", "passage");
  const facts = element("p", "", "card-meta");
  if (kind) facts.append(element("span", LABELS.kind[kind], "kind"));
  if (state) facts.append(element("span", LABELS.state[state], `state state-${state}`));
  for (const role of new Set(assignmentsOf(provision).map(({ role }) => role))) {
    facts.append(element("span", LABELS.role[role]));
  }
  const link = provision.reference ? `Mở ${provision.reference}` : "Xem trong kế hoạch";
  facts.append(linkTo(at(address + placeOf(provision)), link, "clause"));
  block.append(excerptOf(provision.text, terms), facts);
  return block;
};

const isInView = (node) => {
  const { top, bottom } = node.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

const addProvisions = (item, address, provisions, terms) => {
  const focused = document.activeElement;
  const wasInView = isInView(focused);
  item.append(...provisions.map((provision) => provisionBlock(address, provision, terms)));
  // What is filled in moves the page under whoever walks up it by keyboard.
  if (!wasInView) return;
  requestAnimationFrame(() => {
    if (!isInView(focused)) focused.scrollIntoView({ block: "nearest" });
  });
};

// Provisions of results further down load when they come into view; at once where the browser
// cannot tell (iOS 12.0).
const fillWhenSeen = new Map();
const fillIn = (target) => {
  fillWhenSeen.get(target)();
  fillWhenSeen.delete(target);
};
const observer =
  "IntersectionObserver" in window
    ? new IntersectionObserver((changes) => {
        for (const { target } of changes.filter(({ isIntersecting }) => isIntersecting)) {
          observer.unobserve(target);
          fillIn(target);
        }
      })
    : { observe: fillIn };

const resultItem = ({ entry, provisions, read }, terms) => {
  const item = element("li", "", "card");
  const heading = element("h2");
  heading.append(linkTo(at(entry.address), entry.title));
  item.append(element("p", KINDS[entry.kind], "eyebrow"), heading);
  if (entry.note) item.append(element("p", entry.note, "muted"));
  if (provisions) addProvisions(item, entry.address, provisions, terms);
  else if (read) {
    fillWhenSeen.set(item, async () => addProvisions(item, entry.address, await read(), terms));
    observer.observe(item);
  }
  return item;
};

const showResults = (results, terms) =>
  refill(list, ...results.map((result) => resultItem(result, terms)));

// --------------------------------------------------------------------------- the page

// What answers; where it helps, of what was typed in Telex or VNI into a box that did not
// decode it.
const answer = async (typed) => {
  const asTyped = await lookUp(typed);
  const decoded = decodeTyping(typed);
  if (!asTyped.missing.length || decoded === fold(typed)) return { ...asTyped, remark: "" };
  const asDecoded = await lookUp(decoded);
  const isBetter = asDecoded.results.length && asDecoded.missing.length < asTyped.missing.length;
  if (!isBetter) return { ...asTyped, remark: "" };
  return { ...asDecoded, remark: ` Bạn gõ kiểu Telex hoặc VNI, nên trang web tìm “${decoded}”.` };
};

const showNearby = async (typed, terms) => {
  const nearby = await lookNearby(typed);
  showResults(nearby, terms);
  status.textContent = nearby.length
    ? `Không có trang nào đủ các chữ “${typed}”. Dưới đây là kết quả gần nhất:`
    : `Không tìm thấy “${typed}”. Hãy kiểm tra chữ gõ, gõ ít chữ hơn, ` +
      "hoặc chọn trong danh mục bên dưới.";
};

const run = async () => {
  const typed = (new URLSearchParams(location.search).get("q") || "").normalize("NFC").trim();
  box.value = typed;
  if (!typed) return;
  document.title = `${typed} · ${document.title}`;
  status.textContent = "Đang tìm…";
  const { results, terms, missing, remark, hasIndex } = await answer(typed);
  limits.hidden = hasIndex;
  if (!results.length) {
    await showNearby(typed, terms);
    return;
  }
  const first = results.slice(0, MAX_RESULTS);
  const showAll = () => showResults(first, terms);
  if (!hasChoice()) showAll();
  const { entries } = await readNames();
  const plans = first.filter(({ entry }) => entry.kind === "plan");
  const showSome = (some) => showResults(some, terms);
  offerFacets(plans, entries, LABELS, { all: showAll, some: showSome });
  const unmatched = hasIndex && missing.length ? ` Không tìm thấy chữ: ${missing.join(", ")}.` : "";
  status.textContent = `${results.length} kết quả cho “${typed}”.${remark}${unmatched}`;
};

run().catch((error) => {
  status.textContent =
    "Ô tìm kiếm đang trục trặc. Hãy tải lại trang, hoặc chọn trong danh mục bên dưới.";
  throw error;
});
