/**
 * What a key costs: `node demo/measure.mjs` types 200 keys in the middle of a 4 KiB prompt and prints, for each of the
 * page's work (its handler, all panes changed) and the browser's after it (style, layout, paint), median and p95; and
 * the processor time of the page's main thread a key, all of it, which other work on the machine does not change.
 */
import { loadavg } from 'node:os';

import { launch } from './chromium.mjs';
import { serve } from './serve.mjs';

const KEYS = 200;
const BYTES = 4096;
const TYPED = 'and the tent of order TS-2077 goes to bo.berg@example.com ';

/** Prose with a value now and then. */
function prompt() {
	const parts = [
		(n) => `Order TS-${1000 + n} was paid with card 4111 1111 1111 1111 and is still not packed: the small red tent that we ran out of in spring. `,
		(n) => `Please write to anna.larsen${n}@example.com that the blue tent is ready, and ask for the size of the pegs, whether she wants the long ones. `,
		(n) => `The customer called from +49 30 ${1234500 + n} and wants to know when the parcel comes, before or after the holidays.\n`,
		() => 'The refund goes to DE89 3704 0044 0532 0130 00, as she asked in her last letter about the poles that broke. ',
	];
	let text = '';
	for (let n = 0; text.length < BYTES; n += 1) text += parts[n % parts.length](n);
	return text.slice(0, BYTES);
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

const server = await serve();
const browser = await launch();
try {
	const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
	await page.goto(server.url);
	await page.waitForSelector('html[data-ready]');
	await page.fill('#prompt', prompt());
	await page.focus('#prompt');
	await page.evaluate((middle) => {
		const area = document.querySelector('#prompt');
		area.setSelectionRange(middle, middle);
		globalThis.costs = [];
		let start = 0;
		let tell = () => {};
		globalThis.next = () => new Promise((done) => { tell = done; });
		addEventListener('input', () => { start = performance.now(); }, { capture: true });
		addEventListener('input', () => {
			const handled = performance.now();
			requestAnimationFrame(() => {
				const frame = performance.now();
				const channel = new MessageChannel();
				channel.port1.onmessage = () => {
					const painted = performance.now();
					globalThis.costs.push([handled - start, painted - frame]);
					tell();
				};
				channel.port2.postMessage(null);
			});
		});
	}, BYTES / 2);
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
	const busy = async () => (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
	const before = await busy();
	for (let n = 0; n < KEYS; n += 1) {
		const key = TYPED[n % TYPED.length];
		await Promise.all([page.evaluate(() => globalThis.next()), page.keyboard.press(key === ' ' ? 'Space' : key)]);
	}
	const mean = (1000 * ((await busy()) - before)) / KEYS;
	const { costs, found } = await page.evaluate(() => ({
		costs: globalThis.costs,
		found: document.querySelectorAll('#prompt-marks mark').length,
	}));
	console.log(`${KEYS} keys, ${BYTES} bytes, ${found} findings at the end; Chromium ${browser.version()}, load ${loadavg()[0].toFixed(1)}`);
	for (const [name, value] of [['page', ([own]) => own], ['browser', ([, rest]) => rest], ['both', ([own, rest]) => own + rest]]) {
		const sorted = costs.map(value).sort((a, b) => a - b);
		console.log(`${name.padEnd(8)} median ${at(sorted, 0.5).toFixed(1)} ms, p95 ${at(sorted, 0.95).toFixed(1)} ms, most ${sorted.at(-1).toFixed(1)} ms`);
	}
	console.log(`processor time of the main thread: mean ${mean.toFixed(1)} ms a key`);
} finally {
	await browser.close();
	await server.close();
}
