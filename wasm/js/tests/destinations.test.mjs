// @ts-check
/** Which addresses are AI services', and how a stream is asked for. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { readPhp, source } from '../scripts/build-destinations.mjs';
import { finder, only, shipped } from '../src/catalogue.js';
import { init, redactor } from '../src/node.js';
import { isStreamed, TOKENS, withoutTokens } from '../src/streaming.js';
import { moduleBytes, vectors } from './support/modules.mjs';

await init(await moduleBytes('tamis'));

/** @param {string} address */
const url = (address) => new URL(address);

test('the generated list is current', async () => {
	assert.equal(await readFile(new URL('../src/destinations.js', import.meta.url), 'utf8'), await source());
});

test('PHP is read or refused', () => {
	assert.deepEqual(readPhp("<?php\nreturn array( 'a' => array( 1, 'b\\\\c\\'d' ), 'e' => true, 'f' => array() );"), { a: [1, "b\\c'd"], e: true, f: [] });
	assert.throws(() => readPhp("<?php return array( 'a' => foo() );"));
});

test('the shipped list', () => {
	for (const [address, isAi] of /** @type {[string, boolean][]} */ ([
		['https://api.openai.com/v1/chat/completions', true],
		['https://api.openai.com/anything', true],
		['https://API.OpenAI.com./v1/responses', true],
		['https://api.openai.com.example.org/', false],
		['https://xapi.openai.com/', false],
		['https://eu.api.openai.com/v1/chat/completions', true],
		['https://shop.openai.azure.com/openai/deployments/a/chat/completions', true],
		['https://openai.azure.com/', true],
		['https://api.anthropic.com/v1/messages', true],
		['https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/converse', true],
		['https://public-api.wordpress.com/wpcom/v2/jetpack-ai-query', true],
		['https://public-api.wordpress.com/wpcom/v2/wcpay/accounts', false],
		['https://public-api.wordpress.com/rest/v1.1/me', false],
		['https://api.cloudflare.com/client/v4/zones', false],
		['https://api.stripe.com/v1/charges', false],
		['http://localhost:11434/api/chat', false],
		['https://shop.example/', false],
	])) {
		assert.equal(shipped(url(address)) !== undefined, isAi, address);
	}
	assert.deepEqual(shipped(url('https://generativelanguage.googleapis.com/v1beta/models/a:generateContent'))?.query, ['key']);
});

test("a page's own list", () => {
	const find = finder(['ai.example', '.models.example', 'proxy.example:8443', 'https://shop.example/wp-json/ai/', /\/llm\?/g]);
	for (const [address, isAi] of /** @type {[string, boolean][]} */ ([
		['https://ai.example/x', true],
		['https://ai.example:444/x', true],
		['https://eu.models.example/', true],
		['https://models.example/', true],
		['https://xmodels.example/', false],
		['https://proxy.example:8443/', true],
		['https://proxy.example/', false],
		['https://shop.example/wp-json/ai/chat', true],
		['https://shop.example/wp-json/wc/', false],
		['https://other.example/llm?a', true],
		['https://other.example/llm?a', true],
		['https://api.openai.com/', true],
	])) {
		assert.equal(find(url(address)) !== undefined, isAi, address);
	}
	const rows = finder(only([{ host: '.a.example', path: '^/x' }, { host: '^b[0-9]\\.example$' }], ['c.example']));
	for (const [address, isAi] of /** @type {[string, boolean][]} */ ([
		['https://q.a.example/x/y', true],
		['https://q.a.example/y', false],
		['https://b7.example/', true],
		['https://bb.example/', false],
		['https://c.example/', true],
		['https://api.openai.com/', false],
	])) {
		assert.equal(rows(url(address)) !== undefined, isAi, address);
	}
	assert.throws(() => finder([/** @type {any} */ (7)]), TypeError);
	assert.throws(() => finder(['']), TypeError);
});

