/**
 * Prompts to begin with. All data is made up: published test numbers, `example.com`, keys that open nothing.
 */

const MAIL = `Please write a friendly answer to this customer.

Name: Anna Larsen
E-mail: anna.larsen@example.com
Phone: +49 30 1234567
Order TS-1041, paid with card 4111 1111 1111 1111

Hello, the blue tent of order TS-1041 arrived torn. Please send the money back to DE89 3704 0044 0532 0130 00. My neighbour Peter can hand the tent to your driver.

Kind regards,
Anna Larsen

For you only: cost price 23.87 EUR, margin 41 %.
Stock system: api_key = sk-proj-T3Bl8kFJ0aZq9XwV7uYt5RsPn2Mc4Ld6
`;

const CHAT = {
	model: 'gpt-4o-mini',
	messages: [
		{ role: 'system', content: 'You answer customers of a tent shop. Be brief.' },
		{ role: 'user', content: 'Where is order TS-1041? I am Anna Larsen, anna.larsen@example.com.' },
		{ role: 'tool', tool_call_id: 'call_1', content: JSON.stringify({
			order_number: 'TS-1041', sku: 'TENT-2-BLUE', cost: 23.87,
			billing: { first_name: 'Anna', last_name: 'Larsen', phone: '+49 30 1234567', iban: 'DE89370400440532013000' },
		}) },
	],
};

const FORM = new URLSearchParams({
	'billing[first_name]': 'Anna', 'billing[last_name]': 'Larsen', 'billing[email]': 'anna.larsen@example.com',
	'billing[phone]': '+49 30 1234567', card_number: '4111111111111111', order_number: 'TS-1041', coupon: 'SPRING-VIP-25',
	comment: 'Please call Anna Larsen before delivery.',
}).toString();

const SCRIPTS = `Kundin: Jürgen Müßig 👩‍🚀 <juergen.muessig@example.com>, Tel. +49 30 1234567
Straße: Lindenstraße 12, 10969 Berlin 🏕️

שלום, ההזמנה TS-1041 לא הגיעה. דוא״ל: noa.levi@example.com
مرحبا، لم يصل الطلب TS-1042. البريد: omar@example.com

姓名：王小明，邮箱 xiaoming.wang@example.com，卡号 4111 1111 1111 1111
`;

/** @type {{ id: string, name: string, format: string, body: string }[]} */
export const EXAMPLES = [
	{ id: 'mail', name: 'Order mail', format: 'text/plain', body: MAIL },
	{ id: 'chat', name: 'Chat request (JSON)', format: 'application/json', body: `${JSON.stringify(CHAT, null, 2)}\n` },
	{ id: 'form', name: 'Checkout form', format: 'application/x-www-form-urlencoded', body: FORM },
	{ id: 'scripts', name: 'Many scripts', format: 'text/plain', body: SCRIPTS },
];
