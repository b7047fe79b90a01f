// @ts-check
/** Every shared vector through both modules in Chromium. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { launch, site } from '../support/chromium.mjs';
import { moduleBytes, vectors } from '../support/modules.mjs';
import { serve } from '../support/server.mjs';

const { origin, close } = await serve(site({ '/': { body: '<!doctype html><title>Vectors</title>' } }));
const browser = await launch();
after(async () => {
	await browser.close();
	close();
});

const all = await vectors();
/** Before the first test is registered: the runner ends with the last one it knows. @type {[string, string[][]][]} */
const found = [];
for (const module of /** @type {const} */ (['tamis', 'tamis-scalar'])) {
	await moduleBytes(module);
	const page = await browser.context.newPage();
	await page.goto(`${origin}/`);
	/** @type {string[][]} */
	const problems = await page.evaluate(async ([module, all]) => {
		// @ts-expect-error An address of the test's site.
		const [tamis, { run }] = await Promise.all([import('/package/src/browser.js'), import('/package/tests/support/vector.mjs')]);
		await tamis.init(`/package/${module}.wasm`);
		return all.map((vector) => {
			try {
				return run(tamis, vector);
			} catch (error) {
				return [String(error)];
			}
		});
	}, /** @type {const} */ ([module, all]));
	found.push([module, problems]);
	await page.close();
}
for (const [module, problems] of found) {
	all.forEach((vector, index) => {
		test(`Chromium ${module} ${vector.name}`, () => assert.deepEqual(problems[index], []));
	});
}
