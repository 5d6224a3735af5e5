// Tables that a reader can sort by a column. Without it they are in dictionary order.

const key = (row, column) => {
  const words = row.cells[column].textContent.trim();
  const figure = Number(words.replace(/\./g, "").replace(",", "."));
  return column > 0 && !Number.isNaN(figure) ? figure : words;
};

const compare = (one, other) =>
  typeof one === "number" && typeof other === "number"
    ? one - other
    : String(one).localeCompare(String(other), "vi");

// Figures begin with the greatest, names with the first; a second press turns the order around.
const risesNext = (heading, column) => {
  const before = heading.getAttribute("aria-sort");
  return before ? before === "descending" : column === 0;
};

const sort = (table, column) => {
  const headings = [...table.tHead.rows[0].cells];
  const rises = risesNext(headings[column], column);
  for (const heading of headings) heading.removeAttribute("aria-sort");
  headings[column].setAttribute("aria-sort", rises ? "ascending" : "descending");
  const rows = [...table.tBodies[0].rows].sort(
    (one, other) => compare(key(one, column), key(other, column)) * (rises ? 1 : -1),
  );
  for (const row of rows) table.tBodies[0].appendChild(row);
};

const makeSortable = (table) => {
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = heading.textContent;
    heading.textContent = "";
    heading.appendChild(button);
    button.addEventListener("click", () => sort(table, column));
  });
};

for (const table of document.querySelectorAll("table[data-sortable]")) makeSortable(table);
