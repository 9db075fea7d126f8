// While something is being done, look again every two seconds: the bar moves, and the page comes anew when it is done.
const AGAIN_MS = 2_000;
const bar = document.querySelector("[data-working]");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const now = page?.querySelector("[data-working]");
  if (page && !now) {
    location.reload();
    return;
  }
  if (now && now.innerHTML !== bar.innerHTML) {
    bar.innerHTML = now.innerHTML;
  }
  setTimeout(look, AGAIN_MS);
}

if (bar) {
  setTimeout(look, AGAIN_MS);
}
