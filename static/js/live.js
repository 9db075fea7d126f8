// Keeps the live page true without a reload: asks for its changing part, and puts it in only where it has changed.
// Whoever is on one of its buttons stays there. Without this script the "Refresh" link does the same.
const EVERY = 20_000;
const live = document.querySelector("[data-live]");
const news = document.querySelector("[data-news]");
let tag = live === null ? "" : live.dataset.tag;

function show(words) {
  const fresh = new DOMParser().parseFromString(words, "text/html").body;
  const held = live.contains(document.activeElement) ? document.activeElement.id : "";
  live.replaceChildren(...fresh.childNodes);
  if (held !== "") document.getElementById(held)?.focus({ preventScroll: true });
  const said = live.querySelector("[data-said]")?.dataset.said ?? "";
  if (said !== news.textContent) news.textContent = said;
}

async function refresh() {
  if (document.hidden || live.querySelector("[data-over]") !== null) return;
  const answer = await fetch(live.dataset.live, { headers: { "If-None-Match": tag } });
  if (answer.status !== 200) return;
  tag = answer.headers.get("ETag") ?? "";
  show(await answer.text());
}

if (live !== null && news !== null) {
  document.querySelector("[data-by-hand]").hidden = true;
  const again = () => refresh().catch(() => {});
  setInterval(again, EVERY);
  document.addEventListener("visibilitychange", again);
}
