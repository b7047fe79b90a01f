// @ts-check
/**
 * Tells whether an address is an AI service's. It must not know bodies, headers or what is done with the answer.
 */

import { EXACT, REGEX, SUFFIX } from './destinations.js';

/** @import { Entry } from './destinations.js' */

/**
 * @typedef {object} Destination
 * @property {string} host
 * @property {string[]} headers Headers, in lower case, in which it wants its own credential.
 * @property {string[]} query Parameters in which it wants it.
 */

/** @typedef {(string | RegExp)[] | ((url: URL) => boolean)} Destinations */

/** Where a service that no row describes may want its own credential. */
const USUAL_HEADERS = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'];

/** @type {Map<string, Entry>} */
const exact = new Map(EXACT);
const suffixes = SUFFIX;
const patterns = REGEX.map(([pattern, entry]) => ({ pattern: new RegExp(pattern), entry }));

/** What relative addresses are relative to; nothing outside of pages. */
export function base() {
	return globalThis.document?.baseURI ?? globalThis.location?.href;
}

/**
 * The AI service of the shipped list that an address belongs to.
 *
 * @param {URL} url
 * @returns {Destination | undefined}
 */
export function shipped(url) {
	const host = plain(url.hostname);
	const entry = entryOf(host, url);
	if (entry === undefined) {
		return undefined;
	}
	const path = (entry.paths ?? []).find(([pattern]) => new RegExp(pattern).test(url.pathname));
	const isAi = path === undefined ? entry.rest ?? true : path[1];
	return isAi ? { host, headers: entry.headers, query: entry.query } : undefined;
}

/**
 * A look-up in the shipped list and the page's own. A function decides alone.
 *
 * @param {Destinations} own Hosts, suffixes with a leading dot, addresses or paths that begin alike, patterns of whole
 *     addresses; or a function.
 * @returns {(url: URL) => Destination | undefined}
 */
export function finder(own) {
	/** @param {URL} url */
	const named = (url) => shipped(url) ?? { host: plain(url.hostname), headers: USUAL_HEADERS, query: [] };
	if (typeof own === 'function') {
		return (url) => (own(url) ? named(url) : undefined);
	}
	const tests = own.map(test);
	return (url) => (tests.some((matches) => matches(url)) ? named(url) : shipped(url));
}

/**
 * A test for these rows alone: the rest of the shipped list is not meant.
 *
 * @param {{ host: string, path?: string }[]} rows As the plugin's catalogue writes them: a host, a suffix with a leading
 *     dot or a pattern with a leading caret; and, where not every path is meant, a pattern of paths.
 * @param {string[]} own Hosts, addresses and paths beside them.
 * @returns {(url: URL) => boolean}
 */
export function only(rows, own) {
	const tests = [...rows.map(row), ...own.map(test)];
	return (url) => tests.some((matches) => matches(url));
}

/**
 * @param {{ host: string, path?: string }} row
 * @returns {(url: URL) => boolean}
 */
function row({ host, path = '' }) {
	const paths = new RegExp(path);
	const hosts = host.startsWith('^') ? new RegExp(host) : undefined;
	const isHost = hosts === undefined ? test(host) : (/** @type {URL} */ url) => hosts.test(plain(url.hostname));
	return (url) => isHost(url) && paths.test(url.pathname);
}

/**
 * @param {string | RegExp} item
 * @returns {(url: URL) => boolean}
 */
function test(item) {
	if (item instanceof RegExp) {
		const pattern = new RegExp(item.source, item.flags.replace(/[gy]/g, ''));
		return (url) => pattern.test(url.href);
	}
	if (typeof item !== 'string' || item === '') {
		throw new TypeError('A destination is a host, an address, a path or a pattern.');
	}
	if (item.startsWith('/') || item.includes('://')) {
		const { href } = new URL(item, base());
		return (url) => url.href.startsWith(href);
	}
	const host = item.toLowerCase();
	if (host.startsWith('.')) {
		return (url) => `.${plain(url.hostname)}`.endsWith(host);
	}
	return (url) => plain(url.hostname) === host || url.host === host;
}

/**
 * @param {string} host
 * @param {URL} url
 */
function entryOf(host, url) {
	const found = exact.get(host);
	if (found !== undefined) {
		return found;
	}
	const suffix = suffixes.filter(([tail]) => `.${host}`.endsWith(tail)).sort(([a], [b]) => b.length - a.length)[0];
	if (suffix !== undefined) {
		return suffix[1];
	}
	const port = url.port === '' ? { 'http:': '80', 'https:': '443' }[url.protocol] ?? '' : url.port;
	return patterns.find(({ pattern }) => pattern.test(host) || pattern.test(`${host}:${port}`))?.entry;
}

/** @param {string} hostname */
function plain(hostname) {
	return hostname.toLowerCase().replace(/\.$/, '');
}
