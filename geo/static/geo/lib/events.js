/* Messages between the parts of a page, so that none has to know the others. */

const bus = new EventTarget();

export const publish = (name, detail) => bus.dispatchEvent(new CustomEvent(name, { detail }));
export const subscribe = (name, handler) => bus.addEventListener(name, (event) => handler(event.detail));
