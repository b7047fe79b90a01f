// @ts-check
/**
 * What a wrapped `fetch` must do, told by the bytes that a server received. Runs in Node and in browsers, so it must not
 * know either.
 */

import { KEY } from './vector.mjs';

const MAIL = 'jan@example.com';
const TOKEN = /EMAIL_9[0-9]{14}/;
const PNG = Uint8Array.from([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 1, 0xFF]);

/**
 * @typedef {object} Stage
 * @property {typeof import('../../index.js')} tamis
 * @property {string} origin Of the recording server.
 * @property {string} ai Address of this scenario there, with a slash at its end.
 * @property {typeof fetch} plain
 * @property {(options?: import('../../index.js').WrapOptions) => typeof fetch} wrap
 * @property {() => Promise<{ method: string, url: string, headers: Record<string, string>, bytes: Uint8Array, text: string }[]>} recorded
 * @property {() => Promise<unknown>} release Lets a streamed reply end.
 */

/** @type {Record<string, (stage: Stage) => Promise<void>>} */
export const scenarios = {
	async 'a body of JSON is scrubbed and its reply restored'({ ai, wrap, recorded }) {
		const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: `Write to ${MAIL}` }] });
		const response = await wrap()(`${ai}json`, {
			method: 'POST', body, headers: { 'Content-Type': 'application/json', Authorization: 'Bearer abc' },
		});
		const [sent] = await recorded();
		equal(sent.method, 'POST');
		equal(sent.headers['content-type'], 'application/json');
		equal(sent.headers.authorization, 'Bearer abc');
		equal(sent.headers['content-length'], String(sent.bytes.length));
		ok(!sent.text.includes(MAIL));
		equal(sent.text.replace(TOKEN, MAIL), body);
		equal(response.status, 200);
		equal(response.url, `${ai}json`);
		equal(response.redirected, false);
		ok(['basic', 'cors', 'default'].includes(response.type));
		equal(response.headers.get('x-reply'), 'kept');
		equal(response.headers.get('content-length'), null);
		const copy = response.clone();
		equal(copy.url, response.url);
		equal((await response.json()).choices[0].message.content, body);
		equal((await copy.json()).choices[0].message.content, body);
	},

	async 'a clean body arrives as it is, and its reply is the very one'({ ai, wrap, plain, recorded, tamis }) {
		const body = '{ "a" : "nothing\\u0020here" }\n';
		/** @type {Response | undefined} */
		let got;
		const watched = tamis.wrapFetch(async (input, init) => {
			got = await plain(input, init);
			return got;
		}, { destinations: [ai] });
		equal(await watched(`${ai}json`, { method: 'POST', body }), got);
		const [sent] = await recorded();
		equal(sent.text, body);
		equal(sent.headers['content-type'], 'text/plain;charset=UTF-8');
		await wrap();
	},

	async 'a call that goes elsewhere gets the very same arguments'({ origin, tamis }) {
		/** @type {any[]} */
		const seen = [];
		const result = Promise.resolve(new Response());
		const wrapped = tamis.wrapFetch(/** @type {any} */ ((/** @type {any[]} */ ...args) => {
			seen.push(args);
			return result;
		}), { destinations: [`${origin}/ai/`] });
		const init = { method: 'POST', body: MAIL };
		const url = new URL(`${origin}/shop/`);
		equal(wrapped(url, init), result);
		ok(seen[0][0] === url && seen[0][1] === init && seen[0].length === 2);
		const request = new Request(`${origin}/shop/`);
		equal(wrapped(request), result);
		ok(seen[1][0] === request && seen[1].length === 1);
	},

	async 'the shipped list knows AI services, and leaves their own credentials'({ tamis, plain }) {
		/** @type {any[]} */
		const seen = [];
		const wrapped = tamis.wrapFetch(/** @type {any} */ (async (/** @type {any[]} */ ...args) => {
			seen.push(args);
			return new Response();
		}), { key: KEY });
		const key = `AIza${'Sy-0123456789_abcdefghijklmnopqrstu'.slice(0, 35)}`;
		await wrapped(`https://generativelanguage.googleapis.com/v1beta/models/g:generateContent?key=${key}&user=${MAIL}`, {
			method: 'POST', body: `{"contents":[{"parts":[{"text":"${MAIL}"}]}]}`, headers: { 'x-goog-api-key': key, 'x-customer-email': MAIL },
		});
		const [[address, { headers, body }]] = seen;
		ok(address.startsWith(`https://generativelanguage.googleapis.com/v1beta/models/g:generateContent?key=${key}&user=EMAIL_9`), address);
		equal(headers.get('x-goog-api-key'), key);
		match(headers.get('x-customer-email'), TOKEN);
		match(body, TOKEN);
		await wrapped('https://api.cloudflare.com/client/v4/zones', { method: 'POST', body: MAIL });
		equal(seen[1][1].body, MAIL);
		await wrapped('https://api.cloudflare.com/client/v4/accounts/a/ai/run/x', { method: 'POST', body: MAIL });
		match(seen[2][1].body, TOKEN);
		void plain;
	},

	async 'search parameters are a form'({ ai, wrap, recorded }) {
		await wrap()(`${ai}json`, { method: 'POST', body: new URLSearchParams({ prompt: `Ask ${MAIL}`, n: '1' }) });
		const [sent] = await recorded();
		equal(sent.headers['content-type'], 'application/x-www-form-urlencoded;charset=UTF-8');
		match(sent.text, /^prompt=Ask\+EMAIL_9[0-9]{14}&n=1$/);
	},

	async 'a form is scrubbed part by part'({ ai, wrap, recorded }) {
		const body = new FormData();
		body.append('email', 'someone');
		body.append('prompt', `Ask ${MAIL}\nnow`);
		body.append('notes', new File([`call ${MAIL}`], `${MAIL}.txt`, { type: 'text/plain' }));
		body.append('image', new File([PNG], 'a.png', { type: 'image/png' }));
		/** @type {any[]} */
		const events = [];
		const going = wrap({ onEvent: (event) => events.push(event) })(`${ai}json`, { method: 'POST', body });
		body.append('late', 'never sent');
		await going;
		const [sent] = await recorded();
		const form = await new Response(sent.bytes, { headers: { 'content-type': sent.headers['content-type'] } }).formData();
		equal([...form.keys()].join(), 'email,prompt,notes,image');
		match(form.get('prompt'), /^Ask EMAIL_9[0-9]{14}\r?\nnow$/);
		const notes = /** @type {File} */ (form.get('notes'));
		match(await notes.text(), /^call EMAIL_9[0-9]{14}$/);
		ok(!notes.name.includes(MAIL));
		const image = /** @type {File} */ (form.get('image'));
		equal([...new Uint8Array(await image.arrayBuffer())].join(), [...PNG].join());
		equal(events[0].unread, 1);
		ok(!sent.text.includes(MAIL));
	},

	async 'blobs, buffers and views are read'({ ai, wrap, recorded }) {
		const fetch = wrap();
		const bytes = new TextEncoder().encode(`..{"a":"${MAIL}"}..`);
		const view = bytes.subarray(2, bytes.length - 2);
		const going = fetch(`${ai}json`, { method: 'POST', body: view });
		bytes.fill(0x20); // Too late to matter.
		await going;
		await fetch(`${ai}json`, { method: 'POST', body: new TextEncoder().encode(MAIL).buffer, headers: { 'content-type': 'text/plain' } });
		await fetch(`${ai}json`, { method: 'POST', body: new Blob([`{"a":"${MAIL}"}`], { type: 'application/json' }) });
		await fetch(`${ai}json`, { method: 'POST', body: new Blob(['clean']) });
		const [first, second, third, fourth] = await recorded();
		match(first.text, /^\{"a":"EMAIL_9[0-9]{14}"\}$/);
		equal(first.headers['content-type'], undefined);
		match(second.text, /^EMAIL_9[0-9]{14}$/);
		match(third.text, /^\{"a":"EMAIL_9[0-9]{14}"\}$/);
		equal(third.headers['content-type'], 'application/json');
		equal(fourth.text, 'clean');
		equal(fourth.headers['content-type'], undefined);
	},

	async 'a stream is read to its end before it is sent'({ ai, wrap, recorded }) {
		const pieces = ['{"a":"jan@exa', 'mple.com"}'].map((text) => new TextEncoder().encode(text));
		const body = new ReadableStream({
			pull(controller) {
				const next = pieces.shift();
				next === undefined ? controller.close() : controller.enqueue(next);
			},
		});
		await wrap()(`${ai}json`, /** @type {RequestInit} */ ({ method: 'POST', body, duplex: 'half' }));
		const [sent] = await recorded();
		match(sent.text, /^\{"a":"EMAIL_9[0-9]{14}"\}$/);
	},

	async 'a request object is taken apart'({ ai, wrap, recorded }) {
		const fetch = wrap();
		const request = new Request(`${ai}json?about=${MAIL}`, {
			method: 'PUT', body: `{"a":"${MAIL}"}`, headers: { 'content-type': 'application/json', 'x-one': '1' }, referrerPolicy: 'no-referrer',
		});
		const response = await fetch(request);
		ok(request.bodyUsed);
		ok((await response.text()).includes(MAIL));
		await fetch(new Request(`${ai}json`, { method: 'POST', body: 'taken over', headers: { 'x-one': '1' } }), { body: MAIL, headers: { 'x-two': '2' } });
		await fetch(new Request(`${ai}json`, { headers: { 'x-one': '1' } }));
		const form = new FormData();
		form.append('prompt', MAIL);
		await fetch(new Request(`${ai}json`, { method: 'POST', body: form }));
		const [first, second, third, fourth] = await recorded();
		equal(first.method, 'PUT');
		match(first.url, /\?about=EMAIL_9[0-9]{14}$/);
		match(first.text, /^\{"a":"EMAIL_9[0-9]{14}"\}$/);
		equal(first.headers['content-type'], 'application/json');
		equal(first.headers['x-one'], '1');
		match(second.text, /^EMAIL_9[0-9]{14}$/);
		equal(second.headers['x-one'], undefined);
		equal(second.headers['x-two'], '2');
		equal(third.method, 'GET');
		equal(third.headers['x-one'], '1');
		const sent = await new Response(fourth.bytes, { headers: { 'content-type': fourth.headers['content-type'] } }).formData();
		match(sent.get('prompt'), /^EMAIL_9[0-9]{14}$/);
	},

	async 'query and headers are scrubbed, the rest of the address stays'({ ai, wrap, recorded }) {
		await wrap()(`${ai}json?a=%20b&email=jan%40example.com&&c#part`, { headers: { 'x-customer': MAIL, accept: MAIL, 'x-empty': '' } });
		const [sent] = await recorded();
		match(sent.url.split('?')[1], /^a=%20b&email=EMAIL_9[0-9]{14}&&c$/);
		match(sent.headers['x-customer'], /^EMAIL_9[0-9]{14}$/);
		equal(sent.headers.accept, MAIL);
	},

	async 'a person in the path holds the call'({ ai, wrap, recorded }) {
		await held(wrap()(`${ai}json/${MAIL}`), 210, 'envelope');
		equal((await recorded()).length, 0);
	},

	async 'a blocked body is not sent'({ ai, wrap, recorded }) {
		/** @type {any[]} */
		const events = [];
		const fetch = wrap({ policy: { version: 1, entities: { email: 'block' } }, onEvent: (event) => events.push(event) });
		const error = await held(fetch(`${ai}json`, { method: 'POST', body: MAIL }), 208, 'blocked_by_policy');
		ok(error.message.startsWith('Tamis held this request (code 208, blocked_by_policy): '), error.message);
		ok(!error.message.includes(MAIL) && !String(error.stack).includes(MAIL));
		equal((await recorded()).length, 0);
		equal(events[0].verdict, 'held');
		equal(events[0].code, 208);
	},

	async 'what cannot be read is not sent'({ ai, wrap, recorded }) {
		const fetch = wrap();
		const post = (/** @type {any} */ body, more = {}) => fetch(`${ai}json`, /** @type {any} */ ({ method: 'POST', body, ...more }));
		await held(post(Uint8Array.from([0x1F, 0x8B, 8, 0, 0, 0])), 207, 'unreadable');
		const broken = new ReadableStream({ pull: (controller) => controller.error(new Error(MAIL)) });
		ok(!(await held(post(broken, { duplex: 'half' }), 207, 'unreadable')).message.includes(MAIL));
		const odd = new ReadableStream({ start: (controller) => { controller.enqueue('text'); controller.close(); } });
		await held(post(odd, { duplex: 'half' }), 207, 'unreadable');
		const used = new Request(`${ai}json`, { method: 'POST', body: 'x' });
		await used.text();
		await held(fetch(used), 207, 'unreadable');
		const locked = new ReadableStream();
		locked.getReader();
		await held(post(locked, { duplex: 'half' }), 207, 'unreadable');
		await held(post('x'.repeat((8 << 20) + 1)), 201, 'body_too_large');
		await held(post('caf\xe9', { headers: { 'content-type': 'text/plain; charset=x-unknown' }, body: new Uint8Array([0xE9]) }), 206, 'charset');
		const form = new FormData();
		form.append('file', new File([Uint8Array.from([0x50, 0x4B, 3, 4, 0])], 'a.zip'));
		await held(post(form), 207, 'unreadable');
		equal((await recorded()).length, 0);
	},

	async 'a policy that is wrong holds every call'({ ai, wrap, recorded }) {
		const error = await held(wrap({ policy: { version: 1, entities: { emial: 'token' } } })(`${ai}json`), 104, 'policy_unknown_entity');
		equal(error.path, '$.entities.emial');
		equal((await recorded()).length, 0);
	},

	async 'a predicate that fails holds the call'({ ai, wrap, recorded }) {
		await held(wrap({ destinations: () => { throw new Error(MAIL); } })(`${ai}json`), 301, 'internal');
		equal((await recorded()).length, 0);
	},

	async 'a predicate decides alone'({ ai, wrap, recorded }) {
		await wrap({ destinations: (url) => url.pathname.endsWith('/text') })(`${ai}json`, { method: 'POST', body: MAIL });
		equal((await recorded())[0].text, MAIL);
	},

	async 'calls wait for the module, and are held when it does not come'({ ai, wrap, recorded }) {
		let begin = () => {};
		const later = wrap({ ready: new Promise((resolve) => { begin = () => resolve(undefined); }) });
		const waiting = later(`${ai}json`, { method: 'POST', body: MAIL });
		const [bytes, headers, init] = [new TextEncoder().encode(`as it was ${MAIL}`), new Headers({ 'x-one': '1' }), { method: 'PUT' }];
		const address = new URL(`${ai}json`);
		const other = later(address, Object.assign(init, { body: bytes, headers }));
		bytes.fill(0x20);
		headers.set('x-one', '2');
		init.method = 'GET';
		address.pathname = '/elsewhere/';
		await new Promise((resolve) => { setTimeout(resolve, 20); });
		equal((await recorded()).length, 0);
		begin();
		await waiting;
		await other;
		const [first, second] = (await recorded()).sort((a, b) => a.text.length - b.text.length);
		match(first.text, TOKEN);
		match(second.text, /^as it was EMAIL_9[0-9]{14}$/);
		equal(`${second.method} ${second.headers['x-one']}`, 'PUT 1');
		await held(wrap({ ready: Promise.reject(new Error('no')) })(`${ai}json`, { method: 'POST', body: MAIL }), 310, 'module');
		equal((await recorded()).length, 0);
	},

	async 'an aborted call ends as the caller said'({ ai, wrap, recorded }) {
		const fetch = wrap({ ready: new Promise(() => {}) });
		const control = new AbortController();
		const going = fetch(`${ai}json`, { method: 'POST', body: MAIL, signal: control.signal });
		control.abort(new Error('enough'));
		equal((await caught(going)).message, 'enough');
		equal((await caught(wrap()(`${ai}json`, { signal: AbortSignal.abort() }))).name, 'AbortError');
		equal((await recorded()).length, 0);
	},

	async 'a streamed reply is asked for without tokens and passes as it comes'({ ai, wrap, recorded, release }) {
		const ways = [
			['stream', { body: `{"stream": true,"content":"${MAIL}"}` }],
			['stream', { body: `{"content":"${MAIL}"}`, headers: { accept: 'text/event-stream' } }],
			['stream?alt=sse', { body: `{"content":"${MAIL}"}` }],
			['stream/models/g:streamGenerateContent', { body: `{"content":"${MAIL}"}` }],
			['chat/api/chat', { body: `{"content":"${MAIL}"}` }],
		];
		const fetch = wrap();
		for (const [path, init] of /** @type {[string, RequestInit][]} */ (ways)) {
			const response = await fetch(`${ai}${path}`, { method: 'POST', ...init });
			const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
			const first = new TextDecoder().decode((await reader.read()).value);
			ok(first.includes('[email]') || first.includes('[EMAIL]'), first);
			await release();
			while (!(await reader.read()).done);
			const [sent] = await recorded();
			ok(!sent.text.includes(MAIL) && !TOKEN.test(sent.text), sent.text);
		}
		const response = await fetch(`${ai}text/api/chat`, { method: 'POST', body: `{"stream":false,"content":"${MAIL}"}` });
		ok((await response.text()).includes(MAIL));
		match((await recorded())[0].text, TOKEN);
	},

	async 'replies of every kind'({ ai, wrap, recorded }) {
		const fetch = wrap();
		const ask = (/** @type {string} */ path) => fetch(`${ai}${path}`, { method: 'POST', body: `Ask ${MAIL}` });
		equal(await (await ask('text')).text(), `You said: Ask ${MAIL}`);
		equal(await (await ask('html')).text(), `<p>Ask ${MAIL}</p>`);
		equal((await (await ask('gzip')).json()).content, `Ask ${MAIL}`);
		match(await (await ask('bytes')).text(), /^Ask EMAIL_9[0-9]{14}$/);
		equal((await ask('empty')).status, 204);
		const error = await ask('error');
		equal(error.status, 429);
		equal(error.ok, false);
		equal((await error.json()).error, `Ask ${MAIL}`);
		const blob = await (await ask('text')).blob();
		match(blob.type, /^text\/plain; ?charset=utf-8$/);
		const latin = new Uint8Array(await (await ask('latin1')).arrayBuffer());
		equal(latin[3], 0xE9);
		equal(new TextDecoder().decode(latin.subarray(5)), `Ask ${MAIL}`);
		const cut = await ask('cut');
		ok(await caught(cut.text()) instanceof Error);
		const dropped = await ask('text');
		await dropped.body?.cancel();
		await recorded();
	},

	async 'a redirect carries the scrubbed body on'({ ai, wrap, recorded }) {
		const response = await wrap()(`${ai}redirect`, { method: 'POST', body: MAIL });
		equal(response.redirected, true);
		equal(response.url, `${ai}json`);
		ok((await response.text()).includes(MAIL));
		const [first, second] = await recorded();
		match(first.text, /^EMAIL_9[0-9]{14}$/);
		equal(second.text, first.text);
	},

	async 'options reach the original'({ ai, tamis }) {
		/** @type {any[]} */
		const seen = [];
		const wrapped = tamis.wrapFetch(/** @type {any} */ (async (/** @type {any[]} */ ...args) => {
			seen.push(args);
			return new Response();
		}), { destinations: [ai] });
		const { signal } = new AbortController();
		const inherited = Object.create({ method: 'POST', keepalive: true });
		Object.assign(inherited, { body: MAIL, signal, credentials: 'include', priority: 'high', next: { revalidate: 1 } });
		await wrapped(`${ai}json`, inherited);
		const [address, init] = seen[0];
		equal(address, `${ai}json`);
		equal(init.method, 'POST');
		equal(init.keepalive, true);
		ok(init.signal === signal);
		equal(init.credentials, 'include');
		equal(init.priority, 'high');
		equal(init.next.revalidate, 1);
		await wrapped(new Request(`${ai}json?a=${MAIL}`, { method: 'DELETE', cache: 'no-store', redirect: 'manual' }));
		equal(seen[1][1].method, 'DELETE');
		equal(seen[1][1].cache, 'no-store');
		equal(seen[1][1].redirect, 'manual');
	},

	async 'a call with nothing to wait for goes out at once'({ ai, tamis }) {
		let sent = false;
		const wrapped = tamis.wrapFetch(/** @type {any} */ (() => {
			sent = true;
			return Promise.resolve(new Response());
		}), { destinations: [ai] });
		const going = wrapped(`${ai}json`, { method: 'POST', body: MAIL, keepalive: true });
		equal(sent, true);
		await going;
	},

	async 'half a character is sent as the platform would send it'({ ai, wrap, recorded }) {
		await wrap()(`${ai}json`, { method: 'POST', body: 'half \uD800' });
		await wrap()(`${ai}json`, { method: 'POST', body: `half \uD800 ${MAIL}` });
		const [clean, redacted] = await recorded();
		equal(clean.text, 'half \uFFFD');
		match(redacted.text, /^half \uFFFD EMAIL_9[0-9]{14}$/);
	},

	async 'tokens of one call mean nothing in another'({ ai, wrap, recorded, tamis }) {
		const fetch = wrap();
		await fetch(`${ai}json`, { method: 'POST', body: MAIL });
		const [{ text }] = await recorded();
		const other = await fetch(`${ai}text`, { method: 'POST', body: `${text} and eva@example.org` });
		equal(await other.text(), `You said: ${text} and eva@example.org`);
		match((await recorded())[0].text, new RegExp(`^${text} and EMAIL_9`));
		void tamis;
	},

	async 'many calls hold no more than they need'({ ai, tamis }) {
		const wrapped = tamis.wrapFetch(/** @type {any} */ (async (/** @type {any} */ _, /** @type {any} */ init) =>
			new Response(init.body, { headers: { 'content-type': 'text/plain' } })), { destinations: [ai] });
		for (let round = 0; round < 5000; round++) {
			const response = await wrapped(`${ai}text`, { method: 'POST', body: MAIL });
			equal(await response.text(), MAIL);
		}
	},
};

