// @ts-check
/** Redactors, outcomes and errors in Node, besides what the vectors say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { OWN } from '../src/error.js';
import { Instance } from '../src/instance.js';
import { hasSimd } from '../src/module.js';
import * as tamis from '../src/node.js';
import { moduleBytes, moduleFile } from './support/modules.mjs';

const { init, redactor, TamisError } = /** @type {typeof import('../index.js')} */ (/** @type {unknown} */ (tamis));
const MAIL = 'jan@example.com';
const KEY = 'tamis vectors key 0123456789abcdef';

/**
 * @param {() => unknown} work
 * @param {number} code
 * @param {string} slug
 * @param {string} [path]
 */
function throws(work, code, slug, path = '') {
	assert.throws(work, (error) => {
		assert.ok(error instanceof TamisError);
		assert.deepEqual([error.code, error.slug, error.path], [code, slug, path]);
		assert.ok(!error.message.includes(MAIL) && !String(error.stack).includes(MAIL));
		return true;
	});
}

/** @param {Promise<unknown>} work @param {number} code */
async function rejects(work, code) {
	await assert.rejects(work, (error) => error instanceof TamisError && error.code === code);
}

test('before a module is loaded', async () => {
	throws(() => redactor(), 310, 'module');
	await rejects(init(new Uint8Array([1, 2, 3])), 310);
	await rejects(init(new Response('', { status: 404 })), 310);
	await rejects(init(Promise.reject(new Error('no'))), 310);
	await rejects(init('file:///nowhere/tamis.wasm'), 310);
	await rejects(init(await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))), 307);
});

test('the module is loaded once, and after a failure again', async () => {
	const bytes = await moduleBytes('tamis');
	const first = init(new Response(bytes, { headers: { 'content-type': 'text/html' } }));
	const second = init('file:///nowhere/tamis.wasm');
	await Promise.all([first, second]);
	await init();
	assert.equal(redactor().redact('a').verdict, 'clean');
});

test('what is said without a module is what the module says', async () => {
	const instance = new Instance(await WebAssembly.compile(await moduleBytes('tamis')));
	for (const code of Object.keys(OWN).map(Number)) {
		const error = instance.error(code);
		assert.deepEqual([error.code, error.slug, error.message], [code, OWN[code][0], `${OWN[code][1]} (${OWN[code][0]})`]);
	}
});

test('both modules say the same of every code', async () => {
	const [one, other] = await Promise.all(/** @type {const} */ (['tamis', 'tamis-scalar']).map(async (name) =>
		new Instance(await WebAssembly.compile(await moduleBytes(name)))));
	for (let code = 100; code < 400; code++) {
		assert.equal(one.error(code).message, other.error(code).message);
	}
});

test('a clean body is the very one', () => {
	const compiled = redactor();
	const bytes = new TextEncoder().encode('nothing');
	assert.equal(compiled.redact(bytes).body, bytes);
	assert.equal(compiled.scrub(bytes), bytes);
	assert.equal(compiled.scrub('half \uD800'), 'half \uD800');
	assert.equal(compiled.scrub(`half \uD800 ${MAIL}`).replace(/EMAIL_9\d{14}/, ''), 'half \uFFFD ');
});

test('a body that is not one is a TypeError', () => {
	const compiled = redactor();
	for (const body of [undefined, null, 1, {}, [], new ArrayBuffer(1), new DataView(new ArrayBuffer(1))]) {
		assert.throws(() => compiled.redact(/** @type {any} */ (body)), TypeError);
		assert.throws(() => compiled.redact('a').restore(/** @type {any} */ (body)), TypeError);
	}
	assert.throws(() => compiled.redact('a', /** @type {any} */ (1)), TypeError);
	assert.throws(() => compiled.redact('a', '', { scope: /** @type {any} */ (1) }), TypeError);
	assert.throws(() => redactor(undefined, { key: /** @type {any} */ (1) }), TypeError);
});

test('a policy that is wrong tells its path', () => {
	throws(() => redactor('{'), 101, 'policy_json', '$');
	throws(() => redactor(''), 101, 'policy_json', '$');
	throws(() => redactor({ version: 1n }), 101, 'policy_json', '$');
	throws(() => redactor({ version: 2 }), 110, 'policy_version', '$.version');
	throws(() => redactor({ version: 1, min_engine: '99.0.0' }), 111, 'policy_engine', '$.min_engine');
	throws(() => redactor({ version: 1, rules: [{ id: 'a', entity: 'sku', pattern: '(' }] }), 107, 'policy_pattern', '$.rules[0].pattern');
	throws(() => redactor(' '.repeat((1 << 20) + 1)), 102, 'policy_too_large', '$');
});

