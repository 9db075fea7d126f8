// The note desk. Without this script every press is a page of its own; with it the page stays, and so does what one types.
import { composing } from "./composing.js";
import { editing } from "./editing.js";
import { keysList } from "./keys.js";
import { merge } from "./merging.js";
import { stating } from "./stating.js";
import { walking } from "./walking.js";
import { watching } from "./watching.js";

const desk = document.querySelector(".desk");
const form = desk?.querySelector(".composer");

if (form) {
  const state = stating(desk, form.querySelector(".composer-state"));
  const watch = watching(desk, state, (page) => merge(desk, page));
  // What a press brought back is newer than anything that was asked for before it.
  const show = (page) => {
    watch.forget();
    merge(desk, page);
    const reason = page.querySelector(".notice.error");
    if (reason) {
      state.tell(reason.textContent);
    }
  };
  const composer = composing(desk, form, state, show);
  const editor = editing(desk, state, show);
  walking(desk, state, show, { composer, editor });
  keysList(desk);
  watch.begin(() => {
    composer.tryAgain();
    editor.tryAgain();
  });
}
