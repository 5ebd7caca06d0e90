/* A small card with more about a marker, while the pointer or the focus is on it; Escape hides. */

let tip = null;
let owner = null;
let timer = 0;

function hide() {
  clearTimeout(timer);
  if (tip) tip.remove();
  tip = owner = null;
  document.removeEventListener("keydown", escaped);
}

function escaped(event) {
  if (event.key === "Escape") hide();
}

function show(map, marker, element, content) {
  if (owner === element) return;
  hide();
  owner = element;
  const icon = marker.options.icon.options;
  tip = L.tooltip({
    direction: "top",
    offset: [icon.iconSize[0] / 2 - icon.iconAnchor[0], -icon.iconAnchor[1] + 4],
    interactive: true,
    className: "map-hint",
    opacity: 1,
  })
    .setLatLng(marker.getLatLng())
    .setContent(content())
    .addTo(map);
  const card = tip.getElement();
  // The same words are in the marker's name.
  card.setAttribute("aria-hidden", "true");
  card.addEventListener("mouseenter", () => clearTimeout(timer));
  card.addEventListener("mouseleave", hide);
  document.addEventListener("keydown", escaped);
}

export function addTooltip(map, marker, element, content) {
  const later = (wait, action) => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };
  element.addEventListener("mouseenter", () =>
    later(120, () => element.isConnected && show(map, marker, element, content)),
  );
  // Time to reach the card with the pointer.
  element.addEventListener("mouseleave", () => later(200, hide));
  element.addEventListener("focus", () => {
    if (element.matches(":focus-visible")) show(map, marker, element, content);
  });
  element.addEventListener("blur", hide);
  marker.on("remove", () => owner === element && hide());
  marker.on("click", hide);
}
