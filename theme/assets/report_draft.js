// The draft of a report: what is typed stays in this browser, field by field, until it is deleted.
// Only the field that was typed in is written. A form that has just been opened, and another window
// with the same one, leave alone what they have not been told.

const notStored = new Map(); // drafts that the browser has no place for: the page has them

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

export const keepField = (key, name, value) => {
  writeDraft(key, { ...readDraft(key), [name]: value });
};

export const isStored = (key) => !notStored.has(key);

export const deleteDraft = (key) => {
  notStored.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was stored
  }
};
