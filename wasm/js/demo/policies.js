/**
 * The policies that the page offers. The first is the library's own default.
 */
import { NAMES, SECRETS } from './words.js';

/** @param {string[]} names @param {string} operator */
const all = (names, operator) => Object.fromEntries(names.map((name) => [name, operator]));

/** @type {Record<string, { name: string, policy: object }>} */
export const POLICIES = {
	token: { name: 'tokens, put back in the reply', policy: { version: 1 } },
	replace: { name: 'words such as [email]', policy: { version: 1, entities: all(NAMES, 'replace') } },
	mask: { name: 'asterisks', policy: { version: 1, entities: all(NAMES, 'mask') } },
	hold: { name: 'tokens; hold keys', policy: { version: 1, entities: all(SECRETS, 'block') } },
};
