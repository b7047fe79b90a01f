/**
 * The page: reads the prompt as it is typed and shows what became of it. Everything happens here, nothing is sent.
 */
import { init, redactor } from '../src/browser.js';
import { align, replacementLengths, spans, tokens } from './align.js';
import { EXAMPLES } from './examples.js';
import { keepOffline } from './offline.js';
import { POLICIES } from './policies.js';
import { pretend } from './reply.js';
import { element, pieces, show, showPlain, swatch } from './view.js';
import { FAMILIES, OPERATORS, REASONS, count, label, size } from './words.js';

/** Past so many characters the page waits for a pause in typing. */
const LARGE = 32 << 10;
/** So many characters of a text are shown; all of them are read. */
const SHOWN = 64 << 10;
const PAUSE_MS = 300;
/** A screen reader is told after so long a pause, not at each key. */
const TELL_MS = 1200;

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);
const prompt = at('prompt');
const reply = at('reply');

const encoder = new TextEncoder();
/** One key a visit: whoever reloads gets other tokens. */
const key = crypto.getRandomValues(new Uint8Array(32));
/** @type {Map<string, any>} */
const redactors = new Map();

/** What the page shows now. */
const now = {
	/** @type {any} */ outcome: null,
	/** @type {string} */ sent: '',
	/** @type {string} */ shown: '',
	/** Findings in the prompt. @type {import('./align.js').Span<any>[]} */ found: [],
	/** Values by their token. @type {Map<string, { entity: string, was: string }>} */ known: new Map(),
	/** What the pretend answer is made of. @type {{ entity: string, was: string, text: string }[]} */ given: [],
	/** The reader has changed the answer. */ edited: false,
	/** What the table was made of. */ rows: '',
};

/** @param {string} name */
function redactorFor(name) {
	if (!redactors.has(name)) redactors.set(name, redactor(POLICIES[name].policy, { key, scope: 'demo' }));
	return redactors.get(name);
}

// ---- The prompt ------------------------------------------------------------------------------------------------

let pause = 0;

/** Reads the prompt: at once, or after a pause where it is large. */
function changed() {
	clearTimeout(pause);
	if (prompt.value.length <= LARGE) {
		read();
		return;
	}
	at('panes').setAttribute('aria-busy', 'true');
	say('Reading', `${size(prompt.value.length)} …`);
	pause = setTimeout(read, PAUSE_MS);
}

function read() {
	// A half pair of surrogates has no UTF-8; the engine is given U+FFFD for it, of the same length.
	const text = prompt.value.toWellFormed?.() ?? prompt.value;
	const policy = at('policy').value;
	now.outcome?.free();
	const start = performance.now();
	const outcome = redact(text, policy);
	const ms = performance.now() - start;
	now.outcome = outcome;
	if (outcome.verdict === 'blocked') held(text, policy);
	else sent(text, outcome, ms);
	markPrompt(text);
	table();
	here();
	if (!now.edited) answer();
	restore();
	at('panes').removeAttribute('aria-busy');
}

/** A fault of the engine is a held body, too. @param {string} text @param {string} policy */
function redact(text, policy) {
	try {
		return redactorFor(policy).redact(text, at('format').value);
	} catch (error) {
		redactors.clear();
		return { verdict: 'blocked', code: error.code, get body() { throw error; }, free() {} };
	}
}

