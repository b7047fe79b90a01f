// @ts-check
/**
 * Compiled rules and a key. It must not know where bodies come from or go.
 */

import { own, TamisError } from './error.js';
import { instance } from './module.js';
import { Exchange, exchangeOf, Outcome, unwatch, watch } from './outcome.js';

/** @import { Instance } from './instance.js' */

/**
 * @typedef {object} RedactorOptions
 * @property {Uint8Array | string} [key]
 * @property {(Uint8Array | string)[]} [previousKeys]
 * @property {string} [scope]
 * @property {string} [destinationClass]
 */

/**
 * @typedef {object} RedactOptions
 * @property {string} [charset]
 * @property {string} [scope]
 * @property {string} [destinationClass]
 * @property {Outcome} [exchange]
 */

/** Largest body that any policy allows, in bytes. */
export const BODY_BYTES_MAX = 64 << 20;
/** Bytes of a key that nobody gave. */
const KEY_BYTES = 32;

const VERDICTS = /** @type {const} */ (['clean', 'redacted', 'blocked']);

/** What the module says of a body that is never handed to it. */
const NOTHING_FOUND = '{"counts":{},"one_way":0,"unread":0,"findings":[]}';

/** Compiled rules and a key. */
export class Redactor {
	/** @type {Instance} */
	#instance;
	#handle = 0;
	#scope;
	#destinationClass;

