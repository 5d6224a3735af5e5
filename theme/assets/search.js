// The search page. The query is in the address, so that a search can be shared and «back»
// finds it again. First the names that lead straight to a page (ten.json), then the pages
// that hold all the words (Pagefind), then the provisions in them (muc.json). Nothing
// loads before there is a query; the list of all localities only when nothing else fits.

import { holdChoice, offerFacets } from "./refine.js";
import { element, labels, linkTo, once, readJson } from "./page.js";
import { understand, wordsOf } from "./query.js";
import { fold, spoken, undecoded } from "./words.js";

const SHOWN = 10;
const READ = 3;
const READ_MORE = 6; // when nothing bears the name
const PASSAGES = 3;
const PLACE_TYPE = /^(xã|phường|đặc khu|xa|phuong|dac khu) /i;
const KINDS = { k: "Kế hoạch", d: "Văn bản", u: "Cơ quan, đơn vị", c: "Chương trình", p: "Địa phương" };
const NAMED = 200; // asked for by its very name: before all that is found by words
const WEIGHT = { k: 9, p: 8, c: 24, d: 7, u: 7 };
const LABELS = labels();

const box = document.getElementById("q");
const list = document.getElementById("search-results");
const told = document.getElementById("search-status");
const at = (address) => new URL(list.dataset.root + address, location.href).href;
const fetchJson = (address) => readJson(at(address));

const entryOf = (kind, address, title, note, own, other, weight = WEIGHT[kind]) =>
  ({ kind, address, title, note, weight, names: own.map(spoken), own: own.map(wordsOf), words: new Set([...own, ...other].flatMap(wordsOf)) });

// A row of ten.json with what is left out there: the names of a place in force, and of the
// place that a plan is of.
const completed = (rows) => {
  const places = new Map();
  const whole = rows.map(([kind, address, title, note, own, other, programme]) => {
    let names = own.split("|");
    if (other === undefined) {
      const name = title[0].toLowerCase() + title.slice(1);
      names = [name, own, `${name} ${note}`];
    }
    if (kind === "p") places.set(address, names);
    return { kind, address, title, note, names, other: other?.split("|") ?? [note], programme };
  });
  for (const row of whole) {
    if (row.kind === "k" && !row.names[0]) row.names = places.get(row.address.replace(/^ke-hoach(.*\/)[^/]+\/$/, "dia-phuong$1"));
  }
  return whole;
};

const loadNames = once(async () => {
  const entries = completed(await fetchJson("assets/ten.json")).map(({ kind, address, title, note, names, other, programme }) =>
    Object.assign(entryOf(kind, address, title, note, names, other), { programme }));
  const units = entries.filter(({ kind }) => kind === "u").flatMap(({ address, own }) => {
    const word = `u${address.split("/")[1].replaceAll("-", "")}`;
    return own.flatMap((words) => [{ words, word }, { words: [words.join("")], word }]);
  }).filter(({ words }) => words.join("").length > 3);
  units.sort((a, b) => b.words.length - a.words.length);
  return { entries, units };
});

const loadPlaces = once(async () => {
  const { rowsOf } = await import("./places.js");
  return rowsOf(await fetchJson("assets/dia-phuong.json")).filter(({ weight }) => weight === 2).map((place) =>
    entryOf("p", place.address, place.title, place.note, [place.name, place.short, `${place.name} ${place.where}`], [], 4 - place.weight));
});

const loadPagefind = once(async () => {
  const pagefind = await import(at("pagefind/pagefind.js"));
  await pagefind.options({ baseUrl: "/", noWorker: true });
  return pagefind;
});

