// Calls of the control API. Every failure becomes an Error whose message is a sentence.

export async function call(method, path, body) {
  const options = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(`/sandbox/${path}`, options);
  const content = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(content.error);
  return content;
}

export function make(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
