/* "Use my location": rounded here, before it is sent, and posted so that no address keeps it. */
(function () {
  "use strict";

  const DECIMALS = 3; // of a degree: a hundred metres

  const button = document.getElementById("locate");
  const message = document.getElementById("locate-message");
  const form = document.getElementById("locate-form");
  if (!button || !navigator.geolocation) return;
  button.hidden = false;

  function found({ coords }) {
    form.elements.lat.value = coords.latitude.toFixed(DECIMALS);
    form.elements.lon.value = coords.longitude.toFixed(DECIMALS);
    form.submit();
  }

  function failed() {
    button.disabled = false;
    message.textContent = gettext("Your place could not be found. Type a postcode or a town instead.");
  }

  button.addEventListener("click", () => {
    button.disabled = true;
    message.textContent = gettext("Looking for your place…");
    navigator.geolocation.getCurrentPosition(found, failed, { timeout: 10000, maximumAge: 600000 });
  });
})();
