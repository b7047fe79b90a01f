/**
 * Takes the pictures of docs/demo: `node demo/screenshots.mjs`.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { launch } from './chromium.mjs';
import { serve } from './serve.mjs';

const TO = fileURLToPath(new URL('../../../docs/demo/', import.meta.url));

/** @type {{ name: string, scheme: 'light' | 'dark', width: number, height?: number, scale: number, act: (page: import('playwright-core').Page) => Promise<void> }[]} */
const SHOTS = [
	{ name: 'light', scheme: 'light', width: 1280, scale: 1, act: async () => {} },
	{
		name: 'dark', scheme: 'dark', width: 1280, scale: 1,
		act: async (page) => {
			await page.click('#example-chat');
			await page.locator('tr', { hasText: 'field.sku' }).locator('button').click();
		},
	},
	{ name: 'phone', scheme: 'light', width: 360, height: 1560, scale: 1.5, act: async () => {} },
];

const server = await serve();
const browser = await launch();
try {
	await mkdir(TO, { recursive: true });
	for (const { name, scheme, width, height, scale, act } of SHOTS) {
		const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, deviceScaleFactor: scale });
		const page = await context.newPage();
		// The same tokens in every picture.
		await page.addInitScript(() => { crypto.getRandomValues = (array) => array.fill(7); });
		await page.goto(server.url);
		await page.waitForSelector('html[data-ready]');
		await page.locator('#offline', { hasText: 'kept' }).waitFor();
		await act(page);
		await page.mouse.move(0, 0);
		await page.waitForTimeout(400);
		const end = await page.locator('.found').evaluate((node) => Math.ceil(node.getBoundingClientRect().bottom + scrollY));
		await page.screenshot({ path: `${TO}${name}.png`, fullPage: true, clip: { x: 0, y: 0, width, height: height ?? end + 32 } });
		await context.close();
	}
} finally {
	await browser.close();
	await server.close();
}
