// Tables that a reader can sort by a column. Without it they are in dictionary order.

// By name is the order in which they came: a browser's own would part letters and signs otherwise.
const places = new Map();

const key = (row, column) =>
  column === 0
    ? places.get(row)
    : Number(row.cells[column].textContent.replace(/\./g, "").replace(",", "."));

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
    (one, other) => (key(one, column) - key(other, column)) * (rises ? 1 : -1),
  );
  for (const row of rows) table.tBodies[0].appendChild(row);
};

const makeSortable = (table) => {
  for (const [index, row] of [...table.tBodies[0].rows].entries()) places.set(row, index);
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
