// @ts-check
/** An instance that traps is discarded, and yields nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Instance } from '../src/instance.js';
import { init, redactor, TamisError, wrapFetch } from '../src/node.js';
import { assemble } from './support/assemble.mjs';

/** @param {() => unknown} work */
function codeOf(work) {
	try {
		work();
	} catch (error) {
		assert.ok(error instanceof TamisError);
		return error.code;
	}
	return 0;
}

/** Words that any call takes for its own: a handle, an address in the second page, a buffer's length. */
const WORDS = [1, 1 << 16, 1 << 16];

test('the trap word tells why', () => {
	for (const [word, code] of [[0, 306], [301, 301], [304, 304], [999, 306]]) {
		const instance = new Instance(new WebAssembly.Module(assemble({ traps: ['tamis_redact'], words: [...WORDS, 0, 0, 0, 0, word] })));
		assert.equal(codeOf(() => instance.call('tamis_redact', 1, 1, 1, 0, 0, 0, 0, 0)), code);
		assert.ok(instance.isDead);
		assert.equal(codeOf(() => instance.call('tamis_session_new')), 306);
		instance.free(1);
	}
});

test('another interface version is refused', () => {
	for (const version of [0, 2 << 16, 0xFFFF]) {
		assert.equal(codeOf(() => new Instance(new WebAssembly.Module(assemble({ returns: { tamis_abi: version } })))), 307);
	}
	assert.equal(codeOf(() => new Instance(new WebAssembly.Module(assemble({ returns: { tamis_abi: (1 << 16) + 7 } })))), 0);
});

test('after a trap its objects are done, and new ones live in a fresh instance', async () => {
	await init(assemble({ traps: ['tamis_redact'], words: [...WORDS, 0, 0, 0, 0, 304] }));
	const first = redactor();
	assert.equal(codeOf(() => first.redact('a')), 304);
	assert.equal(codeOf(() => first.redact('a')), 306);
	first.free();
	const second = redactor();
	assert.equal(codeOf(() => second.redact('a')), 304, 'it got as far as the trap, so its instance is not the dead one');
});

test('nothing is sent after a trap, and the next call gets a fresh instance', async () => {
	let sent = 0;
	const wrapped = wrapFetch(async () => {
		sent += 1;
		return new Response();
	}, { destinations: ['ai.example'] });
	for (let round = 0; round < 2; round++) {
		await assert.rejects(wrapped('https://ai.example/', { method: 'POST', body: 'a' }), { name: 'TamisError', code: 304 });
	}
	assert.equal(sent, 0);
});
