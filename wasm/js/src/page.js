// @ts-check
/**
 * What a page loads as `<script type="module">`: wraps its `fetch` and `XMLHttpRequest` at once, with settings that
 * stand in the page as data. No part of it is inline, so that a strict content security policy allows it, with
 * 'wasm-unsafe-eval'. A setting that cannot be read holds every call to an AI service.
 *
 *     <script type="application/json" id="tamis-page">{"policy":{"version":1},"endpoints":["/wp-json/chat/"]}</script>
 *     <script type="module" src="…/src/page.js"></script>
 */

import { init } from './browser.js';
import { only } from './catalogue.js';
import { own } from './error.js';
import { wrapFetch } from './fetch.js';
import { Guard, resolve } from './guard.js';
import { hasSimd } from './module.js';
import { wrapXMLHttpRequest } from './xhr.js';

/**
 * @typedef {object} Settings
 * @property {string} [wasm] Where tamis.wasm is; tamis-scalar.wasm stands beside it.
 * @property {object} [policy]
 * @property {{ host: string, path?: string }[]} [destinations] The services that are meant; all of the shipped list when absent.
 * @property {string[]} [endpoints] Hosts, addresses or paths, such as the site's own, that lead to an AI service as well.
 */

/** The page's settings; nothing where there are none. */
function settings() {
	const text = document.getElementById('tamis-page')?.textContent ?? '{}';
	const read = /** @type {Settings} */ (JSON.parse(text));
	const { wasm = '', policy = {}, destinations = [], endpoints = [] } = read;
	const isRow = (/** @type {any} */ row) => typeof row?.host === 'string' && ['string', 'undefined'].includes(typeof row.path);
	if (typeof wasm !== 'string' || typeof policy !== 'object' || policy === null
		|| !Array.isArray(destinations) || !destinations.every(isRow)
		|| !Array.isArray(endpoints) || !endpoints.every((item) => typeof item === 'string')) {
		throw own(310);
	}
	return read;
}

/** @param {Settings} read */
function load({ wasm = '' }) {
	return init(wasm === '' ? undefined : hasSimd() ? wasm : wasm.replace(/tamis\.wasm(?=$|[?#])/, 'tamis-scalar.wasm'));
}

function makeGuard() {
	try {
		const read = settings();
		const ready = load(read);
		ready.catch(reportError);
		const { destinations: rows, endpoints = [] } = read;
		const destinations = rows === undefined ? endpoints : only(rows, endpoints);
		return new Guard({ policy: read.policy, destinations, ready });
	} catch (error) {
		const fault = own(310, error);
		reportError(fault);
		const ready = Promise.reject(fault);
		ready.catch(() => {});
		return new Guard({ ready });
	}
}

const guard = makeGuard();
const beacon = navigator.sendBeacon;

window.fetch = wrapFetch(window.fetch, guard);
window.XMLHttpRequest = wrapXMLHttpRequest(window.XMLHttpRequest, guard);
navigator.sendBeacon = function sendBeacon(address, data) {
	const url = resolve(address);
	const destination = url && guard.find(url);
	if (destination === undefined) {
		return Reflect.apply(beacon, navigator, [address, data]);
	}
	reportError(guard.hold(destination, own(308))); // It tells nobody what became of it, and so is not scrubbed.
	return false;
};
