// One message as a bubble. Text only ever goes in as text, never as markup.

import { make } from "./api.js";

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const NAMES = { "given up": "webhook gave no answer", lost: "webhook lost", pending: "webhook is asked" };

export function draw(bubble, message) {
  const fromHere = message.direction === "inbound";
  const trouble = isTrouble(message);
  bubble.className = `bubble ${fromHere ? "mine" : "theirs"}${trouble ? " trouble" : ""}`;
  bubble.dataset.sid = message.sid;
  const body = make("p", "body", message.deleted ? "Deleted" : message.body || "(no text)");
  if (message.deleted || !message.body) body.classList.add("faint");
  const meta = make("p", "meta");
  const time = make("time", "", CLOCK.format(new Date(message.created_at)));
  time.dateTime = message.created_at;
  meta.append(time, " · ", make("span", "", state(message)), " · ", make("span", "", cost(message)));
  const speaker = make("span", "hidden", fromHere ? "This phone: " : "Gateway: ");
  bubble.replaceChildren(speaker, body, meta);
}

export function cost({ segments, encoding }) {
  return `${segments} ${segments === 1 ? "segment" : "segments"} ${encoding}`;
}

function state({ status, error_code: error, webhook }) {
  if (!webhook) return error ? `${status} (${error})` : status;
  if (webhook.state !== "answered") return NAMES[webhook.state];
  return webhook.error_code ? `webhook ${webhook.status} (${webhook.error_code})` : `webhook ${webhook.status}`;
}

function isTrouble({ status, webhook }) {
  if (webhook) return webhook.state !== "pending" && webhook.status !== 200;
  return status === "failed" || status === "undelivered";
}
