/* A post written without a network waits on this device and is sent once there is one: by its key
   the server writes it once. It goes after seven days, and with everything else at sign-out. */

import { createElement } from "../geo/lib/dom.js";
import { fetchPage } from "../geo/lib/http.js";
import { decide, dequeue, enqueue, field, markRefused, queued, writeQueue } from "./post-queue.js";

const form = document.getElementById("posting");
const box = document.getElementById("waiting-posts");
const urls = box.dataset;
let sending = false;

function say(...parts) {
  box.replaceChildren(...parts);
  if (!box.hidden) return;
  document.getElementById("maincontent").prepend(box);
  box.hidden = false;
}

function tell() {
  const posts = queued();
  if (!posts.length) return;
  const words = ngettext("%s post waits on this device until there is a network.", "%s posts wait on this device until there is a network.", posts.length);
  const button = createElement("button", { class: "link-button", type: "button" }, gettext("Remove without sending"));
  button.addEventListener("click", () => {
    writeQueue([]);
    say(createElement("p", {}, gettext("Nothing waits on this device any more.")));
  });
  say(
    createElement("p", {}, `${interpolate(words, [posts.length])} ${gettext("It is removed after seven days, and when you sign out.")}`),
    ...posts.filter((one) => one.refused).map((one) => createElement("p", { dir: "auto" }, `${gettext("This was not taken, please post it again:")} ${field(one, "text")}`)),
    button,
  );
}

/* What a fresh page of the form says: its token, and who is signed in. */
async function freshForm() {
  const page = (await fetchPage(urls.form)).getElementById("posting");
  return page && { owner: page.dataset.owner, token: page.querySelector("[name=csrfmiddlewaretoken]").value };
}

const send = (pairs) => fetch(urls.form, { method: "POST", body: new URLSearchParams(pairs), redirect: "manual" });

function tellSent(post) {
  say(
    createElement("p", {}, gettext("The post that waited on this device has been sent.")),
    field(post, "email") ? createElement("a", { href: urls.confirm }, gettext("Confirm it with the code in your mail")) : "",
  );
}

async function flush() {
  const posts = queued();
  writeQueue(posts);
  const fresh = posts.length && navigator.onLine ? await freshForm().catch(() => null) : null;
  for (const post of fresh ? posts : []) {
    const fate = decide(post, fresh.owner);
    if (fate === "drop") dequeue(post);
    if (fate !== "send") continue;
    const answer = await send([...post.pairs, ["csrfmiddlewaretoken", fresh.token], ["reviewed", "1"]]);
    if (answer.type === "opaqueredirect") {
      dequeue(post);
      tellSent(post);
    } else if (answer.status === 400) markRefused(post);
  }
  tell();
}

/* One window at a time, where the browser can tell. */
const alone = (work) => (navigator.locks ? navigator.locks.request("changemap.posts", work) : work());
const retry = () => alone(() => flush().catch(tell));

function wait() {
  if (!enqueue(form.dataset.owner, new FormData(form))) return false;
  form.hidden = true;
  tell();
  box.scrollIntoView();
  return true;
}

async function submit(event) {
  event.preventDefault();
  if (sending) return;
  sending = true;
  try {
    await send([...new FormData(form)]);
    form.submit(); // once more, to go on to where the answer leads: by its key it is known
  } catch {
    sending = false;
    const message = document.getElementById("not-sent");
    if (!wait()) message.textContent = gettext("We could not send it just now. Nothing is lost: please try again in a minute.");
  }
}

if (form) form.addEventListener("submit", submit);
window.addEventListener("online", retry);
window.addEventListener("pageshow", (event) => {
  if (event.persisted) sending = false; // gone back to
});
retry();
if ("serviceWorker" in navigator) navigator.serviceWorker.register(urls.worker, { scope: "/" }).catch(() => {});
