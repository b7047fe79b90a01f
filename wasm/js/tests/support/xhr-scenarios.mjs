// @ts-check
/** What a wrapped `XMLHttpRequest` must do, told by the bytes that a server received. Runs in browsers. */
import { equal, match, ok } from './scenarios.mjs';

/** @import { Stage } from './scenarios.mjs' */

const MAIL = 'jan@example.com';
const TOKEN = /EMAIL_9[0-9]{14}/;
const EVENTS = ['readystatechange', 'loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend'];

/**
 * @param {Stage} stage
 * @param {import('../../index.js').WrapOptions} [options]
 */
function wrapped({ tamis, ai }, options = {}) {
	return tamis.wrapXMLHttpRequest(XMLHttpRequest, { destinations: [ai], scope: 'shop.example', ...options });
}

/**
 * A call to its end, with the events that the page sees.
 *
 * @param {XMLHttpRequest} xhr
 * @param {any} [body]
 */
function run(xhr, body) {
	/** @type {string[]} */
	const events = [];
	for (const name of EVENTS) {
		xhr.addEventListener(name, () => events.push(name === 'readystatechange' ? `${name} ${xhr.readyState}` : name));
	}
	return new Promise((resolve) => {
		xhr.addEventListener('loadend', () => resolve(events));
		xhr.send(body);
	});
}

/** The window's error that a held call reports. */
function reported() {
	return new Promise((resolve) => {
		window.addEventListener('error', (event) => {
			event.preventDefault();
			resolve(event.error);
		}, { once: true });
	});
}

