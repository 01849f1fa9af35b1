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

// Makes what stands there like what is fresh, child by child, and leaves alone what is the same: whoever types there
// goes on typing.
function renew(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeName !== fresh.nodeName || old.id !== fresh.id || !old.attributes) {
    old.replaceWith(fresh);
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  after.forEach((child, place) => (place < before.length ? renew(before[place], child) : old.append(child)));
  for (const child of before.slice(after.length)) child.remove();
}

// Whoever stood on a button that is no more stands before what took its place, so that Enter presses nothing unseen.
function stay(within, whole) {
  if (document.activeElement === document.body) (within?.isConnected ? within : whole).focus({ preventScroll: true });
}

// A campaign that is not over is looked at again, in place.
async function look(part) {
  if (document.hidden) return;
  // By itself, which must not keep a session of nobody's alive.
  const headers = { "Stopwoord-Looks-Again": "1" };
  const answer = await fetch(location.href, { headers, redirect: "manual" }).catch(() => null);
  // The session is over: what it showed is not left on the screen.
  if (answer?.type === "opaqueredirect") location.reload();
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
  if (!fresh) return;
  localTimes(fresh);
  const there = part.contains(document.activeElement) && document.activeElement.closest("[tabindex='-1']");
  renew(part, fresh);
  if (there) stay(there, part);
}

function again() {
  const part = document.querySelector("[data-live]");
  if (part) setTimeout(() => look(part).finally(again), 1000 * Number(part.dataset.live));
}

again();
localTimes(document);
