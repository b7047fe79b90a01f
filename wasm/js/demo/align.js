/**
 * Where a value of one text stands in another: UTF-8 offsets to UTF-16, and originals to what replaced them.
 *
 * The engine tells ranges of its input. Everything between them is untouched, so the replacements stand between the
 * same stretches of the output. Where that cannot be told for sure, the answer is null and nothing is marked.
 * Knows no element.
 */

export const TOKEN = /[A-Z][A-Z0-9]{1,23}_9[0-9]{14}/;

/**
 * UTF-16 offsets of ascending UTF-8 offsets. A lone surrogate counts as U+FFFD, as an encoder writes it.
 * @param {string} text @param {number[]} offsets @returns {number[]}
 */
export function toUtf16(text, offsets) {
	const out = [];
	let at = 0;
	let bytes = 0;
	for (const offset of offsets) {
		while (bytes < offset && at < text.length) {
			const unit = text.charCodeAt(at);
			if (unit < 0x80) bytes += 1;
			else if (unit < 0x800) bytes += 2;
			else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) {
				bytes += 4;
				at += 1;
			} else bytes += 3;
			at += 1;
		}
		out.push(at);
	}
	return out;
}

/**
 * A stretch of a text: `mark` is what it is, or null where it is nothing.
 * @template M @typedef {{ start: number, end: number, mark: M }} Span
 */

/**
 * The ranges of findings as spans of the text, in order.
 * @template F @param {string} text @param {(F & { ranges: number[][] })[]} findings @returns {Span<F>[]}
 */
export function spans(text, findings) {
	const ranges = findings
		.flatMap((finding) => finding.ranges.map(([start, end], n) => ({ start, end, mark: { ...finding, tail: n > 0 } })))
		.sort((a, b) => a.start - b.start);
	const offsets = toUtf16(text, ranges.flatMap(({ start, end }) => [start, end]));
	return ranges.map(({ mark }, n) => ({ start: offsets[2 * n], end: offsets[2 * n + 1], mark }));
}

/**
 * Where the spans of `before` stand in `after`, given that all else is the same in both; null when it cannot be told.
 * @template M @param {string} before @param {Span<M>[]} marked @param {string} after
 * @param {(mark: M, was: string, after: string, at: number) => Iterable<number>} lengths likely lengths, best first
 * @returns {Span<M>[] | null}
 */
export function align(before, marked, after, lengths) {
	const found = [];
	let at = marked[0]?.start ?? before.length;
	if (after.slice(0, at) !== before.slice(0, at)) return null;
	for (const [n, { start, end, mark }] of marked.entries()) {
		const last = n === marked.length - 1;
		const gap = before.slice(end, last ? before.length : marked[n + 1].start);
		const length = last ? after.length - gap.length - at : between(after, at, gap, lengths(mark, before.slice(start, end), after, at));
		if (length < 0 || !after.startsWith(gap, at + length)) return null;
		found.push({ start: at, end: at + length, mark });
		at += length + gap.length;
	}
	return at === after.length ? found : null;
}

/** @param {string} after @param {number} at @param {string} gap @param {Iterable<number>} lengths */
function between(after, at, gap, lengths) {
	for (const length of lengths) if (after.startsWith(gap, at + length)) return length;
	return gap === '' ? -1 : after.indexOf(gap, at) - at;
}

const WORD = /\[[^\][]*\]|%5B[^%]*%5D/iy;
const TOKEN_HERE = new RegExp(TOKEN, 'y');
const QUOTED_TOKEN = new RegExp(`"${TOKEN.source}"`, 'y');
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How long what stands for a value may be, by its operator. */
export function* replacementLengths({ operator, tail }, was, after, at) {
	if (tail || operator === 'drop') yield 0;
	if (operator === 'keep') yield was.length;
	if (operator === 'mask') yield maskLength(was);
	for (const pattern of [TOKEN_HERE, QUOTED_TOKEN, WORD]) {
		pattern.lastIndex = at;
		const match = pattern.exec(after);
		if (match) yield match[0].length;
	}
	if (after.startsWith('null', at)) yield 4;
}

/** An asterisk a character, but for the last few. */
function maskLength(was) {
	const parts = [...graphemes.segment(was)];
	const shown = parts.length > 8 ? parts.slice(-4) : [];
	return parts.length - shown.length + shown.reduce((sum, { segment }) => sum + segment.length, 0);
}

/**
 * The tokens of a text that are known, as spans.
 * @template M @param {string} text @param {Map<string, M>} known by token @returns {Span<M>[]}
 */
export function tokens(text, known) {
	const found = [];
	for (const match of text.matchAll(new RegExp(TOKEN, 'g'))) {
		const mark = known.get(match[0]);
		if (mark !== undefined) found.push({ start: match.index, end: match.index + match[0].length, mark });
	}
	return found;
}
