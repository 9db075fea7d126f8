// Keep on the server what is being typed, and nowhere in the browser: whoever shares the machine finds nothing.
import { send } from "./sending.js";

const AFTER_MS = 700;

export function keeping(desk, form, state, kept = () => {}) {
  let timer = 0;
  let last = form.elements.text.value;
  let running = Promise.resolve();
  let isDirty = false;
  let since = 0;

  function later() {
    isDirty = form.elements.text.value !== last;
    clearTimeout(timer);
    timer = setTimeout(now, AFTER_MS);
  }

  function now() {
    clearTimeout(timer);
    running = running.then(save);
    return running;
  }

  async function save() {
    const words = form.elements.text.value;
    if (!isDirty || !form.isConnected) {
      return;
    }
    const began = since;
    const { kind } = await send(desk, desk.dataset.keep, new FormData(form));
    if (began !== since) {
      return;
    }
    if (kind === "done") {
      last = words;
      isDirty = form.elements.text.value !== last;
      kept(words !== "");
    } else if (kind !== "refused") {
      state.say(kind);
    }
  }

  form.addEventListener("input", later);
  return {
    tryAgain: () => isDirty && now(),
    isDirty: () => isDirty,
    /** These words are on their way as an item, or thrown away: resolves when nothing of them is under way any more. */
    done() {
      clearTimeout(timer);
      since += 1;
      last = form.elements.text.value;
      isDirty = false;
      return running;
    },
  };
}
