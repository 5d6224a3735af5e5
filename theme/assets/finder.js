// The locality finder of the home page: suggestions among all provinces, communes and
// former names, from one file that loads on first use. A combobox as ARIA 1.2 has it.

import { rowsOf } from "./places.js";
import { fold } from "./words.js";

const MOST = 8;

// Every typed word has to start a word of the row; rows whose own name starts so come first.
const find = (rows, query) => {
  const typed = fold(query).split(/[^a-z0-9]+/).filter(Boolean);
  if (!typed.length) return [];
  const phrase = typed.join(" ");
  const fits = (row) => {
    const words = ` ${row.words}`;
    return typed.every((word) => words.includes(` ${word}`));
  };
  const rank = (row) => (` ${fold(row.name)}`.includes(` ${phrase}`) ? 0 : 10) + row.weight;
  return rows.filter(fits).map((row) => [rank(row), row]).sort((a, b) => a[0] - b[0]).slice(0, MOST).map(([, row]) => row);
};

export const attach = async (input) => {
  const root = input.dataset.root;
  const rows = rowsOf(await (await fetch(input.dataset.finder)).json());
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Địa phương phù hợp");
  list.hidden = true;
  input.closest(".search-row").after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  let found = [];
  let chosen = -1;

  const show = () => {
    list.replaceChildren(...found.map((row, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", String(index === chosen));
      option.textContent = row.weight === 3 ? `${row.title}: ${row.note}` : row.weight === 2 ? `${row.title} – chưa có kế hoạch ở đây` : row.title;
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); location.href = root + row.address; });
      return option;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (chosen >= 0) input.setAttribute("aria-activedescendant", `${list.id}-${chosen}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const update = () => { chosen = -1; found = find(rows, input.value); show(); };

  input.addEventListener("input", update);
  input.addEventListener("blur", () => { found = []; show(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!found.length) return;
      event.preventDefault();
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + found.length + 1) % (found.length + 1);
      if (chosen === found.length) chosen = -1;
      show();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.href = root + found[chosen].address;
    } else if (event.key === "Escape" && found.length) {
      event.preventDefault();
      found = [];
      chosen = -1;
      show();
    }
  });
  update();
};
