/*
 * node --import ./tests/js/static.js --test tests/js/*.test.js
 * Served, the static files of all apps lie in one folder, and so their modules import each other.
 */

import { existsSync } from "node:fs";
import { register } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";

const FOLDERS = ["geo", "pledges", "hubs/conversation", "hubs"];
const HERE = import.meta.url;

/* Find what is not beside the module that imports it among the static files of the other apps. */
export async function resolve(specifier, context, nextResolve) {
  const wanted = specifier.startsWith(".") && new URL(specifier, context.parentURL);
  if (!wanted || existsSync(fileURLToPath(wanted))) return nextResolve(specifier, context);
  const path = wanted.pathname.split("/static/")[1];
  const places = FOLDERS.map((folder) => new URL(`../../${folder}/static/${path}`, HERE));
  const found = places.find((place) => existsSync(fileURLToPath(place)));
  return nextResolve(found ? found.href : specifier, context);
}

// Node resolves in a thread of its own, which reads this file too.
if (isMainThread) register(HERE);
