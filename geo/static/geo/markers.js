/*
 * Real markers that a keyboard reaches: all of them are one tab stop, arrow keys go from one to
 * the next in that direction, Enter or Space opens.
 */
(function (app) {
  "use strict";

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const members = new Map(); // element -> {marker, open}
  let current = null;
  let wanted = null; // where the next focus belongs once the markers there are drawn
  let map = null;

  function inView() {
    const bounds = map.getBounds();
    return [...members.keys()].filter((element) =>
      bounds.contains(members.get(element).marker.getLatLng()),
    );
  }

  const place = (element) => map.latLngToContainerPoint(members.get(element).marker.getLatLng());

  function nearest(elements, point) {
    let best = null;
    for (const element of elements) {
      const distance = place(element).distanceTo(point);
      if (!best || distance < best.distance) best = { element, distance };
    }
    return best && best.element;
  }

  /* Make one marker the tab stop. */
  function choose(element) {
    if (current && current !== element) current.tabIndex = -1;
    current = element;
    if (element) element.tabIndex = 0;
  }

  function refresh() {
    const shown = inView();
    if (wanted && shown.length) {
      const element = nearest(shown, map.latLngToContainerPoint(wanted));
      wanted = null;
      choose(element);
      element.focus({ preventScroll: true });
    } else if (!current || !current.isConnected || !shown.includes(current)) {
      choose(nearest(shown, map.getSize().divideBy(2)));
    }
  }

  function towards(element, [dx, dy]) {
    const from = place(element);
    let best = null;
    for (const other of inView()) {
      const step = place(other).subtract(from);
      const along = step.x * dx + step.y * dy;
      const aside = Math.abs(step.x * dy) + Math.abs(step.y * dx);
      if (other === element || along <= 0 || aside > along * 2.5) continue;
      const cost = along + aside * 2;
      if (!best || cost < best.cost) best = { other, cost };
    }
    return best && best.other;
  }

  function pressed(event) {
    const member = members.get(event.target);
    if (!member) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      member.open(event.target);
    } else if (ARROWS[event.key]) {
      event.preventDefault();
      const next = towards(event.target, ARROWS[event.key]);
      if (next) {
        choose(next);
        next.focus({ preventScroll: true });
      } else {
        map.panBy(L.point(ARROWS[event.key]).multiplyBy(120), { animate: app.moves() });
      }
    } else return;
    event.stopPropagation();
  }

  app.markers = {
    start(theMap) {
      if (map) return;
      map = theMap;
      const pane = map.getPane("markerPane");
      pane.setAttribute("role", "group");
      pane.setAttribute("aria-label", gettext("On the map. Arrow keys go from one to the next."));
      pane.addEventListener("keydown", pressed);
      map.on("moveend", refresh);
    },
    /* Make a marker with a name for those who do not see it; `open` is what choosing it does. */
    add(group, at, icon, name, open, { hint, lift = 0 } = {}) {
      const marker = L.marker(at, { icon, keyboard: false, riseOnHover: true, zIndexOffset: lift });
      marker.addTo(group);
      const element = marker.getElement();
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", name);
      element.tabIndex = -1;
      marker.on("click", () => {
        choose(element);
        open(element);
      });
      element.addEventListener("focus", () => choose(element));
      members.set(element, { marker, open });
      marker.on("remove", () => members.delete(element));
      if (hint) app.hint(map, marker, element, hint);
      return marker;
    },
    refresh,
    /* What markers cover of the view: [left, top, right, bottom] in pixels each. */
    boxes() {
      return [...members.values()].map(({ marker }) => {
        const { x, y } = map.latLngToContainerPoint(marker.getLatLng());
        const { iconSize, iconAnchor } = marker.options.icon.options;
        const [left, top] = [x - iconAnchor[0], y - iconAnchor[1]];
        return [left, top, left + iconSize[0], top + iconSize[1]];
      });
    },
    /* The focus was on a marker that is about to go: give it to the one nearest to `at`. */
    keepFocus(at) {
      wanted = at;
    },
    /* Put the focus on the marker nearest to a place, e.g. after its popup was closed. */
    focusNear(at) {
      const element = nearest(inView(), map.latLngToContainerPoint(at));
      if (!element) return;
      choose(element);
      element.focus({ preventScroll: true });
    },
    hasFocus: (marker) => marker.getElement() === document.activeElement,
  };
})(window.changemap);
