const present = (list, path) => JSON.parse(document.getElementById(list).textContent)[path] || path;

// A place by the name that it has now; an address may hold one that it had before.
export const presentPlace = (path) => present("former-places", path);

// The province that a former one, whose plans keep their addresses, is part of today.
export const presentProvince = (slug) => present("merged-provinces", slug);
