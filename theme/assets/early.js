// Before anything is drawn: what scripts will fill has its room, so that nothing moves later; and
// what they will read first is asked for while they come.

if ("noModule" in HTMLScriptElement.prototype) {
  const { src, dataset } = document.currentScript;
  const { classList } = document.documentElement;
  const isSearching = /[?&]q=[^&]/.test(location.search);
  classList.add("scripted");
  classList.toggle("searching", isSearching);
  classList.toggle("of-province", /[?&](tinh|noi)=[^&]/.test(location.search));
  // This script lies in a folder of its build, in one of all builds.
  const address = new URL("../../tim.json", src);
  if (isSearching || "readsBuild" in dataset) window.build = fetch(address, { cache: "no-cache" });
}
