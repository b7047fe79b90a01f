// @ts-check
/**
 * A `fetch` that scrubs what goes to AI services and restores what comes back. It must not know what a value looks like.
 */

import { bodyOf, bodyOfRequest } from './body.js';
import { Guard, resolve } from './guard.js';
import { restoreResponse } from './reply.js';
import { forChangedBody } from './scrub.js';
import { isStreamed } from './streaming.js';

/** @import { Body } from './body.js' */
/** @import { Destination } from './catalogue.js' */
/** @import { GuardOptions } from './guard.js' */

/** What `fetch` takes of a request and of options, besides address, headers and body. */
const FIELDS = /** @type {const} */ ([
	'method', 'mode', 'credentials', 'cache', 'redirect', 'referrer', 'referrerPolicy', 'integrity', 'keepalive', 'signal',
]);
/** Further options that have no field in a request. */
const OPTIONS = [...FIELDS, 'priority', 'window', 'duplex'];

/**
 * One call as it was made: nothing of it is read from the caller again.
 *
 * @typedef {object} Call
 * @property {RequestInfo | URL} input
 * @property {Request | undefined} request
 * @property {URL} url
 * @property {Record<string, any>} options
 * @property {Headers} headers
 * @property {Body} body
 * @property {AbortSignal | undefined} signal
 */

/**
 * A `fetch` that holds what it cannot scrub. Calls that go elsewhere are handed on as they are.
 *
 * @param {typeof fetch} fetch
 * @param {Guard | GuardOptions} [options]
 * @returns {typeof fetch}
 */
export function wrapFetch(fetch, options) {
	const guard = Guard.of(options);
	return function tamisFetch(/** @type {RequestInfo | URL} */ input, /** @type {RequestInit | undefined} */ init) {
		const request = isRequest(input) ? input : undefined;
		const url = resolve(request === undefined ? input : request.url);
		let destination;
		try {
			destination = url && guard.find(url);
		} catch (error) {
			return Promise.reject(guard.hold(undefined, error));
		}
		if (url === undefined || destination === undefined) {
			return Reflect.apply(fetch, undefined, arguments);
		}
		return send(guard, fetch, destination, url, input, init);
	};
}

/**
 * @param {Guard} guard
 * @param {typeof fetch} fetch
 * @param {Destination} destination
 * @param {URL} url
 * @param {RequestInfo | URL} input
 * @param {RequestInit | undefined} init
 */
async function send(guard, fetch, destination, url, input, init) {
	/** @type {AbortSignal | undefined} */
	let signal;
	let ready;
	try {
		const call = take(url, input, init ?? {});
		signal = call.signal;
		if (!guard.isReady) {
			await unlessAborted(guard.ready(), signal);
		}
		if (call.body.load !== undefined) {
			await unlessAborted(call.body.load(), signal);
		}
		ready = prepare(guard, destination, call);
	} catch (error) {
		if (signal?.aborted) {
			throw signal.reason;
		}
		throw guard.hold(destination, error);
	}
	const { scrub, target, options } = ready;
	try {
		return restoreResponse(await Reflect.apply(fetch, undefined, [target, options]), scrub);
	} catch (error) {
		scrub.free();
		throw error;
	}
}

/**
 * Copies a call before anything is waited for.
 *
 * @param {URL} url
 * @param {RequestInfo | URL} input
 * @param {RequestInit} init
 * @returns {Call}
 */
function take(url, input, init) {
	const request = isRequest(input) ? input : undefined;
	/** @type {Record<string, any>} */
	const options = { ...init };
	for (const name of OPTIONS) {
		// Options may be inherited; what they do not say, the request does.
		const value = /** @type {any} */ (init)[name];
		if (value !== undefined) {
			options[name] = value;
		}
	}
	for (const name of FIELDS) {
		if (request !== undefined && options[name] === undefined) {
			options[name] = request[name];
		}
	}
	if (options.referrer === 'about:client') {
		delete options.referrer; // Stands for not given.
	}
	const headers = new Headers(init.headers ?? request?.headers);
	const type = headers.get('content-type') ?? '';
	const given = init.body;
	const body = request !== undefined && (given === undefined || given === null) ? bodyOfRequest(request) : bodyOf(given, type);
	return { input, request, url, options, headers, body, signal: options.signal ?? undefined };
}

/**
 * Scrubs a call. Nothing waits in here.
 *
 * @param {Guard} guard
 * @param {Destination} destination
 * @param {Call} call
 */
function prepare(guard, destination, call) {
	const { url, headers, options } = call;
	const streamed = isStreamed(url, headers, call.body.text());
	const scrub = guard.scrub(destination, streamed);
	try {
		const { body, contentType } = call.body.scrub(scrub);
		if (scrub.changes > 0) {
			forChangedBody(headers);
		}
		const href = scrub.address(url);
		scrub.headers(headers);
		if (contentType === null) {
			headers.delete('content-type');
		} else if (contentType !== undefined && !headers.has('content-type')) {
			headers.set('content-type', contentType);
		}
		options.headers = headers;
		options.body = body;
		delete options.duplex; // No body is a stream any more.
		guard.tell({
			host: destination.host, verdict: scrub.changes > 0 ? 'redacted' : 'clean', code: 0,
			counts: scrub.counts, unread: scrub.unread, streamed,
		});
		// An address object is the caller's to alter; a text or a request is not.
		const isKept = href === url.href && (typeof call.input === 'string' || call.request !== undefined);
		return { scrub, target: isKept ? call.input : href, options };
	} catch (error) {
		scrub.free();
		throw error;
	}
}

/**
 * Waits, but no longer than the caller does.
 *
 * @template T
 * @param {Promise<T>} work
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<T>}
 */
async function unlessAborted(work, signal) {
	if (signal === undefined) {
		return work;
	}
	work.catch(() => {});
	/** @type {() => void} */
	let stop = () => {};
	const aborted = new Promise((_, reject) => {
		stop = () => reject(signal.reason);
		signal.addEventListener('abort', stop);
	});
	try {
		signal.throwIfAborted();
		return /** @type {T} */ (await Promise.race([work, aborted]));
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

/**
 * Also one of another frame.
 *
 * @param {unknown} input
 * @returns {input is Request}
 */
function isRequest(input) {
	return typeof input === 'object' && input !== null && Object.prototype.toString.call(input) === '[object Request]';
}
