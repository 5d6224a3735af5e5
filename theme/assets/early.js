// Before anything is drawn: what scripts will fill has its room, so that nothing moves later.

if ("noModule" in HTMLScriptElement.prototype) {
  document.documentElement.classList.add("scripted");
  document.documentElement.classList.toggle("searching", /[?&]q=[^&]/.test(location.search));
  const hasProvince = /[?&](tinh|noi)=[^&]/.test(location.search);
  document.documentElement.classList.toggle("of-province", hasProvince);
}
