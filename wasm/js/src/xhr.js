// @ts-check
/**
 * An `XMLHttpRequest` that scrubs what goes to AI services and restores what comes back. It must not know what a value
 * looks like.
 */

import { bodyOf } from './body.js';
import { own } from './error.js';
import { Guard, resolve } from './guard.js';
import { isRestorable } from './reply.js';
import { forChangedBody } from './scrub.js';
import { isStreamed } from './streaming.js';

/** @import { Body } from './body.js' */
/** @import { Destination } from './catalogue.js' */
/** @import { GuardOptions } from './guard.js' */
/** @import { Scrub } from './scrub.js' */

/** Where a call goes that must fail and leave nothing: no scheme to fetch. */
const NOWHERE = 'about:tamis-held';

/**
 * @typedef {object} Call
 * @property {Destination} destination
 * @property {URL} url
 * @property {any[]} opened What `open` was given.
 * @property {[string, string][]} headers
 * @property {boolean} isAsync
 */

/**
 * A class that holds what it cannot scrub. Calls that go elsewhere are the original's.
 *
 * @param {typeof XMLHttpRequest} Original
 * @param {Guard | GuardOptions} [options]
 * @returns {typeof XMLHttpRequest}
 */
export function wrapXMLHttpRequest(Original, options) {
	const guard = Guard.of(options);

	class TamisXMLHttpRequest extends Original {
		/** @type {Call | undefined} The call, when it is an AI's. */
		#call;
		/** @type {unknown} What no longer counts once it is another. */
		#waiting;
		/** @type {Scrub | undefined} */
		#scrub;
		/** @type {{ is: any } | undefined} The call's restored reply. */
		#reply;
		/** @type {unknown} Why `open` could not tell where the call goes. */
		#fault;

		/**
		 * @param {string} method
		 * @param {string | URL} address
		 * @param {...any} rest
		 */
		open(method, address, ...rest) {
			this.#forget();
			const url = resolve(address);
			super.open(method, address, .../** @type {[boolean]} */ (rest));
			try {
				const destination = url && guard.find(url);
				if (url !== undefined && destination !== undefined) {
					const isAsync = rest.length === 0 || Boolean(rest[0]);
					this.#call = { destination, url, opened: [method, address, ...rest], headers: [], isAsync };
				}
			} catch (error) {
				this.#fault = error;
			}
		}

		/**
		 * @param {string} name
		 * @param {string} value
		 */
		setRequestHeader(name, value) {
			this.#mustNotWait();
			super.setRequestHeader(name, value);
			this.#call?.headers.push([name, value]);
		}

		/** @param {any} [body] */
		send(body) {
			this.#mustNotWait();
			if (this.#fault !== undefined) {
				throw guard.hold(undefined, this.#fault);
			}
			const call = this.#call;
			if (call === undefined || this.readyState !== Original.OPENED) {
				super.send(body);
				return;
			}
			const isBodiless = /^(get|head)$/i.test(call.opened[0]);
			let taken;
			try {
				const headers = new Headers(call.headers);
				taken = bodyOf(isBodiless ? undefined : body, headers.get('content-type') ?? '');
				if (guard.isReady && taken.load === undefined) {
					this.#go(call, taken);
					return;
				}
				if (!call.isAsync) {
					throw guard.isReady ? own(207) : own(310); // A synchronous call cannot wait.
				}
			} catch (error) {
				throw guard.hold(call.destination, error);
			}
			this.#later(call, taken);
		}

		abort() {
			if (this.#waiting === undefined) {
				super.abort();
				return;
			}
			this.#fail();
			super.abort(); // With the events of a call under way.
		}

		get response() {
			const response = super.response;
			switch (this.responseType) {
				case '':
				case 'text':
					return this.#restored(response, (text) => this.#restoreText(text));
				case 'json':
					return this.#restored(response, (value) =>
						JSON.parse(this.#restoreText(JSON.stringify(value), 'application/json')));
				case 'arraybuffer':
					return this.#restored(response, (buffer) => {
						const before = new Uint8Array(buffer);
						const after = this.#scrub?.restore(before, this.#type()) ?? before;
						return after === before ? buffer : after.buffer;
					});
				default:
					return response;
			}
		}

		get responseText() {
			return this.#restored(super.responseText, (text) => this.#restoreText(text));
		}

		/**
		 * Scrubs and sends.
		 *
		 * @param {Call} call
		 * @param {Body} taken
		 */
		#go(call, taken) {
			const headers = new Headers(call.headers);
			const streamed = isStreamed(call.url, headers, taken.text());
			const scrub = guard.scrub(call.destination, streamed);
			let body;
			try {
				const done = taken.scrub(scrub);
				body = done.body;
				if (scrub.changes > 0) {
					forChangedBody(headers);
				}
				const href = scrub.address(call.url);
				scrub.headers(headers);
				if (done.contentType === null) {
					headers.delete('content-type');
				} else if (done.contentType !== undefined && !headers.has('content-type')) {
					headers.set('content-type', done.contentType);
				}
				this.#reopen(call, href, headers);
				this.#scrub = scrub;
				super.send(body);
			} catch (error) {
				scrub.free();
				throw error;
			}
			guard.tell({
				host: call.destination.host, verdict: scrub.changes > 0 ? 'redacted' : 'clean', code: 0,
				counts: scrub.counts, unread: scrub.unread, streamed,
			});
		}

		/**
		 * Opens again, as headers cannot be taken back otherwise; no event tells of it.
		 *
		 * @param {Call} call
		 * @param {string} href
		 * @param {Headers} headers
		 */
		#reopen(call, href, headers) {
			const [method, , ...rest] = call.opened;
			super.open(method, href, .../** @type {[boolean]} */ (rest));
			for (const [name, value] of headers) {
				super.setRequestHeader(name, value);
			}
		}

		/**
		 * Sends once it can; a call that cannot be sent ends like one that lost its network.
		 *
		 * @param {Call} call
		 * @param {Body} taken
		 */
		async #later(call, taken) {
			const turn = {};
			this.#waiting = turn;
			let fault;
			try {
				await guard.ready();
				await taken.load?.();
			} catch (error) {
				fault = error ?? own(301);
			}
			if (this.#waiting !== turn) {
				return; // Aborted, or another call by now.
			}
			this.#waiting = undefined;
			try {
				if (fault !== undefined) {
					throw fault;
				}
				this.#go(call, taken);
			} catch (error) {
				const held = guard.hold(call.destination, error);
				this.#fail();
				globalThis.reportError(held);
			}
		}

		/** Ends the call without a byte sent. */
		#fail() {
			this.#waiting = undefined;
			super.open('GET', NOWHERE);
			super.send();
		}

		/** Whatever an earlier call left. */
		#forget() {
			this.#scrub?.free();
			this.#call = undefined;
			this.#waiting = undefined;
			this.#scrub = undefined;
			this.#reply = undefined;
			this.#fault = undefined;
		}

		#mustNotWait() {
			if (this.#waiting !== undefined) {
				throw new DOMException('The request is being sent.', 'InvalidStateError');
			}
		}

		#type() {
			return this.getResponseHeader('content-type') ?? '';
		}

		/**
		 * @param {string} text
		 * @param {string} [type]
		 */
		#restoreText(text, type = this.#type()) {
			return this.#scrub?.restore(text, type) ?? text;
		}

		/**
		 * The restored reply, made once: a page may compare what it reads twice.
		 *
		 * @template T
		 * @param {T} response
		 * @param {(response: T) => any} restore
		 * @returns {any}
		 */
		#restored(response, restore) {
			if (!this.#scrub?.hasTokens || !response || this.readyState !== Original.DONE || !isRestorable(this.#type())) {
				return response;
			}
			this.#reply ??= { is: restore(response) };
			return this.#reply.is;
		}
	}

	Object.defineProperty(TamisXMLHttpRequest, 'name', { value: Original.name });
	return /** @type {any} */ (TamisXMLHttpRequest);
}
