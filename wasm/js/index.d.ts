/// <reference lib="esnext.disposable" />
/**
 * Tamis: replaces private data in what is sent to AI services, and puts it back into their replies.
 *
 * `await init()` once; everything else is synchronous.
 */

/** A policy, as `docs` describe it. Keys that begin with `x-` are notes. */
export interface Policy {
	version: 1;
	min_engine?: string;
	entities?: Record<string, OperatorName | { operator: OperatorName; keep_last?: number }>;
	rules?: {
		id: string;
		entity: string;
		pattern: string;
		confidence?: Confidence;
		max_length?: number;
	}[];
	fields?: { name: string; entity: string }[];
	allow?: string[];
	numbers?: 'null' | 'standin' | 'string' | 'block';
	restore?: { tools?: string[] };
	limits?: { body_bytes?: number };
	[note: `x-${string}`]: unknown;
}

export type OperatorName = 'keep' | 'token' | 'mask' | 'replace' | 'drop' | 'block';
export type Confidence = 'low' | 'medium' | 'high';
export type Verdict = 'clean' | 'redacted' | 'blocked';

/** A value that was found. */
export interface Finding {
	rule: string;
	entity: string;
	operator: OperatorName;
	confidence: Confidence;
	/** Half-open, in bytes of the body; of a string, in bytes of its UTF-8. */
	ranges: [start: number, end: number][];
}

/**
 * Loads the module: the package's own file, or the one given. A second call waits for the first and does nothing else,
 * unless that one failed.
 *
 * @throws {TamisError} 310 when it cannot be loaded, 307 when it is not ours.
 */
export function init(
	source?: string | URL | Response | Promise<Response> | WebAssembly.Module | BufferSource,
): Promise<void>;

export interface RedactorOptions {
	/** What tokens are made with, at least 16 bytes. Without one, 32 random bytes for this redactor. */
	key?: Uint8Array | string;
	/** Earlier keys whose tokens are still recognised, newest first, at most 4. */
	previousKeys?: (Uint8Array | string)[];
	/** What tokens are bound to, so that two recipients cannot join theirs: site and destination. */
	scope?: string;
	/** The destination's class; `ai` when absent. */
	destinationClass?: string;
}

/**
 * Compiles a policy, or its JSON; the default one when absent.
 *
 * @throws {TamisError} With the JSON path of what is wrong; 310 before `init` is done.
 */
export function redactor(policy?: Policy | object | string, options?: RedactorOptions): Redactor;

export interface RedactOptions {
	/** Character set of a body of bytes, where it is known apart from the media type. A string is UTF-8. */
	charset?: string;
	/** In place of the redactor's own. */
	scope?: string;
	/** In place of the redactor's own. */
	destinationClass?: string;
	/** An earlier outcome of the same exchange: both then restore each other's tokens. */
	exchange?: Outcome;
}

/** Compiled rules and a key. */
export class Redactor {
	private constructor();
	/**
	 * Redacts a body. A blocked body is an outcome whose verdict says so.
	 *
	 * @throws {TamisError} On a fault of Tamis.
	 */
	redact<T extends string | Uint8Array>(body: T, contentType?: string, options?: RedactOptions): Outcome<Body<T>>;
	/**
	 * The body with every finding replaced; the very one that was given when there is none.
	 *
	 * @throws {TamisError} When the body must not be sent.
	 */
	scrub<T extends string | Uint8Array>(body: T, contentType?: string): Body<T>;
	/** Gives its memory back and wipes its key; it can do nothing more, and its outcomes restore nothing more. */
	free(): void;
	[Symbol.dispose](): void;
}

/** A new body is of the given one's kind. */
export type Body<T> = T extends string ? string : Uint8Array;

/** What happened to one body. */
export class Outcome<T extends string | Uint8Array = string | Uint8Array> {
	private constructor();
	readonly verdict: Verdict;
	/** Why the body was blocked; 0 when it was not. */
	readonly code: number;
	/**
	 * The body to send: the very one that was given when it is clean.
	 *
	 * @throws {TamisError} With the code when it is blocked.
	 */
	readonly body: T;
	/** Findings in order of their first byte. */
	readonly findings: Finding[];
	/** Findings by entity, in the order of the entities' names. */
	readonly counts: Record<string, number>;
	/** Values that no reply gets back. */
	readonly oneWay: number;
	/** Parts that are media and were not read. */
	readonly unread: number;
	/**
	 * The reply with the exchange's values where they may stand; the very one that was given when nothing changes.
	 *
	 * @throws {TamisError} On a fault of Tamis, and after `free`.
	 */
	restore<R extends string | Uint8Array>(reply: R, contentType?: string): Body<R>;
	/** Tokens that the last `restore` put back. */
	readonly restored: number;
	/** Tokens that the last `restore` saw and left in place. */
	readonly unresolved: number;
	/**
	 * Forgets the exchange's values. The collector does so too, but later: a program that keeps more than some 4,000
	 * outcomes with tokens gets 309.
	 */
	free(): void;
	[Symbol.dispose](): void;
}

/** An error with the code that every language shares. No value of a body is in it. */
export class TamisError extends Error {
	private constructor();
	readonly name: 'TamisError';
	/** The number shared by every language. */
	readonly code: number;
	/** Its name, such as `policy_pattern`. */
	readonly slug: string;
	/** Where a policy is wrong, such as `$.rules[2].pattern`; else empty. */
	readonly path: string;
}

/** Hosts, suffixes with a leading dot, addresses or paths that begin alike, and patterns of whole addresses. */
export type Destinations = (string | RegExp)[] | ((url: URL) => boolean);

/** What became of one call to an AI service. No value is in it. */
export interface GuardEvent {
	host: string;
	verdict: 'clean' | 'redacted' | 'held';
	/** Why it was held, else 0. */
	code: number;
	counts: Record<string, number>;
	/** Parts that are media and were not read. */
	unread: number;
	/** A streamed reply was asked for: nothing in the request can be restored, and the reply passes as it comes. */
	streamed: boolean;
}

export interface WrapOptions {
	policy?: Policy | object | string;
	/** Without one, 32 random bytes for this wrapper. */
	key?: Uint8Array | string;
	/** What counts as an AI service besides the shipped list; a function decides alone. */
	destinations?: Destinations;
	/** The site's part of what tokens are bound to; the destination's host is added. The page's host when absent. */
	scope?: string;
	/** What calls wait for; `init()` when absent. When it fails, they are held. */
	ready?: Promise<unknown>;
	onEvent?(event: GuardEvent): void;
}

/**
 * A `fetch` that scrubs what goes to AI services, restores what comes back, and rejects with a `TamisError` when
 * something cannot be scrubbed: nothing is sent then. Other calls are handed on as they are.
 */
export function wrapFetch(fetch: typeof globalThis.fetch, options?: WrapOptions): typeof globalThis.fetch;

/**
 * The same for `XMLHttpRequest`. A held call throws from `send` where that can be told at once, else it ends like one
 * that lost its network, and the error is reported to the window.
 */
export function wrapXMLHttpRequest(
	original: typeof globalThis.XMLHttpRequest,
	options?: WrapOptions,
): typeof globalThis.XMLHttpRequest;
