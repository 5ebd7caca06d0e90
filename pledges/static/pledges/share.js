/* Copy the link of a pledge; without this script it can be selected and copied by hand. */
(function () {
  "use strict";

  const button = document.getElementById("share-copy");
  const link = document.getElementById("share-link");
  const message = document.getElementById("share-message");
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    link.select();
    try {
      await navigator.clipboard.writeText(link.value);
      button.textContent = gettext("Copied");
    } catch {
      button.textContent = gettext("Press Ctrl and C");
    }
    message.textContent = button.textContent;
  });
})();
