/* What a page gives to its scripts, as far as their logic needs it: English words, and a storage. */

const named = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
const positional = (text, values) => values.reduce((filled, value) => filled.replace("%s", value), text);

globalThis.gettext = (text) => text;
globalThis.ngettext = (one, many, n) => (n === 1 ? one : many);
globalThis.interpolate = (text, values, isNamed) => (isNamed ? named : positional)(text, values);

/* Give the page an empty storage, or one that refuses as that of a private window may. */
export function giveStorage({ refuses = false } = {}) {
  const items = new Map();
  const check = () => {
    if (refuses) throw new Error("SecurityError");
  };
  globalThis.localStorage = {
    getItem(name) {
      check();
      return items.has(name) ? items.get(name) : null;
    },
    setItem(name, value) {
      check();
      items.set(name, value);
    },
    removeItem(name) {
      check();
      items.delete(name);
    },
  };
}
