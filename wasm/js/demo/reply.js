/**
 * The pretend answer: a letter that names what it was given, as an AI service would. Knows no document.
 */

/** Sentences by entity; `…` is what the AI received in its place. @type {[string, string][]} */
const SENTENCES = [
	['order_number', 'I am sorry about the trouble with your order …. '],
	['iban', 'We will send the money to …. '],
	['credit_card', 'The card … is not charged again. '],
	['email', 'A confirmation goes to …. '],
	['phone', 'If anything is unclear, we will call …. '],
	['address', 'The parcel goes to …. '],
	['sku', 'The article is …. '],
	['coupon', 'Your coupon … stays valid. '],
];

/**
 * @param {{ entity: string, was: string, text: string }[]} given each value and what stands for it, in order
 * @returns {string}
 */
export function pretend(given) {
	/** @type {Map<string, string[]>} */
	const by = new Map();
	for (const { entity, text } of given) {
		const list = by.get(entity) ?? [];
		if (text && text !== 'null' && !list.includes(text) && list.length < 2) by.set(entity, [...list, text]);
	}
	// A name in one piece is addressed alone; else the first two pieces are first and last name.
	const whole = /\s/.test(given.find(({ entity }) => entity === 'person')?.was ?? '');
	const people = (by.get('person') ?? []).slice(0, whole ? 1 : 2);
	const lines = SENTENCES.flatMap(([entity, sentence]) =>
		by.has(entity) ? [sentence.replace('…', by.get(entity).join(', '))] : []);
	const body = lines.length > 0 ? lines.join('').trim() : 'Thank you for your message. We will look into it.';
	return `Dear ${people.join(' ') || 'customer'},\n\n${body}\n\nYour shop`;
}
