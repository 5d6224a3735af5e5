// The files that belong to one build bear its name, so that a cached half never meets a new half,
// whatever a host says of caches. `assets/tim.json`, which is always asked for anew, tells the names.

import { at, once } from "./page.js";

// {build, provisions, files, has_terms}: the names of the search index, of all that keeps its address,
// and of each other file; whether the index has a summary of its terms.
export const readBuild = once(async () => {
  // Where `early.js` has not asked already.
  const response = await (window.build || fetch(at("assets/tim.json"), { cache: "no-cache" }));
  if (!response.ok) throw new Error(`${response.status}: assets/tim.json`);
  return response.json();
});

// The address of a file of the search index.
export const addressInIndex = async (name) => {
  const { build } = await readBuild();
  return at(`assets/tim/${build}/${name}`);
};

// The address of a file in a folder of its own name.
export const addressOf = async (name) => {
  const { files } = await readBuild();
  return at(`assets/tim/${files[name]}/${name}`);
};

// The address of a file that keeps it, with the build behind it.
export const addressWithBuild = async (address) => {
  const { provisions } = await readBuild();
  return `${at(address)}?b=${provisions}`;
};
