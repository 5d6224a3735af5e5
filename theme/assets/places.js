// The rows of dia-phuong.json: every locality with its address. Shared by finder and search.

import { fold, slug } from "./words.js";

// weight: 0 a page of its own, 1 a province, 2 a row on its province's page, 3 a former name.
// short: the name without its type.
export const rowsOf = ({ t: types, p: provinces, d: dissolved }) => {
  const rows = [];
  const shortOf = (name) => name.slice((types.find((type) => name.startsWith(`${type} `)) ?? "").length).trimStart();
  const add = (name, where, address, weight, title, note = "") => rows.push({ name, short: shortOf(name), where, address, weight, title, note, words: fold(`${name} ${where}`) });
  for (const [name, provinceSlug, communes] of provinces) {
    const home = `dia-phuong/${provinceSlug}/`;
    add(name, "", home, 1, name);
    for (const entry of communes) {
      const [commune, address] = typeof entry !== "string" ? entry
        : entry.endsWith("/") ? [entry.slice(0, -1), `${home}${slug(entry)}/`]
          : [entry, `${home}#${slug(entry)}`];
      const row = address.includes("#");
      add(commune, name, address, row ? 2 : 0, `${commune}, ${name}`, row ? "Chưa có kế hoạch ở đây" : "");
    }
  }
  for (const [name, address, now] of dissolved) add(name, "", address, 3, `${name} (tên cũ)`, now);
  return rows;
};
