// The handbook without a network: all files of one version of the site together, or none of them. `handbook offline` writes this into the site's root.

const VERSION = "@version@";
// [integrity, address, ...]: a content and where it stands. The same content is fetched once.
const FILES = ["@files@"];

const SCOPE = self.registration.scope;
const OWN = `handbook ${SCOPE} `; // other sites may share the host, and with it the caches
const NAME = OWN + VERSION;
const absolute = (address) => new URL(address, SCOPE).href;
const integrities = new Map(FILES.flatMap(([integrity, ...addresses]) => addresses.map((address) => [absolute(address), integrity])));

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
// A new version waits until somebody accepts it (see offline.js) or every tab is closed.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
// Only what is listed is ever answered from the cache, and nothing is ever added to it here: what staff type cannot get into it.
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  const url = new URL(request.url);
  const plain = (url.origin + url.pathname).replace(/\/index\.html$/, "/");
  if (integrities.has(plain)) event.respondWith(kept(plain));
  else if (integrities.has(`${plain}/`)) event.respondWith(Response.redirect(`${plain}/${url.search}`));
  else if (request.mode === "navigate") event.respondWith(unlisted(request));
});

// The version can be used only when this succeeds as a whole; what has not changed since the last version is not fetched again.
async function fill() {
  const begun = await caches.has(NAME);
  const cache = await caches.open(NAME);
  const own = (await caches.keys()).filter((name) => name.startsWith(OWN));
  try {
    await Promise.all(FILES.map(async ([integrity, ...addresses]) => {
      const answer = (await unchanged(own, integrity, addresses[0])) ?? (await fetched(integrity, addresses[0]));
      await Promise.all(addresses.map((address) => cache.put(absolute(address), answer.clone())));
    }));
  } catch (problem) {
    if (!begun) await caches.delete(NAME);
    throw problem;
  }
}

async function unchanged(names, integrity, address) {
  for (const cacheName of names) {
    const answer = await caches.match(absolute(address), { cacheName, ignoreVary: true });
    if (answer && (await integrityOf(answer.clone())) === integrity) return answer;
  }
  return null;
}

async function integrityOf(answer) {
  const hash = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(hash)))}`;
}

// The integrity refuses a file of another version, as a half-published site or a cache on the way may send it.
async function fetched(integrity, address) {
  const answer = await fetch(absolute(address), { integrity, cache: "no-cache", redirect: "error" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

// The first version also serves the tab that brought it: it may lose the network next.
async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OWN) && name !== NAME).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(address) {
  return (await caches.match(address, { cacheName: NAME, ignoreVary: true })) ?? fetched(integrities.get(address), address);
}

// Another site below this address goes its own way; a page of the handbook that this version does not know never stands beside its scripts.
async function unlisted(request) {
  const answer = await fetch(request).catch(() => null);
  const html = answer?.headers.get("content-type")?.startsWith("text/html") ? await answer.clone().text() : "";
  if (answer && !html.includes("assets/js/handbook.js")) return answer;
  const page = await kept(notFound(request.url));
  return new Response(page.body, { status: 404, statusText: "Not Found", headers: page.headers });
}

// The nearest 404 page upwards: that of the Chinese handbook below zh/.
function notFound(url) {
  let folder = new URL(".", url).href;
  while (folder !== SCOPE && !integrities.has(`${folder}404.html`)) folder = new URL("..", folder).href;
  return `${folder}404.html`;
}
