/* When things run: after a rest, or not too often. */

const GAP = 2000; // ms between two runs of a throttled action
const SPREAD = 400; // ms over which a crowd of pages spreads its requests

/* Run an action once the calls have stopped for so long. */
export function debounce(milliseconds, action) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), milliseconds);
  };
}

/* How long to rest after a run that took so many ms: a busy server rests longer. */
export const restAfter = (duration) => Math.max(GAP, 4 * duration);

/* Make an action that runs once for all calls that come together, and never twice at a time. */
export function throttle(action) {
  let [waiting, running, missed, next] = [false, false, false, 0];
  async function run() {
    const begun = performance.now();
    [waiting, running] = [false, true];
    try {
      await action();
    } catch {
      // What could not be read now is read with the next call.
    }
    next = begun + restAfter(performance.now() - begun);
    running = false;
    if (missed) call();
  }
  function call() {
    missed = running;
    if (waiting || running) return;
    waiting = true;
    setTimeout(run, Math.max(0, next - performance.now()) + Math.random() * SPREAD);
  }
  return call;
}
