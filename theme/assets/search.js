// The search page. The query is in the address, so that a search can be shared and «back»
// finds it again. First the names that lead straight to a page (ten.json), then the
// words of plans (Pagefind). Nothing loads before there is a query.

import { fold } from "./words.js";
import { MARK, understand, withoutInputMethod, wordsOf } from "./query.js";

const FIRST = 5;
const PASSAGES = 3;
const KINDS = { k: "Kế hoạch", d: "Văn bản", u: "Cơ quan, đơn vị", c: "Chương trình", p: "Địa phương" };
const WEIGHT = { k: 9, p: 8, d: 7, u: 7, c: 5 };
const STATES = JSON.parse(document.getElementById("state-labels").textContent);
const ROLES = JSON.parse(document.getElementById("role-labels").textContent);

const box = document.getElementById("q");
const list = document.getElementById("search-results");
const told = document.getElementById("search-status");
const root = list.dataset.root;
const at = (address) => new URL(root + address, location.href).href;

let loading;
const load = () => (loading ??= (async () => {
  const [rows, places, pagefind] = await Promise.all([
    fetch(at("assets/ten.json")).then((answer) => answer.json()),
    fetch(at("assets/dia-phuong.json")).then((answer) => answer.json()),
    import(at("pagefind/pagefind.js")),
  ]);
  await pagefind.options({ baseUrl: "/", excerptLength: 0 });
  const { rowsOf } = await import("./places.js");
  const entries = rows.map(([kind, address, title, note, names]) => {
    const aliases = names.split("|").map(wordsOf);
    return { kind, address, title, note, aliases, words: new Set(aliases.flat()), closed: new Set(aliases.map((alias) => alias.join(""))) };
  });
  for (const place of rowsOf(places)) {
    const own = wordsOf(place.name);
    const bare = own.slice(/^(thành phố|đặc khu|thị xã) /.test(place.name) ? 2 : 1);
    entries.push({ kind: "p", address: place.address, title: place.title, note: place.note, aliases: [own, bare, [...own, ...wordsOf(place.where)]],
      words: new Set([...own, ...wordsOf(place.where)]), closed: new Set(), weight: -place.weight });
  }
  const units = entries.filter((entry) => entry.kind === "u").flatMap((entry) => {
    const token = `u${entry.address.split("/")[1].replaceAll("-", "")}`;
    return entry.aliases.flatMap((alias) => [alias, [alias.join("")]]).map((words) => ({ words, token }));
  }).filter(({ words }) => words.length > 1 || words[0].length > 3);
  units.sort((a, b) => b.words.length - a.words.length);
  return { entries, units, pagefind };
})());

// How well a name answers: all of its words and no others first, then all words typed in one entry.
const fit = (entry, words, joined) => {
  const weight = WEIGHT[entry.kind] + (entry.weight ?? 0);
  if (entry.closed.has(joined)) return 110 + weight;
  for (const alias of entry.aliases)
    if (alias.length === words.length && words.every((word) => alias.includes(word))) return 100 + weight;
  if (!words.every((word) => entry.words.has(word))) return 0;
  for (const alias of entry.aliases)
    if (words.every((word) => alias.includes(word))) return 70 + weight - Math.min(9, alias.length - words.length);
  return 50 + weight;
};

// A page of the index as passages: the words between one anchor and the next.
const passagesOf = (data, terms, rawWords) => {
  const words = data.content.split(/\s+/);
  const anchors = data.anchors;
  const hits = new Map();
  let index = -1;
  for (const location of [...data.locations].sort((a, b) => a - b)) {
    while (index + 1 < anchors.length && anchors[index + 1].location <= location) index++;
    if (index >= 0) hits.set(index, [...(hits.get(index) ?? []), location]);
  }
  return [...hits.keys()].map((key) => {
    const segment = words.slice(anchors[key].location, anchors[key + 1]?.location ?? words.length);
    const plain = segment.filter((word) => !word.startsWith(MARK));
    const tokens = new Set(segment.filter((word) => word.startsWith(MARK)).map((word) => word.slice(1).replace(/\.$/, "")));
    const folded = new Set(segment.flatMap((word) => wordsOf(word)));
    const exact = plain.join(" ").normalize("NFC").toLowerCase().includes(rawWords) ? 2 : 0;
    const phrase = wordsOf(plain.join(" ")).join(" ").includes(terms.join(" ")) ? 1 : 0;
    const matched = terms.filter((term) => folded.has(term)).length;
    return { id: anchors[key].id, plain, tokens, matched, score: matched * 4 + exact * 2 + phrase * 3 - plain.length / 400 };
  }).sort((a, b) => b.score - a.score);
};

const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
};

