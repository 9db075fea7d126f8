// The list of keys: shown where they work, opened and shut by "?" while the focus is at the desk and not in a text.

export function keysList(desk) {
  const list = desk.querySelector(".desk-keys");
  list.hidden = false;
  desk.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
    if (event.key === "?" && !isTyping) {
      event.preventDefault();
      list.open = !list.open;
    } else if (event.key === "Escape") {
      list.open = false;
    }
  });
}
