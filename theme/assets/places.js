// The rows of dia-phuong.json: every locality with its address; and those of cap-huyen.json, the
// districts of old. Shared by finder and search.

import { addressOf } from "./build.js";
import { DISTRICTS, PLACES, readFile } from "./data.js";
import { fold, slug } from "./words.js";

// What a locality has on the site; the finder shows those with the lowest number first.
export const WITH_PLAN = 0;
export const PROVINCE = 1;
export const WITHOUT_PLAN = 2;
export const FORMER = 3; // a former name

// A commune is its name, from which its address follows, or {name, address}.
const communesOf = (province, communes, areRows) =>
  communes.map((commune) => {
    if (typeof commune !== "string") return commune;
    const part = areRows ? `#${slug(commune)}` : `${slug(commune)}/`;
    return { name: commune, address: `dia-phuong/${province.slug}/${part}` };
  });

const formerPlace = ({ name, address, successor }) => ({
  rank: FORMER,
  name,
  address,
  title: `${name} (tên cũ)`,
  note: successor,
});

const placesOf = (provinces, former) => {
  const places = [];
  for (const province of provinces) {
    const { name } = province;
    places.push({ rank: PROVINCE, name, address: `dia-phuong/${province.slug}/`, title: name });
    for (const commune of communesOf(province, province.with_plan, false)) {
      places.push({
        ...commune,
        rank: WITH_PLAN,
        province: name,
        title: `${commune.name}, ${name}`,
      });
    }
    for (const commune of communesOf(province, province.others, province.are_rows)) {
      const title = `${commune.name}, ${name}`;
      const note = "Trang web chưa có kế hoạch";
      places.push({ ...commune, rank: WITHOUT_PLAN, province: name, title, note });
    }
  }
  return [...places, ...former.map(formerPlace)];
};

// A name without the type of the place: xã Nam Sách → Nam Sách.
export const shortName = (name, types) => {
  const type = types.find((one) => name.startsWith(`${one} `)) || "";
  return name.slice(type.length).trimStart();
};

const withWords = (places, types) =>
  places.map(({ note = "", province = "", ...place }) => ({
    ...place,
    note,
    province,
    short: shortName(place.name, types),
    words: fold(`${place.name} ${province}`),
  }));

// [{rank, name, short, province, address, title, note, words}]; `short` is the name without
// its type, `words` what is typed to find it, folded.
export const placesOfTables = ({ types, provinces, former }) =>
  withWords(placesOf(provinces, former), types);

export const readPlaces = async () =>
  placesOfTables(await readFile(await addressOf("dia-phuong.json"), PLACES));

export const readDistricts = async () => {
  const address = await addressOf("cap-huyen.json");
  const { types, former } = await readFile(address, DISTRICTS);
  return withWords(former.map(formerPlace), types);
};
