// @ts-check
/**
 * Puts the real values back into a reply of `fetch` once it is complete. It must not know requests.
 */

import { BODY_BYTES_MAX } from './redactor.js';

/** @import { Scrub } from './scrub.js' */

/** Types that hold text. */
const TEXT = /^\s*(?:$|text\/|application\/(?:[a-z0-9.+-]*\+)?(?:json|xml)|application\/(?:javascript|x-www-form-urlencoded))/i;
/** Types that arrive in pieces: they pass as they come. */
const STREAM = /^\s*(?:text\/event-stream|application\/(?:x-ndjson|jsonl|stream\+json|json-seq))/i;
/** Statuses that a response with a body can be made of. */
const BODILESS = [204, 205, 304];

/**
 * Whether replies of this type are restored.
 *
 * @param {string} type
 */
export function isRestorable(type) {
	return TEXT.test(type) && !STREAM.test(type);
}

/**
 * The response with the exchange's values in it, read when the caller reads it.
 *
 * @param {Response} response
 * @param {Scrub} scrub
 * @returns {Response}
 */
export function restoreResponse(response, scrub) {
	const type = response.headers.get('content-type') ?? '';
	const { body, status } = response;
	if (!scrub.hasTokens || body === null || status < 200 || status > 599 || BODILESS.includes(status) || !isRestorable(type)) {
		scrub.free();
		return response;
	}
	const headers = new Headers(response.headers);
	headers.delete('content-length');
	headers.delete('content-encoding'); // Undone already.
	const restored = new Response(restoredStream(body, type, scrub), { status, statusText: response.statusText, headers });
	return dress(restored, response);
}

/**
 * A stream that gives the whole restored body once it is there.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @param {string} type
 * @param {Scrub} scrub
 * @returns {ReadableStream<Uint8Array>}
 */
function restoredStream(body, type, scrub) {
	const reader = body.getReader();
	return new ReadableStream({
		async pull(controller) {
			try {
				/** @type {Uint8Array[]} */
				const chunks = [];
				for (let next = await reader.read(); !next.done; next = await reader.read()) {
					chunks.push(next.value);
				}
				const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
				const all = new Uint8Array(length);
				let at = 0;
				for (const chunk of chunks) {
					all.set(chunk, at);
					at += chunk.length;
				}
				const done = length > BODY_BYTES_MAX ? all : scrub.restore(all, type);
				if (done.length > 0) {
					controller.enqueue(done);
				}
				controller.close();
			} finally {
				scrub.free();
			}
		},
		cancel(reason) {
			scrub.free();
			return reader.cancel(reason);
		},
	}, { highWaterMark: 0 });
}

/**
 * Gives a made response what only a received one has.
 *
 * @param {Response} made
 * @param {Response} from
 * @returns {Response}
 */
function dress(made, from) {
	const { url, redirected, type } = from;
	return Object.defineProperties(made, {
		url: { value: url },
		redirected: { value: redirected },
		type: { value: type },
		clone: { value: () => dress(Response.prototype.clone.call(made), from) },
	});
}
