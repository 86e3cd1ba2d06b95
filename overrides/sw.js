// The worker of a site that is not made for use without a network, as plain `mkdocs serve` shows it: it ends an earlier one at this address, and itself.
// `handbook offline` puts macros/sw.js in its place.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const own = `handbook ${self.registration.scope} `;
  for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
  await self.registration.unregister();
}
