// Keeps a list of questions fresh without a press. It fetches the page it is on, changes the list only where nobody is
// working in it, and says politely that it has changed. Without this script the page is as good after a reload.
const EVERY = 15_000;
const list = document.querySelector("[data-fresh]");
const news = document.querySelector("[data-news]");

function isInUse() {
  return document.hidden || list.contains(document.activeElement) || list.querySelector("details[open]") !== null;
}

async function refresh() {
  if (isInUse()) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-fresh]");
  if (fresh === null || fresh.innerHTML === list.innerHTML || isInUse()) return;
  list.replaceChildren(...fresh.childNodes);
  news.textContent = "";
  news.textContent = news.dataset.news;
}

if (list !== null && news !== null) setInterval(() => refresh().catch(() => {}), EVERY);
