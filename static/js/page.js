// Starts what a page has: GOV.UK's components and ours. Every page works without any of it.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, createAll,
} from "../vendor/govuk-frontend.js";
import { guardForms } from "./guard.js";
import { keepDrafts } from "./drafts.js";

if (document.body.classList.contains("govuk-frontend-supported")) {
  for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink]) {
    createAll(component);
  }
}
guardForms();
keepDrafts();

// The rest is loaded only where a page has use for it.
if (document.querySelector("[data-photos]")) import("./photos.js").then((module) => module.shrinkPhotos());
if (document.querySelector("form[data-upload]")) import("./upload.js").then((module) => module.showUploads());
if (document.querySelector("[data-map]")) import("./map.js").then((module) => module.offerMaps());
