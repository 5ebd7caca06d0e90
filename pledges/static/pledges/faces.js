/* What pledges and organisations look like on the map, what they are called, what opening does. */
(function (app) {
  "use strict";

  const say = (words, values) => interpolate(words, values, true);

  function leading(item, options) {
    const look = app.leading(item.parts, options.parts);
    const only = look && item.parts[look.slug] === item.count;
    return look ? say(only ? gettext("all %(theme)s") : gettext("mostly %(theme)s"), { theme: look.name }) : "";
  }

  function pledges(n) {
    return say(ngettext("%(n)s pledge", "%(n)s pledges", n), { n: app.number(n) });
  }

  const look = (slug, options) => options.parts.find((part) => part.slug === slug) || options.parts[0];
  const only = (item) => Object.keys(item.parts)[0];
  const isSpot = (item) => item.alone && !item.alone.properties.bbox;

  function pledgeAddress(id, options) {
    return app.address(options.popup, { id });
  }

  /* Up to twelve at one spot fan out; more open one popup with their list. */
  function openSpot(map, item, options) {
    const { ids, themes = [], spot } = item.alone.properties;
    if (!ids) {
      const words = app.query().toString();
      const address = app.address(options.spot, { spot }) + (words ? `?${words}` : "");
      app.popup(map, item.at, address, 40);
      return;
    }
    const pins = ids.map((id, index) => {
      const theme = look(themes[index], options);
      const values = { n: index + 1, all: ids.length, theme: theme.name };
      return {
        icon: app.looks.pin(theme),
        name: say(gettext("Pledge %(n)s of %(all)s: %(theme)s"), values),
        open: (at) => app.popup(map, at, pledgeAddress(id, options), 34),
      };
    });
    app.fan.open(map, item.at, pins);
  }

  app.faces.pledges = {
    size: (item) => (item.count === 1 ? 26 : app.ringSize(item.count)),
    icon(item, options) {
      if (item.count === 1) return app.looks.pin(look(only(item), options));
      const form = isSpot(item) ? app.looks.spot : app.looks.ring;
      return form(item.count, item.parts, options.parts);
    },
    name(item, options) {
      if (item.count === 1) {
        return say(gettext("Pledge: %(theme)s"), { theme: look(only(item), options).name });
      }
      const values = { pledges: pledges(item.count), leading: leading(item, options) };
      if (isSpot(item)) return say(gettext("%(pledges)s at one spot, %(leading)s"), values);
      return say(gettext("%(pledges)s, %(leading)s. Zoom in"), values);
    },
    hint(item, options) {
      const shown = options.parts.filter((part) => item.parts[part.slug]);
      return app.element(
        "div",
        {},
        app.element("b", {}, pledges(item.count)),
        app.element(
          "ul",
          {},
          ...shown.map((part) =>
            app.element("li", {}, app.symbol(part), part.name, " ", app.element("span", {}, app.number(item.parts[part.slug]))),
          ),
        ),
      );
    },
    open(map, item, options) {
      if (item.alone.id !== undefined) {
        app.popup(map, item.at, pledgeAddress(item.alone.id, options), 34);
      } else openSpot(map, item, options);
    },
  };

  function organisationsOf(item) {
    const { properties } = item.alone || { properties: {} };
    return properties.organisations || (properties.name ? [properties] : []);
  }

  /* The sign of an organisation hangs under its spot, where the pledges' pin stands above it. */
  function sign(one, more) {
    const words = more ? say(gettext("%(name)s and %(n)s more"), { name: one.name, n: more }) : one.name;
    const html = app.element(
      "div",
      { class: one.closed ? "sign sign--closed" : "sign" },
      app.element("b", { class: "sign__number" }, app.short(one.pledges)),
      app.element("span", { class: "sign__name" }, words),
    );
    return L.divIcon({ html, className: "marker marker--sign", iconSize: [40, 46], iconAnchor: [20, 0] });
  }

  function link(one) {
    return app.element(
      "li",
      {},
      app.element("a", { href: one.url }, one.name),
      " ",
      app.element("span", {}, pledges(one.pledges)),
    );
  }

  app.faces.organisations = {
    size: () => 44,
    lift: -1000, // under the pledges
    icon(item) {
      const here = organisationsOf(item);
      if (!here.length) return app.looks.block(item.count);
      const total = here.reduce((sum, one) => sum + one.pledges, 0);
      const first = here.find((one) => !one.closed) || here[0];
      return sign({ ...first, pledges: total }, here.length - 1);
    },
    name(item) {
      const here = organisationsOf(item);
      if (!here.length) {
        const values = { n: app.number(item.count) };
        return say(
          ngettext("%(n)s organisation. Zoom in", "%(n)s organisations. Zoom in", item.count),
          values,
        );
      }
      return here.map((one) => `${one.name}, ${pledges(one.pledges)}`).join("; ");
    },
    hint(item) {
      const here = organisationsOf(item);
      const words = here.length ? here.map((one) => app.element("li", {}, one.name, app.element("span", {}, app.number(one.pledges)))) : [];
      if (here.length) return app.element("ul", { class: "map-hint__names" }, ...words);
      return app.element("b", {}, this.name(item));
    },
    open(map, item) {
      const here = organisationsOf(item);
      if (here.length === 1) location.assign(here[0].url);
      else app.popupOf(map, item.at, app.element("ul", { class: "popup__links" }, ...here.map(link)), gettext("Organisations here"));
    },
  };
})(window.changemap);