	/**
	 * Use `redactor()`.
	 *
	 * @param {object | string | undefined} policy
	 * @param {RedactorOptions} options
	 */
	constructor(policy, { key, previousKeys = [], scope = '', destinationClass = '' } = {}) {
		const module = instance();
		const json = policyText(policy);
		const secrets = [key ?? crypto.getRandomValues(new Uint8Array(KEY_BYTES)), ...previousKeys].map(secretBytes);
		this.#instance = module;
		this.#scope = text(scope, 'scope');
		this.#destinationClass = text(destinationClass, 'destinationClass');
		const keyring = makeKeyring(module, secrets);
		try {
			const { buffer, lengths } = module.write([json]);
			this.#handle = newRedactor(module, keyring, buffer, lengths[0]);
		} finally {
			module.free(keyring);
			module.settle();
		}
		watch(this, module, this.#handle);
	}

	/**
	 * Redacts a body.
	 *
	 * @param {string | Uint8Array} body
	 * @param {string} [contentType]
	 * @param {RedactOptions} [options]
	 * @returns {Outcome}
	 */
	redact(body, contentType = '', options = {}) {
		const { charset = '', scope = this.#scope, destinationClass = this.#destinationClass, exchange } = options;
		// What is sent of a string is its UTF-8, whatever the media type claims.
		const parts = [
			bodyOf(body),
			text(contentType, 'contentType'),
			typeof body === 'string' ? 'utf-8' : text(charset, 'charset'),
			text(scope, 'scope'),
			text(destinationClass, 'destinationClass'),
		];
		const shared = exchange === undefined ? new Exchange(this.#instance) : exchangeOf(exchange);
		const restore = this.#restorer(shared);
		if (body.length > BODY_BYTES_MAX) {
			return new Outcome({ verdict: 'blocked', error: own(201), json: NOTHING_FOUND, exchange: shared, restore });
		}
		const { verdict, code, json, bytes } = this.#run(shared, parts, body);
		if (exchange === undefined && !json.includes('"operator":"token"')) {
			shared.close(); // Nothing to restore: no handle is held for it.
		}
		const error = verdict === 'blocked' ? this.#instance.error(code) : undefined;
		return new Outcome({ verdict, body: bytes, error, json, exchange: shared, restore });
	}

	/**
	 * The body with every finding replaced; the very one that was given when there is none.
	 *
	 * @template {string | Uint8Array} T
	 * @param {T} body
	 * @param {string} [contentType]
	 * @returns {T}
	 * @throws {TamisError} When the body must not be sent.
	 */
	scrub(body, contentType = '') {
		const outcome = this.redact(body, contentType);
		outcome.free();
		return /** @type {T} */ (outcome.body);
	}

	/** Gives its memory back and wipes its key; it can do nothing more. */
	free() {
		const handle = this.#handle;
		this.#handle = 0;
		unwatch(this);
		this.#instance.free(handle);
	}

	/**
	 * @param {Exchange} exchange
	 * @param {(string | Uint8Array)[]} parts
	 * @param {string | Uint8Array} body
	 */
	#run(exchange, parts, body) {
		const module = this.#instance;
		const session = exchange.open();
		let outcome = 0;
		try {
			const { buffer, lengths } = module.write(parts);
			module.call('tamis_redact', this.#handle, session, buffer, ...lengths);
			outcome = module.word(0);
			const verdict = VERDICTS[module.word(1)];
			const code = module.word(2);
			const [address, length] = [module.word(3), module.word(4)];
			let bytes;
			if (verdict === 'clean') {
				bytes = body;
			} else if (verdict === 'redacted') {
				bytes = typeof body === 'string' ? module.text(address, length) : module.copy(address, length);
			} else if (verdict === undefined) {
				throw own(301);
			}
			module.call('tamis_outcome_report', outcome);
			return { verdict, code, bytes, json: module.text(module.word(0), module.word(1)) };
		} finally {
			module.free(outcome);
			module.settle();
		}
	}

	/** @param {Exchange} exchange */
	#restorer(exchange) {
		/**
		 * @param {string | Uint8Array} reply
		 * @param {string} contentType
		 */
		return (reply, contentType) => {
			const module = this.#instance;
			const type = text(contentType, 'contentType');
			const session = exchange.open();
			let restored = 0;
			try {
				const { buffer, lengths } = module.write([bodyOf(reply), typeof reply === 'string' ? withoutCharset(type) : type]);
				module.call('tamis_restore', this.#handle, session, buffer, ...lengths);
				restored = module.word(0);
				const [address, length] = [module.word(1), module.word(2)];
				const counts = { restored: module.word(3), unresolved: module.word(4) };
				if (restored === 0) {
					return { reply, ...counts };
				}
				const done = typeof reply === 'string' ? module.text(address, length) : module.copy(address, length);
				return { reply: done, ...counts };
			} finally {
				module.free(restored);
				module.settle();
			}
		};
	}
}

/** Lets `using` free redactors where the language has it. */
if (typeof Symbol.dispose === 'symbol') {
	Object.defineProperty(Redactor.prototype, Symbol.dispose, {
		value: Redactor.prototype.free, configurable: true, writable: true,
	});
}

/**
 * Compiles a policy.
 *
 * @param {object | string} [policy] A policy or its JSON; the default one when absent.
 * @param {RedactorOptions} [options]
 * @throws {TamisError} With the JSON path of what is wrong.
 */
export function redactor(policy, options) {
	return new Redactor(policy, options ?? {});
}

/** @param {object | string | undefined} policy */
function policyText(policy) {
	if (policy === undefined) {
		return '';
	}
	let json;
	try {
		json = typeof policy === 'string' ? policy : JSON.stringify(policy);
	} catch {
		json = '';
	}
	if (json === undefined || json === '') {
		throw instance().error(101, '$'); // For the module, no bytes are the default policy.
	}
	return json;
}

/** @param {Uint8Array | string} secret */
function secretBytes(secret) {
	if (typeof secret === 'string') {
		return new TextEncoder().encode(secret);
	}
	if (secret instanceof Uint8Array) {
		return secret;
	}
	throw new TypeError('A key is a string or a Uint8Array.');
}

/**
 * @param {Instance} module
 * @param {Uint8Array[]} secrets The one in use, then earlier ones.
 */
function makeKeyring(module, [secret, ...previous]) {
	let { buffer, lengths } = module.write([secret]);
	module.call('tamis_keyring_new', buffer, lengths[0]);
	const keyring = module.word(0);
	try {
		for (const earlier of previous) {
			({ buffer, lengths } = module.write([earlier]));
			module.call('tamis_keyring_previous', keyring, buffer, lengths[0]);
		}
	} catch (error) {
		module.free(keyring);
		throw error;
	}
	return keyring;
}

/**
 * @param {Instance} module
 * @param {number} keyring
 * @param {number} buffer
 * @param {number} bytes Of the policy in the buffer.
 */
function newRedactor(module, keyring, buffer, bytes) {
	try {
		module.call('tamis_redactor_new', keyring, buffer, bytes, 0);
	} catch (error) {
		if (error instanceof TamisError && error.code >= 101 && error.code <= 113) {
			module.call('tamis_policy_path');
			throw module.error(error.code, module.text(module.word(0), module.word(1)));
		}
		throw error;
	}
	return module.word(0);
}

/** @param {unknown} body */
function bodyOf(body) {
	if (typeof body === 'string' || body instanceof Uint8Array) {
		return body;
	}
	throw new TypeError('A body is a string or a Uint8Array.');
}

/**
 * @param {unknown} value
 * @param {string} name
 */
function text(value, name) {
	if (typeof value === 'string') {
		return value;
	}
	throw new TypeError(`${name} is a string.`);
}

/**
 * The media type of a string: its bytes are UTF-8 here, whatever they were on the wire.
 *
 * @param {string} type
 */
function withoutCharset(type) {
	return type.replace(/;\s*charset\s*=[^;]*/gi, '');
}
