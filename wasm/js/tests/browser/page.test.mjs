// @ts-check
/** page.js on a page whose content security policy allows nothing inline and no evaluation but WebAssembly's. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { launch, site } from '../support/chromium.mjs';
import { serve } from '../support/server.mjs';

const MAIL = 'jan@example.com';
const TOKEN = /EMAIL_9[0-9]{14}/;

const provider = await serve();
// By another name than the shop's: a destination is a host.
provider.origin = provider.origin.replace('127.0.0.1', 'localhost');
const host = new URL(provider.origin).host;

/**
 * @param {string | undefined} settings
 * @param {string} [csp] In place of the one that is recommended.
 */
function pageOf(settings, csp = "script-src 'self' 'wasm-unsafe-eval'") {
	const data = settings === undefined ? '' : `<script type="application/json" id="tamis-page">${settings}</script>`;
	return {
		body: `<!doctype html><title>Shop</title>${data}<script type="module" src="/package/src/page.js"></script>`,
		headers: {
			'content-security-policy': `default-src 'none'; ${csp}; connect-src 'self' ${provider.origin}; require-trusted-types-for 'script'`,
		},
	};
}

const settings = { wasm: '/package/tamis.wasm?ver=1', endpoints: ['/ai/', host] };
const shop = await serve(site({
	'/': pageOf(JSON.stringify(settings)),
	'/plain/': pageOf(undefined),
	'/rows/': pageOf(JSON.stringify({ ...settings, endpoints: [], destinations: [{ host, path: '^/ai/h/t' }, { host: '^api\\.x\\.ai$' }] })),
	'/half/': pageOf(JSON.stringify({ ...settings, policy: 7 })),
	'/blocking/': pageOf(JSON.stringify({ ...settings, policy: { version: 1, entities: { email: 'block' } } })),
	'/broken/': pageOf('{"destinations":['),
	'/wrong/': pageOf(JSON.stringify({ ...settings, policy: { version: 1, entities: { emial: 'block' } } })),
	'/lost/': pageOf(JSON.stringify({ ...settings, wasm: '/nowhere/tamis.wasm' })),
	'/forbidden/': pageOf(JSON.stringify(settings), "script-src 'self'"),
}));
const browser = await launch();
after(async () => {
	await browser.close();
	shop.close();
	provider.close();
});

/** @param {string} path */
async function open(path) {
	const page = await browser.context.newPage();
	/** @type {string[]} */
	const errors = [];
	page.on('pageerror', (error) => errors.push(error.message));
	await page.goto(`${shop.origin}${path}`);
	await page.waitForFunction(() => globalThis.fetch.name === 'tamisFetch');
	return { page, errors };
}

/** @param {string} id */
async function recorded(id) {
	const list = await Promise.all([shop, provider].map(async ({ origin }) =>
		/** @type {{ body: string, url: string }[]} */ (await (await fetch(`${origin}/recorded/${id}`)).json())));
	return list.flat().map(({ body }) => Buffer.from(body, 'base64').toString('utf8'));
}

/**
 * What a call of the page came to.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} address
 */
function post(page, address) {
	return page.evaluate(async ([address, body]) => {
		try {
			return await (await fetch(address, { method: 'POST', body })).text();
		} catch (error) {
			return `${/** @type {Error} */ (error).name}: ${/** @type {Error} */ (error).message}`;
		}
	}, [address, `Ask ${MAIL}`]);
}

test('a strict policy lets it in, and fetch is scrubbed from its first call', async () => {
	const { page, errors } = await open('/');
	assert.equal(await post(page, `${provider.origin}/ai/a/text`), `You said: Ask ${MAIL}`);
	assert.equal(await post(page, '/ai/a/text'), `You said: Ask ${MAIL}`);
	const sent = await recorded('a');
	assert.equal(sent.length, 2);
	sent.forEach((text) => assert.match(text, /^Ask EMAIL_9[0-9]{14}$/));
	assert.notEqual(sent[0], sent[1], 'each destination has tokens of its own');
	assert.deepEqual(errors, []);
	await page.close();
});

