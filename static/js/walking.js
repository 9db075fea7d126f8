// Through the items by keyboard: from one to the next, into one to change it, up and down, out. One of them is in the
// order of Tab, the others are reached by the arrows.
import { send } from "./sending.js";

const MOVES = { ArrowUp: "up", ArrowDown: "down" };

export function walking(desk, state, show, { composer, editor }) {
  const items = () => [...desk.querySelectorAll(".desk-items .item:not(.waiting)")];
  let last = "";

  function roving() {
    const all = items();
    const here = all.find((item) => item.id === last) ?? all.at(-1);
    for (const item of all) {
      item.tabIndex = item === here ? 0 : -1;
    }
  }

  function go(item) {
    if (item) {
      last = item.id;
      roving();
      item.focus();
    } else {
      composer.focus();
    }
  }

  async function press(item, button) {
    const form = item.querySelector(".item-tools");
    const fields = new FormData(form, button);
    const { kind, page } = await send(desk, button.getAttribute("formaction") ?? form.action, fields);
    if (kind !== "done") {
      state.say(kind);
      return;
    }
    const next = items().at(items().indexOf(item) + 1);
    show(page);
    go(document.getElementById(item.id) ?? next);
  }

  /** Striking out takes a second press: there is no way back. */
  function strike(item) {
    const button = item.querySelector(".item-strike");
    if (button.classList.contains("sure")) {
      press(item, button);
    } else {
      button.classList.add("sure");
      button.textContent = button.dataset.sure;
      button.focus();
    }
  }

  function onItem(event, item) {
    const all = items();
    const here = all.indexOf(item);
    if (event.altKey && MOVES[event.key]) {
      const button = item.querySelector(`.item-tools [value=${MOVES[event.key]}]`);
      return button && press(item, button);
    }
    const acts = {
      ArrowUp: () => go(all[Math.max(here - 1, 0)]),
      ArrowDown: () => go(all[here + 1]),
      Home: () => go(all[0]),
      End: () => go(all.at(-1)),
      Enter: () => editor.begin(item),
      e: () => editor.begin(item),
      Delete: () => item.querySelector(".item-strike") && strike(item),
      Escape: () => composer.focus(),
    };
    return event.altKey || event.ctrlKey || event.metaKey ? undefined : (acts[event.key] ?? acts[event.key.toLowerCase()]);
  }

  const list = desk.querySelector(".desk-items");
  list.addEventListener("keydown", (event) => {
    const item = event.target.closest(".item");
    if (item === event.target) {
      const act = onItem(event, item);
      if (act) {
        event.preventDefault();
        typeof act === "function" && act();
      }
    } else if (event.key === "Delete" && event.target.matches(".item-strike.sure")) {
      event.preventDefault();
      press(item, event.target);
    } else if (event.key === "Escape" && !event.defaultPrevented) {
      go(item);
    }
  });
  list.addEventListener("focusin", (event) => {
    last = event.target.closest(".item")?.id ?? last;
    roving();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest(".item-tools button");
    if (button) {
      event.preventDefault();
      const item = button.closest(".item");
      if (button.classList.contains("item-strike")) {
        strike(item);
      } else {
        press(item, button);
      }
    }
  });
  desk.addEventListener("to-items", () => go(items().find((item) => item.id === last) ?? items().at(-1)));
  composer.text.addEventListener("keydown", (event) => {
    if (event.key === "ArrowUp" && !event.altKey && composer.isEmpty()) {
      event.preventDefault();
      go(items().at(-1));
    }
  });
  desk.addEventListener("merged", roving);
  roving();
}
