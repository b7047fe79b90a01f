// @ts-check
/** Where the built modules and the vectors are. What is missing fails: it is never skipped. */
import { readFile } from 'node:fs/promises';

/** @param {string} name */
export function moduleFile(name) {
	return new URL(`../../${name}.wasm`, import.meta.url);
}

/** @param {'tamis' | 'tamis-scalar'} name */
export async function moduleBytes(name) {
	try {
		return await readFile(moduleFile(name));
	} catch {
		throw new Error(`wasm/js/${name}.wasm is missing: build it with cargo xtask wasm`);
	}
}

/** @returns {Promise<import('./vector.mjs').Vector[]>} */
export async function vectors() {
	const path = process.env.TAMIS_VECTORS;
	if (!path) {
		throw new Error('TAMIS_VECTORS is not set: write the vectors with cargo xtask vectors, and set it to the path it prints');
	}
	const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
	if (lines.length === 0) {
		throw new Error(`${path} holds no vector`);
	}
	return lines.map((line) => JSON.parse(line));
}
