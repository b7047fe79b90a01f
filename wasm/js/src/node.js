// @ts-check
/**
 * Tamis for Node: the module is a file beside the package.
 */

import { readFile } from 'node:fs/promises';

import { setPlatform } from './module.js';

setPlatform({
	file: (simd) => readFile(new URL(simd ? '../tamis.wasm' : '../tamis-scalar.wasm', import.meta.url)),
	open(url) {
		const isPath = typeof url === 'string' && !URL.canParse(url);
		return isPath || String(url).startsWith('file:') ? readFile(isPath ? url : new URL(url)) : fetch(url);
	},
});

export * from './index.js';
