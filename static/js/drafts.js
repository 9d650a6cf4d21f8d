// Keeps what is typed while the connection or the session is lost: form[data-draft="key"].
// It is kept in the tab only (sessionStorage), so that nothing stays on a shared computer; never passwords or files.
const PREFIX = "draft:";

export function keepDrafts() {
  for (const mark of document.querySelectorAll("[data-draft-clear]")) clear(PREFIX + mark.dataset.draftClear);
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = PREFIX + form.dataset.draft;
    // An answer of the server with errors shows what was typed already; the older copy must not overwrite it.
    if (!document.querySelector(".govuk-error-summary")) restore(form, JSON.parse(sessionStorage.getItem(key) ?? "null"));
    form.addEventListener("input", () => sessionStorage.setItem(key, JSON.stringify(typed(form))));
  }
}

// A key that ends in * stands for all that begin so.
function clear(key) {
  const fits = (stored) => (key.endsWith("*") ? stored.startsWith(key.slice(0, -1)) : stored === key);
  for (const stored of Object.keys(sessionStorage).filter(fits)) sessionStorage.removeItem(stored);
}

function kept(form) {
  return [...form.elements].filter(
    (field) => field.name && !field.closest("[data-draft-off]") && !["hidden", "password", "file", "submit", "button"].includes(field.type),
  );
}

function typed(form) {
  return kept(form).map((field) => [field.name, isTick(field) ? field.value : "", isTick(field) ? field.checked : field.value]);
}

function restore(form, draft) {
  for (const [name, choice, value] of draft ?? []) {
    for (const field of kept(form).filter((one) => one.name === name)) {
      if (isTick(field) && field.value === choice) field.checked = value;
      else if (!isTick(field)) field.value = value;
    }
  }
}

function isTick(field) {
  return field.type === "checkbox" || field.type === "radio";
}
