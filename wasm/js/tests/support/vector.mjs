// @ts-check
/**
 * Runs one shared vector. It runs in Node and in browsers, so it must not know either.
 */

/** The secret that the vectors' tokens are made with. */
export const KEY = 'tamis vectors key 0123456789abcdef';

/**
 * @typedef {object} Vector
 * @property {string} name
 * @property {string} policy
 * @property {string} [content_type]
 * @property {string} [charset]
 * @property {string} [scope]
 * @property {string} haystack
 * @property {'clean' | 'redacted' | 'blocked'} verdict
 * @property {string | null} [output]
 * @property {number | null} [error]
 * @property {string} [path]
 * @property {boolean} [fixpoint]
 * @property {{ entity: string, start: number, end: number, rule?: string, operator?: string }[]} findings
 * @property {{ reply: string, content_type?: string, output: string, restored?: number, unresolved?: number }[]} restore
 */

/**
 * What differs from the vector; nothing when it holds.
 *
 * @param {typeof import('../../index.js')} tamis
 * @param {Vector} vector
 * @returns {string[]}
 */
export function run(tamis, vector) {
	/** @type {string[]} */
	const problems = [];
	/** @type {(what: string, expected: unknown, got: unknown) => void} */
	const check = (what, expected, got) => {
		const [one, other] = [JSON.stringify(expected), JSON.stringify(got)];
		if (one !== other) {
			problems.push(`${what}: expected ${one?.slice(0, 400)}, got ${other?.slice(0, 400)}`);
		}
	};
	let redactor;
	try {
		redactor = tamis.redactor(vector.policy, { key: KEY });
	} catch (error) {
		if (!(error instanceof tamis.TamisError)) {
			throw error;
		}
		check('policy error', [vector.error, vector.path], [error.code, error.path]);
		return problems;
	}
	check('policy', undefined, vector.path);
	const body = fromBase64(vector.haystack);
	const type = vector.content_type ?? '';
	const { charset = '', scope = '' } = vector;
	const outcome = redactor.redact(body, type, { charset, scope });
	check('verdict', vector.verdict, outcome.verdict);
	check('error', vector.error ?? 0, outcome.code);
	const sent = outcome.verdict === 'blocked' ? null : outcome.body;
	if (outcome.verdict === 'blocked') {
		check('error of the body', vector.error, codeOf(() => outcome.body));
	}
	// A clean vector may leave the output out: it is the haystack, and the very same array.
	const expected = vector.output ?? (vector.verdict === 'clean' ? vector.haystack : null);
	check('output', expected, sent === null ? null : toBase64(sent));
	check('same array', vector.verdict === 'clean', sent === body);

	const said = [...vector.findings].sort((a, b) => a.start - b.start || a.end - b.end);
	const rows = outcome.findings.flatMap((finding) => finding.ranges.map(([start, end]) => ({ finding, start, end })));
	check('findings', said.map(named), rows.map(({ finding, start, end }, index) => named({
		entity: finding.entity, start, end,
		rule: said[index]?.rule === undefined ? undefined : finding.rule,
		operator: said[index]?.operator === undefined ? undefined : finding.operator,
	})));
	const counts = new Map();
	for (const { entity } of said) {
		counts.set(entity, (counts.get(entity) ?? 0) + 1);
	}
	check('counts', [...counts].sort(([a], [b]) => (a < b ? -1 : 1)), Object.entries(outcome.counts));

	vector.restore.forEach((restore, index) => {
		for (const reply of [restore.reply, new TextEncoder().encode(restore.reply)]) {
			const done = outcome.restore(reply, restore.content_type ?? '');
			check(`restore ${index}`, restore.output, typeof done === 'string' ? done : new TextDecoder('utf-8', { ignoreBOM: true }).decode(done));
			check(`restore ${index}, same`, restore.output === restore.reply, done === reply);
			check(`restore ${index}, restored`, restore.restored ?? outcome.restored, outcome.restored);
			check(`restore ${index}, unresolved`, restore.unresolved ?? outcome.unresolved, outcome.unresolved);
		}
	});
	if (sent !== null && scope === '' && charset === '') {
		check('scrub', toBase64(sent), toBase64(redactor.scrub(body, type)));
	}
	if (sent !== null && vector.fixpoint !== false) {
		const again = redactor.redact(sent, type, { charset, scope });
		check('fixpoint', again.verdict === 'blocked' ? again.code : toBase64(sent), again.verdict === 'blocked' ? null : toBase64(again.body));
		again.free();
	}
	checkText(redactor, vector, body, sent, outcome, check);
	outcome.free();
	redactor.free();
	return problems;
}

/**
 * What is UTF-8 without more said must come out the same as a string.
 *
 * @param {import('../../index.js').Redactor} redactor
 * @param {Vector} vector
 * @param {Uint8Array} body
 * @param {Uint8Array | null} sent
 * @param {import('../../index.js').Outcome} outcome
 * @param {(what: string, expected: unknown, got: unknown) => void} check
 */
function checkText(redactor, vector, body, sent, outcome, check) {
	if ((vector.charset ?? '') !== '' || /charset/i.test(vector.content_type ?? '')) {
		return;
	}
	let text;
	try {
		text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
	} catch {
		return;
	}
	const done = redactor.redact(text, vector.content_type ?? '', { scope: vector.scope ?? '' });
	check('as a string, verdict', [outcome.verdict, outcome.code], [done.verdict, done.code]);
	check('as a string, findings', outcome.findings, done.findings);
	if (sent !== null) {
		check('as a string, output', toBase64(sent), toBase64(new TextEncoder().encode(done.body)));
		check('as a string, same', done.verdict === 'clean', done.body === text);
	}
	done.free();
}

/** @param {() => unknown} work */
function codeOf(work) {
	try {
		work();
		return 0;
	} catch (error) {
		return /** @type {any} */ (error).code;
	}
}

/** @param {{ entity: string, start: number, end: number, rule?: string, operator?: string }} row */
function named({ entity, start, end, rule, operator }) {
	return { entity, start, end, rule, operator };
}

/** @param {string} text */
function fromBase64(text) {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
	let text = '';
	for (let at = 0; at < bytes.length; at += 8192) {
		text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	}
	return btoa(text);
}
