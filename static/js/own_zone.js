// Says a meeting's hours on the visitor's own clock too, where that shows another time (B12). Without this script they
// stand there in the meeting's own zone, in words.
const language = document.documentElement.lang;

function wall(moment, timeZone) {
  return new Intl.DateTimeFormat(language, { timeZone, dateStyle: "full", timeStyle: "short" }).format(moment);
}

function clock(moment) {
  const format = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit", hour12: true });
  const parts = format.formatToParts(moment);
  const part = (type) => parts.find((one) => one.type === type)?.value ?? "";
  const minute = part("minute") === "00" ? "" : `:${part("minute")}`;
  return `${part("hour")}${minute}${part("dayPeriod").toLowerCase()}`;
}

function zone(moment) {
  const parts = new Intl.DateTimeFormat(language, { timeZoneName: "long" }).formatToParts(moment);
  return parts.find((one) => one.type === "timeZoneName").value;
}

function day(moment) {
  const format = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
  return format.format(moment).replace(",", "");
}

for (const hours of document.querySelectorAll("[data-starts]")) {
  const { starts, ends, zone: meetings, ownTimes, ownDay } = hours.dataset;
  const [start, end] = [new Date(starts), new Date(ends)];
  const there = new Intl.DateTimeFormat(language, { timeZone: meetings, dateStyle: "short" }).format(start);
  const here = new Intl.DateTimeFormat(language, { dateStyle: "short" }).format(start);
  if (wall(start, meetings) !== wall(start)) {
    const own = document.createElement("li");
    own.className = "own-time";
    own.textContent = (here === there ? ownTimes : ownDay)
      .replace("[start]", clock(start))
      .replace("[end]", clock(end))
      .replace("[zone]", zone(start))
      .replace("[day]", day(start));
    hours.after(own);
  }
}
