// @ts-check
/**
 * Tamis for browsers, and whatever else fetches: the module is loaded from beside the package.
 */

import { setPlatform } from './module.js';

/** As it is before any page wraps it: the module itself is no request to scrub. */
const load = globalThis.fetch?.bind(globalThis);

setPlatform({
	file: (simd) => load(simd ? new URL('../tamis.wasm', import.meta.url) : new URL('../tamis-scalar.wasm', import.meta.url)),
	open: (url) => load(url),
});

export * from './index.js';
