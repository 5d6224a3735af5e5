// The page on which a reader tells of a mistake: what is filled in becomes a text, with a letter or
// a page of the forge to send it. The page that is wrong stands in the address: ?trang=…
// Nothing is sent from here.

import { readFile } from "../data.js";
import { at, copyFrom } from "../page.js";
import { keepDraft, markMade, readDraft } from "./draft.js";
import { newIssue, readForge } from "./forge.js";
import { findPersonalData, preparePersonalData } from "./personal-data.js";

const PARTS = { where: "Ở đâu", shown: "Chữ đang hiện", right: "Chữ đúng" };

const form = document.getElementById("error-report");
const result = document.getElementById("error-result");
const part = (name) => result.querySelector(`[data-at="${name}"]`);
const page = new URLSearchParams(location.search).get("trang") || "";
const forge = readForge(form.dataset);

const draftKeys = () => [`bao-sai:${page}`];

const show = () => {
  for (const name of Object.keys(PARTS)) {
    const kept = readDraft(draftKeys()[0]);
    form.elements[name].value = kept[name] || form.elements[name].defaultValue;
  }
  result.hidden = true;
  draft.tell();
  draft.tellReopened();
};
const draft = keepDraft(form, { keysOf: draftKeys, show });

const offer = (name, address) => {
  part(name).parentElement.hidden = !address;
  if (address) part(name).href = address;
};

const writeLetter = (address, text) =>
  `mailto:${address}?subject=${encodeURIComponent("Báo sai")}&body=${encodeURIComponent(text)}`;

// What only one person's data is like, in what somebody wrote; nothing where that cannot be told.
const findPersonal = async (text) => {
  try {
    const rulebook = await readFile(at("assets/bao-cao.json"), {});
    return findPersonalData(preparePersonalData(rulebook.personal), text);
  } catch {
    return []; // no network: the page has said that everybody reads it
  }
};

// Everybody reads the forge: no way there for somebody's number.
const warn = (found) => {
  const box = part("personal");
  box.hidden = !found.length;
  part("kinds").textContent = found.map(({ name }) => name).join(", ");
  if (found.some(({ is_certain }) => is_certain)) part("forge").parentElement.hidden = true;
};

const make = async () => {
  const text = Object.entries(PARTS)
    .map(([name, title]) => [title, form.elements[name].value.trim()])
    .filter(([, words]) => words)
    .map(([title, words]) => `${title}: ${words}`)
    .join("\n\n");
  part("text").textContent = text;
  offer("mail", form.dataset.mail && writeLetter(form.dataset.mail, text));
  offer("forge", forge && newIssue(forge, "Báo sai", text).address);
  warn(await findPersonal(text));
  markMade(draftKeys()[0]);
  result.hidden = false;
  document.getElementById("error-done").focus();
};

form.elements.where.defaultValue = page;
form.addEventListener("input", ({ target }) => {
  target.setCustomValidity("");
  result.hidden = true; // it is of what was typed before
});
form.addEventListener(
  "invalid",
  ({ target }) => target.setCustomValidity("Chưa ghi điều này"),
  true,
);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  make();
});
copyFrom(part("text"), result.querySelector("[data-copy]"));
form.hidden = false;
show();