/** @type {Record<string, (stage: Stage) => Promise<void>>} */
export const scenarios = {
	async 'a body is scrubbed and its reply restored, with the events of the original'(stage) {
		const { ai, recorded, origin } = stage;
		const plain = new XMLHttpRequest();
		plain.open('POST', `${origin}/ai/other/json`);
		const expected = await run(plain, `{"a":"${MAIL}"}`);
		const xhr = new (wrapped(stage))();
		ok(xhr instanceof XMLHttpRequest);
		xhr.open('POST', `${ai}json`);
		xhr.setRequestHeader('Content-Type', 'application/json');
		xhr.setRequestHeader('X-Two', 'a');
		xhr.setRequestHeader('X-Two', 'b');
		let seen = '';
		xhr.onload = () => { seen = xhr.responseText; };
		const events = await run(xhr, `{"a":"${MAIL}"}`);
		equal(JSON.stringify(events), JSON.stringify(expected));
		equal(JSON.parse(seen).choices[0].message.content, `{"a":"${MAIL}"}`);
		equal(xhr.response, seen);
		equal(xhr.status, 200);
		equal(xhr.getResponseHeader('x-reply'), 'kept');
		const [sent] = await recorded();
		match(sent.text, /^\{"a":"EMAIL_9[0-9]{14}"\}$/);
		equal(sent.headers['content-type'], 'application/json');
		equal(sent.headers['x-two'], 'a, b');
	},

	async 'replies of every kind'(stage) {
		for (const [type, read] of /** @type {[XMLHttpRequestResponseType, (response: any) => any][]} */ ([
			['', (response) => response],
			['text', (response) => response],
			['json', (response) => JSON.stringify(response)],
			['arraybuffer', (response) => new TextDecoder().decode(response)],
		])) {
			const xhr = new (wrapped(stage))();
			xhr.open('POST', `${stage.ai}json`);
			xhr.responseType = type;
			await run(xhr, `Ask ${MAIL}`);
			const text = read(xhr.response);
			ok(text.includes(`Ask ${MAIL}`), `${type}: ${text}`);
			ok(xhr.response === xhr.response, `${type}: the same twice`);
		}
		const xhr = new (wrapped(stage))();
		xhr.open('POST', `${stage.ai}json`);
		xhr.responseType = 'blob';
		await run(xhr, `Ask ${MAIL}`);
		match(await xhr.response.text(), TOKEN);
	},

	async 'a synchronous call is scrubbed too'(stage) {
		const xhr = new (wrapped(stage))();
		xhr.open('POST', `${stage.ai}json?email=${MAIL}`, false);
		xhr.send(`Ask ${MAIL}`);
		ok(xhr.responseText.includes(`Ask ${MAIL}`));
		const [sent] = await stage.recorded();
		match(sent.text, /^Ask EMAIL_9[0-9]{14}$/);
		match(sent.url, /\?email=EMAIL_9[0-9]{14}$/);
		equal(sent.headers['content-type'], 'text/plain;charset=UTF-8');
	},

	async 'forms, blobs, documents and buffers'(stage) {
		const form = new FormData();
		form.append('prompt', MAIL);
		form.append('file', new Blob([`see ${MAIL}`], { type: 'text/plain' }), 'a.txt');
		const page = new DOMParser().parseFromString(`<p>${MAIL}</p>`, 'text/html');
		const bodies = [form, new Blob([MAIL], { type: 'text/plain' }), page, new TextEncoder().encode(MAIL), new URLSearchParams({ q: MAIL })];
		for (const body of bodies) {
			const xhr = new (wrapped(stage))();
			xhr.open('POST', `${stage.ai}json`);
			await run(xhr, body);
			equal(xhr.status, 200);
		}
		const sent = await stage.recorded();
		equal(sent.length, 5);
		for (const { text } of sent) {
			ok(!text.includes(MAIL));
			match(text, TOKEN);
		}
		match(sent[0].headers['content-type'], /^multipart\/form-data; boundary=/);
		equal(sent[1].headers['content-type'], 'text/plain');
		match(sent[2].headers['content-type'], /^text\/html;\s*charset=UTF-8$/i);
		match(sent[4].text, /^q=EMAIL_9[0-9]{14}$/);
	},

	async 'a call that goes elsewhere is the original'(stage) {
		const xhr = new (wrapped(stage, { destinations: () => false }))();
		xhr.open('POST', `${stage.ai}json`);
		await run(xhr, MAIL);
		equal((await stage.recorded())[0].text, MAIL);
	},

	async 'what cannot be scrubbed is not sent'(stage) {
		const Blocking = wrapped(stage, { policy: { version: 1, entities: { email: 'block' } } });
		for (const isAsync of [true, false]) {
			const xhr = new Blocking();
			xhr.open('POST', `${stage.ai}json`, isAsync);
			let error;
			try {
				xhr.send(MAIL);
			} catch (caught) {
				error = /** @type {any} */ (caught);
			}
			equal(error.code, 208);
			ok(error.message.startsWith('Tamis held this request (code 208, blocked_by_policy): '));
		}
		const late = new Blocking();
		late.open('POST', `${stage.ai}json`);
		const report = reported();
		const events = await run(late, new Blob([MAIL]));
		equal(JSON.stringify(events), JSON.stringify(['loadstart', 'readystatechange 4', 'error', 'loadend']));
		equal(late.status, 0);
		equal((await report).code, 208);
		const synchronous = new (wrapped(stage))();
		synchronous.open('POST', `${stage.ai}json`, false);
		try {
			synchronous.send(new Blob([MAIL]));
			ok(false, 'a synchronous call cannot wait');
		} catch (caught) {
			equal(/** @type {any} */ (caught).code, 207);
		}
		equal((await stage.recorded()).length, 0);
	},

	async 'calls wait for the module, can be aborted, and are held when it does not come'(stage) {
		let begin = () => {};
		const ready = new Promise((resolve) => { begin = () => resolve(undefined); });
		const Waiting = wrapped(stage, { ready });
		const xhr = new Waiting();
		xhr.open('POST', `${stage.ai}json`);
		const going = run(xhr, MAIL);
		let thrown;
		try {
			xhr.setRequestHeader('a', 'b');
		} catch (error) {
			thrown = /** @type {any} */ (error);
		}
		equal(thrown.name, 'InvalidStateError');
		const stopped = new Waiting();
		stopped.open('POST', `${stage.ai}json`);
		const stopping = run(stopped, MAIL);
		stopped.abort();
		ok((await stopping).includes('abort'));
		equal(stopped.readyState, 0);
		const synchronous = new Waiting();
		synchronous.open('POST', `${stage.ai}json`, false);
		try {
			synchronous.send(MAIL);
			ok(false, 'a synchronous call cannot wait');
		} catch (error) {
			equal(/** @type {any} */ (error).code, 310);
		}
		equal((await stage.recorded()).length, 0);
		begin();
		await going;
		match((await stage.recorded())[0].text, /^EMAIL_9[0-9]{14}$/);
		ok(xhr.responseText.includes(MAIL));

		const report = reported();
		const failing = new (wrapped(stage, { ready: Promise.reject(new Error('no')) }))();
		failing.open('POST', `${stage.ai}json`);
		ok((await run(failing, MAIL)).includes('error'));
		equal((await report).code, 310);
		equal((await stage.recorded()).length, 0);
	},

	async 'a streamed reply is asked for without tokens'(stage) {
		const xhr = new (wrapped(stage))();
		xhr.open('POST', `${stage.ai}stream`);
		const going = run(xhr, `{"stream":true,"content":"${MAIL}"}`);
		await new Promise((resolve) => { xhr.onprogress = resolve; });
		ok(!xhr.responseText.includes(MAIL) && !TOKEN.test(xhr.responseText) && xhr.responseText.startsWith('data: '));
		await stage.release();
		await going;
		ok(xhr.responseText.endsWith('[DONE]\n\n'));
	},

	async 'one object makes several calls'(stage) {
		const xhr = new (wrapped(stage))();
		for (const who of [MAIL, 'eva@example.org']) {
			xhr.open('POST', `${stage.ai}text`);
			await new Promise((resolve) => {
				xhr.onload = resolve;
				xhr.send(who);
			});
			equal(xhr.responseText, `You said: ${who}`);
		}
		try {
			new (wrapped(stage))().send();
			ok(false, 'must be opened first');
		} catch (error) {
			equal(/** @type {any} */ (error).name, 'InvalidStateError');
		}
	},
};
