// What the pages that are made in the browser share: addresses, reading files, making elements.

import { objectOf } from "./data.js";

// The site may lie below a path: the page names the way to its root in `data-root`.
const ROOT = document.querySelector("[data-root]").dataset.root;

export const at = (address) => new URL(ROOT + address, location.href).href;

export const element = (name, text = "", className = "") => {
  const node = document.createElement(name);
  if (text) node.textContent = text;
  if (className) node.className = className;
  return node;
};

// Text as nodes, in which no line breaks a word of several syllables or begins with a dash. The page
// lists these words; its text is copied and found as it is.
const compounds = document.getElementById("compounds");
const HELD =
  compounds &&
  new RegExp(`(\\S*(?:${JSON.parse(compounds.textContent).join("|")})\\S*(?: [-–](?= ))?)`, "i");
// `nodesOf`: what stands for a part of the text, by itself.
export const wholeWords = (text, nodesOf = (part) => [part]) =>
  text.split(HELD).flatMap((part, index) => {
    if (!(index % 2)) return nodesOf(part);
    const word = element("span", "", "one-word");
    word.append(...nodesOf(part));
    return [word];
  });

export const linkTo = (address, text, className = "") => {
  const link = element("a", text, className);
  link.href = address;
  return link;
};

// Puts `children` in place of what a node holds; Chrome knows replaceChildren since 86.
export const refill = (node, ...children) => {
  node.textContent = "";
  node.append(...children);
};

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const formatNumber = (number) => number.toLocaleString("vi");

// Commitments in words, apart from what is only asked for: «34 việc + 1 đề nghị».
export const countInWords = (rows) => {
  const asked = rows.filter(({ kind }) => kind === "request").length;
  const owed = rows.length - asked;
  const parts = [
    ...(owed || !asked ? [`${formatNumber(owed)} việc`] : []),
    ...(asked ? [`${formatNumber(asked)} đề nghị`] : []),
  ];
  return parts.join(" + ");
};

// Calls `make` at most once for each argument; again where its promise failed: the network may be
// there the next time.
export const once = (make) => {
  const results = new Map();
  return (key) => {
    if (!results.has(key)) {
      const result = make(key);
      results.set(key, result);
      if (result instanceof Promise) result.catch(() => results.delete(key));
    }
    return results.get(key);
  };
};

// Labels by term, in the model's own order: {state, role, kind}, each {term: label}.
export const readLabels = () => {
  const pairsByName = JSON.parse(document.getElementById("labels").textContent);
  return objectOf(Object.entries(pairsByName).map(([name, pairs]) => [name, objectOf(pairs)]));
};

// Copies what a node holds when a button is pressed; where that is not allowed, it is marked.
export const copyFrom = (node, button) => {
  const confirm = () => {
    button.textContent = "Đã chép";
  };
  const select = () => getSelection().selectAllChildren(node);
  button.addEventListener("click", () => {
    if (navigator.clipboard) navigator.clipboard.writeText(node.textContent).then(confirm, select);
    else select();
  });
};
