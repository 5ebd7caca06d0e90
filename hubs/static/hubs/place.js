/* Where an event is: a small map beside the words. Setting the point writes degrees into the words;
   other words are looked up and shown. Without scripts the words are all there is, and needed. */
(function (app) {
  "use strict";

  const part = document.querySelector("[data-place]");
  if (!part) return;
  const words = document.getElementById("id_found_by");
  const said = part.querySelector("[role=status]");
  const box = part.querySelector(".small-map");
  part.hidden = false;

  const { mark } = app.smallMap.pick(box, (lat, lon) => {
    words.value = `${lat}, ${lon}`;
    said.textContent = gettext("The point is set. Its degrees stand in the field above.");
  });

  async function look() {
    said.textContent = "";
    const asked = words.value.trim();
    if (!asked) return mark(null);
    try {
      const found = await app.json(`${part.dataset.find}?${new URLSearchParams({ q: asked })}`);
      if (words.value.trim() !== asked) return;
      const { geometry, properties } = found.features[0];
      mark([geometry.coordinates[1], geometry.coordinates[0]], true);
      said.textContent = interpolate(gettext("On the map: %(label)s"), properties, true);
    } catch (error) {
      mark(null);
      said.textContent = error instanceof app.Refused ? error.description || error.message : "";
    }
  }

  words.addEventListener("change", look);
  if (words.value) look();
})(window.changemap);
