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
