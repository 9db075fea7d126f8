// Bring the items on the page up to what the server says, without taking the focus, the place or a word from whoever
// is writing: an item that is being changed is left alone and only told about.

/** Take over agenda and items from `page`, a document that holds the desk or its items. */
export function merge(desk, page) {
  const focused = document.activeElement;
  const item = focused?.closest?.(".item")?.id;
  mergeRail(desk, page);
  mergeParts(desk.querySelector(".desk-items"), page.querySelector(".desk-items"), desk.dataset);
  if (document.activeElement !== focused) {
    (focused.isConnected ? focused : document.getElementById(item))?.focus({ preventScroll: true });
  }
  desk.dispatchEvent(new CustomEvent("merged"));
}

function mergeRail(desk, page) {
  for (const [here, there] of [
    [desk.querySelector(".desk-rail nav ol"), page.querySelector(".desk-rail nav ol")],
    [desk.querySelector(".unnoted"), page.querySelector(".unnoted")],
  ]) {
    if (here && there && here.textContent !== there.textContent) {
      here.replaceChildren(...there.childNodes);
    } else if (here && !there) {
      here.remove();
    } else if (there && !here) {
      desk.querySelector(".desk-rail").append(document.importNode(there, true));
    }
  }
}

function mergeParts(here, there, sentences) {
  const wanted = [...there.querySelectorAll(".desk-part")];
  let before = null;
  for (const part of wanted) {
    const known = document.getElementById(part.id) ?? emptied(part);
    if (!known.isConnected) {
      here.insertBefore(known, before ? before.nextSibling : here.firstChild);
    }
    known.querySelector("h2").textContent = part.querySelector("h2").textContent;
    mergeList(known.querySelector("ol"), part.querySelector("ol"), sentences);
    before = known;
  }
  leaveOut(here, there, wanted, sentences);
}

/** A new part whose items may still stand elsewhere on the page. */
function emptied(part) {
  const fresh = document.importNode(part, true);
  fresh.querySelector("ol").replaceChildren();
  return fresh;
}

function mergeList(list, wanted, sentences) {
  let cursor = list.firstElementChild;
  for (const fresh of [...wanted.children]) {
    const node = itemFor(fresh, sentences);
    if (node === cursor) {
      cursor = cursor.nextElementSibling;
    } else {
      list.insertBefore(node, cursor?.isConnected && cursor.parentNode === list ? cursor : null);
    }
  }
}

/** The node that shows `fresh`: the one on the page while it still says the same, or is being written in. */
function itemFor(fresh, sentences) {
  const here = document.getElementById(fresh.id);
  if (here?.dataset.stamp === fresh.dataset.stamp) {
    return here;
  }
  if (here?.classList.contains("editing")) {
    tell(here, sentences.others, fresh.querySelector(".item-text"));
    return here;
  }
  const node = document.importNode(fresh, true);
  here?.replaceWith(node);
  return node;
}

function leaveOut(here, there, wanted, sentences) {
  const ids = new Set([...there.querySelectorAll(".item")].map((item) => item.id));
  for (const item of here.querySelectorAll(".item:not(.waiting)")) {
    if (ids.has(item.id)) {
      continue;
    }
    if (item.classList.contains("editing")) {
      tell(item, sentences.struck, null);
    } else {
      item.remove();
    }
  }
  const parts = new Set(wanted.map((part) => part.id));
  for (const part of here.querySelectorAll(".desk-part")) {
    if (!parts.has(part.id) && !part.querySelector(".item")) {
      part.remove();
    }
  }
}

/** Say in an item that is being changed what has become of it elsewhere. */
function tell(item, sentence, words) {
  const notice = item.querySelector(".elsewhere") ?? document.createElement("div");
  notice.className = "elsewhere notice warning";
  notice.setAttribute("role", "status");
  const said = document.createElement("p");
  said.textContent = sentence;
  notice.replaceChildren(said, ...(words ? [document.importNode(words, true)] : []));
  item.append(notice);
}
