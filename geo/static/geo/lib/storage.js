/* The browser's storage, which it may refuse, as in a private window: then nothing is stored. */

function attempt(area, action) {
  try {
    return action(globalThis[area]);
  } catch {
    return null;
  }
}

/* `area` is "localStorage" or "sessionStorage". */
export const readStored = (name, area = "localStorage") =>
  attempt(area, (storage) => storage.getItem(name));

export const store = (name, value, area = "localStorage") =>
  attempt(area, (storage) => storage.setItem(name, value));

export const removeStored = (name, area = "localStorage") =>
  attempt(area, (storage) => storage.removeItem(name));
