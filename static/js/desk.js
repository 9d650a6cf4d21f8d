// What the tab keeps of a form is forgotten where a page of the desk says so.
import { keepDrafts } from "./drafts.js";

keepDrafts();

// Keys of the desk: Alt and the letter named by data-key press the button that bears it.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(event.code)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// Unfold writes the name of a chosen file into the nearest text field, which on the desk is an answer. It passes by whatever
// bears this mark, and looks for the first time when the page has loaded, later than this.
for (const input of document.querySelectorAll("input[type=file]")) input.hasChangeListener = true;

// The time to undo a step runs visibly, and the button goes when it is over. Counted from the page on: clocks may differ.
for (const form of document.querySelectorAll("form[data-seconds]")) {
  const button = form.querySelector("button");
  const ends = performance.now() + 1000 * form.dataset.seconds;
  const tick = () => {
    const seconds = Math.ceil((ends - performance.now()) / 1000);
    if (seconds > 0) {
      form.querySelector("[data-clock]").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      setTimeout(tick, 500);
      return;
    }
    button.remove();
    form.querySelector("[data-left]").remove();
    form.querySelector("h2").textContent = form.dataset.ended;
  };
  tick();
}
