// Makes photos small before they are sent, and shows each back: "Readable? Yes / Take again".
// Where the browser cannot, the file goes as it is and the server does the same work.
const LONGEST_SIDE = 2200; // pixels: 190 dpi on A4, small print stays readable
const QUALITY = 0.82;
const SMALL_ENOUGH = 700 * 1024;

export function shrinkPhotos() {
  for (const input of document.querySelectorAll("input[type=file][data-photos]")) {
    input.addEventListener("change", () => take(input));
    // On a slow line a photo may have been chosen before this file had arrived.
    if (input.files.length) take(input);
  }
}

async function take(input) {
  const files = await Promise.all([...input.files].map(shrunk));
  const carrier = new DataTransfer();
  for (const file of files) carrier.items.add(file);
  input.files = carrier.files;
  showBack(input, files);
}

export async function shrunk(file) {
  if (!/^image\/(jpeg|png|webp|heic)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size <= SMALL_ENOUGH) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}

function showBack(input, files) {
  const group = input.closest(".govuk-form-group");
  for (const shown of group.querySelectorAll(".photo-check")) shown.remove();
  const template = group.querySelector("template[data-photo-check]");
  for (const file of template ? files.filter((one) => one.type.startsWith("image/")) : []) {
    const view = template.content.cloneNode(true).firstElementChild;
    const picture = Object.assign(new Image(), { className: "photo-check__image", alt: view.dataset.photoAlt });
    picture.addEventListener("error", () => picture.remove());
    picture.src = URL.createObjectURL(file);
    view.prepend(picture);
    view.querySelector("[data-photo-yes]").addEventListener("click", () => accept(view));
    view.querySelector("[data-photo-again]").addEventListener("click", () => drop(input, file, view));
    group.append(view);
  }
  group.querySelector("[data-photo-yes]")?.focus();
}

function accept(view) {
  const next = view.nextElementSibling?.querySelector("[data-photo-yes]");
  view.querySelector(".govuk-button-group").remove();
  view.querySelector("[data-photo-question]").remove();
  (next ?? view.closest("form")?.querySelector("button[type=submit], button:not([type])"))?.focus();
}

function drop(input, file, view) {
  const carrier = new DataTransfer();
  for (const other of input.files) if (other !== file) carrier.items.add(other);
  input.files = carrier.files;
  view.remove();
  input.focus();
  input.click();
}
