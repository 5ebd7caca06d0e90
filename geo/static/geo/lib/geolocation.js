/* "Use my location": the browser is asked, and no more than a hundred metres are told of the answer. */

const DECIMALS = 3; // of a degree
const OPTIONS = { maximumAge: 60000, timeout: 10000 };

export const roundedPosition = ({ latitude, longitude }) => ({
  lat: latitude.toFixed(DECIMALS),
  lon: longitude.toFixed(DECIMALS),
});

/* Show the button where browsers can tell; `found` is called with { lat, lon } as rounded text. */
export function locateOnClick(button, { started, found, failed }) {
  button.hidden = !navigator.geolocation;
  button.addEventListener("click", () => {
    started();
    navigator.geolocation.getCurrentPosition(({ coords }) => found(roundedPosition(coords)), failed, OPTIONS);
  });
}
