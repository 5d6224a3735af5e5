// The search page. The query is in the address, so that a search can be shared and «back»
// finds it again; a new one loads no page. Of the index nothing is read before somebody types.

import {
  at,
  element,
  formatNumber,
  linkTo,
  once,
  readLabels,
  refill,
  wholeWords,
} from "../page.js";
import { fold } from "../words.js";
import { readMistypings, readTyping, search } from "./correction.js";
import { openTerms } from "./index.js";
import { ALL_PAIRS, MOST_WORDS } from "./match.js";
import { readNames, spellOut } from "./names.js";
import { asTyped, wordsOf } from "./query.js";
import { readBest, readProvisions } from "./ranking.js";

const RESULTS_A_TIME = 10;
const KINDS = {
  plan: "Kế hoạch",
  document: "Văn bản",
  unit: "Cơ quan, đơn vị",
  body: "Cơ quan của một nơi",
  programme: "Chương trình",
  topic: "Chủ đề",
  place: "Địa phương",
};
const NEAREST = "Không có đoạn nào có đủ các chữ bạn gõ; gần nhất là:";
const LACKS_THEM = "Kế hoạch của nơi bạn gõ; không mục nào có đủ các chữ bạn gõ.";
const EVERYWHERE = "moi-noi"; // in the address: the places named do not narrow the search
const LABELS = readLabels();

const form = document.querySelector("form[role=search]");
const box = document.getElementById("q");
const list = document.getElementById("search-results");
const status = document.getElementById("search-status");
const notes = document.getElementById("search-notes");
const moreButton = document.getElementById("search-more");
const pageTitle = document.title;

// -------------------------------------------------------------------------- one result