// How well a name answers: the very name, best with its own diacritics; all its words; all
// words typed somewhere in the entry. A locality without a plan here answers to its own
// name only.
const fit = (entry, words, raw) => {
  const joined = words.join("");
  const row = entry.weight < WEIGHT.u;
  if (entry.own.some((name) => name.join("") === joined)) return (row ? 107 : NAMED) + entry.weight + (entry.names.includes(spoken(raw)) ? 3 : 0);
  if (row && !words.every((word) => entry.own[0].includes(word))) return words.every((word) => entry.words.has(word)) ? 30 : 0;
  const within = entry.own.filter((name) => words.every((word) => name.includes(word)));
  const place = entry.kind === "k" || entry.kind === "p";
  if (within.length) return (place && words.length > 1 && !row ? 130 : 70) + entry.weight - Math.min(9, Math.min(...within.map((name) => name.length)) - words.length);
  // A name among other words: «nam sach ho ngheo», «Quyết định 155/QĐ-TTg ngày 20/01/2026».
  const query = ` ${words.join(" ")} `;
  const among = (name) => name.length > 1 && query.includes(` ${name.join(" ")} `);
  if (entry.kind === "d" && entry.own.some((name) => among(name) && name.some((word) => /^\d/.test(word)))) return 100 + entry.weight;
  if (words.every((word) => entry.words.has(word))) return 45 + entry.weight;
  return entry.kind === "k" && entry.own.some(among) ? 45 + entry.weight : 0;
};

// The provisions of a plan, those that hold the words best first.
const readPlan = async (address, terms, raw) => {
  const exact = spoken(raw);
  return (await fetchJson(`${address}muc.json`)).rows.map(([id, reference, text, kind, state, assigned, years, meant]) => {
    const words = wordsOf(`${text} ${meant}`);
    const pairs = assigned.split("|").filter(Boolean).map((pair) => pair.split(" ")).map(([role, unit]) => [role, `u${unit.replaceAll("-", "")}`]);
    const held = new Set([...words, ...pairs.map(([, unit]) => unit)]);
    const leads = new Set(pairs.filter(([role]) => role === "lead").map(([, unit]) => unit));
    const matched = terms.filter((term) => held.has(term)).length;
    const line = ` ${words.join(" ")} `;
    const together = terms.filter((term, index) => index && line.includes(` ${terms[index - 1]} ${term} `)).length;
    const score = 4 * matched
      + 3 * together
      + (spoken(`${text} ${meant}`).includes(exact) ? 3 : 0)
      + (terms.some((term) => leads.has(term)) ? 5 : 0) + (kind ? 0.5 : 0) - words.length / 300;
    return { id, reference, text, kind, state, assigned, years, score, answers: matched === terms.length, scattered: terms.length > 1 && !together && !terms.some((term) => held.has(term) && !words.includes(term)), matched };
  }).sort((a, b) => b.score - a.score);
};

// What has the words in its name gets one of the first three seats: «cong an» leads to the
// unit's own page, too.
const withName = (ranked) => {
  const at = ranked.findIndex(({ entry, score }) => score >= 60 && "duc".includes(entry.kind));
  if (at > 2) ranked.splice(2, 0, ...ranked.splice(at, 1));
  return ranked;
};