/** @param {string} text @param {any} outcome @param {number} ms */
function sent(text, outcome, ms) {
	now.found = spans(text, outcome.findings);
	now.sent = outcome.body;
	const placed = align(text, now.found, now.sent, replacementLengths);
	now.known = new Map();
	now.given = [];
	for (const [n, { start, end, mark }] of (placed ?? []).entries()) {
		const was = text.slice(now.found[n].start, now.found[n].end);
		const given = now.sent.slice(start, end);
		now.given.push({ entity: mark.entity, was, text: plain(given) });
		if (mark.operator === 'token') now.known.set(given.replaceAll('"', ''), { entity: mark.entity, was });
	}
	showText(at('sent'), now.sent, placed ?? [], (mark, given) => ({
		title: `${label(mark.entity)}, rule ${mark.rule}`,
		tag: named(given) ? '' : `${label(mark.entity)}${given === '' ? ' taken out' : ''}`,
	}));
	const replaced = outcome.findings.filter(({ operator }) => operator !== 'keep').length;
	at('sent-foot').textContent = `${size(encoder.encode(now.sent).length)}${cut(now.sent)}`;
	say('Protecting', `${replaced === 0 ? 'nothing to replace' : `${count(replaced, 'value')} replaced`}, ${ms.toFixed(1)} ms, nothing left this page`);
}

/** A body that would not be sent: says why, and by which rule. @param {string} text @param {string} policy */
function held(text, policy) {
	const slug = slugOf(now.outcome);
	now.found = slug === 'blocked_by_policy' ? spans(text, heldFindings(text, policy)) : [];
	now.sent = '';
	now.known = new Map();
	now.given = [];
	const rules = [...new Map(now.found.filter(({ mark }) => mark.operator === 'block').map(({ mark }) => [mark.rule, mark])).values()];
	showPlain(at('sent'), element('div', { class: 'held' },
		element('p', {}, element('strong', {}, 'Held. This would not be sent.')),
		element('p', {}, REASONS[slug] ?? 'Something went wrong, and then nothing is sent.', ' ', element('code', {}, `${slug} ${now.outcome.code ?? ''}`)),
		...rules.map(({ rule, entity }) => element('p', {}, 'Rule ', element('code', {}, rule), ': ', swatch(entity))),
		element('p', {}, `Switch: Replace by, now at “${POLICIES[policy].name}”.`)));
	at('sent-foot').textContent = 'Nothing.';
	say('Held', `${REASONS[slug] ?? 'Something went wrong.'} Nothing would be sent, nothing left this page`);
}

/** A blocked body has no findings; the default policy tells what the held values are. */
function heldFindings(text, policy) {
	const strict = POLICIES[policy].policy.entities ?? {};
	const outcome = redact(text, 'token');
	if (outcome.verdict === 'blocked') return [];
	const findings = outcome.findings.map((finding) => ({ ...finding, operator: strict[finding.entity] ?? finding.operator }));
	outcome.free();
	return findings;
}

/** @param {any} outcome */
function slugOf(outcome) {
	try {
		return String(outcome.body && '');
	} catch (error) {
		return error.slug ?? 'internal';
	}
}

/** Whether what stands for a value says by itself what it is. @param {string} given */
const named = (given) => /_9\d{14}|^\[.*\]$|^%5B.*%5D$/i.test(given);

/** A form's brackets, readable. @param {string} given */
const plain = (given) => given.replaceAll('"', '').replaceAll(/%5B/gi, '[').replaceAll(/%5D/gi, ']');

/** @param {string} text */
function markPrompt(text) {
	showText(at('prompt-marks'), text, now.found, () => ({}));
}

/** Shows a text with its marks, or as much of it as a page can hold. */
function showText(host, text, marked, tell) {
	show(host, text.length <= SHOWN ? pieces(text, marked, tell) : pieces(text.slice(0, SHOWN), marked.filter(({ end }) => end <= SHOWN), tell));
}

/** @param {string} text */
const cut = (text) => (text.length <= SHOWN ? '' : `; the first ${size(SHOWN)} are shown, Copy takes all`);

/** The marks lie under the text area and move with it, whenever it scrolls. @param {string} id */
function follow(id) {
	at(`${id}-marks`).style.translate = `0 ${-at(id).scrollTop}px`;
}

/** The marks break their lines where the text area does, whatever room its scroll bar takes. */
const asWide = new ResizeObserver((entries) => {
	for (const { target } of entries) at(`${target.id}-marks`).style.width = `${target.clientWidth}px`;
});

