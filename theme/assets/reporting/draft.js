// The draft of a report: what is typed stays in this browser, field by field, until it is deleted.
// Only the field that was typed in is written. A form that has just been opened, and another window
// with the same one, leave alone what they have not been told.

const notStored = new Map(); // drafts that the browser has no place for: the page has them

// Names in a draft that no field has: the day of the last change, and that of the last file.
const CHANGED = "@changed";
const MADE = "@made";

const today = () => {
  const now = new Date();
  return `${now.getDate()}/${now.getMonth() + 1}/${now.getFullYear()}`;
};

export const readDraft = (key) => {
  try {
    return JSON.parse(notStored.get(key) || localStorage.getItem(key)) || {};
  } catch {
    return {}; // storage is forbidden, or holds something else
  }
};

const writeDraft = (key, draft) => {
  const text = JSON.stringify(draft);
  notStored.delete(key);
  try {
    localStorage.setItem(key, text);
  } catch {
    notStored.set(key, text);
  }
};

const isStored = (key) => !notStored.has(key);

const deleteDraft = (key) => {
  notStored.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was stored
  }
};

// A file was made of a draft, which may be sent by now.
export const markMade = (key) => {
  const draft = readDraft(key);
  if (Object.keys(draft).length) writeDraft(key, { ...draft, [MADE]: today() });
};

// «Đang mở lại bản làm dở ngày 26/11/2026 (kỳ 2026), đã tạo tệp ngày 26/11/2026.»
const describe = (draft, words) => {
  const day = draft[CHANGED] ? ` ngày ${draft[CHANGED]}` : "";
  const made = draft[MADE] ? `, đã tạo tệp ngày ${draft[MADE]}` : "";
  return `Đang mở lại bản làm dở${day}${words ? ` (${words})` : ""}${made}.`;
};

const listen = (form, { keysOf, show, isKept, beside, write }, { part, tell }) => {
  const restore = form.querySelector("[data-restore]");
  let deleted = []; // [key, draft] of what was deleted last, as long as the page is open

  form.addEventListener("input", ({ target }) => {
    if (!target.name || !isKept(target)) return;
    const key = keysOf().pop();
    const draft = { ...readDraft(key), [CHANGED]: today() };
    for (const name of [target.name, ...beside()]) draft[name] = write(form.elements[name]);
    writeDraft(key, draft);
    tell();
  });
  for (const button of document.querySelectorAll("[data-forget]")) {
    button.addEventListener("click", () => {
      deleted = keysOf().map((key) => [key, readDraft(key)]);
      for (const [key] of deleted) deleteDraft(key);
      show();
      part("forgotten").hidden = false;
      restore.focus();
    });
  }
  restore.addEventListener("click", () => {
    for (const [key, draft] of deleted) writeDraft(key, draft);
    show();
    part("forget").focus();
  });
  addEventListener("beforeunload", (event) => {
    if (keysOf().every(isStored)) return;
    event.preventDefault();
    event.returnValue = ""; // what Chrome asks by
  });
};

// Keeps what is typed into a form. `keysOf()` names the drafts that it shows, the one that is written
// last; `show()` puts them into the form anew; `isKept()` tells which fields are, `write()` what is
// kept of one; `beside()` names those that are kept with every other; `say()` tells what a draft is
// of. Returns what tells the reader how the drafts stand, and that old answers are shown.
export const keepDraft = (form, options) => {
  const { keysOf, say = () => "" } = options;
  const part = (name) => form.querySelector(`[data-at="${name}"]`);
  const isBegun = (key) => Object.keys(readDraft(key)).length > 0;

  const tell = () => {
    part("forget").hidden = !keysOf().some(isBegun);
    part("forgotten").hidden = true;
    const isKeptHere = keysOf().every(isStored);
    part("lost").hidden = isKeptHere;
    part("stored").hidden = !isKeptHere;
  };
  const tellReopened = () => {
    const key = keysOf().pop();
    part("reopened").hidden = !isBegun(key);
    if (isBegun(key)) part("draft").textContent = describe(readDraft(key), say(readDraft(key)));
  };
  const given = {
    isKept: () => true,
    beside: () => [],
    write: ({ value }) => value,
    ...options,
  };
  listen(form, given, { part, tell });
  return { tell, tellReopened };
};
