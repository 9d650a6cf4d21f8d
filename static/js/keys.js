// Single keys of the desk, for whoever has not switched them off. They press what the page offers anyway and do nothing of
// their own: the list of them is the page behind "?". In a field they write letters; Escape leaves it.
const WRITES = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), select, textarea, [contenteditable]";
const ROW = ".desk-table tbody tr";
const PIECE = ".file-paper, .file-answer";
const ACTION = ".file-bar .desk-button, .file-bar .desk-link, .letter-buttons .desk-button";

const pages = document.querySelector("meta[name=desk-keys]");
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const press = (selector) => one(selector)?.click();
const go = (address) => location.assign(address);

// Where the reader stands: the row of a list or the piece of a file that holds the focus.
const here = () => document.activeElement?.closest(`${ROW}, ${PIECE}`);

// What of a row or a piece takes the focus: its link, its mark, or itself.
function standOn(place) {
  const target = one(place.matches(ROW) ? "a" : ".mark__tick input", place) ?? place;
  if (target === place) place.tabIndex = -1;
  target.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

// Step over rows, or over the pieces of a file: those that can be marked, and all of them where none can.
function step(by) {
  const rows = all(ROW);
  const marked = all(PIECE).filter((piece) => one(".mark", piece));
  const places = rows.length ? rows : marked.length ? marked : all(PIECE);
  const at = places.indexOf(here());
  const next = at < 0 ? (by > 0 ? 0 : places.length - 1) : at + by;
  if (places[next]) standOn(places[next]);
}

function mark(bad) {
  const piece = here();
  const tick = piece && one(".mark__tick input", piece);
  if (!tick) return;
  if (tick.checked !== bad) tick.click();
  if (bad) one(".mark__more select", piece)?.focus();
  else step(1);
}

// To the first thing that can be done with the file, and at each further press to the one after it.
function decide() {
  const actions = all(ACTION);
  const at = actions.indexOf(document.activeElement);
  const onward = actions.findIndex((action) => action.matches(".desk-button--go"));
  const first = at < 0 && onward > 0 && !one(".mark__tick input:checked");
  actions[first ? onward : (at + 1) % actions.length]?.focus();
}

function leave(field) {
  const place = field.closest(PIECE);
  if (place) standOn(place);
  else field.blur();
}

const KEYS = {
  n: () => press("button[data-key=KeyN]"),
  t: () => press("button[data-key=KeyT]"),
  h: () => go(pages.dataset.home),
  q: () => go(pages.dataset.queue),
  j: () => step(1),
  k: () => step(-1),
  o: () => one(".desk-link", here() ?? document.createElement("i"))?.click(),
  g: () => mark(false),
  x: () => mark(true),
  d: decide,
  "/": () => one("input[type=search][name=q]")?.focus(),
  "?": () => go(pages.content),
};
// Arrows move from where one stands; elsewhere they scroll, as always.
const ARROWS = { ArrowDown: () => step(1), ArrowUp: () => step(-1) };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.matches(WRITES)) {
    if (event.key === "Escape") leave(event.target);
    return;
  }
  const does = KEYS[event.key.toLowerCase()] ?? (here() && ARROWS[event.key]);
  if (!does) return;
  event.preventDefault();
  does();
});
