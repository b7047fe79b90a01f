/** Compiled, never run: the declarations fit the sources, and callers see the types they should. */
import * as declared from '../index.js';
import * as node from '../src/node.js';

/** Whatever is declared is there, and takes and gives what is said. */
const init: typeof declared.init = node.init;
const redactor: (...args: Parameters<typeof declared.redactor>) => unknown = node.redactor;
const wrapFetch: typeof declared.wrapFetch = node.wrapFetch;
const wrapXHR: typeof declared.wrapXMLHttpRequest = node.wrapXMLHttpRequest;
/** Each name of one is a name of the other. */
const names: Record<keyof typeof declared, unknown> = node;
const back: Record<keyof typeof node, unknown> = declared;
/** Members too. */
const outcome: Record<Exclude<keyof declared.Outcome, symbol>, unknown> = {} as node.Outcome;
const compiled: Record<Exclude<keyof declared.Redactor, symbol>, unknown> = {} as node.Redactor;
const outcomeBack: Record<keyof node.Outcome, unknown> = {} as declared.Outcome;
const compiledBack: Record<keyof node.Redactor, unknown> = {} as declared.Redactor;
void [init, redactor, wrapFetch, wrapXHR, names, back, outcome, compiled, outcomeBack, compiledBack];

export async function callers(): Promise<void> {
	await declared.init();
	await declared.init(new URL('https://shop.example/tamis.wasm'));
	await declared.init(fetch('/tamis.wasm'));
	await declared.init(new Uint8Array());
	const compiled = declared.redactor({ version: 1, entities: { email: 'replace', iban: { operator: 'mask', keep_last: 2 } } }, { key: 'k' });
	const text: string = compiled.redact('a', 'text/plain').body;
	const bytes: Uint8Array = compiled.redact(new Uint8Array(), '', { charset: 'utf-8' }).body;
	const again: string = compiled.scrub('a');
	const outcome = compiled.redact('a', undefined, { exchange: compiled.redact('b') });
	const reply: string = outcome.restore('c', 'application/json');
	const [start, end]: [number, number] = outcome.findings[0].ranges[0];
	const verdict: 'clean' | 'redacted' | 'blocked' = outcome.verdict;
	// @ts-expect-error A body is a string or bytes.
	compiled.redact(1);
	// @ts-expect-error The verdict cannot be set.
	outcome.verdict = 'clean';
	// @ts-expect-error Only redactors make outcomes.
	new declared.Outcome();
	// @ts-expect-error This operator is not known.
	const wrong: declared.Policy = { version: 1, entities: { email: 'encrypt' } };
	globalThis.fetch = declared.wrapFetch(fetch, { destinations: ['/wp-json/ai/', /chat/], onEvent: ({ code }) => void code });
	declared.wrapFetch(fetch, { destinations: (url) => url.pathname === '/ai' });
	void [text, bytes, again, reply, start, end, verdict, wrong];
}
