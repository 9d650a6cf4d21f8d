// Says something once to a screen reader, through the one live region of the page.
export function announce(text) {
  const region = document.querySelector("#announcer");
  if (region && text) region.textContent = text;
}
