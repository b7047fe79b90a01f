/**
 * The page in a real Chromium, by real keys. `CHROMIUM` names another browser.
 */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { EXAMPLES } from '../examples.js';
import { launch } from '../chromium.mjs';
import { serve } from '../serve.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** Paths that the server was asked for. @type {string[]} */
const seen = [];

before(async () => {
	browser = await launch();
	server = await serve({ seen: (path) => seen.push(path) });
});
after(async () => {
	await browser?.close();
	await server?.close();
});

/**
 * A page of its own, with what must not happen on it: requests elsewhere, errors, violations.
 * @param {import('node:test').TestContext} t
 */
async function open(t, { url = server.url, ready = true, ...options } = {}) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
	t.after(() => context.close());
	const page = await context.newPage();
	/** @type {string[]} */
	const wrong = [];
	context.on('request', (request) => {
		if (!request.url().startsWith(new URL(url).origin)) wrong.push(`request ${request.url()}`);
	});
	page.on('pageerror', (error) => wrong.push(`error ${error.message}`));
	page.on('console', (message) => { if (message.type() === 'error') wrong.push(message.text()); });
	await page.goto(url);
	if (ready) await page.waitForSelector('html[data-ready]');
	return { page, context, wrong };
}

const text = (page, id) => page.locator(`#${id}`).evaluate((node) => node.value ?? node.textContent);

/** Types a prompt in place of what is there. */
async function type(page, prompt) {
	await page.focus('#prompt');
	await page.keyboard.press('Control+A');
	await page.keyboard.type(prompt);
}

const marks = (page, id) => page.locator(`#${id} mark`).evaluateAll((all) => all.map((mark) => [mark.dataset.entity, mark.className, mark.textContent]));

test('a prompt is scrubbed while it is typed, and the reply is restored', async (t) => {
	const { page, wrong } = await open(t);
	const values = ['bo.berg@example.com', '5555 5555 5555 4444', 'DE89 3704 0044 0532 0130 00', 'TS-2077', '+49 30 7654321'];
	await type(page, `Ä👩‍🚀: bo.berg@example.com paid 5555 5555 5555 4444 for order TS-2077, refund DE89 3704 0044 0532 0130 00, call +49 30 7654321.`);
	const sent = await text(page, 'sent');
	for (const value of values) assert.ok(!sent.includes(value), `${value} is in ${sent}`);
	assert.match(sent, /^Ä👩‍🚀: EMAIL_9\d{14} paid \[credit_card\] for order ORDER_9\d{14}, refund IBAN_9\d{14}, call PHONE_9\d{14}\.$/);
	assert.deepEqual(await marks(page, 'prompt-marks'), [
		['email', 'people', values[0]], ['credit_card', 'money', values[1]], ['order_number', 'shop', values[3]],
		['iban', 'money', values[2]], ['phone', 'people', values[4]],
	]);
	assert.deepEqual((await marks(page, 'sent')).map(([entity]) => entity), ['email', 'credit_card', 'order_number', 'iban', 'phone']);
	const shown = await text(page, 'shown');
	for (const value of values.filter((value) => !value.startsWith('5555'))) assert.ok(shown.includes(value), value);
	assert.ok(!shown.includes('5555'), 'a card comes back');
	assert.ok(shown.includes('[credit_card]'));
	assert.match(await text(page, 'status'), /^Protecting 5 values replaced, \d+\.\d ms, nothing left this page\.$/);

	// An answer of one's own: every token becomes exactly its value.
	await page.fill('#reply', '');
	await page.focus('#reply');
	await page.keyboard.type(sent);
	assert.equal(await text(page, 'shown'), (await text(page, 'prompt')).replace(values[1], '[credit_card]'));
	await page.keyboard.type(' PHONE_912345678901234');
	assert.ok((await text(page, 'shown')).endsWith(' PHONE_912345678901234'));
	await page.click('#again');
	assert.match(await text(page, 'shown'), /^Dear customer/);
	assert.deepEqual(wrong, []);
});