// The words around the matches, marked; built from text nodes only.
const marked = (plain, terms) => {
  const hits = plain.map((word) => wordsOf(word).some((part) => terms.includes(part)));
  const first = Math.max(0, hits.indexOf(true) - 8);
  const paragraph = element("p", first ? "… " : "", "official");
  plain.slice(first, first + 45).forEach((word, index) => {
    paragraph.append(hits[first + index] ? element("mark", word) : word, " ");
  });
  if (first + 45 < plain.length) paragraph.append("…");
  return paragraph;
};

const passageRow = (address, passage, terms) => {
  const block = element("div", "", "passage");
  block.append(marked(passage.plain, terms));
  const facts = element("p", "", "card-meta");
  const state = [...passage.tokens].find((token) => token[0] === "s" && STATES[token.slice(1)]);
  if (state) facts.append(element("span", STATES[state.slice(1)], `state state-${state.slice(1)}`));
  for (const token of passage.tokens) if (token[0] === "r" && ROLES[token.slice(1)]) facts.append(element("span", ROLES[token.slice(1)]));
  const link = element("a", "Mở đúng chỗ này", "clause");
  link.href = at(`${address}#${passage.id}`);
  facts.append(link);
  block.append(facts);
  return block;
};

const row = ({ entry, address, title, passages }, terms) => {
  const item = element("li", "", "card");
  if (entry) item.append(element("p", KINDS[entry.kind], "eyebrow"));
  const heading = element("h2");
  const link = element("a", title);
  link.href = at(address);
  heading.append(link);
  item.append(heading);
  if (entry?.note) item.append(element("p", entry.note, "muted"));
  for (const passage of passages ?? []) item.append(passageRow(address, passage, terms));
  return item;
};

const lookUp = async (typed) => {
  const { entries, units, pagefind } = await load();
  const asked = understand(typed, units);
  const joined = asked.words.join("");
  const scored = new Map();
  for (const entry of entries) {
    const score = asked.words.length ? fit(entry, asked.words, joined) : 0;
    if (score) scored.set(entry.address, { score, entry, address: entry.address, title: entry.title });
  }
  const terms = [...asked.units, ...asked.rest];
  const { results } = terms.length ? await pagefind.search(terms.join(" ")) : { results: [] };
  const pages = await Promise.all(results.slice(0, FIRST * 2).map((result) => result.data()));
  pages.forEach((data, index) => {
    const address = data.url.replace(/^\//, "");
    const known = scored.get(address);
    const isPlan = address.startsWith("ke-hoach/");
    const passages = isPlan ? passagesOf(data, terms, asked.raw.toLowerCase()).slice(0, PASSAGES) : [];
    const best = passages[0]?.score ?? 0;
    const full = passages.some((passage) => passage.matched === terms.length);
    const score = (known?.score ?? 0) + (full ? 40 : isPlan ? 10 : 5) + Math.min(best, 20) - index / 10;
    const entry = known?.entry ?? entries.find((candidate) => candidate.address === address);
    scored.set(address, { ...known, score, entry, address, title: entry?.title ?? data.meta.title, passages });
  });
  const found = [...scored.values()].sort((a, b) => b.score - a.score);
  const seen = new Set(pages.flatMap((data) => wordsOf(data.content)));
  const missing = found.length ? asked.words.filter((word) => !seen.has(word) && !found.some(({ entry }) => entry?.words.has(word))) : [];
  return { found, terms: [...new Set([...asked.words, ...terms])], missing };
};

const show = (typed, { found, terms, missing }, remark) => {
  const shown = found.slice(0, FIRST * 2);
  list.replaceChildren(...shown.map((result) => row(result, terms)));
  told.textContent = shown.length
    ? `${found.length} kết quả cho «${typed}».${remark}${missing.length ? ` Không thấy chữ: ${missing.join(", ")}.` : ""}`
    : `Không tìm thấy «${typed}». Thử ít chữ hơn, hoặc mở theo danh mục bên dưới.`;
};

const run = async () => {
  const typed = (new URLSearchParams(location.search).get("q") ?? "").normalize("NFC").trim();
  box.value = typed;
  if (!typed) return;
  document.title = `${typed} · ${document.title.split(" · ").slice(-2).join(" · ")}`;
  told.textContent = "Đang tìm…";
  let answer = await lookUp(typed);
  let remark = "";
  const decoded = withoutInputMethod(typed);
  if ((!answer.found.length || answer.missing.length === wordsOf(typed).length) && decoded !== fold(typed)) {
    const second = await lookUp(decoded);
    if (second.found.length) {
      answer = second;
      remark = ` Đã đọc như chữ gõ Telex hoặc VNI: «${decoded}».`;
    }
  }
  show(typed, answer, remark);
  list.dataset.ready = typed;
};

run().catch((error) => {
  told.textContent = "Không mở được chỉ mục tìm kiếm. Hãy tải lại trang, hoặc mở theo danh mục bên dưới.";
  throw error;
});
