// The composer: an item is on its way at the press of Enter, and the next can be typed at once. What has not arrived
// stays on the page and is sent again until it has.
import { keeping } from "./keeping.js";
import { send } from "./sending.js";
import { newToken, writing } from "./writing.js";

const AGAIN_MS = 4_000;

export function composing(desk, form, state, show) {
  const fields = writing(form, { submit, leave: () => desk.dispatchEvent(new CustomEvent("to-items")) });
  const said = form.querySelector(".composer-kept");
  const keeper = keeping(desk, form, state, (some) => {
    said.textContent = some ? desk.dataset.kept : "";
  });
  const waiting = [];
  let isSending = false;
  let isClosed = false;

  function submit() {
    const { text } = fields;
    if (!text.value.trim()) {
      text.focus();
      return;
    }
    form.querySelector(".error-summary")?.remove();
    const entry = { words: new FormData(form), before: keeper.done(), node: waitingItem(text.value) };
    waiting.push(entry);
    placeFor(fields.part.value).append(entry.node);
    entry.node.scrollIntoView({ block: "nearest" });
    clear();
    flush();
  }

  function clear() {
    const { text, part } = fields;
    text.value = "";
    form.elements.contributor.value = "";
    form.elements.kind.value = "point";
    form.elements.confidential.checked = false;
    form.elements.token.value = newToken();
    said.textContent = "";
    fields.who.restore();
    keeper.done();
    part.dispatchEvent(new Event("change"));
    text.focus();
  }

  async function flush() {
    if (isSending || isClosed) {
      return;
    }
    isSending = true;
    while (waiting.length) {
      const entry = waiting[0];
      await entry.before;
      const { kind, page } = await send(desk, form.action, entry.words);
      if (kind !== "done" && kind !== "refused") {
        isClosed = kind === "closed";
        state.say(kind);
        setTimeout(flush, AGAIN_MS);
        break;
      }
      waiting.shift();
      state.clear();
      if (kind === "done") {
        entry.node.remove();
        show(page);
      } else {
        refused(entry, page.querySelector(".composer .error-summary"));
      }
    }
    isSending = false;
  }

  function refused(entry, reasons) {
    if (fields.text.value.trim()) {
      entry.node.querySelector(".item-marks").replaceChildren(reasons ?? "", putBack(entry, reasons));
    } else {
      takeUp(entry, reasons);
    }
  }

  function putBack(entry, reasons) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button quiet", textContent: desk.dataset.again });
    button.addEventListener("click", () => fields.text.value.trim() || takeUp(entry, reasons));
    return button;
  }

  function takeUp(entry, reasons) {
    entry.node.remove();
    form.querySelector(".error-summary")?.remove();
    if (reasons) {
      form.prepend(reasons);
    }
    for (const [name, value] of entry.words) {
      if (name !== "csrfmiddlewaretoken" && name !== "confidential") {
        form.elements[name].value = value;
      }
    }
    form.elements.confidential.checked = entry.words.has("confidential");
    fields.who.restore();
    fields.part.dispatchEvent(new Event("change"));
    fields.text.focus();
  }

  function waitingItem(words) {
    const item = document.createElement("li");
    const text = document.createElement("div");
    const marks = document.createElement("div");
    item.className = "item waiting";
    Object.assign(text, { className: "item-text", textContent: words });
    Object.assign(marks, { className: "item-marks", textContent: desk.dataset.waiting });
    item.append(text, marks);
    return item;
  }

  function placeFor(part) {
    const parts = [...desk.querySelectorAll(".desk-items .desk-part")];
    return (parts.find((one) => one.dataset.part === part) ?? parts.at(-1)).querySelector("ol");
  }

  function markPart() {
    for (const link of desk.querySelectorAll(".desk-rail a")) {
      const isHere = Boolean(link.dataset.part) && link.dataset.part === fields.part.value;
      link.toggleAttribute("aria-current", isHere);
      if (isHere) {
        link.setAttribute("aria-current", "true");
      }
    }
  }

  desk.querySelector(".desk-rail").addEventListener("click", (event) => {
    const part = event.target.closest("a")?.dataset.part;
    if (part && [...fields.part.options].some((option) => option.value === part)) {
      fields.part.value = part;
      markPart();
    }
  });
  fields.part.addEventListener("change", markPart);
  desk.addEventListener("merged", markPart);
  markPart();
  window.addEventListener("beforeunload", (event) => {
    if (waiting.length || keeper.isDirty()) {
      event.preventDefault();
    }
  });

  return {
    focus: () => fields.text.focus(),
    isEmpty: () => fields.text.value === "",
    text: fields.text,
    tryAgain() {
      if (!waiting.length && !keeper.isDirty()) {
        state.clear();
      }
      flush();
      keeper.tryAgain();
    },
  };
}
