// Keys of the desk: Alt and the letter named by data-key press the button that bears it.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(event.code)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
