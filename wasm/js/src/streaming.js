// @ts-check
/**
 * Replies that arrive in pieces are not restored yet: such a request is asked with operators that need no restore, and
 * its reply passes as it comes. It must not know how requests are sent.
 */

/** Entities that become tokens unless a policy says otherwise. A test holds the list to the core's. */
export const TOKENS = [
	'email', 'phone', 'iban', 'bic', 'bank_account', 'ip_address', 'mac_address', 'national_id', 'tax_id', 'passport',
	'driver_license', 'person', 'address', 'date_of_birth', 'customer_id', 'crypto_wallet', 'sku', 'gtin', 'price',
	'order_number', 'product_name', 'product_copy', 'search_query', 'forged_token',
];

/** Addresses that stream whatever the body says. */
const STREAMS = /:streamGenerateContent$|\/(converse-stream|invoke-with-response-stream)$|\/invocations-response-stream$/;
/** Addresses that stream unless the body says otherwise. */
const STREAMS_UNLESS = /\/api\/(chat|generate)$/;

/**
 * The policy with `replace` wherever it would make tokens. What is not a policy stays: the core says what is wrong.
 *
 * @param {object | string | undefined} policy
 * @returns {object | string | undefined}
 */
export function withoutTokens(policy) {
	let read;
	try {
		read = typeof policy === 'string' ? JSON.parse(policy) : policy ?? { version: 1 };
	} catch {
		return policy;
	}
	if (!isObject(read) || (read.entities !== undefined && !isObject(read.entities))) {
		return policy;
	}
	const custom = [read.rules, read.fields].flat().map((item) => item?.entity)
		.filter((entity) => typeof entity === 'string' && entity.startsWith('custom:'));
	const entities = Object.fromEntries([...TOKENS, ...custom].map((entity) => [entity, 'replace']));
	for (const [entity, operator] of Object.entries(read.entities ?? {})) {
		entities[entity] = operator === 'token' || operator?.operator === 'token' ? 'replace' : operator;
	}
	return { ...read, entities };
}

/**
 * Whether a request asks for a reply in pieces.
 *
 * @param {URL} url
 * @param {Headers} headers
 * @param {string} body Its text, as far as it has one.
 */
export function isStreamed(url, headers, body) {
	return /\btext\/event-stream\b/i.test(headers.get('accept') ?? '')
		|| STREAMS.test(url.pathname)
		|| url.searchParams.get('alt') === 'sse'
		|| /"stream"\s*:\s*true|(^|&)stream=true(&|$)/.test(body)
		|| (STREAMS_UNLESS.test(url.pathname) && !/"stream"\s*:\s*false/.test(body));
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
function isObject(value) {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
