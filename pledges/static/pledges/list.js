/* The list beside the map: what is in view, newest first, in step with it. */
(function (app) {
  "use strict";

  const SHRINK = 1e-6; // degrees; what lies on the edge of the view is in it

  class List {
    constructor(map, address) {
      this.map = map;
      this.address = address;
      this.place = document.getElementById("listing");
      this.shown = app.filters.string(); // what the server put there: the whole country
      this.load = app.later(250, () => this.fetch());
      this.load();
      map.on("moveend", () => this.load());
      app.on("filters", () => this.load());
      app.on("again", () => this.load());
      app.on("relist", () => {
        this.shown = null;
        this.load();
      });
      app.listQuery = () => this.query();
      this.place.addEventListener("click", (event) => this.clicked(event));
      this.place.addEventListener("pointerover", (event) => this.point(event.target));
      this.place.addEventListener("focusin", (event) => this.point(event.target));
      this.place.addEventListener("pointerleave", () => this.point(null));
      this.place.addEventListener("focusout", () => this.point(null));
    }

    /* With the whole country in view no box is sent: the totals are kept for that. */
    query() {
      const view = this.bounds();
      const words = app.filters.string();
      if (view.contains(this.map.home)) return words;
      const edges = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
      const box = edges.map((edge) => edge.toFixed(5)).join(",");
      return `${words ? `${words}&` : ""}bbox=${box}`;
    }

    /* What of the map is not covered by the sheet of a phone. */
    bounds() {
      const { paddingBottomRight = [0, 0] } = app.view.padding();
      const size = this.map.getSize();
      const corner = this.map.containerPointToLatLng([0, Math.max(40, size.y - paddingBottomRight[1])]);
      const opposite = this.map.containerPointToLatLng([size.x, 0]);
      const clamp = (value, most) => Math.max(-most, Math.min(most, value));
      return L.latLngBounds(
        [clamp(corner.lat, 90), clamp(corner.lng - SHRINK, 180)],
        [clamp(opposite.lat, 90), clamp(opposite.lng + SHRINK, 180)],
      );
    }

    async fetch() {
      const query = this.query();
      if (this.shown === query) return;
      if (this.asked) this.asked.abort();
      this.asked = new AbortController();
      this.place.setAttribute("aria-busy", "true");
      try {
        const content = await app.fragment(`${this.address}?${query}`, this.asked.signal);
        this.shown = query;
        this.fill(content);
      } catch (error) {
        if (app.dropped(error)) return;
        this.shown = null;
        this.failed(error);
      }
      this.place.removeAttribute("aria-busy");
    }

    fill(content) {
      const had = this.place.contains(document.activeElement);
      this.place.replaceChildren(content);
      if (had) document.getElementById("list").focus({ preventScroll: true });
      const count = document.getElementById("in-view");
      const shown = count ? count.dataset.count : "";
      app.emit("listed", {
        words: count ? count.dataset.words || count.textContent.trim() : "",
        count: shown === "" ? null : Number(shown),
      });
    }

    failed(error) {
      const words = error instanceof app.Refused ? error.message : "";
      this.place.replaceChildren(
        app.element(
          "div",
          { class: "empty" },
          app.element("p", {}, gettext("The list could not be loaded."), " ", words),
          app.element(
            "button",
            { type: "button", class: "nhsuk-button nhsuk-button--secondary nhsuk-button--small", click: () => this.fetch() },
            gettext("Try again"),
          ),
        ),
      );
    }

    async clicked(event) {
      const home = event.target.closest("[data-home]");
      const more = event.target.closest("[data-more]");
      if (!home && !more) return;
      event.preventDefault();
      if (home) app.view.home(this.map);
      else app.more(more);
    }

    /* Ring the place of the pledge that the pointer or the focus is on. */
    point(target) {
      const item = target && target.closest("[data-at]");
      if (this.ring) this.ring.remove();
      this.ring = null;
      if (!item) return;
      const at = item.dataset.at.split(",").map(Number);
      this.ring = L.circleMarker(at, { radius: 17, color: "#212b32", weight: 3, fill: false, interactive: false });
      this.ring.addTo(this.map);
    }
  }

  app.list = (map, { list }) => new List(map, list);
})(window.changemap);
