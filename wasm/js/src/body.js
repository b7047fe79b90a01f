// @ts-check
/**
 * Bodies of every kind that `fetch` and `XMLHttpRequest` take: copied at once, read when they must be waited for,
 * scrubbed in one go. It must not know destinations or replies.
 */

import { own, TamisError } from './error.js';
import { BODY_BYTES_MAX } from './redactor.js';
import { FORM } from './scrub.js';

/** @import { Scrub } from './scrub.js' */

/**
 * @typedef {object} Scrubbed
 * @property {any} body What to send.
 * @property {string | null} [contentType] Set where the caller set none; null where the caller's no longer fits.
 */

/**
 * @typedef {object} Body A body as it was when the call was made.
 * @property {(() => Promise<void>) | undefined} load Reads what cannot be had at once.
 * @property {() => string} text What tells whether a stream is asked for.
 * @property {(scrub: Scrub) => Scrubbed} scrub
 */

/** @type {Body} */
const NONE = { load: undefined, text: () => '', scrub: () => ({ body: undefined }) };

/**
 * A copy of a body.
 *
 * @param {any} body
 * @param {string} type The Content-Type that the caller set, or an empty string.
 * @returns {Body}
 */
export function bodyOf(body, type) {
	if (body === null || body === undefined) {
		return NONE;
	}
	if (typeof body === 'string') {
		return isMultipart(type) ? multipart(async () => new TextEncoder().encode(body), type) : text(body, type, 'text/plain;charset=UTF-8');
	}
	if (ArrayBuffer.isView(body)) {
		return bytes(copy(body.buffer, body.byteOffset, body.byteLength), type);
	}
	switch (Object.prototype.toString.call(body).slice(8, -1)) {
		case 'ArrayBuffer':
		case 'SharedArrayBuffer':
			return bytes(copy(body, 0, body.byteLength), type);
		case 'URLSearchParams':
			return text(String(body), type, `${FORM};charset=UTF-8`);
		case 'FormData':
			return form([...body]);
		case 'Blob':
		case 'File':
			return isMultipart(type) ? multipart(() => bytesOf(body), type) : blob(body, type);
		case 'ReadableStream':
		case 'AsyncGenerator':
			return isMultipart(type) ? multipart(() => drain(body), type) : loaded(() => drain(body), type);
		case 'Document':
		case 'HTMLDocument':
		case 'XMLDocument': {
			const kind = body.contentType === 'text/html' ? 'text/html' : 'application/xml';
			return text(new XMLSerializer().serializeToString(body), type, `${kind};charset=UTF-8`);
		}
		default:
			return Symbol.asyncIterator in body ? loaded(() => drain(body), type) : text(String(body), type, 'text/plain;charset=UTF-8');
	}
}

/**
 * The body of a request object.
 *
 * @param {Request} request
 * @returns {Body}
 */
export function bodyOfRequest(request) {
	if (request.body === null || request.method === 'GET' || request.method === 'HEAD') {
		return NONE;
	}
	const type = request.headers.get('content-type') ?? '';
	return isMultipart(type) ? multipart(() => bytesOf(request), type) : loaded(() => bytesOf(request), type);
}

/**
 * @param {string} given
 * @param {string} type
 * @param {string} usual The type that is sent where the caller sets none.
 * @returns {Body}
 */
function text(given, type, usual) {
	const whole = wellFormed(given);
	return {
		load: undefined,
		text: () => whole,
		scrub: (scrub) => ({ body: scrub.run(whole, type === '' ? usual : type), contentType: type === '' ? usual : undefined }),
	};
}

/**
 * Half characters as U+FFFD: not every host would send them so, and what is sent must be what was read.
 *
 * @param {string} given
 */
function wellFormed(given) {
	return /\p{Surrogate}/u.test(given) ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(given)) : given;
}

/**
 * @param {Uint8Array} given
 * @param {string} type
 * @returns {Body}
 */
function bytes(given, type) {
	return {
		load: undefined,
		text: () => new TextDecoder().decode(given),
		scrub: (scrub) => ({ body: scrub.run(given, type) }),
	};
}

/**
 * @param {() => Promise<Uint8Array>} read
 * @param {string} type
 * @returns {Body}
 */
function loaded(read, type) {
	/** @type {Body} */
	let inner = unread();
	// Begun at once: the caller may alter what it gave.
	const reading = read();
	reading.catch(() => {});
	return {
		load: async () => {
			inner = bytes(await reading, type);
		},
		text: () => inner.text(),
		scrub: (scrub) => inner.scrub(scrub),
	};
}

/**
 * @param {Blob} given
 * @param {string} type
 * @returns {Body}
 */
