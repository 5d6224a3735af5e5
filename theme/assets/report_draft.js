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

const keepField = (key, name, value) => {
  writeDraft(key, { ...readDraft(key), [name]: value });
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

// Keeps what is typed into a form. `keysOf()` names the drafts that it shows, the one that is written
// last; `show()` puts them into the form anew. Returns what tells the reader how the drafts stand.
export const keepDraft = (form, keysOf, show, isKept = () => true) => {
  const part = (name) => form.querySelector(`[data-at="${name}"]`);
  const restore = form.querySelector("[data-restore]");
  let deleted = []; // [key, draft] of what was deleted last, as long as the page is open

  const tell = () => {
    part("forget").hidden = !keysOf().some((key) => Object.keys(readDraft(key)).length);
    part("forgotten").hidden = true;
    part("stored").textContent = keysOf().every(isStored)
      ? "Bản đang làm được giữ trong trình duyệt của máy này."
      : "Trình duyệt này không giữ được bản đang làm: đóng trang là mất.";
  };

  form.addEventListener("input", ({ target }) => {
    if (!target.name || !isKept(target)) return;
    keepField(keysOf().pop(), target.name, target.value);
    tell();
  });
  part("forget").addEventListener("click", () => {
    deleted = keysOf().map((key) => [key, readDraft(key)]);
    for (const [key] of deleted) deleteDraft(key);
    show();
    part("forgotten").hidden = false;
    restore.focus();
  });
  restore.addEventListener("click", () => {
    for (const [key, draft] of deleted) writeDraft(key, draft);
    show();
    part("forget").focus();
  });
  return tell;
};
