// What MiniSearch finds, as it comes and folded with pairs, and the files of a Pagefind index.
//   node search_engines.mjs DOCUMENTS QUERIES FOLDER-OF-PAGEFIND
// from a folder in which both are installed; prints {engine: [[number of a document, …], …]}.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const load = createRequire(`${process.cwd()}/`);
const MiniSearch = load("minisearch");
const [, , documentsFile, queriesFile, pagefindFolder] = process.argv;
const documents = JSON.parse(readFileSync(documentsFile, "utf-8"));
const queries = JSON.parse(readFileSync(queriesFile, "utf-8"));
const fields = ["title", "text"];

const fold = (text) =>
  text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
const wordsOf = (text) => fold(text).match(/[\p{L}\d]+/gu) || [];
const withPairs = (text) => {
  const words = wordsOf(text);
  return [...words, ...words.slice(1).map((word, index) => `${words[index]} ${word}`)];
};

const run = (options, search) => {
  const index = new MiniSearch({ fields, ...options });
  index.addAll(documents);
  return queries.map((query) => index.search(query, search).slice(0, 50).map(({ id }) => id));
};

// Its package tells its entry to `import` alone.
const pagefind = await import(`${process.cwd()}/node_modules/pagefind/lib/index.js`);
const { index } = await pagefind.createIndex({ forceLanguage: "vi" });
for (const { id, title, text } of documents) {
  await index.addCustomRecord({ url: `/${id}`, content: `${title}. ${text}`, language: "vi", meta: { title } });
}
await index.writeFiles({ outputPath: pagefindFolder });
await pagefind.close();

process.stdout.write(
  JSON.stringify({
    "MiniSearch as it comes": run({}, {}),
    "MiniSearch folded, pairs, fuzzy": run(
      { tokenize: withPairs, processTerm: (term) => term },
      { fuzzy: (term) => (term.length > 4 && !term.includes(" ") ? 1 : false), boost: { title: 2 } },
    ),
  }),
);
