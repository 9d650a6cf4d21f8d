// An inspection with a poor connection: every point and photo is put into the phone's own storage as it is entered, and sent
// from there, oldest first, until the server has it. A key made here lets the server keep once what arrives twice.
// Where the browser gives no storage, the page stays what it is: two forms with buttons.
import { shrunk } from "./photos.js";

const AGAIN_AFTER = 4000; // milliseconds
const TYPING_PAUSE = 600;
const REFUSED = 422;
const GONE = [404, 410]; // the inspection is not on this desk any longer: no sending again brings it back

const root = document.querySelector("[data-visit]");
const place = root?.dataset.visit;
let database;
let sending = false;
let signedOut = false;
let gone = false;

if (root && "indexedDB" in window) {
  const opening = indexedDB.open("bening-visits", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("entries", { keyPath: "order", autoIncrement: true });
  opening.onsuccess = () => begin(opening.result);
}

async function begin(opened) {
  database = opened;
  for (const entry of await waiting()) if (entry.item) show(entry);
  const points = root.querySelector("[data-visit-points]");
  points.addEventListener("change", (event) => keepPoint(event.target));
  points.addEventListener("input", debounced((event) => keepPoint(event.target)));
  points.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  document.addEventListener("visibilitychange", () => document.hidden && keepPoint(document.activeElement));
  takePhotos(root.querySelector("[data-visit-photos]"));
  root.querySelector("[data-visit-finish]").addEventListener("click", holdBack);
  window.addEventListener("online", send);
  root.dataset.ready = "true";
  send();
}

// One point as it stands now. What was not tried yet is replaced; what was may have arrived, so a new entry follows it.
async function keepPoint(field) {
  const group = field?.closest?.("[data-item]");
  if (!group) return;
  const item = group.dataset.item;
  const answer = group.querySelector("input[type=radio]:checked")?.value ?? "";
  const words = group.querySelector("textarea").value;
  if (group.dataset.kept === `${answer}:${words}`) return;
  group.dataset.kept = `${answer}:${words}`;
  await change((entries) => {
    const cursor = entries.openCursor();
    cursor.onsuccess = () => {
      const at = cursor.result;
      if (!at) entries.add({ place, key: crypto.randomUUID(), item, answer, words });
      else if (at.value.place === place && at.value.item === item && !at.value.tried) at.update({ ...at.value, answer, words });
      else at.continue();
    };
  });
  send();
}

function takePhotos(form) {
  const input = form.querySelector("input[type=file]");
  const words = form.elements.words;
  const take = async () => {
    const files = await Promise.all([...input.files].map(shrunk));
    await change((entries) => {
      for (const file of files) entries.add({ place, key: crypto.randomUUID(), words: words.value, photo: file, name: file.name });
    });
    input.value = words.value = "";
    send();
  };
  input.addEventListener("change", take);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.files.length) take();
  });
}

async function send() {
  if (sending || gone) return tell();
  sending = true;
  try {
    for (let entry = await oldest(); entry; entry = await oldest()) {
      await tell();
      if (!(await isTaken(entry))) {
        if (!gone) setTimeout(send, AGAIN_AFTER);
        break;
      }
    }
  } finally {
    sending = false;
  }
  tell();
}

async function isTaken(entry) {
  await change((entries) => entries.put({ ...entry, tried: true }));
  const body = new FormData();
  body.set("csrfmiddlewaretoken", root.querySelector("[name=csrfmiddlewaretoken]").value);
  for (const name of ["key", "item", "answer", "words"]) if (entry[name] !== undefined) body.set(name, entry[name]);
  if (entry.photo) body.set("upload", entry.photo, entry.name);
  let answer;
  try {
    answer = await fetch(root.dataset.send, { method: "POST", body, redirect: "manual" });
  } catch {
    return false;
  }
  gone = GONE.includes(answer.status);
  signedOut = answer.type === "opaqueredirect" || answer.status === 403;
  if (answer.status !== REFUSED && !answer.ok) return false;
  const said = await answer.json();
  await change((entries) => entries.delete(entry.order));
  settle(entry, answer.ok ? "" : said.message);
  return true;
}

// A point says what was refused beside it, with the text still there; a photo appears in the list, or says why not.
function settle(entry, refusal) {
  const line = entry.item ? groupOf(entry.item).querySelector("[data-refused]") : document.createElement("li");
  if (!entry.item) root.querySelector(".visit-photos").append(line);
  line.textContent = refusal || (entry.item ? "" : root.dataset.photo.replace("{name}", entry.words || entry.name));
  line.hidden = !line.textContent;
}

function show(entry) {
  const group = groupOf(entry.item);
  if (!group) return;
  for (const radio of group.querySelectorAll("input[type=radio]")) radio.checked = radio.value === entry.answer;
  group.querySelector("textarea").value = entry.words;
}

async function tell() {
  const entries = await waiting();
  const number = entries.length;
  if (gone) list(entries);
  const line = root.querySelector("[data-visit-state]");
  const words = number ? (notYet()) : root.dataset.all;
  line.classList.toggle("visit-state--waiting", number > 0);
  const said = words.replace("{number}", number);
  if (line.textContent !== said) line.textContent = said;
}

function notYet() {
  if (gone) return root.dataset.gone;
  return signedOut ? root.dataset.signedOut : root.dataset.waiting;
}

// What is kept on the phone and will not be taken, in words that can be read and copied.
function list(entries) {
  const box = root.querySelector("[data-visit-gone]");
  box.hidden = false;
  box.querySelector("[data-visit-kept]").replaceChildren(...entries.map(line));
}

function line(entry) {
  const said = document.createElement("li");
  const group = entry.item && groupOf(entry.item);
  const radio = group && [...group.querySelectorAll("input[type=radio]")].find(({ value }) => value === entry.answer);
  const about = group ? group.querySelector("legend").textContent : entry.name;
  said.textContent = [about, radio?.parentElement.textContent.trim(), entry.words].filter(Boolean).join(": ");
  return said;
}

async function holdBack(event) {
  event.preventDefault();
  const address = event.currentTarget.href;
  await keepPoint(document.activeElement);
  if ((await waiting()).length) root.querySelector("[data-visit-state]").textContent = root.dataset.finish;
  else location.assign(address);
}

function groupOf(item) {
  return root.querySelector(`[data-item="${CSS.escape(item)}"]`);
}

function change(deed) {
  return new Promise((done, failed) => {
    const moved = database.transaction("entries", "readwrite");
    moved.oncomplete = () => done();
    moved.onerror = moved.onabort = () => failed(moved.error);
    deed(moved.objectStore("entries"));
  });
}

function waiting() {
  return new Promise((done, failed) => {
    const asked = database.transaction("entries").objectStore("entries").getAll();
    asked.onsuccess = () => done(asked.result.filter((entry) => entry.place === place));
    asked.onerror = () => failed(asked.error);
  });
}

async function oldest() {
  return (await waiting())[0];
}

function debounced(deed) {
  let timer;
  return (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => deed(event), TYPING_PAUSE);
  };
}