test('every example loses its values and keeps the rest, under every policy', async (t) => {
	const { page, wrong } = await open(t);
	const secret = ['anna.larsen@example.com', 'anna.larsen%40example.com', '4111 1111 1111 1111', '4111111111111111', 'DE89', 'sk-proj', '23.87', 'SPRING-VIP-25', 'juergen', 'xiaoming', 'noa.levi', '王小明'];
	for (const policy of ['token', 'replace', 'mask']) {
		await page.selectOption('#policy', policy);
		for (const { id, body } of EXAMPLES) {
			await page.focus(`#example-${id}`);
			await page.keyboard.press('Enter');
			const prompt = await text(page, 'prompt');
			assert.equal(prompt, body);
			await page.focus('#copy-sent');
			const sent = await page.locator('#sent').evaluate((node) => {
				const copy = node.cloneNode(true);
				for (const tag of copy.querySelectorAll('small')) tag.remove();
				return copy.textContent;
			});
			for (const value of secret) assert.ok(!sent.includes(value), `${policy} ${id}: ${value}`);
			const [before, behind] = [await marks(page, 'prompt-marks'), await marks(page, 'sent')];
			assert.ok(before.length >= 9, `${policy} ${id}: ${before.length} marks`);
			assert.deepEqual(behind.map(([entity]) => entity), before.map(([entity]) => entity), `${policy} ${id}`);
			if (id === 'chat') assert.equal(JSON.parse(sent).model, 'gpt-4o-mini');
			assert.equal(/_9\d{14}/.test(sent), policy === 'token');
			// Where the text does not say what it is, a label does.
			if (policy === 'mask') for (const [, , shown] of behind.filter(([, , shown]) => shown.startsWith('*'))) assert.match(shown, /[a-zA-Z ]+$/);
		}
	}
	assert.deepEqual(wrong, []);
});

test('a held prompt says so, why, and by which rule', async (t) => {
	const { page } = await open(t);
	await page.selectOption('#policy', 'hold');
	const sent = await text(page, 'sent');
	assert.match(sent, /^Held\. This would not be sent\..*blocked_by_policy 208.*secret\.openai.*API key.*Replace by/);
	assert.match(await text(page, 'status'), /^Held .*Nothing would be sent/);
	assert.equal(await text(page, 'reply'), '');
	assert.match(await text(page, 'shown'), /Nothing was sent/);
	assert.ok(await page.locator('tr', { hasText: 'secret.openai' }).locator('td', { hasText: /^held$/ }).isVisible());
	await type(page, 'Nothing to see');
	assert.equal(await text(page, 'sent'), 'Nothing to see');
	assert.match(await text(page, 'status'), /^Protecting nothing to replace/);
	assert.ok(await page.locator('#none').isVisible());
});

test('everything is reached and done with the keyboard', async (t) => {
	const { page } = await open(t);
	const walk = [];
	const focused = () => page.evaluate(() => {
		const node = document.activeElement;
		return node === document.body ? '' : node.id || node.textContent;
	});
	for (let n = 0; n < 60; n += 1) {
		await page.keyboard.press('Tab');
		const id = await focused();
		if (id === '') break;
		walk.push(id);
	}
	const rows = walk.filter((id) => id.startsWith('Show'));
	assert.deepEqual(walk.filter((id) => !id.startsWith('Show')), ['example-mail', 'example-chat', 'example-form', 'example-scripts',
		'format', 'policy', 'prompt', 'copy-sent', 'sent', 'reply', 'copy-shown', 'shown']);
	assert.equal(rows.length, 10, 'the table has a button a row, and the walk ends');
	// Every stop is seen.
	await page.focus('#example-mail');
	for (let n = 0; n < 12; n += 1) {
		const ring = await page.evaluate(() => {
			const node = document.activeElement;
			return [node, node.closest('.field')].some((one) => one && getComputedStyle(one).outlineStyle === 'solid');
		});
		assert.ok(ring, await focused());
		await page.keyboard.press('Tab');
	}
	// From the table to the text, through its places in turn, and back.
	await page.locator('tr', { hasText: 'trade.order_bare' }).locator('button').focus();
	const selected = () => page.locator('#prompt').evaluate((node) => [node.value.slice(node.selectionStart, node.selectionEnd), node.selectionStart]);
	await page.keyboard.press('Enter');
	const first = await selected();
	assert.deepEqual([first[0], await focused()], ['TS-1041', 'prompt']);
	await page.locator('tr', { hasText: 'trade.order_bare' }).locator('button').focus();
	await page.keyboard.press('Enter');
	const second = await selected();
	assert.equal(second[0], 'TS-1041');
	assert.ok(second[1] > first[1]);
	assert.match(await text(page, 'here-text'), /order number/);
	await page.keyboard.press('Tab');
	assert.equal(await focused(), 'here-row');
	await page.keyboard.press('Enter');
	assert.match(await focused(), /^Show order number \(trade\.order_bare\)/);
	assert.equal(await page.locator('tr.current code').textContent(), 'trade.order_bare');
});