test('keys', () => {
	throws(() => redactor(undefined, { key: 'short' }), 120, 'key');
	throws(() => redactor(undefined, { key: KEY, previousKeys: ['short'] }), 120, 'key');
	throws(() => redactor(undefined, { key: KEY, previousKeys: Array(5).fill(KEY) }), 120, 'key');
	const old = redactor(undefined, { key: KEY }).scrub(MAIL);
	assert.equal(redactor(undefined, { key: new TextEncoder().encode(KEY) }).scrub(MAIL), old);
	assert.equal(redactor(undefined, { key: `${KEY}2`, previousKeys: [KEY] }).scrub(old), old, 'an earlier token stays');
	assert.notEqual(redactor(undefined, { key: `${KEY}2` }).scrub(old), old, 'a foreign one does not');
	assert.notEqual(redactor().scrub(MAIL), redactor().scrub(MAIL), 'without a key, each redactor draws one');
	assert.notEqual(redactor(undefined, { key: KEY, scope: 'a' }).scrub(MAIL), old);
	assert.equal(redactor(undefined, { key: KEY, scope: 'a' }).redact(MAIL, '', { scope: '' }).body, old);
});

test('a blocked body', () => {
	const outcome = redactor({ version: 1, entities: { email: 'block' } }).redact(MAIL);
	assert.equal(outcome.verdict, 'blocked');
	assert.equal(outcome.code, 208);
	throws(() => outcome.body, 208, 'blocked_by_policy');
	throws(() => redactor({ version: 1, entities: { email: 'block' } }).scrub(MAIL), 208, 'blocked_by_policy');
});

test('a body at the limit and one past it', () => {
	const compiled = redactor({ version: 1, limits: { body_bytes: 64 << 20 } });
	const body = new Uint8Array((64 << 20) + 1).fill(0x20);
	assert.equal(compiled.redact(body.subarray(1), 'a/b'.repeat(1000)).code, 0);
	assert.equal(compiled.redact(body).code, 201);
	assert.equal(compiled.redact('\u20AC'.repeat((64 << 20) / 3 + 1)).code, 201, 'a string counts by its bytes');
	throws(() => compiled.redact(body.subarray(1), 'a'.repeat(1 << 17)), 304, 'memory');
	assert.equal(compiled.redact(MAIL).verdict, 'redacted', 'and it goes on');
});

test('two bodies of one exchange restore each other', () => {
	const compiled = redactor(undefined, { key: KEY });
	const first = compiled.redact(MAIL);
	const second = compiled.redact('eva@example.org', '', { exchange: first });
	const reply = `${first.body} ${second.body}`;
	assert.equal(first.restore(reply), `${MAIL} eva@example.org`);
	assert.equal(second.restore(reply), `${MAIL} eva@example.org`);
	assert.deepEqual([second.restored, second.unresolved], [2, 0]);
	const other = compiled.redact('nothing');
	assert.equal(other.restore(reply), reply);
	assert.deepEqual([other.restored, other.unresolved], [0, 2]);
	const bytes = new TextEncoder().encode(reply);
	assert.equal(new TextDecoder().decode(first.restore(bytes)), `${MAIL} eva@example.org`);
	assert.equal(other.restore(bytes), bytes);
});

test('the character set of a string is its own', () => {
	const outcome = redactor(undefined, { key: KEY }).redact(`caf\u00E9 ${MAIL}`, 'text/plain; charset=iso-8859-1');
	assert.match(outcome.body, /^caf\u00E9 EMAIL_9\d{14}$/);
	assert.equal(outcome.restore(`caf\u00E9 ${outcome.body}`, 'text/plain; charset=iso-8859-1'), `caf\u00E9 caf\u00E9 ${MAIL}`);
	assert.match(redactor().redact(`x ${MAIL}`, 'text/plain; charset=utf-16le').body, /^x EMAIL_9\d{14}$/);
});

test('what was freed does nothing more', () => {
	const compiled = redactor();
	const outcome = compiled.redact(MAIL);
	const { body } = outcome;
	outcome.free();
	outcome.free();
	assert.equal(outcome.body, body);
	throws(() => outcome.restore(body), 302, 'handle');
	throws(() => compiled.redact('a', '', { exchange: outcome }), 302, 'handle');
	const kept = compiled.redact(MAIL);
	compiled.free();
	compiled.free();
	throws(() => compiled.redact('a'), 302, 'handle');
	throws(() => kept.restore('a'), 302, 'handle');
});

test('a clean outcome keeps no handle, and too many others are told', () => {
	const compiled = redactor();
	for (let round = 0; round < 10000; round++) {
		compiled.redact('nothing');
		compiled.scrub(MAIL);
	}
	/** @type {any[]} */
	const kept = [];
	throws(() => {
		for (let round = 0; round < 5000; round++) {
			kept.push(compiled.redact(MAIL));
		}
	}, 309, 'too_many_handles');
	kept.forEach((outcome) => outcome.free());
	assert.equal(compiled.redact(MAIL).verdict, 'redacted');
});

test('the collector frees what nobody holds', async () => {
	const { setFlagsFromString } = await import('node:v8');
	const { runInNewContext } = await import('node:vm');
	setFlagsFromString('--expose-gc');
	const collect = /** @type {() => void} */ (runInNewContext('gc'));
	const compiled = redactor();
	for (let round = 0; round < 6; round++) {
		for (let call = 0; call < 2000; call++) {
			compiled.redact(MAIL);
		}
		collect();
		await new Promise((resolve) => { setTimeout(resolve, 10); });
	}
});

test('this host has simd128, and so the package takes tamis.wasm', () => {
	assert.equal(hasSimd(), true);
	assert.ok(moduleFile('tamis').href.endsWith('/js/tamis.wasm'));
});