// ---- The reply -------------------------------------------------------------------------------------------------

function answer() {
	now.edited = false;
	at('again').hidden = true;
	const text = now.outcome.verdict === 'blocked' ? '' : pretend(now.given);
	if (reply.value !== text) reply.value = text;
}

function restore() {
	const text = reply.value.toWellFormed?.() ?? reply.value;
	const marked = tokens(text, now.known);
	showText(at('reply-marks'), text, marked, () => ({}));
	if (now.outcome.verdict === 'blocked') {
		now.shown = '';
		showPlain(at('shown'), element('p', { class: 'quiet' }, 'Nothing was sent, so there is no answer.'));
		at('shown-foot').textContent = 'Nothing.';
		return;
	}
	now.shown = now.outcome.restore(text, 'text/plain');
	const placed = align(text, marked, now.shown, ({ was }, token) => [was.length, token.length]);
	showText(at('shown'), now.shown, placed ?? [], ({ entity }) => ({ title: label(entity) }));
	const { restored, unresolved } = now.outcome;
	at('shown-foot').textContent = `${restored === 0 ? 'Nothing put back' : `${count(restored, 'value')} put back`}${unresolved > 0 ? `, ${count(unresolved, 'token')} left as written` : ''}.`;
}

// ---- What was found --------------------------------------------------------------------------------------------

/** @param {any} mark */
const keyOf = ({ entity, rule, operator }) => `${entity} ${rule} ${operator}`;

function table() {
	/** @type {Map<string, { mark: any, times: number }>} */
	const groups = new Map();
	for (const { mark } of now.found) {
		if (mark.tail) continue;
		const group = groups.get(keyOf(mark)) ?? { mark, times: 0 };
		groups.set(keyOf(mark), { mark, times: group.times + 1 });
	}
	const rows = [...groups].map(([id, { times }]) => `${id} ${times}`).join('\n');
	if (rows === now.rows) return;
	now.rows = rows;
	at('none').hidden = groups.size > 0;
	at('rows').replaceChildren(...[...groups.values()].map(({ mark, times }) => element('tr', { 'data-key': keyOf(mark) },
		element('th', { scope: 'row' }, swatch(mark.entity), ' ', element('code', {}, mark.rule)),
		element('td', {}, OPERATORS[mark.operator] ?? mark.operator),
		element('td', { class: 'number' }, times.toLocaleString('en')),
		element('td', {}, element('button', { type: 'button', class: 'small' }, 'Show', element('span', { class: 'unseen' }, ` ${label(mark.entity)} (${mark.rule}) in the prompt`))))));
}

/** Selects the next value of a row in the prompt. @param {string} id */
function jump(id) {
	const all = now.found.filter(({ mark }) => keyOf(mark) === id);
	const cursor = prompt.selectionStart;
	const next = all.find(({ start }) => start > cursor) ?? all[0];
	if (!next) return;
	prompt.focus();
	prompt.setSelectionRange(next.start, next.end);
	const mark = markAt(next.start);
	if (mark) prompt.scrollTop = mark.offsetTop - prompt.clientHeight / 3;
	here();
}

/** The mark that begins at an offset of the prompt. @param {number} offset */
function markAt(offset) {
	let seen = 0;
	for (const child of at('prompt-marks').childNodes) {
		if (seen === offset && child instanceof HTMLElement) return child;
		seen += child.textContent.length;
	}
	return null;
}

/** Says what stands at the cursor, and lights up its row. */
function here() {
	// Asking a large text area where its cursor is takes long: once.
	const cursor = prompt.selectionStart;
	const span = now.found.find(({ start, end }) => start <= cursor && cursor <= end);
	const id = span ? keyOf(span.mark) : '';
	const text = span
		? `At the cursor: ${label(span.mark.entity)}, ${OPERATORS[span.mark.operator] ?? span.mark.operator}.`
		: 'Type or paste anything. Marks show what was found.';
	if (at('here-text').textContent !== text) at('here-text').textContent = text;
	at('here-row').hidden = !span;
	at('here').dataset.key = id;
	for (const row of at('rows').children) row.classList.toggle('current', row.dataset.key === id);
}

