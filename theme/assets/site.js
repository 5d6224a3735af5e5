// Conveniences on every page; nothing here is needed to read the site.

// A click on an item's link copies its whole address; the link itself still works.
const confirmCopy = (link) => {
  const last = document.querySelector(".copied");
  if (last) last.remove();
  const note = document.createElement("span");
  note.className = "copied";
  note.setAttribute("role", "status");
  note.textContent = "Đã chép liên kết";
  link.after(note);
};
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a.permalink");
  if (!link || !navigator.clipboard) return;
  const ignore = () => {}; // not allowed to copy: the link still leads there
  navigator.clipboard.writeText(link.href).then(() => confirmCopy(link), ignore);
});

// A citation says when its reader looked; without scripts there is room to write it.
for (const place of document.querySelectorAll("[data-today]")) {
  const now = new Date();
  const [day, month] = [now.getDate(), now.getMonth() + 1];
  const twoDigits = (part, below) => (part < below ? `0${part}` : part);
  place.textContent = `${twoDigits(day, 10)}/${twoDigits(month, 3)}/${now.getFullYear()}`;
}

// The element that the address points to. Somebody may have cut the address off in the
// middle of a letter: then it points nowhere.
const findTarget = () => {
  try {
    return location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
};

// An address with #… opens the groups that hold the place it points to.
const openTarget = () => {
  const target = findTarget();
  const fullText = document.querySelector("a[data-full-text]");
  if (!target && fullText) location.replace(fullText.href + location.hash); // not among the rows
  const search = document.querySelector("a[data-search-anchor]");
  if (!target && search && /^#[a-z\d-]+$/.test(location.hash)) {
    // A place that had its row here once: its name is in the address.
    location.replace(`${search.href}?q=${location.hash.slice(1).split("-").join("+")}`);
  }
  if (!target) return;
  let group = target.closest("details");
  while (group) {
    group.open = true;
    group = group.parentElement.closest("details");
  }
  target.scrollIntoView();
};
addEventListener("hashchange", openTarget);
if (location.hash) openTarget();

// Hands a page on, where the browser can; elsewhere its address is copied.
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share && !navigator.clipboard) break;
  button.parentElement.hidden = false;
  const ignore = () => {}; // the reader changed their mind
  button.addEventListener("click", () => {
    const url = location.href.split("#")[0];
    if (navigator.share) navigator.share({ title: document.title, url }).then(ignore, ignore);
    else navigator.clipboard.writeText(url).then(() => confirmCopy(button), ignore);
  });
}

// The parts of a long text stand folded where the browser's own search opens what it finds in
// them; elsewhere, and without this script, they stand open.
const parts = document.querySelectorAll("details.part");
const isLong = document.documentElement.scrollHeight > 12 * innerHeight;
if (isLong && "onbeforematch" in document.body && !findTarget()) {
  for (const part of parts) part.open = false;
}

// On paper everything is open, and afterwards as it was.
const unfolded = [];
addEventListener("beforeprint", () => {
  unfolded.push(...document.querySelectorAll("details:not([open])"));
  for (const group of unfolded) group.open = true;
});
addEventListener("afterprint", () => {
  for (const group of unfolded.splice(0)) group.open = false;
});
for (const button of document.querySelectorAll("[data-print]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => print());
}

// The locality finder loads on first use.
const finder = document.querySelector("input[data-finder]");
if (finder) {
  const attachFinder = () => import("./finder.js").then(({ attach }) => attach(finder));
  // Somebody may have begun to type before this script came.
  if (document.activeElement === finder) attachFinder();
  else finder.addEventListener("focus", attachFinder, { once: true });
}
