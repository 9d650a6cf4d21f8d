// Long work that htmx asks after: the fragment changes in silence, its start and its end are said once.
import { announce } from "./announce.js";

let said = "";

function say() {
  const progress = document.querySelector("[data-progress]");
  if (!progress || progress.dataset.progress === said) return;
  said = progress.dataset.progress;
  announce(progress.querySelector(".progress__text")?.textContent);
}

say();
document.addEventListener("htmx:afterSettle", say);