test('a stream is told by address, header or body', () => {
	/** @type {(address: string, body?: string, accept?: string) => boolean} */
	const asks = (address, body = '', accept = '*/*') => isStreamed(url(`https://ai.example${address}`), new Headers({ accept }), body);
	assert.ok(asks('/v1/chat', '{"stream":true}'));
	assert.ok(asks('/v1/chat', '{ "stream" :\ttrue }'));
	assert.ok(asks('/v1/chat', 'a=b&stream=true'));
	assert.ok(asks('/v1/chat', '', 'text/event-stream'));
	assert.ok(asks('/v1beta/models/g:streamGenerateContent'));
	assert.ok(asks('/v1beta/models/g:generateContent?alt=sse'));
	assert.ok(asks('/model/m/converse-stream'));
	assert.ok(asks('/api/generate', '{"model":"m"}'));
	assert.ok(!asks('/api/generate', '{"stream":false}'));
	assert.ok(!asks('/v1/chat', '{"stream":false}'));
	assert.ok(!asks('/v1/chat', '{"a":"\\"stream\\":true"}'));
	assert.ok(!asks('/v1/chat', ''));
});

test('what becomes a token is what the core makes one', async () => {
	const names = [...(await readFile(new URL('../../../core/src/entity.rs', import.meta.url), 'utf8')).matchAll(/\w+ "(\w+)" "[A-Z]+"/g)].map(([, name]) => name);
	assert.ok(names.length > 30);
	const oneWay = ['credit_card', 'url_credentials', 'api_key', 'jwt', 'private_key', 'password', 'session_cookie', 'cost', 'margin', 'supplier', 'stock', 'coupon'];
	assert.deepEqual(names.filter((name) => !oneWay.includes(name)), TOKENS);
});

test('a policy without tokens makes none, but for names that are values', async () => {
	for (const vector of await vectors()) {
		if (vector.path !== undefined && vector.path !== null) {
			continue;
		}
		const body = Uint8Array.from(atob(vector.haystack), (character) => character.charCodeAt(0));
		const compiled = redactor(withoutTokens(vector.policy));
		const outcome = compiled.redact(body, vector.content_type ?? '', { charset: vector.charset ?? '' });
		if (vector.verdict !== 'blocked' && outcome.verdict !== 'blocked') {
			assert.deepEqual(outcome.findings.map(({ ranges }) => ranges), withTokens(vector, body), vector.name);
			const made = outcome.findings.filter(({ operator, entity }) => operator === 'token' && entity !== 'forged_token');
			assert.ok(made.length === 0 || made.every(({ ranges: [[start]] }) => isName(body, start)), vector.name);
		}
		outcome.free();
		compiled.free();
	}
});

test('a policy that is none stays, for the core to refuse', () => {
	for (const policy of ['{', '', '[]', '7', 'null']) {
		assert.equal(withoutTokens(policy), policy);
	}
	assert.deepEqual(withoutTokens({ version: 1, entities: { email: { operator: 'token' }, iban: 'mask', sku: 'keep', 'custom:a': 'token' }, fields: [{ name: 'x', entity: 'custom:b' }] }), {
		version: 1, fields: [{ name: 'x', entity: 'custom:b' }],
		entities: { ...Object.fromEntries(TOKENS.map((name) => [name, 'replace'])), iban: 'mask', sku: 'keep', 'custom:a': 'replace', 'custom:b': 'replace' },
	});
});

/** The findings of the policy as it was. @param {import('./support/vector.mjs').Vector} vector @param {Uint8Array} body */
function withTokens(vector, body) {
	const compiled = redactor(vector.policy);
	const outcome = compiled.redact(body, vector.content_type ?? '', { charset: vector.charset ?? '' });
	const ranges = outcome.findings.map((finding) => finding.ranges);
	outcome.free();
	compiled.free();
	return ranges;
}

/** Whether a finding stands in a name of JSON or a form. @param {Uint8Array} body @param {number} start */
function isName(body, start) {
	return /^[^"\\]*\\*("\s*:|$)|^[^&=]*=/.test(new TextDecoder().decode(body.subarray(start)));
}
