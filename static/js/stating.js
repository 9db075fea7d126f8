// One sentence at the foot of the desk when something is not as it should be, read out politely; none otherwise.

export function stating(desk, place) {
  const sentences = {
    unreachable: desk.dataset.unreachable,
    "signed-out": desk.dataset.signedOut,
    closed: desk.dataset.closed,
    unsaved: desk.dataset.unsaved,
  };
  let shown = "";

  function say(kind) {
    if (kind === shown) {
      return;
    }
    shown = kind;
    place.replaceChildren(sentences[kind] ?? "");
    place.classList.toggle("wrong", kind !== "");
    if (kind === "signed-out") {
      place.append(" ", signIn());
    }
  }

  function signIn() {
    const link = document.createElement("a");
    Object.assign(link, { href: desk.dataset.desk, target: "_blank", rel: "noopener", textContent: desk.dataset.signIn });
    return link;
  }

  /** Something the server said with a page: why a press was refused. */
  function tell(sentence) {
    shown = sentence;
    place.classList.add("wrong");
    place.replaceChildren(sentence);
  }

  return { say, tell, clear: () => say("") };
}
