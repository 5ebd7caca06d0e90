/* A post written without a network waits on this device and is sent once there is one: by its key
   the server writes it once. It goes after seven days, and with everything else at sign-out. */
(function (app) {
  "use strict";

  const KEPT = "changemap.posts";
  const DAYS = 7;
  const NEW = document.currentScript.dataset.form;
  const CONFIRM = document.currentScript.dataset.confirm;
  const WORKER = document.currentScript.dataset.worker;
  const OURS = ["csrfmiddlewaretoken", "website", "reviewed"];
  const form = document.getElementById("posting");
  const main = document.getElementById("maincontent");
  const box = app.element("div", { class: "talk-waiting", role: "status" });

  /* A browser may refuse its storage, as in a private window: then nothing can wait. */
  function store(action) {
    try {
      return action(window.localStorage);
    } catch {
      return null;
    }
  }

  function waiting() {
    const oldest = Date.now() - DAYS * 86400000;
    const all = JSON.parse(store((storage) => storage.getItem(KEPT)) || "[]");
    return all.filter((one) => one.at > oldest);
  }

  function write(posts) {
    store((storage) => (posts.length ? storage.setItem(KEPT, JSON.stringify(posts)) : storage.removeItem(KEPT)));
    return waiting().length === posts.length;
  }

  const key = (one) => new URLSearchParams(one.pairs).get("form_key");
  const drop = (gone) => write(waiting().filter((one) => key(one) !== key(gone)));

  function say(...parts) {
    box.replaceChildren(...parts);
    if (!box.isConnected) main.prepend(box);
  }

  function tell() {
    const posts = waiting();
    if (!posts.length) return;
    const words = ngettext("%s post waits on this device until there is a network.", "%s posts wait on this device until there is a network.", posts.length);
    const button = app.element("button", { class: "link-button", type: "button" }, gettext("Remove without sending"));
    button.addEventListener("click", () => {
      write([]);
      say(app.element("p", {}, gettext("Nothing waits on this device any more.")));
    });
    say(
      app.element("p", {}, `${interpolate(words, [posts.length])} ${gettext("It is removed after seven days, and when you sign out.")}`),
      ...posts.filter((one) => one.refused).map((one) => app.element("p", { dir: "auto" }, `${gettext("This was not taken, please post it again:")} ${new URLSearchParams(one.pairs).get("text")}`)),
      button,
    );
  }

  /* What a fresh page of the form says: its token, and who is signed in. */
  async function fresh() {
    const answer = await fetch(NEW, { credentials: "same-origin", cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("posting");
    return page && { owner: page.dataset.owner, token: page.querySelector("[name=csrfmiddlewaretoken]").value };
  }

  const send = (pairs) => fetch(NEW, { method: "POST", body: new URLSearchParams(pairs), redirect: "manual" });

  async function flush() {
    const posts = waiting();
    write(posts);
    if (!posts.length || !navigator.onLine) return tell();
    const now = await fresh().catch(() => null);
    for (const one of now ? posts : []) {
      // Somebody else signed in on this device: what another wrote is not theirs to see or send.
      if (one.owner && now.owner && one.owner !== now.owner) drop(one);
      if (one.owner !== now.owner || one.refused) continue;
      const answer = await send([...one.pairs, ["csrfmiddlewaretoken", now.token], ["reviewed", "1"]]);
      if (answer.type === "opaqueredirect") {
        drop(one);
        const email = new URLSearchParams(one.pairs).get("email");
        say(app.element("p", {}, gettext("The post that waited on this device has been sent.")),
          email ? app.element("a", { href: CONFIRM }, gettext("Confirm it with the code in your mail")) : "");
      } else if (answer.status === 400) {
        write(waiting().map((other) => (key(other) === key(one) ? { ...other, refused: true } : other)));
      }
    }
    tell();
  }

  /* One window at a time, where the browser can tell. */
  const alone = (work) => (navigator.locks ? navigator.locks.request(KEPT, work) : work());
  const again = () => alone(() => flush().catch(tell));

  function wait() {
    const pairs = [...new FormData(form)].filter(([name]) => !OURS.includes(name));
    const named = (name) => pairs.some(([field, value]) => field === name && value);
    if (!["text", "kind", "theme", "form_key"].every(named)) return false;
    const one = { at: Date.now(), owner: form.dataset.owner, pairs };
    if (!write([...waiting().filter((other) => key(other) !== key(one)), one])) return false;
    form.hidden = true;
    tell();
    box.scrollIntoView();
    return true;
  }

  let sending = false;
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
  window.addEventListener("online", again);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) sending = false; // gone back to
  });
  again();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(WORKER, { scope: "/" }).catch(() => {});
})(window.changemap);
