/**
 * The words of the page: what entities, operators and reasons are called. Knows no document and no element.
 */

/** @typedef {'people' | 'money' | 'keys' | 'shop' | 'other'} Family */

/** Families in the order of the legend. @type {Record<Family, string>} */
export const FAMILIES = {
	people: 'People and contact',
	money: 'Money',
	keys: 'Keys and passwords',
	shop: 'Shop and trade',
	other: 'Everything else',
};

/** What an entity is called, and its family. @type {Record<string, [string, Family]>} */
const ENTITIES = {
	person: ['name', 'people'],
	email: ['e-mail address', 'people'],
	phone: ['phone number', 'people'],
	address: ['address', 'people'],
	date_of_birth: ['date of birth', 'people'],
	customer_id: ['customer number', 'people'],
	ip_address: ['IP address', 'people'],
	mac_address: ['MAC address', 'people'],
	national_id: ['national id', 'people'],
	passport: ['passport', 'people'],
	driver_license: ['driving licence', 'people'],
	credit_card: ['card number', 'money'],
	iban: ['IBAN', 'money'],
	bic: ['BIC', 'money'],
	bank_account: ['bank account', 'money'],
	tax_id: ['tax id', 'money'],
	crypto_wallet: ['crypto wallet', 'money'],
	api_key: ['API key', 'keys'],
	jwt: ['JWT', 'keys'],
	private_key: ['private key', 'keys'],
	password: ['password', 'keys'],
	session_cookie: ['session cookie', 'keys'],
	url_credentials: ['login in a URL', 'keys'],
	order_number: ['order number', 'shop'],
	cost: ['cost price', 'shop'],
	margin: ['margin', 'shop'],
	price: ['price', 'shop'],
	stock: ['stock', 'shop'],
	supplier: ['supplier', 'shop'],
	coupon: ['coupon', 'shop'],
	sku: ['SKU', 'shop'],
	gtin: ['GTIN', 'shop'],
	product_name: ['product name', 'shop'],
	product_copy: ['product copy', 'shop'],
	search_query: ['search query', 'shop'],
	forged_token: ['forged token', 'other'],
};

/** Entities whose values open something. */
export const SECRETS = Object.keys(ENTITIES).filter((name) => ENTITIES[name][1] === 'keys');

/** Every entity that a policy may name. */
export const NAMES = Object.keys(ENTITIES);

/** @param {string} entity @returns {string} */
export const label = (entity) => ENTITIES[entity]?.[0] ?? entity.replace(/^custom:/, '').replaceAll('_', ' ');

/** @param {string} entity @returns {Family} */
export const family = (entity) => ENTITIES[entity]?.[1] ?? 'other';

/** What an operator does, for the table. @type {Record<string, string>} */
export const OPERATORS = {
	token: 'token, comes back',
	replace: 'replaced for good',
	mask: 'masked for good',
	drop: 'taken out',
	keep: 'kept as it is',
	block: 'held',
};

/** Why a body is held, by the slug that all languages share. @type {Record<string, string>} */
export const REASONS = {
	body_too_large: 'It is larger than the policy allows.',
	too_deep: 'It is nested deeper than the limit.',
	too_many_values: 'It holds more values than the limit.',
	too_many_findings: 'More was found than the limit.',
	work_budget: 'Reading it costs more work than its size allows.',
	charset: 'Its character set cannot be read.',
	unreadable: 'It is binary or compressed and cannot be read.',
	blocked_by_policy: 'The policy holds what was found in it.',
	blocked_number: 'The policy holds sensitive numbers.',
	envelope: 'A secret stands in a protocol field that may not be altered.',
	session_full: 'It holds more tokens than one exchange may.',
};

/** @param {number} n @param {string} one @param {string} [many] */
export const count = (n, one, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** @param {number} bytes */
export const size = (bytes) =>
	bytes < 1024 ? `${bytes} B` : bytes < 1 << 20 ? `${Math.round(bytes / 1024)} KiB` : `${(bytes / (1 << 20)).toFixed(1)} MiB`;
