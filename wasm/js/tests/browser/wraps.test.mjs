// @ts-check
/** A wrapped `fetch` and `XMLHttpRequest` in Chromium, told by the bytes that a loopback server received. */
import { after, test } from 'node:test';

import { launch, site } from '../support/chromium.mjs';
import { scenarios as fetchScenarios } from '../support/scenarios.mjs';
import { serve } from '../support/server.mjs';
import { scenarios as xhrScenarios } from '../support/xhr-scenarios.mjs';

const shop = await serve(site({ '/': { body: '<!doctype html><title>Shop</title>' } }));
const provider = await serve();
const browser = await launch();
after(async () => {
	await browser.close();
	shop.close();
	provider.close();
});

const page = await browser.context.newPage();
await page.goto(`${shop.origin}/`);
await page.evaluate(async () => {
	// @ts-expect-error An address of the test's site.
	const tamis = await import('/package/src/browser.js');
	await tamis.init();
	Object.assign(globalThis, { tamis });
});

let id = 0;
for (const [file, names] of Object.entries({ scenarios: Object.keys(fetchScenarios), 'xhr-scenarios': Object.keys(xhrScenarios) })) {
	// To another site, as a page calls a provider, and to its own, as it calls a proxy.
	for (const [where, origin] of [['another site', provider.origin], ['its own site', shop.origin]]) {
		for (const name of names) {
			id += 1;
			const at = [file, name, origin, String(id)];
			test(`${file === 'scenarios' ? 'fetch' : 'XMLHttpRequest'}, ${where}: ${name}`, () => page.evaluate(async ([file, name, origin, id]) => {
				const { stage } = await import(`/package/tests/support/${'scenarios'}.mjs`);
				const { scenarios } = await import(`/package/tests/support/${file}.mjs`);
				await scenarios[name](stage(/** @type {any} */ (globalThis).tamis, globalThis.fetch.bind(globalThis), origin, id));
			}, at));
		}
	}
}
