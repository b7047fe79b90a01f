/**
 * Keeps the page for offline use. Online the network always wins, so there is no stale version; offline the last
 * complete set answers. A set is named by the hash of its contents and takes the place of the one before only when
 * every file of it has been read.
 */
const PREFIX = 'tamis-demo-';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
	if (!Array.isArray(event.data?.keep)) return;
	event.waitUntil(keep(event.data.keep).then((kept) => event.source?.postMessage({ kept }), () => {}));
});

self.addEventListener('fetch', (event) => {
	const { request } = event;
	if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
	event.respondWith(fetch(request).catch(async () => (await caches.match(request, { ignoreSearch: true })) ?? Response.error()));
});

/** @param {string[]} loaded addresses of all that the page is made of @returns {Promise<number>} files kept */
async function keep(loaded) {
	const own = loaded.map((address) => new URL(address)).filter(({ origin }) => origin === self.location.origin);
	const files = [...new Set(own.map(({ origin, pathname }) => origin + pathname))].sort();
	const responses = await Promise.all(files.map(async (file) => {
		const response = await fetch(file, { cache: 'no-cache' });
		if (!response.ok) throw new Error(`${response.status}`);
		return response;
	}));
	const bodies = await Promise.all(responses.map((response) => response.clone().arrayBuffer()));
	const name = PREFIX + await hash(await new Blob(bodies).arrayBuffer());
	const cache = await caches.open(name);
	await Promise.all(files.map((file, n) => cache.put(file, responses[n])));
	for (const other of await caches.keys()) if (other.startsWith(PREFIX) && other !== name) await caches.delete(other);
	return files.length;
}

/** @param {ArrayBuffer} bytes */
async function hash(bytes) {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
