/* "Use my location": posted, so that no address holds it. */

import { locateOnClick } from "../geo/lib/geolocation.js";

const button = document.getElementById("locate");
const message = document.getElementById("locate-message");
const form = document.getElementById("locate-form");

function found({ lat, lon }) {
  form.elements.lat.value = lat;
  form.elements.lon.value = lon;
  form.submit();
}

function failed() {
  button.disabled = false;
  message.textContent = gettext("Your place could not be found. Type a postcode or a town instead.");
}

function started() {
  button.disabled = true;
  message.textContent = gettext("Looking for your place…");
}

if (button) locateOnClick(button, { started, found, failed });
