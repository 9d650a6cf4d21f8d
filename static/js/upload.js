// form[data-upload] with files: the person sees how far the upload is, announced at its start and its end.
// When the connection breaks the page stays, with everything chosen, and says what to do.
import { announce } from "./announce.js";
import { release } from "./guard.js";

export function showUploads() {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    form.addEventListener("submit", (event) => {
      const hasFiles = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
      if (!hasFiles || form.dataset.sent) return;
      event.preventDefault();
      form.dataset.sent = "true";
      send(form, event.submitter);
    });
  }
}

function send(form, button) {
  const body = new FormData(form, button);
  const meter = document.createElement("progress");
  meter.className = "upload-meter";
  meter.max = 100;
  meter.setAttribute("aria-label", form.dataset.uploadBusy);
  form.append(meter);
  button?.setAttribute("aria-busy", "true");
  announce(form.dataset.uploadBusy);

  const request = new XMLHttpRequest();
  request.open("POST", button?.formAction || form.action);
  request.responseType = "document";
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) meter.value = (100 * event.loaded) / event.total;
  };
  request.onload = () => arrive(form, request);
  request.onerror = request.ontimeout = () => {
    meter.remove();
    release(form);
    tell(form, form.dataset.uploadLost);
  };
  request.send(body);
}

function arrive(form, request) {
  announce(form.dataset.uploadDone);
  if (request.responseURL !== form.action || !request.response) {
    location.assign(request.responseURL);
    return;
  }
  // The same page with errors: show its content in place of ours.
  document.title = request.response.title;
  document.querySelector("#main-content").replaceWith(request.response.querySelector("#main-content"));
  showUploads();
  import("./photos.js").then((module) => module.shrinkPhotos());
  document.querySelector(".govuk-error-summary")?.setAttribute("tabindex", "-1");
  document.querySelector(".govuk-error-summary")?.focus();
}

function tell(form, text) {
  const line = form.querySelector("[data-upload-line]") ?? form.appendChild(document.createElement("p"));
  line.dataset.uploadLine = "";
  line.className = "govuk-error-message";
  line.textContent = text;
  announce(text);
}
