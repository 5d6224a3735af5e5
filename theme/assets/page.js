// What the pages that are made in the browser share: reading files, making elements.

export const element = (name, text = "", className = "") => Object.assign(document.createElement(name), text && { textContent: text }, className && { className });

export const linkTo = (address, text, className = "") => Object.assign(element("a", text, className), { href: address });

// Calls `make` at most once for each argument.
export const once = (make) => {
  const made = new Map();
  return (key) => made.get(key) ?? made.set(key, make(key)).get(key);
};

export const readJson = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}: ${address}`);
  return answer.json();
};

// {state, role, kind}: words by term, in the model's own order.
export const labels = () => Object.fromEntries(Object.entries(JSON.parse(document.getElementById("labels").textContent)).map(([name, pairs]) => [name, Object.fromEntries(pairs)]));
