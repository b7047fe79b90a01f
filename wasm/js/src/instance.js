// @ts-check
/**
 * The glue to the C interface of `ABI.md`: calls, status codes, result words, memory. It must not know what bodies,
 * policies or outcomes are.
 */

import { own, OWN, TamisError } from './error.js';

/** The interface's major version that this glue speaks. */
const ABI_MAJOR = 1;
/** Smallest buffer that is kept between calls, in bytes. */
const BUFFER_BYTES_MIN = 1 << 16;
/** Largest buffer that is kept between calls; a larger one is freed, and so wiped, after its call. */
const BUFFER_BYTES_KEPT = 1 << 20;
/** Strings up to this length are encoded in place, where three bytes a UTF-16 unit are reserved. */
const IN_PLACE_UNITS_MAX = 1 << 16;
/** Result word that tells why the module trapped. */
const TRAP_WORD = 7;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** One instance of the module. */
export class Instance {
	/** @type {Record<string, (...args: number[]) => number>} */
	#functions = {};
	/** @type {WebAssembly.Memory} */
	#memory;
	#results = 0;
	#dead = false;
	#buffer = { handle: 0, address: 0, bytes: 0 };

	/**
	 * @param {WebAssembly.Module} module
	 * @throws {TamisError} 307 when it is not a module of this interface.
	 */
	constructor(module) {
		let exports;
		try {
			exports = new WebAssembly.Instance(module).exports;
		} catch (error) {
			throw own(307, error);
		}
		for (const [name, item] of Object.entries(exports)) {
			if (typeof item === 'function') {
				this.#functions[name] = /** @type {(...args: number[]) => number} */ (item);
			}
		}
		const { tamis_abi: abi, tamis_results: results } = this.#functions;
		if (abi === undefined || results === undefined || abi() >>> 16 !== ABI_MAJOR) {
			throw own(307);
		}
		this.#memory = /** @type {WebAssembly.Memory} */ (exports.memory);
		this.#results = results() >>> 0;
	}

	/** Whether it trapped. */
	get isDead() {
		return this.#dead;
	}

	/**
	 * Calls a function of the module.
	 *
	 * @param {string} name
	 * @param {...number} args
	 * @throws {TamisError} With its status.
	 */
	call(name, ...args) {
		const status = this.#status(name, args);
		if (status !== 0) {
			throw this.error(status);
		}
	}

	/**
	 * One of the last call's eight result words.
	 *
	 * @param {number} index
	 */
	word(index) {
		return new DataView(this.#memory.buffer).getUint32(this.#results + 4 * index, true);
	}

	/**
	 * A copy of bytes of the module.
	 *
	 * @param {number} address
	 * @param {number} length
	 */
	copy(address, length) {
		return new Uint8Array(this.#memory.buffer, address, length).slice();
	}

	/**
	 * Bytes of the module as text.
	 *
	 * @param {number} address
	 * @param {number} length
	 */
	text(address, length) {
		try {
			return decoder.decode(new Uint8Array(this.#memory.buffer, address, length));
		} catch {
			throw own(301);
		}
	}

	/**
	 * Writes parts into the buffer, one behind the other.
	 *
	 * @param {(string | Uint8Array)[]} parts
	 * @returns {{ buffer: number, lengths: number[] }} The buffer's handle, and each part's length in bytes.
	 */
	write(parts) {
		const ready = parts.map((part) =>
			typeof part === 'string' && part.length > IN_PLACE_UNITS_MAX ? encoder.encode(part) : part);
		const most = ready.reduce((sum, part) => sum + (typeof part === 'string' ? 3 : 1) * part.length, 0);
		this.#reserve(most);
		const view = new Uint8Array(this.#memory.buffer, this.#buffer.address, this.#buffer.bytes);
		const lengths = [];
		let at = 0;
		for (const part of ready) {
			if (typeof part === 'string') {
				lengths.push(encoder.encodeInto(part, view.subarray(at)).written);
			} else {
				view.set(part, at);
				lengths.push(part.length);
			}
			at += lengths[lengths.length - 1];
		}
		return { buffer: this.#buffer.handle, lengths };
	}

	/** Lets go of a large buffer once its call is over. */
	settle() {
		if (this.#buffer.bytes > BUFFER_BYTES_KEPT) {
			this.#dropBuffer();
		}
	}

	/**
	 * Frees an object; one that is gone already is no matter.
	 *
	 * @param {number} handle
	 */
	free(handle) {
		if (handle !== 0 && !this.#dead) {
			this.#status('tamis_free', [handle]);
		}
	}

	/**
	 * The error of a code, in the module's words.
	 *
	 * @param {number} code
	 * @param {string} [path]
	 * @returns {TamisError}
	 */
	error(code, path) {
		if (this.#dead || this.#status('tamis_error', [code]) !== 0) {
			return own(code);
		}
		const [slug, slugLength, text, textLength] = [0, 1, 2, 3].map((index) => this.word(index));
		return new TamisError(code, this.text(slug, slugLength), this.text(text, textLength), { path });
	}

	/**
	 * @param {string} name
	 * @param {number[]} args
	 */
	#status(name, args) {
		if (this.#dead) {
			throw own(306);
		}
		const run = this.#functions[name];
		if (run === undefined) {
			throw own(307);
		}
		try {
			return run(...args) >>> 0;
		} catch {
			this.#dead = true;
			const why = this.word(TRAP_WORD);
			throw own(why in OWN ? why : 306);
		}
	}

	/** @param {number} bytes */
	#reserve(bytes) {
		if (bytes <= this.#buffer.bytes) {
			return;
		}
		this.#dropBuffer();
		let room = BUFFER_BYTES_MIN;
		while (room < bytes && room < BUFFER_BYTES_KEPT) {
			room *= 2;
		}
		this.call('tamis_buffer_new', Math.max(room, bytes));
		this.#buffer = { handle: this.word(0), address: this.word(1), bytes: this.word(2) };
	}

	#dropBuffer() {
		const { handle } = this.#buffer;
		this.#buffer = { handle: 0, address: 0, bytes: 0 };
		this.free(handle);
	}
}
