// The controls: settings, fault rules and starting anew.

import { call, make } from "./api.js";

const REFRESH_MS = 2000;
const settings = document.getElementById("settings");
const fault = document.getElementById("fault");
const panel = document.getElementById("panel");
const NUMBERS = ["mps", "queued_ms", "sending_ms", "sent_ms", "count", "probability", "seconds", "error_code"];

async function showSettings() {
  const now = await call("GET", "settings");
  for (const field of settings.elements) {
    if (field.name) field.value = now[field.name];
  }
  note(now);
}

function note({ optout, mps }) {
  const limit = mps ? `${mps} segments/s` : "no limit";
  document.getElementById("summary-note").textContent = `opt-out handling ${optout} · ${limit}`;
}

async function showFaults() {
  const { rules, counts } = await call("GET", "faults");
  const list = document.getElementById("rules");
  const shown = rules.length ? rules.map(line) : [make("li", "faint", "None: everything works.")];
  const gone = Object.keys(counts).filter((name) => !rules.some((rule) => rule.fault === name));
  shown.push(...gone.map((name) => make("li", "faint", `${spoken(name)}: struck ${counts[name]} times, removed`)));
  const said = shown.map((each) => each.textContent).join("|");
  // Drawing the same list again would take the focus from the button in it.
  if (list.dataset.said === said) return;
  list.dataset.said = said;
  list.replaceChildren(...shown);
}

function line(rule) {
  const item = make("li", "");
  const about = [
    rule.on === "read" ? "reading" : "",
    rule.number,
    rule.probability < 1 ? `probability ${rule.probability}` : "",
    rule.error_code ?? "",
  ].filter(Boolean);
  const times = rule.count ? `${rule.applied} of ${rule.count}` : `${rule.applied}`;
  item.append(make("strong", "", spoken(rule.fault)), ` ${about.join(", ")} – struck ${times}`);
  const remove = make("button", "small", "Remove");
  remove.type = "button";
  remove.setAttribute("aria-label", `Remove the fault ${spoken(rule.fault)}`);
  remove.addEventListener("click", async () => {
    await call("DELETE", `faults/${rule.id}`);
    await showFaults();
    document.getElementById("clear-faults").focus();
  });
  item.append(remove);
  return item;
}

function spoken(name) {
  return name.replaceAll("_", " ");
}

function given(form) {
  const filled = [...new FormData(form)].filter(([name, value]) => value !== "" || name === "webhook_url");
  return Object.fromEntries(filled.map(([name, value]) => [name, NUMBERS.includes(name) ? Number(value) : value]));
}

function onSubmit(form, submit, done) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector(".said");
    try {
      await submit(given(form));
      said.textContent = done;
    } catch (error) {
      said.textContent = error.message;
    }
  });
}

onSubmit(settings, async (values) => note(await call("PATCH", "settings", values)), "Applied.");
onSubmit(
  fault,
  async (values) => {
    await call("POST", "faults", values);
    await showFaults();
  },
  "Added.",
);

document.getElementById("clear-faults").addEventListener("click", async () => {
  await call("DELETE", "faults");
  await showFaults();
});

document.getElementById("reset").addEventListener("click", async () => {
  if (!confirm("Forget every message, block and fault, and go back to the first two phones?")) return;
  await call("POST", "reset", {});
  location.reload();
});

panel.addEventListener("toggle", () => panel.open && showFaults());
setInterval(() => panel.open && showFaults().catch(() => {}), REFRESH_MS);
await showSettings();
