// The keys inside a form of one item: who, kind, confidential, part of the meeting, and the press that sends it.
import { choosing } from "./who.js";

const KINDS = { KeyA: "action", KeyT: "takeaway", KeyP: "point" };

/** Make `form` answer its keys; `submit` is called for Enter, `leave` for Escape. */
export function writing(form, { submit, leave }) {
  const text = form.elements.text;
  const { contributor, agenda_item: part, confidential, kind } = form.elements;
  let askedByKey = false;

  const who = choosing(contributor, (how) => {
    text.focus();
    if (how === "escape" && askedByKey) {
      text.setRangeText("@", text.selectionStart, text.selectionEnd, "end");
    }
    askedByKey = false;
  });

  function changed() {
    form.dispatchEvent(new Event("input"));
    part.dispatchEvent(new Event("change"));
  }

  function withAlt(event) {
    if (event.code === "KeyC") {
      confidential.checked = !confidential.checked;
    } else if (KINDS[event.code]) {
      kind.value = KINDS[event.code];
    } else if (event.code === "ArrowDown" || event.code === "ArrowUp") {
      const place = part.selectedIndex + (event.code === "ArrowDown" ? 1 : -1);
      part.selectedIndex = Math.min(Math.max(place, 0), part.options.length - 1);
    } else {
      return;
    }
    event.preventDefault();
    changed();
  }

  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.getModifierState("AltGraph")) {
      return;
    }
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
      withAlt(event);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey || (event.target === text && !event.shiftKey))) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      leave();
    }
  });

  text.addEventListener("beforeinput", (event) => {
    const before = text.value.slice(0, text.selectionStart);
    if (event.data === "@" && !event.isComposing && /(^|\s)$/.test(before)) {
      event.preventDefault();
      askedByKey = true;
      who.ask();
    }
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });

  return { text, part, who };
}

/** A name for a form that nothing else has; `randomUUID` itself needs HTTPS. */
export function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
