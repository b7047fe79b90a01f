// @ts-check
/**
 * What Tamis throws. It must not know a byte of any body: codes, names, fixed sentences and JSON paths of policies.
 */

/**
 * Codes that are thrown where no module can be asked; the module says the same of them.
 *
 * @type {Record<number, [slug: string, text: string]>}
 */
export const OWN = {
	201: ['body_too_large', "the body is larger than the policy's limit"],
	207: ['unreadable', 'the body is binary or compressed and cannot be read'],
	210: ['envelope', 'a secret stands in a protocol field that may not be altered'],
	301: ['internal', 'a fault of Tamis'],
	304: ['memory', 'there is not enough memory'],
	306: ['trap', 'this instance stopped and must be discarded'],
	307: ['abi', 'the module speaks another version of the interface'],
	308: ['unsupported', 'this build cannot do that'],
	310: ['module', 'there is no module, or it cannot be loaded'],
};

/** An error with the code that every language shares. */
export class TamisError extends Error {
	/** @type {string} The sentence alone. */
	#text;

	/**
	 * @param {number} code
	 * @param {string} slug
	 * @param {string} text
	 * @param {{ path?: string, cause?: unknown, held?: boolean }} [details]
	 */
	constructor(code, slug, text, { path = '', cause, held = false } = {}) {
		const where = path === '' ? text : `${path}: ${text}`;
		const message = held ? `Tamis held this request (code ${code}, ${slug}): ${where}` : `${where} (${slug})`;
		super(message, cause === undefined ? undefined : { cause });
		this.name = 'TamisError';
		this.code = code;
		this.slug = slug;
		this.path = path;
		this.#text = text;
	}

	/**
	 * The same for a request that was not sent.
	 *
	 * @param {unknown} error Anything; what is not ours tells nothing but that it was.
	 * @returns {TamisError}
	 */
	static held(error) {
		const { code, slug, path, cause, text } = error instanceof TamisError
			? { code: error.code, slug: error.slug, path: error.path, cause: error.cause, text: error.#text }
			: { code: 301, slug: OWN[301][0], path: '', cause: undefined, text: OWN[301][1] };
		return new TamisError(code, slug, text, { path, cause, held: true });
	}
}

/**
 * An error of the table above.
 *
 * @param {number} code One of its codes.
 * @param {unknown} [cause] What a loader said; never anything that saw a body.
 */
export function own(code, cause) {
	const [slug, text] = OWN[code] ?? OWN[301];
	return new TamisError(code in OWN ? code : 301, slug, text, { cause });
}
