// Shows a question only while the answer to another one on the same page calls for it: [data-when="name"][data-one-of="a b"].
// Without JavaScript every question is there, with its condition in words.
const questions = [...document.querySelectorAll("[data-when]")];

for (const words of document.querySelectorAll("[data-condition]")) words.hidden = true;
for (const form of new Set(questions.map((question) => question.closest("form")))) {
  form.addEventListener("change", show);
}
show();

function show() {
  // In the order of the page: a hidden question answers nothing, so what hangs on it is hidden too.
  for (const question of questions) question.hidden = !isCalledFor(question);
}

function isCalledFor(question) {
  const wanted = question.dataset.oneOf.split(" ");
  return [...document.getElementsByName(question.dataset.when)].some(
    (field) => (isTick(field) ? field.checked : true) && !field.closest("[hidden]") && wanted.includes(field.value),
  );
}

function isTick(field) {
  return field.type === "checkbox" || field.type === "radio";
}