/**
 * @param {Promise<unknown>} work
 * @param {number} code
 * @param {string} slug
 */
export async function held(work, code, slug) {
	const error = await caught(work);
	equal(error.name, 'TamisError');
	equal(`${error.code} ${error.slug}`, `${code} ${slug}`);
	return error;
}

/**
 * @param {Promise<unknown>} work
 * @returns {Promise<any>}
 */
export async function caught(work) {
	try {
		await work;
	} catch (error) {
		return error;
	}
	throw new Error('nothing was thrown');
}

/**
 * @param {unknown} got
 * @param {unknown} expected
 */
export function equal(got, expected) {
	if (got !== expected) {
		const show = (/** @type {unknown} */ value) => (typeof value === 'object' ? Object.prototype.toString.call(value) : JSON.stringify(value));
		throw new Error(`expected ${show(expected)}, got ${show(got)}`);
	}
}

/**
 * @param {unknown} holds
 * @param {string} [what]
 */
export function ok(holds, what) {
	if (!holds) {
		throw new Error(`does not hold${what === undefined ? '' : `: ${what}`}`);
	}
}

/**
 * @param {unknown} text
 * @param {RegExp} pattern
 */
export function match(text, pattern) {
	ok(typeof text === 'string' && pattern.test(text), `${pattern} of ${JSON.stringify(text)}`);
}

/**
 * The stage of one scenario.
 *
 * @param {typeof import('../../index.js')} tamis
 * @param {typeof fetch} plain
 * @param {string} origin
 * @param {string} id
 * @returns {Stage}
 */
export function stage(tamis, plain, origin, id) {
	const ai = `${origin}/ai/${id}/`;
	return {
		tamis, plain, origin, ai,
		wrap: (options = {}) => tamis.wrapFetch(plain, { destinations: [ai], key: KEY, scope: 'shop.example', ...options }),
		async recorded() {
			/** @type {any[]} */
			const list = await (await plain(`${origin}/recorded/${id}`)).json();
			return list.map((item) => {
				const bytes = Uint8Array.from(atob(item.body), (character) => character.charCodeAt(0));
				return { ...item, bytes, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
			});
		},
		release: () => plain(`${origin}/release/${id}`),
	};
}
