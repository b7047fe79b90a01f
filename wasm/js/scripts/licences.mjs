// @ts-check
/** Copies the licences into the package, where npm takes them from. */
import { copyFile } from 'node:fs/promises';

for (const name of ['LICENSE-APACHE', 'LICENSE-MIT']) {
	await copyFile(new URL(`../../../${name}`, import.meta.url), new URL(`../${name}`, import.meta.url));
}
