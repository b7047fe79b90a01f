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
import { only, shipped } from './catalogue.js';
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

/**
 * The parts of the settings that can be read, and whether that was all of them.
 *
 * @returns {{ read: Settings, isWhole: boolean }}
 */
function settings() {
	let given;
	try {
		given = JSON.parse(document.getElementById('tamis-page')?.textContent ?? '{}');
	} catch {
		given = null;
	}
	if (typeof given !== 'object' || given === null) {
		return { read: {}, isWhole: false };
	}
	const { wasm = '', policy = {}, destinations, endpoints = [] } = given;
	const rows = list(destinations).filter(isRow);
	const addresses = list(endpoints).filter((item) => typeof item === 'string' && item !== '');
	const isWhole = typeof wasm === 'string' && typeof policy === 'object' && policy !== null
		&& (destinations === undefined || (Array.isArray(destinations) && rows.length === destinations.length))
		&& Array.isArray(endpoints) && addresses.length === endpoints.length;
	return { read: { wasm, policy: given.policy, destinations: destinations === undefined ? undefined : rows, endpoints: addresses }, isWhole };
}

/**
 * @param {unknown} value
 * @returns {any[]}
 */
function list(value) {
	return Array.isArray(value) ? value : [];
}

/** @param {any} row */
function isRow(row) {
	return typeof row?.host === 'string' && row.host !== '' && ['string', 'undefined'].includes(typeof row.path);
}

/** @param {Settings} read */
function load({ wasm = '' }) {
	return init(wasm === '' ? undefined : hasSimd() ? wasm : wasm.replace(/tamis\.wasm(?=$|[?#])/, 'tamis-scalar.wasm'));
}

function makeGuard() {
	const { read, isWhole } = settings();
	const { policy, destinations: rows, endpoints = [] } = read;
	/** @type {(url: URL) => boolean} */
	let named = () => false;
	let fault = isWhole ? undefined : own(310);
	try {
		named = only(rows ?? [], endpoints);
	} catch (error) {
		fault = own(310, error);
	}
	// Where a part of the settings cannot be read, nobody knows whether more was meant.
	const isMeant = rows !== undefined && fault === undefined ? named : (/** @type {URL} */ url) => named(url) || shipped(url) !== undefined;
	const ready = fault === undefined ? load(read) : Promise.reject(fault);
	ready.catch(reportError);
	return new Guard({ policy, destinations: isMeant, ready });
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