test('XMLHttpRequest is scrubbed too', async () => {
	const { page } = await open('/');
	const reply = await page.evaluate((body) => new Promise((resolve) => {
		const xhr = new XMLHttpRequest();
		xhr.open('POST', '/ai/b/text');
		xhr.onload = () => resolve(xhr.responseText);
		xhr.send(body);
	}), `Ask ${MAIL}`);
	assert.equal(reply, `You said: Ask ${MAIL}`);
	assert.match((await recorded('b'))[0], TOKEN);
	await page.close();
});

test('the key is another for each page that is loaded', async () => {
	for (const _ of [1, 2]) {
		const { page } = await open('/');
		await post(page, '/ai/c/text');
		await page.close();
	}
	const [first, second] = await recorded('c');
	assert.notEqual(first, second);
});

test('sendBeacon to an AI service is held and says so; elsewhere it passes', async () => {
	const { page, errors } = await open('/');
	const done = await page.evaluate((body) => [navigator.sendBeacon('/ai/d/text', body), navigator.sendBeacon('/shop/', body)], MAIL);
	assert.deepEqual(done, [false, true]);
	assert.deepEqual(await recorded('d'), []);
	assert.match(errors.join(), /Tamis held this request \(code 308, unsupported\)/);
	await page.close();
});

test('without settings the shipped list and the default policy hold', async () => {
	const { page, errors } = await open('/plain/');
	assert.equal(await post(page, `${shop.origin}/ai/e/text`), `You said: Ask ${MAIL}`);
	assert.equal((await recorded('e'))[0], `Ask ${MAIL}`, 'nobody named that path');
	// The network knows no such host here: what counts is who answers.
	assert.match(await post(page, `https://api.openai.com/v1/${MAIL}`), /^TamisError: .*\(code 210, envelope\)/);
	assert.deepEqual(errors, []);
	await page.close();
});

test('a page that names the services it means leaves the others alone', async () => {
	const { page } = await open('/rows/');
	await post(page, `${provider.origin}/ai/h/text`);
	await post(page, `${provider.origin}/ai/h/json`);
	const [meant, other] = await recorded('h');
	assert.match(meant, TOKEN);
	assert.equal(other, `Ask ${MAIL}`);
	assert.match(await post(page, `https://api.x.ai/v1/${MAIL}`), /\(code 210, /);
	assert.doesNotMatch(await post(page, `https://api.openai.com/v1/${MAIL}`), /TamisError/);
	await page.close();
});

test('a blocked call tells the developer why', async () => {
	const { page, errors } = await open('/blocking/');
	assert.match(await post(page, '/ai/f/text'), /^TamisError: Tamis held this request \(code 208, blocked_by_policy\): /);
	await page.evaluate((body) => { void fetch('/ai/f/text', { method: 'POST', body }); }, MAIL);
	await page.waitForTimeout(50);
	assert.match(errors.join(), /Tamis held this request \(code 208, blocked_by_policy\)/);
	assert.ok(!errors.join().includes(MAIL));
	assert.deepEqual(await recorded('f'), []);
	await page.close();
});

for (const [path, what, code, address] of [
	['/broken/', 'settings that cannot be read', 310, 'https://api.openai.com/v1/chat/completions'],
	['/wrong/', 'a policy that is wrong', 104, '/ai/g/text'],
	['/half/', 'settings of which a part cannot be read', 310, '/ai/g/text'],
	['/lost/', 'a module that is not there', 310, '/ai/g/text'],
	['/forbidden/', 'a page that forbids WebAssembly', 310, '/ai/g/text'],
]) {
	test(`${what}: calls to AI services are held, others pass`, async () => {
		const { page } = await open(String(path));
		assert.match(await post(page, String(address)), new RegExp(`^TamisError: Tamis held this request \\(code ${code}, `));
		assert.deepEqual(await recorded('g'), []);
		const ended = await page.evaluate(([address, body]) => new Promise((resolve) => {
			const xhr = new XMLHttpRequest();
			xhr.open('POST', address);
			xhr.onloadend = () => resolve(`${xhr.readyState} ${xhr.status}`);
			try {
				xhr.send(body);
			} catch (error) {
				resolve(/** @type {any} */ (error).name);
			}
		}), [String(address), MAIL]);
		assert.ok(['4 0', 'TamisError'].includes(String(ended)), String(ended));
		assert.deepEqual(await recorded('g'), []);
		assert.equal(await post(page, '/shop/'), '');
		await page.close();
	});
}
