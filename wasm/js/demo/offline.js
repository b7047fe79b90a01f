/**
 * Asks the service worker to keep what this page has loaded, so that it opens without a network.
 */

/** @param {(text: string) => void} tell */
export async function keepOffline(tell) {
	if (!('serviceWorker' in navigator)) {
		tell('Opened from https or localhost, it would work offline, too.');
		return;
	}
	navigator.serviceWorker.addEventListener('message', ({ data }) => {
		if (data?.kept) tell('It is kept on this device and opens offline, too.');
	});
	try {
		await navigator.serviceWorker.register('sw.js');
		const { active } = await navigator.serviceWorker.ready;
		const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
		active?.postMessage({ keep: [location.href, ...loaded] });
	} catch {
		tell('This browser does not keep it for offline use.');
	}
}
