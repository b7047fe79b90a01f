// @ts-check
/**
 * Loads the module once and hands out its instance. It must not know where a platform keeps the file: the platform's
 * own entry says so.
 */

import { own, TamisError } from './error.js';
import { Instance } from './instance.js';

/** @typedef {string | URL | Response | Promise<Response> | WebAssembly.Module | BufferSource} Source */

/**
 * @typedef {object} Platform
 * @property {(simd: boolean) => Source | Promise<Source>} file The package's own module.
 * @property {(url: string | URL) => Promise<Response | BufferSource>} open What stands at an address.
 */

/** The smallest module with a simd128 instruction in it. */
const SIMD_PROBE = new Uint8Array([
	0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** @type {Platform | undefined} */
let platform;
/** @type {Promise<void> | undefined} */
let loading;
/** @type {WebAssembly.Module | undefined} */
let compiled;
/** @type {Instance | undefined} */
let current;

/**
 * Says how this platform reads files. The first entry that is imported decides.
 *
 * @param {Platform} given
 */
export function setPlatform(given) {
	platform ??= given;
}

/** Whether this host runs simd128. */
export function hasSimd() {
	return WebAssembly.validate(SIMD_PROBE);
}

/**
 * Loads the module. A second call waits for the first and does nothing else, unless that one failed.
 *
 * @param {Source} [source] The package's own file when absent.
 * @returns {Promise<void>}
 * @throws {TamisError} 310 when it cannot be loaded, 307 when it is not ours.
 */
export function init(source) {
	loading ??= load(source).then(
		(module) => {
			current = new Instance(module);
			compiled = module;
		},
	).catch((error) => {
		loading = undefined;
		throw error instanceof TamisError ? error : own(310, error);
	});
	return loading;
}

/** Whether a module is loaded. */
export function isReady() {
	return compiled !== undefined;
}

/**
 * The instance that new objects live in: a fresh one after a trap.
 *
 * @throws {TamisError} 310 before `init` is done.
 */
export function instance() {
	if (compiled === undefined) {
		throw own(310);
	}
	if (current === undefined || current.isDead) {
		current = new Instance(compiled);
	}
	return current;
}

/**
 * @param {Source | undefined} source
 * @returns {Promise<WebAssembly.Module>}
 */
async function load(source) {
	let given = await source;
	if (given === undefined) {
		if (platform === undefined) {
			throw own(310);
		}
		given = await platform.file(hasSimd());
	}
	if (typeof given === 'string' || given instanceof URL) {
		given = await (platform === undefined ? fetch(given) : platform.open(given));
	}
	if (typeof Response === 'function' && given instanceof Response) {
		return fromResponse(given);
	}
	if (given instanceof WebAssembly.Module) {
		return given;
	}
	return WebAssembly.compile(/** @type {BufferSource} */ (given));
}

/**
 * Compiles while it loads where the media type allows that.
 *
 * @param {Response} response
 */
async function fromResponse(response) {
	if (!response.ok) {
		throw own(310);
	}
	const type = (response.headers.get('content-type') ?? '').split(';')[0].trim().toLowerCase();
	if (type === 'application/wasm' && typeof WebAssembly.compileStreaming === 'function') {
		return WebAssembly.compileStreaming(response);
	}
	return WebAssembly.compile(await response.arrayBuffer());
}