test('the text area stays one: undo, composition, scrolling', async (t) => {
	const { page, context } = await open(t);
	await page.focus('#prompt');
	await page.keyboard.press('Control+End');
	const start = await text(page, 'prompt');
	await page.keyboard.type('mail bo@example.com');
	assert.equal(await text(page, 'prompt'), `${start}mail bo@example.com`);
	for (let n = 0; n < 30 && (await text(page, 'prompt')) !== start; n += 1) await page.keyboard.press('Control+Z');
	assert.equal(await text(page, 'prompt'), start);

	const devtools = await context.newCDPSession(page);
	await devtools.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
	assert.ok((await text(page, 'prompt-marks')).endsWith('にほ'), 'read while it is composed');
	await devtools.send('Input.insertText', { text: '日本 a@example.com' });
	assert.ok((await text(page, 'sent')).match(/日本 EMAIL_9\d{14}$/));

	// The marks lie where the text is: same breaks, same place, wherever it is scrolled to.
	for (const { id } of EXAMPLES) {
		await page.click(`#example-${id}`);
		await page.focus('#prompt');
		await page.keyboard.press('Control+End');
		await page.keyboard.insertText('\nbo@example.com '.repeat(30));
		await page.waitForTimeout(100);
		const [area, marked, shift] = await page.evaluate(() => {
			const node = document.querySelector('#prompt');
			const under = document.querySelector('#prompt-marks');
			return [node.scrollHeight, under.offsetHeight, node.scrollTop + under.getBoundingClientRect().top - node.getBoundingClientRect().top];
		});
		assert.equal(marked, area, id);
		assert.ok(Math.abs(shift) < 0.5, `${id}: ${shift}`);
	}
});

test('no request leaves while one types, and the policy of the page forbids it', async (t) => {
	const { page, wrong } = await open(t);
	await page.locator('#offline', { hasText: 'kept' }).waitFor();
	const known = seen.length;
	await type(page, 'key sk-proj-T3Bl8kFJ0aZq9XwV7uYt5RsPn2Mc4Ld6 of bo@example.com');
	await page.fill('#reply', 'x');
	await page.waitForTimeout(1500);
	assert.deepEqual(seen.slice(known), []);
	assert.deepEqual(wrong, []);
	for (const path of new Set(seen)) assert.match(path, /^\/(?:demo\/|src\/|tamis)/);
	const refused = await page.evaluate(async () => {
		const violations = [];
		document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
		await fetch('https://example.com/').catch(() => {});
		document.head.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = 1' }));
		document.head.append(Object.assign(document.createElement('style'), { textContent: 'body { color: red }' }));
		await new Promise((done) => { setTimeout(done, 200); });
		return { violations, ran: 'ran' in globalThis };
	});
	assert.deepEqual(refused, { violations: ['connect-src', 'script-src-elem', 'style-src-elem'], ran: false });
});

