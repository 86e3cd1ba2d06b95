// The worker of a site that is not made for use without a network, as plain `mkdocs serve` shows it: it ends an earlier one at this address, and itself.
// `handbook offline` puts macros/sw.js in its place.

// Like any new version it waits for the reader's word.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const own = `handbook ${self.registration.scope} `;
  for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
  await self.registration.unregister();
}
