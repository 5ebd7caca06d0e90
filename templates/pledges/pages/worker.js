/* Keeps the static shell, and shows one page of it where there is no network. Pages that the server
   writes are never kept: the next person at a shared device must not find them. */
"use strict";

const { version, files: FILES, page: PAGE } = JSON.parse("{{ shell|escapejs }}");
const CACHE = `shell-${version}`;

async function fill() {
  const cache = await caches.open(CACHE);
  // The page is asked for without cookies, and so is nobody's.
  await Promise.all(FILES.map(async (file) => {
    const answer = await fetch(file, { credentials: "omit" });
    if (answer.ok) await cache.put(file, answer);
  }));
  await self.skipWaiting();
}

async function tidy() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(PAGE)) || Response.error()));
  } else if (FILES.includes(pathname)) {
    event.respondWith(caches.match(pathname).then((kept) => kept || fetch(request)));
  }
});