test('it opens offline, and takes a new version when there is one', async (t) => {
	const root = await mkdtemp(join(tmpdir(), 'tamis-demo-'));
	t.after(() => rm(root, { recursive: true, force: true }));
	for (const part of ['demo', 'src', 'tamis.wasm', 'tamis-scalar.wasm']) await cp(join(ROOT, part), join(root, part), { recursive: true });
	const own = await serve({ root });
	const port = Number(new URL(own.url).port);
	const { page, context } = await open(t, { url: own.url });
	const works = async (title) => {
		await page.reload();
		await page.waitForSelector('html[data-ready]');
		assert.equal(await page.locator('h1').textContent(), title);
		await type(page, 'to bo@example.com');
		assert.match(await text(page, 'sent'), /^to EMAIL_9\d{14}$/);
	};
	await page.locator('#offline', { hasText: 'kept' }).waitFor();
	await context.setOffline(true);
	await works('Tamis');
	await context.setOffline(false);
	await own.close();
	await works('Tamis');

	const html = await readFile(join(root, 'demo/index.html'), 'utf8');
	await writeFile(join(root, 'demo/index.html'), html.replace('<h1>Tamis</h1>', '<h1>Tamis, next</h1>'));
	const again = await serve({ root, port });
	await works('Tamis, next');
	await page.locator('#offline', { hasText: 'kept' }).waitFor();
	await again.close();
	await works('Tamis, next');
	assert.equal((await page.evaluate(() => caches.keys())).length, 1, 'the old set is gone');
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
	test(`axe finds nothing, ${colorScheme}`, async (t) => {
		const { page } = await open(t, { colorScheme });
		const check = async (what) => {
			await page.evaluate(AXE);
			const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations', 'passes'] }));
			assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)]), [], what);
			assert.ok(passes.some(({ id }) => id === 'color-contrast'), 'contrast was checked');
		};
		for (const policy of ['token', 'mask', 'hold']) {
			await page.selectOption('#policy', policy);
			await page.focus('#prompt');
			await page.keyboard.press('Control+End');
			await check(policy);
		}
		await page.setViewportSize({ width: 360, height: 740 });
		await check('phone');
	});
}

/** Contrast of marked text on its tint, which axe cannot see under a text area. */
test('marked text has contrast, light and dark', async (t) => {
	for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
		const { page } = await open(t, { colorScheme });
		const ratios = await page.locator('#legend .swatch').evaluateAll((all) => {
			const luminance = (color) => {
				const [r, g, b] = color.match(/[\d.]+/g).map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
				return 0.2126 * r + 0.7152 * g + 0.0722 * b;
			};
			const ratio = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
			const ink = getComputedStyle(document.querySelector('#prompt')).color;
			return all.map((node) => {
				const { backgroundColor, textDecorationColor, textDecorationStyle } = getComputedStyle(node);
				return [ratio(ink, backgroundColor), ratio(textDecorationColor, backgroundColor), textDecorationStyle];
			});
		});
		assert.equal(new Set(ratios.map(([, , style]) => style)).size, 5, 'a line of its own for each family');
		for (const [ink, line] of ratios) assert.ok(ink >= 7 && line >= 4.5, `${colorScheme} ${ink} ${line}`);
	}
});

test('nothing overflows at 360 px, at 320 px or zoomed in', async (t) => {
	for (const width of [360, 320, 640]) {
		const { page } = await open(t, { viewport: { width, height: 740 }, deviceScaleFactor: 2 });
		for (const policy of ['token', 'mask', 'hold']) {
			await page.selectOption('#policy', policy);
			for (const { id } of EXAMPLES) {
				await page.click(`#example-${id}`);
				const over = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth,
					...[...document.querySelectorAll('.text')].map((node) => node.scrollWidth - node.clientWidth)]);
				assert.ok(Math.max(...over) <= 0, `${width} ${policy} ${id}: ${over}`);
			}
		}
	}
});

