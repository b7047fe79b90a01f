// @ts-check
/** A wrapped `fetch` in Node, told by the bytes that a loopback server received. */
import { after, test } from 'node:test';

import * as tamis from '../src/node.js';
import { moduleBytes } from './support/modules.mjs';
import { scenarios, stage } from './support/scenarios.mjs';
import { serve } from './support/server.mjs';

await tamis.init(await moduleBytes('tamis'));
const { origin, close } = await serve();
after(close);

let id = 0;
for (const [name, run] of Object.entries(scenarios)) {
	id += 1;
	const here = stage(/** @type {any} */ (tamis), globalThis.fetch, origin, String(id));
	test(name, () => run(here));
}
