<?php
/**
 * What the `tamis` extension gives to PHP. A test holds this file to the extension's reflection.
 *
 * Bodies are bytes: any PHP string, any length up to the policy's limits. Arguments are never coerced: another type is a
 * TypeError. No object here can be cloned, serialised, extended or given properties.
 */

namespace Tamis;

/** The extension's version. */
const VERSION = '0.1.0';

/** The version of this contract; it rises when a method changes its meaning or goes away. */
const API_VERSION = 1;

/** Every exception of this extension. `getCode()` is a code of the core's table. */
interface Exception extends \Throwable {}

/** The policy cannot be used; the message names the JSON path, never a value. */
final class PolicyException extends \RuntimeException implements Exception {}

/** The body was not sent on: a limit, an unreadable encoding or a rule that blocks. */
final class LimitException extends \RuntimeException implements Exception {}

/** A fault of Tamis itself. The message is fixed. */
final class InternalException extends \RuntimeException implements Exception {}

/** Secret key material. Cannot be cloned, serialised or dumped. */
final class Key {
	private function __construct() {}
	/**
	 * @param string   $secret   At least 16 bytes.
	 * @param string[] $previous Earlier secrets whose tokens are still recognised, newest first, at most 4.
	 * @throws PolicyException When a secret is too short or there are too many.
	 */
	public static function fromString( #[\SensitiveParameter] string $secret, #[\SensitiveParameter] array $previous = [] ): Key {}
	/**
	 * The file's bytes are the secret, without one line end at their end. `open_basedir` holds.
	 *
	 * @throws PolicyException When the file cannot be read, or holds fewer than 16 or more than 4096 bytes.
	 */
	public static function fromFile( string $path ): Key {}
	/** Sixteen hexadecimal digits that name the key and tell nothing of it. */
	public function id(): string {}
}

/** One body with what is known of it. It keeps the strings it is given, shows none of them, and copies none. */
final class Input {
	public function __construct( #[\SensitiveParameter] string $body, string $contentType = '', string $charset = '', string $scope = '', string $destinationClass = 'ai' ) {}
}

/** Compiled rules and a key. Compiled once per process and content. */
final class Redactor {
	private function __construct() {}
	/**
	 * @throws PolicyException   With the JSON path of what is wrong; what was compiled before stays.
	 * @throws InternalException When `tamis.enabled` is off.
	 */
	public static function fromPolicy( #[\SensitiveParameter] string $json, Key $key ): Redactor {}
	/**
	 * The body with every finding replaced; the same string when there is none.
	 *
	 * @throws LimitException    When the body must not be sent.
	 * @throws InternalException On a fault of Tamis.
	 */
	public function scrub( #[\SensitiveParameter] string $body, string $contentType ): string {}
	/**
	 * Like scrub(), with the report and the way back.
	 *
	 * @param Outcome|null $exchange An earlier outcome of the same exchange: both then restore each other's tokens.
	 * @throws InternalException On a fault of Tamis; a blocked body is an Outcome whose verdict says so.
	 */
	public function redact( Input $input, ?Outcome $exchange = null ): Outcome {}
}

/** What happened to one body. Cannot be cloned, serialised or dumped with values. */
final class Outcome {
	private function __construct() {}
	/** 'clean', 'redacted' or 'blocked'. */
	public function verdict(): string {}
	/** The body to send. @throws LimitException When the verdict is 'blocked'. */
	public function body(): string {}
	/** The core's code of why the body was blocked; 0 when it was not. */
	public function code(): int {}
	/**
	 * Findings in order of their first byte; offsets are bytes of the input.
	 *
	 * @return list<array{rule: string, entity: string, operator: string, confidence: string, ranges: list<array{int, int}>}>
	 */
	public function findings(): array {}
	/** @return array<string, int> Findings by entity, in the order of the entities' names. */
	public function counts(): array {}
	/**
	 * The reply with the exchange's real values where the restore rules allow them; the same string when nothing changes.
	 *
	 * @throws InternalException On a fault of Tamis.
	 */
	public function restore( #[\SensitiveParameter] string $reply, string $contentType ): string {}
	/** Tokens that the last restore() put back. */
	public function restored(): int {}
	/** Tokens that the last restore() saw and left in place, an earlier exchange's among them. */
	public function unresolved(): int {}
}
