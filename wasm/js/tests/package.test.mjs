// @ts-check
/** What a user installs: the files that are meant and no other, working and typed in a project of its own. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { moduleBytes } from './support/modules.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
/** @type {string} */
let project;
/** @type {string[]} */
let packed;

before(async () => {
	await Promise.all([moduleBytes('tamis'), moduleBytes('tamis-scalar')]);
	project = await mkdtemp(join(tmpdir(), 'tamis-package-'));
	const { stdout } = await run('npm', ['pack', '--json', '--silent', `--pack-destination=${project}`], { cwd: root });
	const said = JSON.parse(stdout.slice(stdout.search(/^[[{]/m)));
	const [pack] = Array.isArray(said) ? said : Object.values(said);
	packed = pack.files.map((/** @type {{ path: string }} */ { path }) => path);
	await writeFile(join(project, 'package.json'), '{"private":true,"type":"module"}');
	await run('npm', ['install', '--offline', '--silent', join(project, pack.filename)], { cwd: project });
});

after(() => rm(project, { recursive: true, force: true }));

test('the files that are meant, and no other', async () => {
	const sources = (await readdir(join(root, 'src'))).filter((name) => name.endsWith('.js')).map((name) => `src/${name}`);
	assert.ok(sources.includes('src/page.js'));
	assert.deepEqual([...packed].sort(), [
		...sources, 'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'index.d.ts', 'package.json', 'tamis-scalar.wasm', 'tamis.wasm',
	].sort());
});

test('it has no dependency', () => {
	assert.deepEqual([manifest.dependencies, manifest.peerDependencies, manifest.optionalDependencies], [undefined, undefined, undefined]);
});

test('each condition leads to a file of the package, the special ones first', () => {
	const { '.': main, ...others } = manifest.exports;
	assert.deepEqual(Object.keys(main), ['types', 'workerd', 'edge-light', 'node', 'browser', 'default']);
	for (const target of [...Object.values(main), ...Object.values(others)]) {
		assert.ok(packed.includes(target.slice(2)), target);
	}
	for (const entry of manifest.sideEffects) {
		assert.ok(packed.includes(entry.slice(2)), entry);
	}
});

test('it works where it is installed', async () => {
	await writeFile(join(project, 'use.js'), `
		import { readFile } from 'node:fs/promises';
		import { fileURLToPath } from 'node:url';
		import { init, redactor, TamisError } from 'tamis';
		await init();
		const outcome = redactor({ version: 1 }).redact('{"to":"jan@example.com"}', 'application/json');
		const scalar = await readFile(fileURLToPath(import.meta.resolve('tamis/tamis-scalar.wasm')));
		let code;
		try { redactor('{'); } catch (error) { code = error instanceof TamisError && error.code; }
		console.log(JSON.stringify([outcome.verdict, outcome.restore(outcome.body, 'application/json'), code, scalar.length > 0]));
	`);
	const { stdout } = await run(process.execPath, ['use.js'], { cwd: project });
	assert.deepEqual(JSON.parse(stdout), ['redacted', '{"to":"jan@example.com"}', 101, true]);
});

test('it is typed where it is installed', async () => {
	await writeFile(join(project, 'use.ts'), `
		import { init, redactor, wrapFetch, TamisError, type Outcome } from 'tamis';
		export async function use(): Promise<string> {
			await init();
			const outcome: Outcome<string> = redactor({ version: 1 }, { key: 'k' }).redact('a');
			globalThis.fetch = wrapFetch(fetch, { destinations: ['/ai/'] });
			return outcome.code === 0 ? outcome.body : String(TamisError);
		}
		// @ts-expect-error A key is a string or bytes.
		redactor(undefined, { key: 7 });
	`);
	const tsc = join(root, 'node_modules/typescript/bin/tsc');
	for (const resolution of [['--module', 'nodenext'], ['--module', 'esnext', '--moduleResolution', 'bundler']]) {
		await run(process.execPath, [tsc, '--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2022,dom', ...resolution, 'use.ts'], { cwd: project })
			.catch((/** @type {{ stdout: string }} */ { stdout }) => assert.fail(stdout));
	}
});
