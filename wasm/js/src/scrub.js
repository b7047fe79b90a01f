// @ts-check
/**
 * Replaces in every part of one request what must not leave: address, headers and body, in forms in which values have
 * names. It must not know how a request is made.
 */

import { own } from './error.js';

/** @import { Destination } from './catalogue.js' */
/** @import { Outcome } from './outcome.js' */
/** @import { Redactor } from './redactor.js' */

export const FORM = 'application/x-www-form-urlencoded';

/** What must not stand in a path. Other entities look too much like ids and versions there. */
const NOT_IN_PATH = ['email', 'credit_card', 'iban', 'api_key', 'jwt', 'private_key'];

/** Headers that are part of the protocol and never altered. */
const PROTOCOL = new Set([
	'accept', 'accept-charset', 'accept-encoding', 'accept-language', 'cache-control', 'connection', 'content-encoding',
	'content-length', 'content-type', 'date', 'expect', 'host', 'openai-beta', 'openai-organization', 'openai-project',
	'anthropic-beta', 'anthropic-dangerous-direct-browser-access', 'anthropic-version', 'te', 'traceparent', 'tracestate',
	'transfer-encoding', 'upgrade', 'user-agent', 'x-goog-api-client', 'x-goog-user-project',
]);

/** What signs a request: altered, it would only be refused. */
const SIGNATURE = /^x-amz-/i;

/** Headers that speak of the body's bytes and lie once these changed. */
const OF_BODY = ['content-length', 'content-md5', 'digest', 'content-digest', 'repr-digest'];

/** The parts of one request, in one exchange. */
export class Scrub {
	/** @type {Outcome | undefined} */
	#outcome;
	#redactor;
	#destination;
	#scope;

	/**
	 * @param {Redactor} redactor
	 * @param {Destination} destination
	 * @param {string} scope
	 */
	constructor(redactor, destination, scope) {
		this.#redactor = redactor;
		this.#destination = destination;
		this.#scope = scope;
		/** @type {Record<string, number>} */
		this.counts = {};
		this.unread = 0;
		/** How many parts changed. */
		this.changes = 0;
		/** Whether a reply may hold tokens of this request. */
		this.hasTokens = false;
	}

	/**
	 * One part through the engine.
	 *
	 * @template {string | Uint8Array} T
	 * @param {T} part
	 * @param {string} type
	 * @returns {T} The very same when nothing was found.
	 * @throws {TamisError} When it must not be sent.
	 */
	run(part, type) {
		const outcome = this.#redactor.redact(part, type, { scope: this.#scope, exchange: this.#outcome });
		const body = outcome.body;
		this.#outcome ??= outcome;
		this.unread += outcome.unread;
		this.changes += body === part ? 0 : 1;
		for (const { entity, operator } of outcome.findings) {
			this.counts[entity] = (this.counts[entity] ?? 0) + 1;
			this.hasTokens ||= operator === 'token';
		}
		return /** @type {T} */ (body);
	}

	/**
	 * Several encoded values with names as one form, so that names speak.
	 *
	 * @param {string[]} segments Such as name=value.
	 */
	segments(segments) {
		if (segments.length === 0) {
			return segments;
		}
		const form = segments.join('&');
		const done = this.run(form, FORM);
		const parts = done === form ? segments : done.split('&');
		if (parts.length !== segments.length) {
			throw own(301);
		}
		return parts;
	}

	/**
	 * The address with its query scrubbed. The destination's own credential in its own parameter stays.
	 *
	 * @param {URL} url
	 * @returns {string}
	 */
	address(url) {
		this.#path(url.pathname);
		if (url.search === '') {
			return url.href;
		}
		const parts = url.search.slice(1).split('&');
		const isRead = parts.map((part) => {
			const name = decode(part.split('=', 1)[0]).toLowerCase();
			return part !== '' && !this.#destination.query.includes(name) && !SIGNATURE.test(name);
		});
		const done = this.segments(parts.filter((_, index) => isRead[index]));
		const merged = parts.map((part, index) => (isRead[index] ? done.shift() : part)).join('&');
		return merged === url.search.slice(1) ? url.href : `${url.origin}${url.pathname}?${merged}${url.hash}`;
	}

	/**
	 * Scrubs headers that are neither protocol nor the destination's own credential, in place.
	 *
	 * @param {Headers} headers
	 * @returns {boolean} Whether one changed.
	 */
	headers(headers) {
		const read = [...headers].filter(([name, value]) => value !== '' && name !== 'authorization'
			&& !PROTOCOL.has(name) && !SIGNATURE.test(name) && !this.#destination.headers.includes(name));
		const before = read.map(([name, value]) => `${encode(name)}=${encode(value)}`);
		const after = this.segments(before);
		let changed = false;
		read.forEach(([name], index) => {
			if (after[index] !== before[index]) {
				const value = after[index].slice(after[index].indexOf('=') + 1);
				headers.set(name, decode(value).replace(/[\r\n\0]/g, ' '));
				changed = true;
			}
		});
		return changed;
	}

	/**
	 * The reply with the exchange's values. A fault leaves it as it came: its tokens tell nothing.
	 *
	 * @template {string | Uint8Array} T
	 * @param {T} reply
	 * @param {string} type
	 * @returns {T}
	 */
	restore(reply, type) {
		try {
			return this.#outcome?.restore(reply, type) ?? reply;
		} catch {
			return reply;
		}
	}

	/** Forgets the exchange's values. */
	free() {
		this.#outcome?.free();
	}

	/** @param {string} path */
	#path(path) {
		if (path === '/') {
			return;
		}
		const outcome = this.#redactor.redact(decode(path), 'text/plain', { scope: this.#scope });
		outcome.free();
		if (outcome.verdict === 'blocked' || NOT_IN_PATH.some((entity) => entity in outcome.counts)) {
			throw own(210);
		}
	}
}

/**
 * Takes away the headers that lie once a body changed.
 *
 * @param {Headers} headers
 */
export function forChangedBody(headers) {
	OF_BODY.forEach((name) => headers.delete(name));
}

/** @param {string} text */
function decode(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/**
 * Encodes only what would end a value in a form, so that the rest stays easy to read.
 *
 * @param {string} text
 */
function encode(text) {
	return text.replace(/[%&=+ \r\n]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