function blob(given, type) {
	const usual = given.type;
	const inner = loaded(() => bytesOf(given), type === '' ? usual : type);
	return {
		...inner,
		scrub(scrub) {
			const done = inner.scrub(scrub);
			return { body: done.body, contentType: type === '' && usual !== '' ? usual : undefined };
		},
	};
}

/**
 * A form with files, part by part. Media files pass unread; the count tells of them.
 *
 * @param {[string, string | File][]} entries
 * @returns {Body}
 */
function form(entries) {
	const files = entries.map(([, value]) => (typeof value === 'string' ? undefined : value));
	/** @type {(Uint8Array | undefined)[]} */
	let contents = [];
	const texts = () => entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
	return {
		load: files.every((file) => file === undefined) ? undefined : async () => {
			contents = await Promise.all(files.map((file) => file && bytesOf(file)));
		},
		text: () => new URLSearchParams(texts()).toString(),
		scrub(scrub) {
			const before = texts().map((entry) => new URLSearchParams([entry]).toString());
			const after = scrub.segments(before);
			const out = new FormData();
			let next = 0;
			entries.forEach(([name, value], index) => {
				if (typeof value !== 'string') {
					out.append(name, file(value, contents[index], scrub));
				} else {
					const [pair] = after[next] === before[next] ? [[name, value]] : new URLSearchParams(after[next]);
					const [newName, newValue] = pair ?? [name, ''];
					out.append(newName, newValue);
					next += 1;
				}
			});
			return { body: out };
		},
	};
}

/**
 * @param {File} given
 * @param {Uint8Array | undefined} content
 * @param {Scrub} scrub
 */
function file(given, content, scrub) {
	if (content === undefined) {
		throw own(207);
	}
	const done = scrub.run(content, given.type);
	const name = scrub.run(given.name, 'text/plain');
	return done === content && name === given.name
		? given
		: new File([/** @type {Uint8Array<ArrayBuffer>} */ (done)], name, { type: given.type, lastModified: given.lastModified });
}

/**
 * A form that the caller wrote itself: read as one where it is one, else as it stands.
 *
 * @param {() => Promise<Uint8Array>} read
 * @param {string} type
 * @returns {Body}
 */
function multipart(read, type) {
	/** @type {Body} */
	let inner = unread();
	/** @type {Uint8Array} */
	let raw;
	let isForm = false;
	const reading = read();
	reading.catch(() => {});
	return {
		async load() {
			raw = await reading;
			try {
				const body = /** @type {Uint8Array<ArrayBuffer>} */ (raw);
				inner = form([...await new Response(body, { headers: { 'content-type': type } }).formData()]);
				isForm = true;
			} catch {
				inner = bytes(raw, type);
			}
			await inner.load?.();
		},
		text: () => inner.text(),
		scrub(scrub) {
			const before = scrub.changes;
			const done = inner.scrub(scrub);
			if (!isForm) {
				return done;
			}
			return scrub.changes === before ? { body: raw } : { body: done.body, contentType: null };
		},
	};
}

/** @returns {Body} What was never loaded cannot be sent. */
function unread() {
	return {
		load: undefined,
		text: () => '',
		scrub() {
			throw own(207);
		},
	};
}

/** @param {string} type */
function isMultipart(type) {
	return /^\s*multipart\/form-data\b/i.test(type);
}

/**
 * @param {ArrayBufferLike} buffer
 * @param {number} offset
 * @param {number} length
 */
function copy(buffer, offset, length) {
	return new Uint8Array(new Uint8Array(buffer, offset, length));
}

/** @param {Blob | Request} source */
async function bytesOf(source) {
	if ('size' in source && source.size > BODY_BYTES_MAX) {
		throw own(201);
	}
	try {
		return new Uint8Array(await source.arrayBuffer());
	} catch {
		throw own(207);
	}
}

/**
 * All bytes of a stream.
 *
 * @param {ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>} stream
 */
async function drain(stream) {
	/** @type {Uint8Array[]} */
	const chunks = [];
	let length = 0;
	try {
		for await (const chunk of 'getReader' in stream ? pieces(stream) : stream) {
			length += chunk.byteLength;
			if (!(chunk instanceof Uint8Array)) {
				throw own(207);
			}
			if (length > BODY_BYTES_MAX) {
				throw own(201);
			}
			chunks.push(chunk.slice());
		}
	} catch (error) {
		throw error instanceof TamisError ? error : own(207);
	}
	const all = new Uint8Array(length);
	let at = 0;
	for (const chunk of chunks) {
		all.set(chunk, at);
		at += chunk.length;
	}
	return all;
}

/** @param {ReadableStream<Uint8Array>} stream */
async function* pieces(stream) {
	const reader = stream.getReader();
	try {
		for (let next = await reader.read(); !next.done; next = await reader.read()) {
			yield next.value;
		}
	} finally {
		await reader.cancel().catch(() => {}); // No more is wanted where it was left early.
		reader.releaseLock();
	}
}
