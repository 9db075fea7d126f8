// Ask now and then whether others have noted something. An unchanged desk costs an answer without a body.
import { ask, outcome, takeToken } from "./sending.js";

const EVERY_MS = 4_000;
const AWAY_MS = 30_000;
const parser = new DOMParser();

export function watching(desk, state, show) {
  let etag = "";
  let since = 0;
  let timer = 0;
  let reached = () => {};

  async function look() {
    clearTimeout(timer);
    const began = since;
    const answer = await ask(desk.dataset.items, etag);
    const { kind, page } = answer?.status === 304 ? { kind: "done" } : await outcome(desk, answer);
    if (kind === "closed") {
      state.say(kind);
      return;
    }
    if (kind === "unreachable" || kind === "signed-out") {
      state.say(kind);
    } else {
      if (page && began === since) {
        etag = answer.headers.get("ETag") ?? "";
        takeToken(desk, page);
        show(page);
      }
      reached();
    }
    timer = setTimeout(look, document.hidden ? AWAY_MS : EVERY_MS);
  }

  document.addEventListener("visibilitychange", () => document.hidden || look());
  window.addEventListener("online", look);

  return {
    /** What was asked for before now is old. */
    forget() {
      since += 1;
      etag = "";
    },
    /** `again` is called whenever the server has answered. */
    begin(again) {
      reached = again;
      timer = setTimeout(look, EVERY_MS);
    },
  };
}
