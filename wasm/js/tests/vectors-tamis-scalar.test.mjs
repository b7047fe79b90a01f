// @ts-check
/** Every shared vector through tamis-scalar.wasm in Node. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as tamis from '../src/node.js';
import { moduleBytes, vectors } from './support/modules.mjs';
import { run } from './support/vector.mjs';

await tamis.init(await moduleBytes('tamis-scalar'));
for (const vector of await vectors()) {
	test(`tamis-scalar ${vector.name}`, () => assert.deepEqual(run(/** @type {any} */ (tamis), vector), []));
}
