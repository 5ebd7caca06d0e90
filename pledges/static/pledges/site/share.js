/*
 * Copy the link of a pledge; without this script it can be selected and copied by hand. Of somebody
 * signed in, that a share button was used lights a balloon; nothing else of it is kept.
 */

const shared = document.getElementById("share-shared");
function remember() {
  if (shared) fetch(shared.action, { method: "POST", body: new FormData(shared), keepalive: true });
}
for (const way of document.querySelectorAll(".share .links a")) {
  way.addEventListener("click", remember);
}

const button = document.getElementById("share-copy");
const link = document.getElementById("share-link");
const message = document.getElementById("share-message");

async function copy() {
  link.select();
  try {
    await navigator.clipboard.writeText(link.value);
    button.textContent = gettext("Copied");
    remember();
  } catch {
    button.textContent = gettext("Press Ctrl and C");
  }
  message.textContent = button.textContent;
}

if (button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", copy);
}
