// @ts-check
/**
 * What happened to one body, and the way back for its reply. It must not know how either is done.
 */

import { own } from './error.js';

/** @import { TamisError } from './error.js' */
/** @import { Instance } from './instance.js' */

/** @typedef {{ rule: string, entity: string, operator: string, confidence: string, ranges: [number, number][] }} Finding */
/** @typedef {{ counts: Record<string, number>, one_way: number, unread: number, findings: Finding[] }} Report */

/**
 * Some workers have none: there, only `free()` gives memory back.
 *
 * @type {FinalizationRegistry<{ instance: Instance, handle: number }> | undefined}
 */
const forgotten = typeof FinalizationRegistry === 'function' ? new FinalizationRegistry(({ instance, handle }) => {
	try {
		instance.free(handle);
	} catch {
		// The instance trapped on it: nothing of it is left to free.
	}
}) : undefined;

/** The tokens of one exchange, shared by its outcomes. A session is only opened when one is needed. */
export class Exchange {
	#session = 0;
	#isFreed = false;

	/** @param {Instance} instance */
	constructor(instance) {
		this.instance = instance;
	}

	/** The session's handle. */
	open() {
		if (this.#isFreed) {
			throw this.instance.error(302);
		}
		if (this.#session === 0) {
			this.instance.call('tamis_session_new');
			this.#session = this.instance.word(0);
			forgotten?.register(this, { instance: this.instance, handle: this.#session }, this);
		}
		return this.#session;
	}

	/** Gives the session back; the exchange opens another when it needs one. */
	close() {
		const session = this.#session;
		this.#session = 0;
		forgotten?.unregister(this);
		this.instance.free(session);
	}

	/** Gives the session back for good. */
	free() {
		this.#isFreed = true;
		this.close();
	}
}

/**
 * Frees an object when the collector finds it before `free()` was called.
 *
 * @param {object} object
 * @param {Instance} instance
 * @param {number} handle
 */
export function watch(object, instance, handle) {
	forgotten?.register(object, { instance, handle }, object);
}

/** @param {object} object */
export function unwatch(object) {
	forgotten?.unregister(object);
}

/** @type {(outcome: Outcome) => Exchange} */
let exchangeOf;
export { exchangeOf };

/** What happened to one body. */
export class Outcome {
	/** @type {string | Uint8Array | undefined} */
	#body;
	/** @type {TamisError | undefined} */
	#error;
	#json;
	/** @type {Report | undefined} */
	#report;
	#exchange;
	#restore;

	static {
		exchangeOf = (outcome) => outcome.#exchange;
	}

	/**
	 * Made by redactors.
	 *
	 * @param {object} parts
	 * @param {'clean' | 'redacted' | 'blocked'} parts.verdict
	 * @param {string | Uint8Array} [parts.body]
	 * @param {TamisError} [parts.error] Why it was blocked.
	 * @param {string} parts.json The module's report.
	 * @param {Exchange} parts.exchange
	 * @param {(reply: string | Uint8Array, contentType: string) =>
	 *     { reply: string | Uint8Array, restored: number, unresolved: number }} parts.restore
	 */
	constructor({ verdict, body, error, json, exchange, restore }) {
		this.verdict = verdict;
		this.restored = 0;
		this.unresolved = 0;
		this.#body = body;
		this.#error = error;
		this.#json = json;
		this.#exchange = exchange;
		this.#restore = restore;
	}

	/** Why the body was blocked; 0 when it was not. */
	get code() {
		return this.#error?.code ?? 0;
	}

	/** The body to send: the very one that was given when it is clean. */
	get body() {
		if (this.#error !== undefined) {
			throw this.#error;
		}
		if (this.#body === undefined) {
			throw own(301);
		}
		return this.#body;
	}

	/** Findings in order of their first byte. */
	get findings() {
		return this.#read().findings;
	}

	/** Findings by entity. */
	get counts() {
		return this.#read().counts;
	}

	/** Values that no reply gets back. */
	get oneWay() {
		return this.#read().one_way;
	}

	/** Parts that are media and were not read. */
	get unread() {
		return this.#read().unread;
	}

	/**
	 * The reply with the exchange's values where they may stand; the very one that was given when nothing changes.
	 *
	 * @template {string | Uint8Array} T
	 * @param {T} reply
	 * @param {string} [contentType]
	 * @returns {T}
	 */
	restore(reply, contentType = '') {
		const done = this.#restore(reply, contentType);
		this.restored = done.restored;
		this.unresolved = done.unresolved;
		return /** @type {T} */ (done.reply);
	}

	/** Forgets the exchange's values; `restore` fails from here on. */
	free() {
		this.#exchange.free();
	}

	#read() {
		this.#report ??= /** @type {Report} */ (JSON.parse(this.#json));
		return this.#report;
	}
}

/** Lets `using` free outcomes where the language has it. */
if (typeof Symbol.dispose === 'symbol') {
	Object.defineProperty(Outcome.prototype, Symbol.dispose, {
		value: Outcome.prototype.free, configurable: true, writable: true,
	});
}
