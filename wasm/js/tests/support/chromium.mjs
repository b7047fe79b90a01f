// @ts-check
/** A real Chromium, and the package's files as a site would serve them. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = new URL('../../', import.meta.url);
const TYPES = /** @type {Record<string, string>} */ ({ js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm', html: 'text/html' });

/** Opens a browser of its own, with nothing of a user in it. */
export async function launch() {
	const profile = await mkdtemp(join(tmpdir(), 'tamis-chromium-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		headless: true,
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
			'--disable-component-update', '--disable-sync'],
	});
	return {
		context,
		async close() {
			await context.close();
			await rm(profile, { recursive: true, force: true });
		},
	};
}

/**
 * The package's files, below /package/, and pages of the test's own.
 *
 * @param {Record<string, { body: string, type?: string, headers?: Record<string, string> }>} pages
 */
export function site(pages) {
	return (/** @type {string} */ path) => {
		if (pages[path] !== undefined) {
			return { type: 'text/html', ...pages[path] };
		}
		if (!path.startsWith('/package/') || path.includes('..')) {
			return undefined;
		}
		const name = path.slice('/package/'.length);
		const type = TYPES[name.split('.').pop() ?? ''] ?? 'application/octet-stream';
		try {
			return { body: readFileSync(fileURLToPath(new URL(name, ROOT))), type };
		} catch {
			return undefined;
		}
	};
}
