/**
 * V8's side of the bench `wasm`: the module through its plain interface, and through the package `tamis`.
 *
 * A line of JSON in, a line of JSON out, so that the bench can take V8 and the others in turns:
 *
 *   {"setup":{…}}            modules, secret, policy, scope and bodies; answers versions, sizes and start-up times
 *   {"output":[way,body]}    one call; answers the verdict and the bytes to send, in hexadecimal digits
 *   {"time":[way,body,n]}    nanoseconds of n calls
 */

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const VERDICTS = ['clean', 'redacted', 'blocked'];
const encoder = new TextEncoder();

/** The module as ABI.md has it: nothing between a call and its result. */
class Plain {
	constructor(module) {
		this.exports = new WebAssembly.Instance(module).exports;
		this.results = this.exports.tamis_results() >>> 0;
		this.view();
		[this.buffer, this.address] = this.ok(this.exports.tamis_buffer_new(1 << 20));
	}

	/** The memory is another one each time it has grown. */
	view() {
		if (this.bytes?.buffer !== this.exports.memory.buffer) {
			this.bytes = new Uint8Array(this.exports.memory.buffer);
			this.words = new Uint32Array(this.exports.memory.buffer, this.results, 8);
		}
	}

	ok(status) {
		this.view();
		if (status !== 0) {
			throw new Error(`status ${status >>> 0}`);
		}
		return this.words;
	}

	put(...parts) {
		let at = this.address;
		for (const part of parts) {
			this.bytes.set(part, at);
			at += part.length;
		}
	}

	prepare({ secret, policy, scope }) {
		this.scope = encoder.encode(scope);
		this.put(encoder.encode(secret));
		const [keyring] = this.ok(this.exports.tamis_keyring_new(this.buffer, secret.length));
		const json = encoder.encode(policy);
		this.put(json);
		[this.redactor] = this.ok(this.exports.tamis_redactor_new(keyring, this.buffer, json.length, 0));
		return this;
	}

	/** One exchange: copy in, redact, copy out what changed. */
	redact({ bytes, type }) {
		const session = this.ok(this.exports.tamis_session_new())[0];
		this.put(bytes, type, this.scope);
		const status = this.exports.tamis_redact(this.redactor, session, this.buffer, bytes.length, type.length, 0,
			this.scope.length, 0);
		const words = this.ok(status);
		const [outcome, verdict] = [words[0], words[1]];
		const sent = verdict === 1 ? this.bytes.slice(words[3], words[3] + words[4]) : bytes;
		this.exports.tamis_free(outcome);
		this.exports.tamis_free(session);
		return { verdict: VERDICTS[verdict], sent };
	}
}

/** The package as a program uses it, report and all. */
async function packaged({ package: entry, modules, secret, policy, scope }) {
	const { init, redactor } = await import(pathToFileURL(entry).href);
	await init(readFileSync(modules[0]));
	const tamis = redactor(policy, { key: secret, scope });
	return {
		redact({ bytes, mediaType }) {
			const outcome = tamis.redact(bytes, mediaType);
			const done = { verdict: outcome.verdict, sent: outcome.body };
			outcome.free();
			return done;
		},
	};
}

/** Milliseconds of each step from a file to the first redacted body, in this process for the first time. */
async function start(file, setup, body) {
	const at = [performance.now()];
	const lap = () => at.push(performance.now());
	const bytes = readFileSync(file);
	lap();
	const module = await WebAssembly.compile(bytes);
	lap();
	const plain = new Plain(module);
	lap();
	plain.prepare(setup);
	lap();
	plain.redact(body);
	lap();
	return { plain, milliseconds: at.slice(1).map((time, index) => time - at[index]) };
}

let ways;
let bodies;

const commands = {
	async setup(setup) {
		bodies = setup.bodies.map(({ file, mediaType }) => ({
			bytes: new Uint8Array(readFileSync(file)), mediaType, type: encoder.encode(mediaType),
		}));
		const started = await start(setup.modules[0], setup, bodies[0]);
		const scalar = await WebAssembly.compile(readFileSync(setup.modules[1]));
		ways = [started.plain, new Plain(scalar).prepare(setup), await packaged(setup)];
		return {
			node: process.versions.node,
			v8: process.versions.v8,
			start: started.milliseconds,
			brotli: setup.modules.map((file) => brotliCompressSync(readFileSync(file)).length),
		};
	},
	output([way, body]) {
		const { verdict, sent } = ways[way].redact(bodies[body]);
		return { verdict, sent: Buffer.from(sent).toString('hex') };
	},
	time([way, body, calls]) {
		const [by, what] = [ways[way], bodies[body]];
		const from = process.hrtime.bigint();
		for (let n = 0; n < calls; n++) {
			by.redact(what);
		}
		return Number(process.hrtime.bigint() - from);
	},
};

for await (const line of createInterface({ input: process.stdin })) {
	const [name, argument] = Object.entries(JSON.parse(line))[0];
	process.stdout.write(`${JSON.stringify(await commands[name](argument))}\n`);
}
