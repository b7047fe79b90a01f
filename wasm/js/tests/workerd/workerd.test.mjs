// @ts-check
/** The package in the real workerd: every shared vector, and a wrapped `fetch`. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { moduleBytes, vectors } from '../support/modules.mjs';
import { scenarios } from '../support/scenarios.mjs';
import { serve } from '../support/server.mjs';

/** Vectors a request, so that none is too large for one. */
const BATCH = 64;

await moduleBytes('tamis');
const here = dirname(fileURLToPath(import.meta.url));
const binary = createRequire(import.meta.url).resolve(`@cloudflare/workerd-linux-${process.arch === 'arm64' ? 'arm64' : '64'}/bin/workerd`);
const child = spawn(binary, ['serve', join(here, 'config.capnp'), '--control-fd=3'], { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
const control = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
const port = await new Promise((resolve, reject) => {
	child.on('exit', (code) => reject(new Error(`workerd ended with ${code}`)));
	createInterface({ input: control }).on('line', (line) => resolve(JSON.parse(line).port));
});
const { origin, close } = await serve();
after(() => {
	child.kill();
	close();
});

/** @param {object} what @returns {Promise<any[]>} */
async function ask(what) {
	const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify(what) });
	return response.json();
}

const all = await vectors();
/** @type {string[][]} */
const problems = [];
for (let at = 0; at < all.length; at += BATCH) {
	problems.push(...await ask({ vectors: all.slice(at, at + BATCH) }));
}
all.forEach((vector, index) => {
	test(`workerd ${vector.name}`, () => assert.deepEqual(problems[index], []));
});
for (const scenario of Object.keys(scenarios)) {
	test(`workerd: ${scenario}`, async () => assert.deepEqual(await ask({ scenario, origin }), []));
}
