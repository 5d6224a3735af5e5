// Conveniences on every page; nothing here is needed to read the site.

// A click on an item's link copies its whole address; the link itself still works.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.permalink");
  if (!link || !navigator.clipboard) return;
  navigator.clipboard.writeText(link.href).then(() => {
    document.querySelector(".copied")?.remove();
    const told = document.createElement("span");
    told.className = "copied";
    told.setAttribute("role", "status");
    told.textContent = "Đã chép liên kết";
    link.after(told);
  }, () => {});
});

// An address with #… opens the group that holds the place it points to. Somebody may have
// cut it off in the middle of a letter: then it points nowhere.
const pointedTo = () => {
  try {
    return location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
};
const openTarget = () => {
  const target = pointedTo();
  for (let group = target?.closest("details"); group; group = group.parentElement.closest("details")) group.open = true;
  target?.scrollIntoView();
};
addEventListener("hashchange", openTarget);
if (location.hash) openTarget();

// On paper everything is open.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((group) => { group.open = true; }));

// The locality finder loads on first use.
const finder = document.querySelector("input[data-finder]");
if (finder) finder.addEventListener("focus", () => import("./finder.js").then((room) => room.attach(finder)), { once: true });
