/* Requests to our own server. */

/* An answer that is not 2xx; the message is what our own errors say of themselves. */
export class HttpError extends Error {
  constructor(status, description) {
    super(description);
    this.status = status;
  }
}

async function request(url, { headers, signal, cache = "default", body } = {}) {
  const method = body ? "POST" : "GET";
  const response = await fetch(url, { method, headers, signal, cache, body, credentials: "same-origin" });
  if (response.ok) return response;
  const json = (response.headers.get("Content-Type") || "").includes("json");
  const answer = json ? await response.json() : {};
  throw new HttpError(response.status, answer.description || "");
}

export async function fetchJson(url, signal, cache) {
  const headers = { Accept: "application/geo+json, application/json" };
  return (await request(url, { headers, signal, cache })).json();
}

/* Send the values that a form would, with the form's token. */
export async function postJson(url, form, values) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  return (await request(url, { headers, body: new URLSearchParams(values) })).json();
}

/* A piece of HTML from our own server, where templates escaped what people wrote. */
export async function fetchFragment(url, signal) {
  const response = await request(url, { headers: { "X-Fragment": "1" }, signal });
  const template = document.createElement("template");
  template.innerHTML = await response.text();
  return template.content;
}

/* A whole page of ours as a document, read again past the cache. */
export async function fetchPage(url) {
  const response = await request(url, { cache: "no-store" });
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

export const isAborted = (error) => error.name === "AbortError";

/* Fill {name} in an address. */
export const fillUrl = (pattern, values) =>
  pattern.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name]));

/* An address with a query string, which may be empty. */
export const withQuery = (url, query) => (String(query) ? `${url}?${query}` : url);