const isInView = (node) => {
  const { top, bottom } = node.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

// What draws a provision, and the facets: whoever has not typed yet needs neither.
const readPassages = once(() => import("./passages.js"));
const readFacets = once(() => import("./refine.js"));
let provisionBlock = null; // of passages.js, once something was found

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
const seen = new Set(); // in view, but beyond what one search of a large site may ask for
let requestsLeft = 0;
const fillIn = (target) => {
  fillWhenSeen.get(target)();
  fillWhenSeen.delete(target);
};
const fillInWithinLimit = (target) => {
  requestsLeft -= 1;
  if (requestsLeft >= 0) fillIn(target);
  else seen.add(target);
};
// Whoever reads on asks for more.
const liftLimit = () => {
  requestsLeft = Infinity;
  seen.forEach(fillIn);
  seen.clear();
};
for (const event of ["scroll", "wheel", "touchmove", "keydown"]) {
  addEventListener(event, liftLimit, { passive: true });
}
const observer =
  "IntersectionObserver" in window
    ? new IntersectionObserver((changes) => {
        for (const { target } of changes.filter(({ isIntersecting }) => isIntersecting)) {
          observer.unobserve(target);
          fillInWithinLimit(target);
        }
      })
    : { observe: fillIn };

// What reads the provisions of a plan that are shown.
const readerOf = (result) => result.read || (result.query && (() => readBest(result)));

const resultItem = (result, terms) => {
  const { entry, provisions, level, isNear, lacking, isRaised } = result;
  const read = readerOf(result);
  const item = element("li", "", "card");
  const heading = element("h2");
  const link = linkTo(at(entry.address), "");
  link.append(...wholeWords(entry.title));
  heading.append(link);
  item.append(element("p", KINDS[entry.kind], "eyebrow"), heading);
  if (entry.note) item.append(element("p", entry.note, "muted"));
  if (isNear || isRaised) item.append(element("p", isNear ? NEAREST : LACKS_THEM, "muted"));
  if (lacking) item.append(element("p", `Thiếu chữ: ${lacking.join(", ")}.`, "muted"));
  if (provisions) addProvisions(item, entry.address, provisions, terms);
  else if (read && (level || isNear)) {
    fillWhenSeen.set(item, async () => addProvisions(item, entry.address, await read(), terms));
    observer.observe(item);
  }
  return item;
};

// ------------------------------------------------------------------------ the results

// The words to mark: those looked up, as typed; without marks where none were typed. `phrases` and
// `singles`: what several words together, and one, stand for; `units`: names by the units' words.
const termsOf = ({ slots, plainSlots, hasMarks }) => {
  // The name of a unit is marked only as a whole.
  const tokens = [...slots, ...plainSlots].flatMap(({ alternatives }) => alternatives.flat());
  const phrases = slots.flatMap(({ alternatives, shown }) =>
    [...alternatives, ...shown].map((phrase) => phrase.map(({ folded }) => folded)),
  );
  return {
    spoken: new Set(tokens.map(({ spoken }) => spoken)),
    folded: new Set(tokens.map(({ folded }) => folded)),
    phrases: phrases.filter(({ length }) => length > 1),
    singles: new Set(phrases.filter(({ length }) => length === 1).flat()),
    units: new Map(slots.filter(({ unit }) => unit).map(({ unit }) => [unit.word, unit.name])),
    hasMarks,
  };
};

const lineItem = (text) => {
  const item = element("li", "", "results-line");
  item.append(element("h2", text));
  return item;
};

let rest = []; // what the button shows next

const showNext = (count) => {
  const next = rest.slice(0, count);
  rest = rest.slice(count);
  list.append(...next.map((make) => make()));
  moreButton.hidden = !rest.length;
  moreButton.textContent = `Xem thêm kết quả (còn ${formatNumber(rest.length)})`;
};

// The result that a reader opened, and where it stood: «back» leads to it again.
const rememberOpened = ({ target }) => {
  const item = target.closest("a") && target.closest("#search-results > li");
  if (!item) return;
  const items = [...list.children];
  const opened = { shown: items.length, index: items.indexOf(item) };
  history.replaceState({ ...opened, top: item.getBoundingClientRect().top }, "");
};

const showItems = (makers) => {
  const { shown = RESULTS_A_TIME, index, top } = history.state || {};
  rest = makers;
  seen.clear();
  refill(list);
  showNext(shown);
  const opened = list.children[index];
  if (!opened) return;
  scrollBy(0, opened.getBoundingClientRect().top - top);
  history.replaceState({ shown }, ""); // once
};

// The results; below a line what is alike but for its marks.
const makersOf = ({ results, alike, nearby, query }) => {
  const terms = termsOf(query);
  const loose = { ...terms, hasMarks: false };
  const make = (result) => () => resultItem(result, terms);
  const makeLoose = (result) => () => resultItem(result, loose);
  if (!results.length) return [...alike, ...(alike.length ? [] : nearby)].map(makeLoose);
  const line = alike.length ? [() => lineItem("Gần giống: khác dấu với chữ bạn gõ")] : [];
  return [...results.map(make), ...line, ...alike.map(makeLoose)];
};

// ------------------------------------------------------------------- what is said of them

const quoted = (typed) => `“${typed}”`;

const countOf = (found) => {
  const provisions = found.reduce((sum, { provisions: list }) => sum + list.length, 0);
  const isCounted = found.every(({ provisions: list }) => list.length);
  const sources = `${formatNumber(found.length)} văn bản`;
  return isCounted ? `${formatNumber(provisions)} đoạn trong ${sources}` : sources;
};

// The words that were looked for beside those typed.
const othersOf = ({ added, tokens, isAnswer }) => {
  if (isAnswer) return added; // nobody typed the slot's own words
  const typed = tokens.map(({ folded }) => folded).join(" ");
  return added.filter((words) => wordsOf(words).join(" ") !== typed);
};

// The words typed for which only others stand in documents.
const unprintedOf = ({ slots, raw }) =>
  slots
    .filter((slot) => !slot.isPrinted && othersOf(slot).length)
    .map(({ tokens }) => quoted(tokens.map(({ spoken }) => asTyped(raw, spoken)).join(" ")));

const saidOfFound = ({ found, unread, query }) => {
  const { slots } = query;
  if (!found.length) return "";
  const these = unread.length ? "các chữ đã tra" : "các chữ này";
  if (found[0].level === MOST_WORDS) {
    return `${countOf(found)} có phần lớn ${these}; chữ còn thiếu ghi ở từng kết quả.`;
  }
  const isAll = slots.length < 2 || found[0].level === ALL_PAIRS;
  const together = unread.length ? `có ${these}` : "có chữ này";
  const how = isAll ? together : `có đủ ${these}, không liền nhau`;
  // What stands in other words for those typed is told below: «Cũng tìm: …».
  const unprinted = unprintedOf(query);
  if (unprinted.length) {
    return (
      `Không nơi nào có đúng chữ ${unprinted.join(", ")}; ${countOf(found)} dùng chữ khác cho ` +
      "chuyện ấy."
    );
  }
  const others = slots.some((slot) => othersOf(slot).length) ? " hoặc chữ gần nghĩa" : "";
  return `${countOf(found)} ${how}${others}.`;
};

// Without words that stand in the name of a place without a plan.
const missingIn = ({ missing, results }) => {
  if (!missing.length) return missing;
  const named = results.slice(0, RESULTS_A_TIME).map(({ entry }) => spellOut(entry).words);
  return missing.filter((word) => !named.some((words) => words.has(fold(word))));
};

const statusOf = (answer, typed) => {
  const { results, alike, nearby } = answer;
  const missing = missingIn(answer);
  const nowhere = missing.length ? ` Không tìm thấy chữ: ${missing.join(", ")}.` : "";
  if (results.length) {
    const answers = results.filter(({ isRaised }) => !isRaised);
    const count = `${formatNumber(answers.length)} kết quả cho ${quoted(typed)}.`;
    return `${count} ${saidOfFound(answer)}${nowhere}`;
  }
  if (alike.length) {
    return (
      `Không có chữ nào đúng dấu như ${quoted(typed)}. Dưới đây là ${formatNumber(alike.length)} ` +
      "kết quả gần giống, khác dấu:"
    );
  }
  if (nearby.length) {
    return `Không có mục nào có đủ các chữ ${quoted(typed)}.${nowhere} Dưới đây là kết quả gần nhất:`;
  }
  return (
    `Không tìm thấy ${quoted(typed)}. Hãy kiểm tra chữ gõ, gõ ít chữ hơn, ` +
    "hoặc chọn trong danh mục bên dưới."
  );
};

const addressOf = (typed, isEverywhere) => {
  const params = new URLSearchParams({ q: typed });
  if (isEverywhere) params.set(EVERYWHERE, "1");
  return `${location.pathname}?${params}`;
};

const noteOf = (text, link) => {
  const note = element("p", `${text} `, "muted");
  if (link) note.append(link);
  return note;
};

// At scale many places have one name, each told with its province.
const MAX_PLACES_TOLD = 5;
const inASentence = (title) => title[0].toLowerCase() + title.slice(1);
const titlesOf = (places) => {
  const titles = places.slice(0, MAX_PLACES_TOLD).map(({ title }) => inASentence(title));
  const rest = places.length - titles.length;
  return titles.join("; ") + (rest ? `; và ${formatNumber(rest)} nơi khác cùng tên` : "");
};

// What else was looked for, and where; each with a way to take it off.
const notesOf = ({ query, unread, places, placesLeft, remark }, typed) => {
  const lines = remark ? [noteOf(remark)] : [];
  if (unread.length) {
    const words = unread.flatMap(({ tokens }) =>
      tokens.map(({ spoken }) => asTyped(query.raw, spoken)),
    );
    lines.push(noteOf(`Câu dài, nên trang web chưa tra các chữ: ${words.join(", ")}.`));
  }
  const added = query.slots.flatMap(othersOf);
  if (added.length) lines.push(noteOf(`Cũng tìm: ${[...new Set(added)].join("; ")}.`));
  if (places.length) {
    const everywhere = linkTo(addressOf(typed, true), "Tìm ở mọi nơi", "search-again");
    lines.push(noteOf(`Chỉ tìm trong: ${titlesOf(places)}.`, everywhere));
  }
  if (placesLeft) {
    const text = `Không mục nào của ${titlesOf(placesLeft)} có đủ các chữ này; các kết quả có là của nơi khác.`;
    lines.push(noteOf(text));
  }
  return lines;
};

// --------------------------------------------------------------------------- the page

let asked = 0; // an answer that comes after the next question is thrown away
let shown = ""; // what is on the page

const keyOf = (params) => `${params.get("q") || ""} ${params.has(EVERYWHERE)}`;

const show = async (answer, typed, { hasChoice, offerFacets }) => {
  const makers = makersOf(answer);
  const names = await readNames();
  const plans = answer.results.filter(({ entry }) => entry.kind === "plan");
  const terms = termsOf(answer.query);
  requestsLeft = answer.requestsLeft;
  refill(notes, ...notesOf(answer, typed));
  const said = statusOf(answer, typed);
  const showAll = () => {
    status.textContent = said;
    showItems(makers);
  };
  if (hasChoice()) status.textContent = said;
  else showAll();
  offerFacets(plans, names, LABELS, {
    all: showAll,
    some: (some) => {
      requestsLeft = Infinity;
      status.textContent = `${formatNumber(some.length)} kết quả sau khi lọc. Khi chưa lọc: ${said}`;
      showItems(some.map((result) => () => resultItem(result, terms)));
    },
  });
};

const run = async () => {
  const params = new URLSearchParams(location.search);
  const typed = (params.get("q") || "").normalize("NFC").trim();
  asked += 1;
  const mine = asked;
  shown = keyOf(params);
  box.value = typed;
  document.title = typed ? `${typed} · ${pageTitle}` : pageTitle;
  document.documentElement.classList.toggle("searching", Boolean(typed));
  if (!typed) {
    status.textContent = "";
    refill(notes);
    showItems([]);
    return;
  }
  status.textContent = "Đang tìm…";
  const scripts = [readFacets(), readPassages()];
  const answer = await search(typed, !params.has(EVERYWHERE));
  const [facets, passages] = await Promise.all(scripts);
  provisionBlock = passages.provisionBlock;
  if (mine === asked) await show(answer, typed, facets);
};

const runOrSay = () =>
  run().catch((error) => {
    status.textContent =
      "Chưa tải được dữ liệu để tìm. Hãy kiểm tra mạng rồi bấm “Tìm” lần nữa, hoặc chọn trong danh " +
      "mục bên dưới.";
    throw error;
  });

const go = (address) => {
  history.pushState(null, "", address);
  runOrSay();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(addressOf(box.value, false));
});
notes.addEventListener("click", (event) => {
  const link = event.target.closest("a.search-again");
  if (!link) return;
  event.preventDefault();
  go(link.href);
});
moreButton.addEventListener("click", () => {
  liftLimit();
  showNext(RESULTS_A_TIME);
});
list.addEventListener("click", rememberOpened);
// What every search needs comes while the first one is typed.
box.addEventListener(
  "focus",
  () => {
    readNames();
    readFacets();
    readPassages();
    readProvisions();
    readMistypings();
    readTyping();
    openTerms();
  },
  { once: true },
);

// «Back» to another query; the facets see to a choice of theirs within one.
addEventListener("popstate", () => {
  if (keyOf(new URLSearchParams(location.search)) !== shown) runOrSay();
});
runOrSay();