// ---- Status ----------------------------------------------------------------------------------------------------

let telling = 0;

/** @param {string} mode @param {string} summary */
function say(mode, summary) {
	at('mode').textContent = mode;
	at('status').dataset.mode = mode.toLowerCase();
	at('summary').textContent = `${summary}.`;
	clearTimeout(telling);
	// The time it took differs at each key and says nothing to the ear.
	telling = setTimeout(() => tell(`${mode}: ${summary.replace(/, [\d.]+ ms/, '')}.`), TELL_MS);
}

/** @param {string} text */
function tell(text) {
	at('live').textContent = text;
}

/** @param {string} id @param {() => string} text */
function copies(id, text) {
	const button = at(id);
	const label = button.firstChild;
	button.addEventListener('click', async () => {
		const done = await navigator.clipboard.writeText(text()).then(() => true, () => false);
		tell(done ? 'Copied.' : 'The browser did not allow to copy.');
		label.nodeValue = done ? 'Copied' : 'Not allowed';
		setTimeout(() => { label.nodeValue = 'Copy'; }, 1500);
	});
}

// ---- Start -----------------------------------------------------------------------------------------------------

/** @param {(typeof EXAMPLES)[number]} example */
function begin({ format, body }) {
	prompt.value = body;
	prompt.setSelectionRange(0, 0);
	prompt.scrollTop = 0;
	at('format').value = format === 'text/plain' ? '' : format;
	now.edited = false;
	changed();
}

function listen() {
	prompt.addEventListener('input', changed);
	reply.addEventListener('input', () => {
		now.edited = true;
		at('again').hidden = false;
		restore();
	});
	for (const id of ['prompt', 'reply']) {
		at(id).addEventListener('scroll', () => follow(id), { passive: true });
		asWide.observe(at(id));
	}
	at('format').addEventListener('change', changed);
	at('policy').addEventListener('change', changed);
	document.addEventListener('selectionchange', () => { if (document.activeElement === prompt) here(); });
	at('rows').addEventListener('click', ({ target }) => {
		if (target.closest('button')) jump(target.closest('tr').dataset.key);
	});
	at('here-row').addEventListener('click', () => at('rows').querySelector('.current button')?.focus());
	at('again').addEventListener('click', () => {
		answer();
		restore();
		reply.focus();
	});
	copies('copy-sent', () => now.sent);
	copies('copy-shown', () => now.shown);
}

async function start() {
	at('examples').append(...EXAMPLES.map((example) => {
		const button = element('button', { type: 'button', id: `example-${example.id}` }, example.name);
		button.addEventListener('click', () => begin(example));
		return button;
	}));
	at('policy').append(...Object.entries(POLICIES).map(([id, { name }]) => element('option', { value: id }, name)));
	at('legend').append(...Object.entries(FAMILIES).map(([id, name]) => element('li', {}, element('span', { class: `swatch ${id}` }, name))));
	try {
		await init();
		// The first pass compiles what later ones reuse.
		for (const { body, format } of EXAMPLES) redactorFor('token').redact(body, format).free();
	} catch (error) {
		at('wait').replaceChildren(element('strong', {}, 'The engine did not load.'), ' ',
			'Build it with ', element('code', {}, 'cargo xtask wasm'), ', then load this page again. ', `(${error.message})`);
		at('wait').classList.remove('wait');
		say('Not started', 'without the engine nothing is read');
		return;
	}
	at('wait').remove();
	listen();
	begin(EXAMPLES[0]);
	document.documentElement.dataset.ready = '';
	keepOffline((text) => { at('offline').textContent = text; });
}

start();
