/**
 * Opens one page in Chromium and tells what it shows. It must not know Tamis or what a case is about.
 *
 * Input, as JSON: `{url, cookies: [[name, value]], calls}`; the calls go behind the address's #. Output, as JSON:
 * `reply`, what the chatbot was answered; `module`, what its module found; `errors`, what the page complained of.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const { chromium } = createRequire(new URL('../../../../wasm/js/package.json', import.meta.url))('playwright-core');
const { url, cookies, calls } = JSON.parse(await text(process.stdin));

const profile = mkdtempSync(join(tmpdir(), 'tamis-browser-'));
const context = await chromium.launchPersistentContext(profile, {
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
		'--disable-component-update', '--disable-sync'],
});
try {
	await context.addCookies(cookies.map(([name, value]) => ({ name, value, url })));
	const page = await context.newPage();
	const errors = [];
	page.on('pageerror', (error) => errors.push(String(error)));
	page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
	await page.goto(`${url}#${encodeURIComponent(JSON.stringify(calls))}`, { waitUntil: 'domcontentloaded', timeout: 60_000 });
	const reply = JSON.parse(await page.locator('#bot-reply').textContent({ timeout: 60_000 }));
	const module = await page.evaluate(() => document.documentElement.dataset.botModule ?? '');
	process.stdout.write(JSON.stringify({ reply, module, errors }));
} finally {
	await context.close();
	rmSync(profile, { recursive: true, force: true });
}