const lookUp = async (typed) => {
  const [{ entries, units }, pagefind] = await Promise.all([loadNames(), loadPagefind()]);
  const { raw, words, terms } = understand(typed, units);
  if (!words.length) return { found: [], terms, missing: [] };
  const scored = new Map();
  const consider = (entry) => {
    const score = fit(entry, words, raw);
    if (score) scored.set(entry.address, { entry, score });
  };
  entries.forEach(consider);

  const { results } = await pagefind.search(terms.join(" "));
  const pages = await Promise.all(results.slice(0, READ * 3).map((result) => result.data()));
  const byAddress = new Map(entries.map((entry) => [entry.address, entry]));
  const holding = new Set(pages.flatMap(({ content }) => content.split(/\s+/).map((word) => word.replace(/\.$/, ""))));
  for (const page of pages) {
    const entry = byAddress.get(page.url.replace(/^\//, ""));
    if (entry && terms.every((term) => page.content.includes(term))) scored.set(entry.address, { entry, score: (scored.get(entry.address)?.score ?? 0) + 10 });
  }

  const ranked = () => [...scored.values()].sort((a, b) => b.score - a.score);
  const plans = ranked().filter(({ entry }) => entry.kind === "k");
  for (const result of plans) {
    result.readAll = once(() => readPlan(result.entry.address, terms, raw));
    result.read = once(async () => (await result.readAll()).filter(({ matched }) => matched).slice(0, PASSAGES));
  }
  // Asked for by name, a plan's own provisions will do; the others' load when they come into view.
  const isNamed = ({ score }) => score >= NAMED;
  const named = plans.filter(isNamed);
  const toRead = named.length ? named.slice(0, READ) : plans.slice(0, ranked().some(isNamed) ? READ : READ_MORE);
  await Promise.all(toRead.map(async (result) => {
    result.passages = await result.read();
    // Asked for by name, the page itself is the answer; its title once more is none.
    if (isNamed(result)) result.passages = result.passages.filter(({ kind }) => kind);
    const [first] = result.passages;
    if (first?.answers) result.score += (first.scattered ? 15 : 35) + Math.min(20, first.score);
  }));
  // All localities are a large file: only for what may be a name and is none of those above.
  const answered = plans.some(({ passages }) => passages?.[0]?.answers && !passages[0].scattered);
  if (!ranked().some(isNamed) && (!answered || words.length < 3 || PLACE_TYPE.test(raw))) (await loadPlaces()).forEach(consider);
  const best = ranked()[0]?.score ?? 0;
  const found = withName(ranked()).filter(({ score, passages }) => !(passages && best >= 60 && score < 25));
  const missing = words.filter((word) => !holding.has(word) && !found.some(({ entry }) => entry.words.has(word)));
  return { found, terms: [...new Set([...words, ...terms])], missing };
};

// Edits that make one word of the other, at most `limit` + 1 (Levenshtein).
const distance = (one, other, limit) => {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
    row = next;
  }
  return row[other.length];
};

// What comes nearest when nothing answers: names that differ by a letter or two, then
// pages with some of the words.
const lookNearby = async (typed) => {
  const [{ entries, units }, places, pagefind] = await Promise.all([loadNames(), loadPlaces(), loadPagefind()]);
  const { words, terms } = understand(typed, units);
  const joined = words.join("");
  const limit = joined.length > 4 ? 2 : 1;
  const near = [...entries, ...places].map((entry) => ({ entry, off: Math.min(...entry.own.map((name) => distance(joined, name.join(""), limit))) }))
    .filter(({ off }) => off <= limit).sort((a, b) => a.off - b.off || b.entry.weight - a.entry.weight);
  if (near.length) return near.slice(0, READ);
  const named = [...entries, ...places].map((entry) => ({ entry, size: Math.max(...entry.own.map((name) => (name.every((word) => words.includes(word)) ? name.length : 0))) }))
    .filter(({ size }) => size > 1).sort((a, b) => b.size - a.size || b.entry.weight - a.entry.weight);
  if (named.length) return named.slice(0, READ);
  const byAddress = new Map(entries.map((entry) => [entry.address, entry]));
  const counted = new Map();
  for (const term of terms.slice(0, 8))
    for (const result of (await pagefind.search(term)).results.slice(0, READ)) {
      const entry = byAddress.get((await result.data()).url.replace(/^\//, ""));
      if (entry) counted.set(entry, (counted.get(entry) ?? 0) + 1);
    }
  return [...counted].sort((a, b) => b[1] - a[1]).slice(0, READ).map(([entry]) => ({ entry }));
};

// The words around the matches, marked; made of text nodes only.
const mark = (text, terms) => {
  const words = text.split(/\s+/);
  const hits = words.map((word) => wordsOf(word).some((part) => terms.includes(part)));
  const runs = words.map((_, index) => hits.slice(index, index + 12).filter(Boolean).length);
  const first = Math.max(0, runs.indexOf(Math.max(...runs)) - 6);
  const paragraph = element("p", first ? "… " : "", "official");
  words.slice(first, first + 45).forEach((word, index) => paragraph.append(hits[first + index] ? element("mark", word) : word, " "));
  if (first + 45 < words.length) paragraph.append("…");
  return paragraph;
};

const passageOf = (address, passage, terms) => {
  const block = element("div", "", "passage");
  const facts = element("p", "", "card-meta");
  if (passage.kind) facts.append(element("span", LABELS.kind[passage.kind], "kind"));
  if (passage.state) facts.append(element("span", LABELS.state[passage.state], `state state-${passage.state}`));
  for (const role of new Set(passage.assigned.split("|").map((pair) => pair.split(" ")[0])))
    if (LABELS.role[role]) facts.append(element("span", LABELS.role[role]));
  facts.append(linkTo(at(`${address}#${passage.id}`), passage.reference ? `Mở ${passage.reference}` : "Mở đúng chỗ này", "clause"));
  block.append(mark(passage.text, terms), facts);
  return block;
};

// Passages of results further down load when they come into view.
const inView = (what) => {
  const { top, bottom } = what.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

const reader = new IntersectionObserver((seen) => seen.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => {
  reader.unobserve(target);
  target.fill();
}));

const row = ({ entry, passages, read }, terms) => {
  const item = element("li", "", "card");
  const heading = element("h2");
  heading.append(linkTo(at(entry.address), entry.title));
  item.append(element("p", KINDS[entry.kind], "eyebrow"), heading);
  if (entry.note) item.append(element("p", entry.note, "muted"));
  const fill = (found) => {
    const held = document.activeElement;
    const seen = inView(held);
    item.append(...found.map((passage) => passageOf(entry.address, passage, terms)));
    // What is filled in moves the page under whoever walks up it by keyboard.
    if (seen) requestAnimationFrame(() => inView(held) || held.scrollIntoView({ block: "nearest" }));
  };
  if (passages) fill(passages);
  else if (read) {
    item.fill = async () => fill(await read());
    reader.observe(item);
  }
  return item;
};

const run = async () => {
  const typed = (new URLSearchParams(location.search).get("q") ?? "").normalize("NFC").trim();
  box.value = typed;
  if (!typed) return;
  document.title = `${typed} · ${document.title}`;
  told.textContent = "Đang tìm…";
  let answer = await lookUp(typed);
  let remark = "";
  const decoded = undecoded(typed);
  if (answer.missing.length && decoded !== fold(typed)) {
    const second = await lookUp(decoded);
    if (second.found.length && second.missing.length < answer.missing.length) {
      answer = second;
      remark = ` Đã đọc như chữ gõ Telex hoặc VNI: «${decoded}».`;
    }
  }
  const { found, terms, missing } = answer;
  if (!found.length) {
    const near = await lookNearby(typed);
    list.replaceChildren(...near.map((result) => row(result, terms)));
    told.textContent = near.length
      ? `Không có trang nào chứa đủ các chữ «${typed}». Gần nhất là:`
      : `Không tìm thấy «${typed}». Thử ít chữ hơn, hoặc mở theo danh mục bên dưới.`;
    return;
  }
  const showAll = () => list.replaceChildren(...found.slice(0, SHOWN).map((result) => row(result, terms)));
  if (!holdChoice()) showAll();
  const { entries } = await loadNames();
  offerFacets(found.slice(0, SHOWN).filter(({ readAll }) => readAll), entries, LABELS, {
    named: NAMED,
    all: showAll,
    some: (results) => list.replaceChildren(...results.map((result) => row(result, terms))),
  });
  told.textContent = `${found.length} kết quả cho «${typed}».${remark}${missing.length ? ` Không nơi nào có chữ: ${missing.join(", ")}.` : ""}`;
};

run().catch((error) => {
  told.textContent = "Không mở được chỉ mục tìm kiếm. Hãy tải lại trang, hoặc mở theo danh mục bên dưới.";
  throw error;
});
