// The locality finder of the home page: suggestions among all provinces, communes and
// former names, from one file that loads on first use; districts of old from a second one that
// loads when something is typed. A combobox as ARIA 1.2 has it.

import { at, element, formatNumber, once, refill } from "./page.js";
import { FORMER, readDistricts, readPlaces, WITHOUT_PLAN } from "./places.js";
import { fold } from "./words.js";

const MAX_SUGGESTIONS = 8;
// Added to the rank of a place.
const VERY_NAME = -30; // of the very name typed
const NAME_OF_ANOTHER_TYPE = -20;
const NAME_FIRST = -10; // with its province behind
const OTHER_PART = 10; // which has the words typed in another part than its name
const MIN_LETTERS = 4; // of a name typed without blanks
const NONE = -1; // no suggestion is chosen

// «tp hai duong», «P. Hải Dương», «xã Hải Dương»: the type is left out where the rest is a name; many
// places changed theirs.
const TYPE =
  /^(?:thanh pho|thi tran|thi xa|dac khu|phuong|quan|huyen|tinh|xa|tp|tx|tt|dk|p|q|h|x) /;

const lettersOf = once((folded) => folded.replace(/[^a-z0-9]/g, ""));
const foldOnce = once(fold);

// How near a place's own name is to what was typed: the very name; one that the words begin, with the
// province behind; one that has the words; another part.
const rankOfName = ({ name, short }, phrase, bare) => {
  const [own, alone] = [foldOnce(name), foldOnce(short)];
  if ([own, alone].includes(phrase)) return VERY_NAME;
  if (alone === bare) return NAME_OF_ANOTHER_TYPE;
  if (`${phrase} `.startsWith(`${own} `) || `${bare} `.startsWith(`${alone} `)) return NAME_FIRST;
  return ` ${own}`.includes(` ${phrase}`) ? 0 : OTHER_PART;
};

// Every typed word has to start a word of the place, or all letters its name; places whose own name
// has them come first.
const findPlaces = (places, typed) => {
  const words = fold(typed)
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  if (!words.length) return [];
  const phrase = words.join(" ");
  const bare = phrase.replace(TYPE, "");
  const letters = lettersOf(bare);
  const hasWords = (place) => words.every((word) => ` ${place.words}`.includes(` ${word}`));
  const hasLetters = ({ short }) =>
    letters.length >= MIN_LETTERS && lettersOf(foldOnce(short)).startsWith(letters);
  return places
    .filter((place) => hasWords(place) || hasLetters(place))
    .map((place) => ({ place, rank: place.rank + rankOfName(place, phrase, bare) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ place }) => place);
};

const labelOf = ({ rank, title, note }) => {
  if (rank === FORMER) return `${title}: ${note}`;
  if (rank === WITHOUT_PLAN) return `${title} (trang web chưa có kế hoạch)`;
  return title;
};

const makeList = (input) => {
  const list = element("ul", "", "suggestions");
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Địa phương phù hợp");
  list.hidden = true;
  input.closest(".search-row").after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  return list;
};

const open = (place) => {
  location.href = at(place.address);
};

const optionOf = (place, id, isChosen) => {
  const option = element("li", labelOf(place));
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", String(isChosen));
  // iOS has pointer events since 13.
  option.addEventListener("mousedown", (event) => {
    event.preventDefault(); // or the box loses the focus, and the list closes
    open(place);
  });
  return option;
};

// How many more there are: told in the list, chosen by nobody.
const moreOption = (count) => {
  const option = element("li", `Còn ${formatNumber(count)} nơi nữa: gõ thêm tên tỉnh`, "muted");
  option.setAttribute("role", "option");
  option.setAttribute("aria-disabled", "true");
  option.setAttribute("aria-selected", "false");
  return option;
};

export const attach = async (input) => {
  const places = await readPlaces();
  const list = makeList(input);
  let suggestions = [];
  let chosen = NONE;

  let found = [];
  const show = (newFound, newChosen = NONE) => {
    found = newFound;
    suggestions = found.slice(0, MAX_SUGGESTIONS);
    chosen = newChosen;
    const idOf = (index) => `${list.id}-${index}`;
    refill(
      list,
      ...suggestions.map((place, index) => optionOf(place, idOf(index), index === chosen)),
    );
    const more = found.length - suggestions.length;
    if (more) list.append(moreOption(more));
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (chosen === NONE) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", idOf(chosen));
  };

  // The arrow keys go round: after the last suggestion comes the box itself, then the first.
  const move = (step) => {
    const stops = suggestions.length + 1;
    const next = (chosen + step + stops) % stops;
    show(found, next === suggestions.length ? NONE : next);
  };

  // What a key does here, if anything.
  const actionOf = (key) => {
    if (key === "Enter") return chosen === NONE ? null : () => open(suggestions[chosen]);
    if (!suggestions.length) return null;
    const actions = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Escape: () => show([]),
    };
    return actions[key] || null;
  };

  let districts = [];
  const update = () => show(findPlaces([...places, ...districts], input.value));
  const addDistricts = once(async () => {
    districts = await readDistricts();
    if (document.activeElement === input) update();
  });
  const answer = () => {
    update();
    if (input.value) addDistricts();
  };
  input.addEventListener("input", answer);
  input.addEventListener("blur", () => show([]));
  input.addEventListener("keydown", (event) => {
    const action = actionOf(event.key);
    if (!action) return;
    event.preventDefault();
    action();
  });
  answer();
};