test('a screen reader is told after a pause, not at each key', async (t) => {
	const { page } = await open(t);
	await page.waitForTimeout(1400);
	await page.evaluate(() => {
		globalThis.told = [];
		new MutationObserver(() => globalThis.told.push(document.querySelector('#live').textContent)).observe(document.querySelector('#live'), { childList: true, characterData: true, subtree: true });
	});
	await page.focus('#prompt');
	await page.keyboard.press('Control+A');
	await page.keyboard.type('write to bo@example.com today');
	await page.waitForTimeout(1400);
	assert.deepEqual(await page.evaluate(() => globalThis.told), ['Protecting: 1 value replaced, nothing left this page.']);
});

test('a megabyte is read after a notice, whole, and shown in part', async (t) => {
	const { page, context } = await open(t);
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const line = 'Order TS-1041 of bo.berg@example.com: the tent is torn and the shop is kind.\n';
	const lines = Math.ceil((1 << 20) / line.length);
	await page.evaluate((body) => {
		globalThis.modes = [];
		new MutationObserver(() => globalThis.modes.push(document.querySelector('#mode').textContent)).observe(document.querySelector('#mode'), { childList: true });
		return navigator.clipboard.writeText(body);
	}, line.repeat(lines));
	await page.focus('#prompt');
	await page.keyboard.press('Control+A');
	await page.keyboard.press('Control+V');
	await page.locator('#summary', { hasText: (2 * lines).toLocaleString('en') }).waitFor();
	assert.deepEqual(await page.evaluate(() => globalThis.modes), ['Reading', 'Protecting']);
	assert.ok((await text(page, 'sent')).length <= 64 << 10);
	assert.match(await text(page, 'sent-foot'), /the first 64 KiB are shown, Copy takes all/);
	assert.equal(await page.locator('#panes').getAttribute('aria-busy'), null);
	await page.focus('#copy-sent');
	await page.keyboard.press('Enter');
	await page.locator('#live', { hasText: 'Copied.' }).waitFor({ state: 'attached' });
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	assert.equal(copied.match(/EMAIL_9\d{14}/g).length, lines);
	assert.ok(!copied.includes('@'));
});

test('the copy button copies all that the AI receives, labels left out', async (t) => {
	const { page, context } = await open(t);
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.selectOption('#policy', 'mask');
	await type(page, 'card 4111 1111 1111 1111.');
	await page.focus('#copy-sent');
	await page.keyboard.press('Enter');
	await page.locator('#live', { hasText: 'Copied.' }).waitFor({ state: 'attached' });
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'card **** **** **** 1111.');
});

test('without a server or an engine it says what to do', async (t) => {
	const file = await open(t, { url: new URL('../index.html', import.meta.url).href, ready: false });
	await file.page.locator('#wait', { hasText: 'npm run demo' }).waitFor({ state: 'visible' });

	const root = await mkdtemp(join(tmpdir(), 'tamis-demo-'));
	t.after(() => rm(root, { recursive: true, force: true }));
	for (const part of ['demo', 'src']) await cp(join(ROOT, part), join(root, part), { recursive: true });
	const own = await serve({ root });
	t.after(() => own.close());
	const { page } = await open(t, { url: own.url, ready: false });
	await page.locator('#wait', { hasText: 'cargo xtask wasm' }).waitFor({ state: 'visible' });
});

test('the server hands out the page and nothing else', async () => {
	const origin = new URL(server.url).origin;
	for (const path of ['/package.json', '/demo/serve.mjs', '/demo/tests/demo.test.mjs', '/src/../package.json', '/src/%2e%2e/package.json', '/demo/none.js', '/node_modules/axe-core/axe.js']) {
		assert.equal((await fetch(origin + path)).status, 404, path);
	}
	assert.equal((await fetch(`${origin}/demo/`)).headers.get('content-type'), 'text/html; charset=utf-8');
	assert.equal((await fetch(`${origin}/tamis.wasm`)).headers.get('content-type'), 'application/wasm');
	assert.equal((await fetch(`${origin}/demo/`, { method: 'POST' })).status, 404);
});
