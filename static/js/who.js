// Who said it: a list of the people of the meeting that narrows as one types a name (the ARIA combobox pattern). The
// select it is made from keeps the choice and is what the form sends.

const fold = (words) => words.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

export function choosing(select, back) {
  const field = select.closest(".who");
  const input = document.createElement("input");
  const list = document.createElement("ul");
  let shown = [];
  let active = -1;

  Object.assign(input, { type: "text", id: `${select.id}_who`, autocomplete: "off", spellcheck: false });
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": `${select.id}_people`,
    "aria-autocomplete": "list",
    autocapitalize: "off",
  })) {
    input.setAttribute(name, value);
  }
  Object.assign(list, { id: `${select.id}_people`, className: "people", hidden: true, role: "listbox" });
  const label = field.querySelector("label");
  label.htmlFor = input.id;
  list.setAttribute("aria-label", label.textContent);
  select.hidden = true;
  select.after(input, list);

  function restore() {
    const chosen = select.selectedOptions[0];
    input.value = chosen?.value ? chosen.text : "";
    input.placeholder = select.options[0].text;
  }

  function open() {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    shown = [...select.options].filter((option) => matches(option, words));
    list.replaceChildren(...(shown.length ? shown.map(row) : [nobody()]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    activate(shown.findIndex((option) => option.value && !option.disabled && words.length));
  }

  function matches(option, words) {
    const names = fold(option.text).split(/[\s-]+/);
    return words.every((word) => option.value && names.some((name) => name.startsWith(word)));
  }

  function row(option, place) {
    const line = document.createElement("li");
    Object.assign(line, { id: `${list.id}_${place}`, role: "option", textContent: option.text });
    line.setAttribute("aria-selected", "false");
    line.setAttribute("aria-disabled", String(option.disabled));
    // Before the input loses the focus.
    line.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(place);
    });
    return line;
  }

  function nobody() {
    const line = document.createElement("li");
    Object.assign(line, { role: "option", textContent: field.dataset.none });
    line.setAttribute("aria-disabled", "true");
    line.setAttribute("aria-selected", "false");
    return line;
  }

  function activate(place) {
    active = place;
    for (const [index, line] of [...list.children].entries()) {
      line.setAttribute("aria-selected", String(index === active));
    }
    const line = list.children[active];
    line?.scrollIntoView({ block: "nearest" });
    if (line) {
      input.setAttribute("aria-activedescendant", line.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    const option = shown[place];
    if (!option || option.disabled) {
      return;
    }
    select.value = option.value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    select.form.dispatchEvent(new Event("input"));
    close();
    back("");
  }

  const keys = {
    ArrowDown: () => (list.hidden ? open() : activate((active + 1) % shown.length)),
    ArrowUp: () => (list.hidden ? open() : activate((active <= 0 ? shown.length : active) - 1)),
    Enter: () => (list.hidden ? back("") : choose(active)),
    Escape: () => {
      restore();
      close();
      back("escape");
    },
  };

  input.addEventListener("keydown", (event) => {
    const act = event.isComposing || event.altKey || event.ctrlKey ? undefined : keys[event.key];
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    } else if (event.key === "Tab" && !list.hidden && active >= 0 && !shown[active].disabled) {
      select.value = shown[active].value;
      restore();
    }
  });
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    open();
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", open);
  input.addEventListener("blur", () => {
    restore();
    close();
  });
  select.addEventListener("change", restore);
  restore();

  return {
    /** Begin with everybody in sight. */
    ask() {
      input.focus();
      input.value = "";
      open();
    },
    restore,
  };
}
