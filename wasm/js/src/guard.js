// @ts-check
/**
 * What a wrapped `fetch` and a wrapped `XMLHttpRequest` share: which calls are meant, and the redactors for them. It
 * must not know how a call is made.
 */

import { base, finder } from './catalogue.js';
import { own, TamisError } from './error.js';
import { init, isReady } from './module.js';
import { redactor } from './redactor.js';
import { Scrub } from './scrub.js';
import { withoutTokens } from './streaming.js';

/** @import { Destination, Destinations } from './catalogue.js' */
/** @import { Redactor } from './redactor.js' */

/**
 * @typedef {object} GuardEvent What became of one call. No value is in it.
 * @property {string} host
 * @property {'clean' | 'redacted' | 'held'} verdict
 * @property {number} code Why it was held, else 0.
 * @property {Record<string, number>} counts Findings by entity.
 * @property {number} unread Parts that are media.
 * @property {boolean} streamed
 */

/**
 * @typedef {object} GuardOptions
 * @property {object | string} [policy]
 * @property {Uint8Array | string} [key]
 * @property {Destinations} [destinations]
 * @property {string} [scope]
 * @property {Promise<unknown>} [ready]
 * @property {(event: GuardEvent) => void} [onEvent]
 */

/** Bytes of a key that nobody gave. */
const KEY_BYTES = 32;

/** Decides about calls and hands out what scrubs them. */
export class Guard {
	#policy;
	#key;
	#scope;
	#ready;
	#isReady;
	#onEvent;
	/** @type {{ plain?: Redactor, streamed?: Redactor }} */
	#redactors = {};

	/** @param {GuardOptions} [options] */
	constructor({ policy, key, destinations = [], scope, ready, onEvent } = {}) {
		this.#policy = policy;
		this.#key = key ?? crypto.getRandomValues(new Uint8Array(KEY_BYTES));
		this.#scope = scope ?? globalThis.location?.hostname ?? '';
		this.#onEvent = onEvent;
		this.#ready = ready;
		this.#isReady = ready === undefined;
		ready?.then(() => { this.#isReady = true; }, () => {});
		/** The destination of an address, if it is one of those meant. */
		this.find = finder(destinations);
	}

	/**
	 * The one that a caller shares between wrappers, or one of its own.
	 *
	 * @param {Guard | GuardOptions | undefined} options
	 */
	static of(options) {
		return options instanceof Guard ? options : new Guard(options);
	}

	/** Whether a call need not wait. */
	get isReady() {
		return this.#isReady && isReady();
	}

	/** Fails when nothing can be sent. */
	async ready() {
		try {
			await this.#ready;
		} catch (error) {
			throw error instanceof TamisError ? error : own(310, error);
		}
		await init();
	}

	/**
	 * What scrubs one request.
	 *
	 * @param {Destination} destination
	 * @param {boolean} streamed
	 * @returns {Scrub}
	 */
	scrub(destination, streamed) {
		const kind = streamed ? 'streamed' : 'plain';
		this.#redactors[kind] ??= redactor(streamed ? withoutTokens(this.#policy) : this.#policy, { key: this.#key });
		return new Scrub(this.#redactors[kind], destination, `${this.#scope} ${destination.host}`);
	}

	/**
	 * The error of a call that is not sent.
	 *
	 * @param {Destination | undefined} destination
	 * @param {unknown} error
	 * @returns {TamisError}
	 */
	hold(destination, error) {
		const held = TamisError.held(error);
		if (held.code >= 301 && held.code <= 309) {
			this.#redactors = {}; // The next call gets a fresh instance.
		}
		this.tell({ host: destination?.host ?? '', verdict: 'held', code: held.code, counts: {}, unread: 0, streamed: false });
		return held;
	}

	/** @param {GuardEvent} event */
	tell(event) {
		try {
			this.#onEvent?.(event);
		} catch (error) {
			// What listens must not decide.
			globalThis.reportError?.(error);
		}
	}
}

/**
 * An address as a page writes it.
 *
 * @param {unknown} address
 * @returns {URL | undefined} Nothing where no request can go.
 */
export function resolve(address) {
	try {
		return new URL(String(address), base());
	} catch {
		return undefined;
	}
}
