// One press, sent as the browser would send the form, and what became of it. The answer is the page a reader without
// scripts would get, so that the desk has one way of answering and not two.

const PATIENCE_MS = 15_000;
const parser = new DOMParser();

/**
 * Send `fields` to `address`. Answers {kind, page}: "done" (page: the desk as it is now, or none), "refused" (page: the
 * form with its reasons), "unreachable", "signed-out", or "closed" (the desk is not open to this person).
 */
export async function send(desk, address, fields) {
  let answer = await post(desk, address, fields);
  if (answer?.status === 403 && (await renewToken(desk))) {
    answer = await post(desk, address, fields);
  }
  return outcome(desk, answer);
}

/** What an answer of the server means for the desk; `null` is none at all. */
export async function outcome(desk, answer) {
  if (!answer || answer.status >= 500 || answer.status === 429) {
    return { kind: "unreachable" };
  }
  if (answer.status === 404) {
    return { kind: "closed" };
  }
  if (answer.status === 403 || !new URL(answer.url).pathname.startsWith(desk.dataset.desk)) {
    return { kind: "signed-out" };
  }
  if (answer.status === 204 || answer.status === 304) {
    return { kind: "done" };
  }
  const page = parser.parseFromString(await answer.text(), "text/html");
  return { kind: answer.redirected ? "done" : "refused", page };
}

/** Ask for what is noted now; `null` where no answer comes. */
export async function ask(address, etag = "") {
  try {
    return await fetch(address, {
      cache: "no-store",
      headers: etag ? { "If-None-Match": etag } : {},
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return null;
  }
}

/** Take over the form token of a page that has just come: signing in again has made the old one void. */
export function takeToken(desk, page) {
  const fresh = page.querySelector(".desk-rail [name=csrfmiddlewaretoken]");
  for (const input of fresh ? desk.querySelectorAll("[name=csrfmiddlewaretoken]") : []) {
    input.value = fresh.value;
  }
}

async function renewToken(desk) {
  const answer = await ask(desk.dataset.items);
  if (!answer?.ok || answer.redirected) {
    return false;
  }
  takeToken(desk, parser.parseFromString(await answer.text(), "text/html"));
  return true;
}

async function post(desk, address, fields) {
  fields.set("csrfmiddlewaretoken", desk.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    return await fetch(address, { method: "POST", body: fields, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    return null;
  }
}
