// A place by the name that it has now; an address may hold one that it had before.
export const presentPlace = (path) =>
  JSON.parse(document.getElementById("former-places").textContent)[path] || path;
