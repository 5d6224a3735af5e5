// The page of changes: leaves those of one kind and one place. Without it all of them are listed.

import { presentPlace } from "./former-places.js";

const form = document.getElementById("change-filter");
const count = document.getElementById("change-count");
const rows = [...document.querySelectorAll("#changes .updates > li")];
const folds = [...document.querySelectorAll("#changes > .fold")];
const foldedReadings = [...document.querySelectorAll("#changes [data-readings]")];

// A province is chosen with all its communes: hai-phong holds hai-phong/xa-nam-sach.
const isIn = (place, chosen) => !chosen || place === chosen || place.startsWith(`${chosen}/`);

// A part with nothing to show is left out; with something that was asked for, it is open.
const fold = (parts, isAsked, isOpen) => {
  for (const part of parts) {
    const isEmpty = part.querySelector(".updates > li:not([hidden])") === null;
    part.hidden = isEmpty;
    part.open = isOpen || (isAsked && !isEmpty);
  }
};

const isReading = (row) => row.dataset.groups === "cach-ghi";

// «5 thay đổi; trang web sửa cách ghi 45 lần.»
const countOf = (shown) => {
  const readings = shown.filter(isReading).length;
  const changes = shown.length - readings;
  const parts = [];
  if (changes || !readings) parts.push(`${changes.toLocaleString("vi")} thay đổi`);
  if (readings) parts.push(`trang web sửa cách ghi ${readings.toLocaleString("vi")} lần`);
  const words = parts.join("; ");
  return `${words[0].toLocaleUpperCase("vi")}${words.slice(1)}.`;
};

const update = () => {
  const group = form.elements.loai.value;
  const place = form.elements.noi.value;
  for (const row of rows) {
    const groups = row.dataset.groups.split(" ");
    row.hidden = !((!group || groups.includes(group)) && isIn(row.dataset.place, place));
  }
  fold(folds, Boolean(group || place), folds.length === 1);
  fold(foldedReadings, group === "cach-ghi", false);
  count.textContent = countOf(rows.filter((row) => !row.hidden));
  const query = new URLSearchParams();
  if (group) query.set("loai", group);
  if (place) query.set("noi", place);
  const search = String(query) && `?${query}`;
  history.replaceState(null, "", `${location.pathname}${search}`);
};

const choose = (name, value) => {
  const select = form.elements[name];
  if (value && [...select.options].some((option) => option.value === value)) select.value = value;
};

const asked = new URLSearchParams(location.search);
choose("loai", asked.get("loai"));
choose("noi", presentPlace(asked.get("noi")));
form.hidden = false;
form.addEventListener("change", update);
form.addEventListener("submit", (event) => event.preventDefault());
update();
