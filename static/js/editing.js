// Change an item where it stands. The form is that of the item's own page, and so is the answer where it is refused:
// when somebody else was faster, both texts are in it.
import { keeping } from "./keeping.js";
import { ask, outcome, send } from "./sending.js";
import { writing } from "./writing.js";

export function editing(desk, state, show) {
  const open = new Map();

  async function begin(item) {
    if (!item.dataset.change || open.has(item.id)) {
      return;
    }
    const answer = await ask(item.dataset.change);
    const { kind, page } = await outcome(desk, answer);
    const editor = page?.querySelector(".editor");
    if (!editor) {
      state.say(kind);
      return;
    }
    item.classList.add("editing");
    put(item, editor);
  }

  /** Put an editor into an item, in place of the one that may be there. */
  function put(item, editor, { isSaved = true } = {}) {
    open.get(item.id)?.editor.remove();
    const form = editor.querySelector(".editor-form");
    item.append(document.importNode(editor, true));
    const here = item.querySelector(".editor");
    const inside = here.querySelector(".editor-form");
    inside.action = form.getAttribute("action");
    const fields = writing(inside, { submit: () => save(item), leave: () => leave(item) });
    const entry = {
      editor: here,
      form: inside,
      begun: isSaved ? fields.text.value : null,
      isWarned: false,
      keeper: keeping(desk, inside, state),
    };
    open.set(item.id, entry);
    inside.addEventListener("input", () => {
      entry.isWarned = false;
    });
    here.querySelector(".editor-out").addEventListener("click", (event) => {
      event.preventDefault();
      leave(item);
    });
    fields.text.focus();
    fields.text.setSelectionRange(fields.text.value.length, fields.text.value.length);
    here.scrollIntoView({ block: "nearest" });
  }

  async function save(item) {
    const entry = open.get(item.id);
    if (entry.isSaving) {
      return;
    }
    entry.isSaving = true;
    await entry.keeper.done();
    const { kind, page } = await send(desk, entry.form.action, new FormData(entry.form));
    entry.isSaving = false;
    if (kind === "done") {
      close(item);
      state.clear();
      show(page);
      document.getElementById(item.id)?.focus({ preventScroll: true });
    } else if (kind === "refused") {
      item.querySelector(".elsewhere")?.remove();
      put(item, page.querySelector(".editor") ?? entry.editor, { isSaved: false });
    } else {
      entry.isWaiting = true;
      state.say(kind);
    }
  }

  /** Once, with a warning, where something was typed; then for good. */
  async function leave(item) {
    const entry = open.get(item.id);
    if (entry.form.elements.text.value !== entry.begun && !entry.isWarned) {
      entry.isWarned = true;
      state.say("unsaved");
      return;
    }
    const words = new FormData(entry.form);
    await entry.keeper.done();
    close(item);
    state.clear();
    item.focus({ preventScroll: true });
    words.set("text", "");
    await send(desk, desk.dataset.keep, words);
  }

  function close(item) {
    open.get(item.id).editor.remove();
    item.querySelector(".elsewhere")?.remove();
    open.delete(item.id);
    item.classList.remove("editing");
    // The next look brings what it says now.
    item.dataset.stamp += "-old";
  }

  desk.querySelector(".desk-items").addEventListener("click", (event) => {
    const link = event.target.closest(".item-change");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      begin(link.closest(".item"));
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...open.values()].some((entry) => entry.keeper.isDirty())) {
      event.preventDefault();
    }
  });

  return {
    begin,
    tryAgain() {
      for (const [id, entry] of open) {
        if (entry.isWaiting) {
          entry.isWaiting = false;
          save(document.getElementById(id));
        } else {
          entry.keeper.tryAgain();
        }
      }
    },
  };
}
