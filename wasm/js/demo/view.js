/**
 * Puts marked text on the page, changing only the nodes that differ. Knows neither the engine nor the policy.
 */
import { label, family } from './words.js';

/**
 * A stretch of text as it is shown. `tag` is a visible label where the text itself does not say what it is.
 * @typedef {{ text: string, entity: string, title: string, tag: string }} Piece
 */

/**
 * Cuts a text into pieces at its spans.
 * @param {string} text @param {import('./align.js').Span<any>[]} marked
 * @param {(mark: any, text: string) => { title?: string, tag?: string }} tell @returns {Piece[]}
 */
export function pieces(text, marked, tell) {
	const out = [];
	let at = 0;
	for (const { start, end, mark } of marked) {
		if (start > at) out.push({ text: text.slice(at, start), entity: '', title: '', tag: '' });
		const shown = text.slice(start, end);
		out.push({ text: shown, entity: mark.entity, title: '', tag: '', ...tell(mark, shown) });
		at = end;
	}
	if (at < text.length) out.push({ text: text.slice(at), entity: '', title: '', tag: '' });
	return out;
}

/** What a host shows now. @type {WeakMap<Element, Piece[]>} */
const shown = new WeakMap();

/** @param {Piece} a @param {Piece} b */
const same = (a, b) => a.text === b.text && a.entity === b.entity && a.title === b.title && a.tag === b.tag;

/** @param {Piece} piece */
function node(piece) {
	if (piece.entity === '') return document.createTextNode(piece.text);
	const mark = document.createElement('mark');
	mark.className = family(piece.entity);
	mark.dataset.entity = piece.entity;
	if (piece.title) mark.title = piece.title;
	mark.append(piece.text);
	if (piece.tag) {
		const tag = document.createElement('small');
		tag.textContent = piece.tag;
		mark.append(tag);
	}
	return mark;
}

/** Shows the pieces in the host: one child node a piece. @param {Element} host @param {Piece[]} next */
export function show(host, next) {
	const now = shown.get(host) ?? [];
	if (now.length === 0) host.replaceChildren();
	let head = 0;
	while (head < now.length && head < next.length && same(now[head], next[head])) head += 1;
	let tail = 0;
	while (tail < now.length - head && tail < next.length - head && same(now.at(-1 - tail), next.at(-1 - tail))) tail += 1;
	const old = now.length - tail - head;
	const fresh = next.slice(head, next.length - tail);
	if (old === 1 && fresh.length === 1 && now[head].entity === '' && fresh[0].entity === '') {
		host.childNodes[head].nodeValue = fresh[0].text;
	} else {
		for (let n = 0; n < old; n += 1) host.childNodes[head].remove();
		host.insertBefore(documentFragment(fresh.map(node)), host.childNodes[head] ?? null);
	}
	shown.set(host, next);
}

/** @param {Node[]} nodes */
function documentFragment(nodes) {
	const fragment = document.createDocumentFragment();
	fragment.append(...nodes);
	return fragment;
}

/** Shows anything else in the host. @param {Element} host @param {(Node | string)[]} nodes */
export function showPlain(host, ...nodes) {
	shown.delete(host);
	host.replaceChildren(...nodes);
}

/** @param {string} name @param {Record<string, string>} [attributes] @param {(Node | string)[]} children */
export function element(name, attributes = {}, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
	made.append(...children);
	return made;
}

/** A swatch with its name. @param {string} entity */
export const swatch = (entity) => element('span', { class: `swatch ${family(entity)}` }, label(entity));
