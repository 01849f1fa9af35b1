// What the pages can do better with a script than without. Nothing depends on it.
const language = document.documentElement.lang;
const near = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "medium", timeStyle: "medium" });

function localTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]:not([title])")) {
    time.title = time.textContent;
    time.textContent = near.format(new Date(time.dateTime));
  }
}

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

// A key alone must be possible to switch off (WCAG 2.1.4); the choice stays in this browser.
const OFF = "stopwoord-keys-off";
const line = document.querySelector("[data-shortcuts]");
const button = line?.querySelector("[data-switch]");
let on = localStorage.getItem(OFF) === null;

function show() {
  button.setAttribute("aria-pressed", String(on));
}
if (line) {
  line.hidden = false;
  show();
  button.addEventListener("click", () => {
    on = !on;
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    show();
  });
}

function move(step) {
  const items = [...document.querySelectorAll("[data-list] [data-item], [data-list] a.row-link")];
  if (!items.length) return;
  const here = items.findIndex((item) => (item.closest("li") ?? item).contains(document.activeElement));
  items[Math.min(items.length - 1, Math.max(0, here + step))].focus();
}

function busy(event) {
  // Who types / into the empty search box wants to be where they are already.
  const there = event.key === "/" && event.target.matches("[data-search]") && !event.target.value;
  return !on || event.ctrlKey || event.altKey || event.metaKey || (typing(event.target) && !there);
}

document.addEventListener("keydown", (event) => {
  // Out of a field of the list, so that J and K move on again instead of being typed.
  if (event.key === "Escape" && typing(event.target)) event.target.closest("[data-list] li")?.querySelector("[data-item]")?.focus();
  if (busy(event)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector("[data-search]")?.focus();
  } else if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    move(event.key === "j" ? 1 : -1);
  }
});

// A campaign that goes on is looked at again, in place.
async function look() {
  const part = document.querySelector("[data-live]");
  if (!part || document.hidden) return;
  // By itself, which must not keep a session of nobody's alive.
  const headers = { "Stopwoord-Looks-Again": "1" };
  const answer = await fetch(location.href, { headers, redirect: "manual" }).catch(() => null);
  // The session is over: what it showed is not left on the screen.
  if (answer?.type === "opaqueredirect") location.reload();
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
  if (!fresh || part.contains(document.activeElement)) return;
  localTimes(fresh);
  part.replaceWith(fresh);
}
const live = document.querySelector("[data-live]");
if (live) setInterval(look, 1000 * Number(live.dataset.live));

localTimes(document);
