// @ts-check
/**
 * Builds src/destinations.js from the table that the plugin uses, so that both know the same AI services.
 *
 * Run it after a change of the catalogues, behind the plugin's own script: `npm run destinations`. A test compares the
 * result.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Built from ai-destinations.tsv and store-destinations.tsv by the plugin's script. */
const TABLE = new URL('../../../wordpress/data/destinations.php', import.meta.url);
const TARGET = new URL('../src/destinations.js', import.meta.url);

/** @typedef {{ class: string, path: string, headers: string[], query: string[], shared: boolean }} Row */
/** @typedef {{ rows: Row[], exact: Record<string, number[]>, suffix: Record<string, number[]>, regex: Record<string, number[]> }} Table */

/**
 * The array of a PHP file that holds nothing else: strings in single quotes, numbers, true, false and arrays.
 *
 * @param {string} php
 */
export function readPhp(php) {
	const tokens = php.slice(php.indexOf('return ') + 7).matchAll(/'((?:[^'\\]|\\.)*)'|array\(|\)|=>|\d+|true|false|[,;\s]+|(.)/gs);
	/** @type {{ keys: any[], values: any[], named: boolean }[]} */
	const open = [{ keys: [], values: [], named: false }];
	for (const [token, string, other] of tokens) {
		const top = open[open.length - 1];
		if (other !== undefined) {
			throw new Error(`${TABLE.pathname}: not a constant array`);
		} else if (string !== undefined) {
			top.values.push(string.replace(/\\([\\'])/g, '$1'));
		} else if (token === 'array(') {
			open.push({ keys: [], values: [], named: false });
		} else if (token === ')') {
			open.pop();
			open[open.length - 1].values.push(top.named ? Object.fromEntries(top.keys.map((key, i) => [key, top.values[i]])) : top.values);
		} else if (token === '=>') {
			top.named = true;
			top.keys.push(top.values.pop());
		} else if (!/^[,;\s]/.test(token)) {
			top.values.push(token === 'true' || (token !== 'false' && Number(token)));
		}
	}
	return open[0].values[0];
}

/**
 * What a host's rows come to: which of its paths are an AI's, and where its own credential stands.
 *
 * @param {Row[]} rows
 */
function entry(rows) {
	const own = rows.filter((row) => row.class === 'ai');
	const headers = [...new Set(own.flatMap((row) => row.headers))];
	const query = [...new Set(own.flatMap((row) => row.query))];
	const shared = rows.some((row) => row.shared);
	if (!shared && own.length === rows.length) {
		return { headers, query };
	}
	const paths = rows.filter((row) => row.path !== '').map((row) => [pattern(row.path), row.class === 'ai']);
	const plain = rows.find((row) => row.path === '');
	return { headers, query, paths, rest: plain === undefined ? !shared : plain.class === 'ai' };
}

/**
 * A pattern without PHP's delimiters, tried once.
 *
 * @param {string} delimited
 */
function pattern(delimited) {
	const source = delimited.slice(1, -1).replaceAll('\\~', '~');
	return new RegExp(source).source;
}

/**
 * The file's text.
 *
 * @returns {Promise<string>}
 */
export async function source() {
	const { rows, ...hosts } = /** @type {Table} */ (readPhp(await readFile(TABLE, 'utf8')));
	/** @param {Record<string, number[]>} table */
	const entries = (table) => Object.entries(table)
		.map(([host, indexes]) => /** @type {const} */ ([host, indexes.map((index) => rows[index])]))
		.filter(([, found]) => found.some((row) => row.class === 'ai'))
		.map(([host, found]) => [host, entry(found)]);
	const lines = (/** @type {any[]} */ list) => `[\n${list.map((item) => `\t${JSON.stringify(item)},\n`).join('')}]`;
	return `// @ts-check
/**
 * Hosts of AI services. Built by scripts/build-destinations.mjs: change the catalogues, not this file.
 */

/** @typedef {{ headers: string[], query: string[], paths?: [pattern: string, ai: boolean][], rest?: boolean }} Entry */

/** @type {[host: string, entry: Entry][]} */
export const EXACT = ${lines(entries(hosts.exact))};

/** @type {[suffix: string, entry: Entry][]} */
export const SUFFIX = ${lines(entries(hosts.suffix))};

/** @type {[pattern: string, entry: Entry][]} */
export const REGEX = ${lines(entries(hosts.regex).map(([host, found]) => [pattern(String(host)), found]))};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await writeFile(TARGET, await source());
}
