// The phones: each shows its conversation, texts, and says what a text will cost. Updated by short polling.

import { call } from "./api.js";
import { cost, draw } from "./bubble.js";

const POLL_MS = 600;
const MEASURE_MS = 120;
const NEWS_LENGTH = 120;

const phones = new Map();
const place = document.getElementById("phones");
const news = document.getElementById("news");
const adding = document.getElementById("add");
const title = document.title;
let cursor = 0;
let first = true;

class Phone {
  constructor({ number, name }) {
    this.number = number;
    this.name = name;
    this.bubbles = new Map();
    this.unread = 0;
    this.element = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.talk = this.element.querySelector(".talk");
    this.text = this.element.querySelector("textarea");
    this.meter = this.element.querySelector(".meter");
    this.label();
    this.listen();
    this.measured({ segments: 0, encoding: "GSM-7", units: 0, offending: [] });
  }

  label() {
    const id = `phone-${this.number.replace(/\W/g, "")}`;
    const heading = this.element.querySelector("h2");
    heading.textContent = this.name;
    heading.id = id;
    this.element.setAttribute("aria-labelledby", id);
    this.element.querySelector(".number").textContent = this.number;
    this.element.querySelector(".avatar").textContent = this.name.replace("+", "").slice(0, 1).toUpperCase();
    this.element.querySelector(".remove").setAttribute("aria-label", `Remove ${this.name}`);
    this.talk.setAttribute("aria-label", `Conversation of ${this.name}`);
    this.text.setAttribute("aria-label", `Text message from ${this.name}`);
    this.meter.id = `${id}-meter`;
    this.text.setAttribute("aria-describedby", this.meter.id);
  }

  listen() {
    this.element.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(this.text.value);
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send(this.text.value);
    });
    this.text.addEventListener("input", () => this.typed());
    this.element.addEventListener("focusin", () => this.count(0));
    this.element.querySelector(".remove").addEventListener("click", () => this.remove());
    for (const chip of this.element.querySelectorAll(".chips button")) {
      chip.addEventListener("click", () => this.send(chip.value));
    }
  }

  typed() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const body = this.text.value;
      const measured = await call("POST", "segments", { body });
      if (body === this.text.value) this.measured(measured);
    }, MEASURE_MS);
  }

  measured(measured) {
    const because = measured.offending.length ? ` because of ${measured.offending.join(" ")}` : "";
    const unit = measured.units === 1 ? "unit" : "units";
    // Nothing can be sent of an empty field, so that it costs nothing; an empty message would be one segment.
    const price = measured.units ? `${cost(measured)}${because}` : "nothing to send";
    this.meter.textContent = `${measured.units} ${unit} · ${price}`;
    this.meter.classList.toggle("costly", measured.segments > 1 || because !== "");
  }

  async send(body) {
    if (!body.trim()) return;
    try {
      await call("POST", "texts", { from: this.number, body });
    } catch (error) {
      announce(`Not sent: ${error.message}`);
      return;
    }
    if (body === this.text.value) {
      this.text.value = "";
      this.typed();
    }
    await poll();
  }

  show(messages) {
    if (!messages.length) return;
    const atEnd = this.talk.scrollHeight - this.talk.scrollTop - this.talk.clientHeight < 80;
    this.talk.querySelector(".empty")?.remove();
    let arrived = 0;
    for (const message of messages) arrived += this.put(message);
    if (atEnd || arrived) this.talk.scrollTop = this.talk.scrollHeight;
  }

  put(message) {
    const known = this.bubbles.get(message.sid);
    const bubble = known ?? this.talk.appendChild(document.createElement("div"));
    this.bubbles.set(message.sid, bubble);
    draw(bubble, message);
    if (known) return 0;
    if (!first && message.direction !== "inbound") this.receive(message);
    return 1;
  }

  receive(message) {
    if (!this.element.contains(document.activeElement)) this.count(this.unread + 1);
    announce(`New message on ${this.name}: ${message.body.slice(0, NEWS_LENGTH)}`);
  }

  count(unread) {
    this.unread = unread;
    const badge = this.element.querySelector(".unread");
    badge.hidden = unread === 0;
    badge.textContent = `${unread} new`;
    const all = [...phones.values()].reduce((sum, phone) => sum + phone.unread, 0);
    document.title = all ? `(${all}) ${title}` : title;
  }

  async remove() {
    await call("DELETE", `handsets/${encodeURIComponent(this.number)}`);
    phones.delete(this.number);
    this.element.remove();
    this.count(0);
    announce(`Removed ${this.name}.`);
    document.querySelector("#add input").focus();
  }
}

function announce(sentence) {
  news.textContent = sentence;
}

async function refresh() {
  const { handsets } = await call("GET", "handsets");
  for (const handset of handsets) {
    if (phones.has(handset.number)) continue;
    const phone = new Phone(handset);
    phones.set(handset.number, phone);
    adding.before(phone.element);
  }
}

async function poll() {
  const { cursor: reached, conversations } = await call("GET", `conversations?since=${cursor}`);
  // A cursor that went back belongs to a sandbox that has forgotten everything.
  if (reached < cursor) location.reload();
  cursor = reached;
  for (const [number, messages] of Object.entries(conversations)) phones.get(number)?.show(messages);
  first = false;
}

async function keepPolling() {
  try {
    await poll();
    connected(true);
  } catch {
    connected(false);
  }
  setTimeout(keepPolling, POLL_MS);
}

function connected(isConnected) {
  const text = isConnected ? "Connected" : "The sandbox does not answer";
  document.getElementById("link").classList.toggle("down", !isConnected);
  const link = document.getElementById("link-text");
  if (link.textContent !== text) link.textContent = text;
}

adding.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const given = Object.fromEntries(new FormData(form));
  const number = given.number.startsWith("+") || given.number.length < 7 ? given.number : `+${given.number}`;
  await call("POST", "handsets", { number, name: given.name });
  form.reset();
  await refresh();
  cursor = 0;
  first = true;
  await poll();
  phones.get(number).text.focus();
});

await refresh();
await keepPolling();
