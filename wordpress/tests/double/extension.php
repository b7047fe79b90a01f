<?php
/**
 * A stand-in for the extension, for tests on machines without it. It finds a few shapes by plain patterns
 * and keeps to the extension's API; what the real one finds is tested elsewhere.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis;

const VERSION     = '0.1.0';
const API_VERSION = 1;

interface Exception extends \Throwable {}
final class PolicyException extends \RuntimeException implements Exception {}
final class LimitException extends \RuntimeException implements Exception {}
final class InternalException extends \RuntimeException implements Exception {}

/** A key. */
final class Key {
	private function __construct( public readonly string $secret ) {}
	public static function fromString( string $secret, array $previous = array() ): self {
		if ( strlen( $secret ) < 16 ) {
			throw new PolicyException( 'key', 120 );
		}
		return new self( $secret );
	}
	public static function fromFile( string $path ): self {
		return self::fromString( is_readable( $path ) ? (string) file_get_contents( $path ) : '' );
	}
	public function id(): string {
		return substr( hash( 'sha256', $this->secret ), 0, 16 );
	}
}

/** A body. */
final class Input {
	public function __construct(
		public readonly string $body,
		public readonly string $contentType = '',
		public readonly string $charset = '',
		public readonly string $scope = '',
		public readonly string $destinationClass = 'ai',
	) {}
}

/** Finds by patterns. */
final class Redactor {
	private const PATTERNS = array(
		'private_key' => array( 'secret.private_key', '~-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----~s', 'replace' ),
		'api_key'     => array( 'secret.stripe', '~sk_live_[A-Za-z0-9]{16,}~', 'replace' ),
		'email'       => array( 'contact.email', '~[a-z.]+(?:@|%40)example\.[a-z]+~', 'token' ),
		'credit_card' => array( 'finance.card', '~4111111111111111~', 'mask' ),
	);

	private function __construct( private readonly int $limit ) {}

	public static function fromPolicy( string $json, Key $key ): self {
		$policy = json_decode( $json, true );
		$known  = array( 'version', 'entities', 'numbers', 'allow', 'restore', 'rules', 'limits' );
		foreach ( array_keys( $policy ) as $name ) {
			if ( ! in_array( $name, $known, true ) ) {
				throw new PolicyException( '$.' . $name . ': this key is not known (policy_unknown_key)', 103 );
			}
		}
		return new self( $policy['limits']['body_bytes'] ?? 8388608 );
	}

	public function redact( Input $input, ?Outcome $exchange = null ): Outcome {
		$session = null === $exchange ? new \ArrayObject() : $exchange->session;
		if ( strlen( $input->body ) > $this->limit ) {
			return new Outcome( 'blocked', $input->body, array(), 201, $session );
		}
		if ( str_contains( $input->body, "\0" ) ) {
			return new Outcome( 'blocked', $input->body, array(), 207, $session );
		}
		$findings = array();
		$body     = $input->body;
		foreach ( self::PATTERNS as $entity => list( $rule, $pattern, $operator ) ) {
			$body = preg_replace_callback(
				$pattern,
				static function ( array $found ) use ( $entity, $rule, $operator, $input, $session, &$findings ): string {
					$findings[] = array(
						'rule'       => $rule,
						'entity'     => $entity,
						'operator'   => $operator,
						'confidence' => 'high',
						'ranges'     => array( array( 0, 0 ) ),
					);
					if ( 'token' !== $operator ) {
						return '[' . $entity . ']';
					}
					$value             = str_replace( '%40', '@', $found[0] );
					$token             = strtoupper( $entity ) . '_9' . substr( sprintf( '%020d', crc32( $input->scope . $value ) ), -14 );
					$session[ $token ] = $value;
					return $token;
				},
				$body
			);
		}
		return new Outcome( array() === $findings ? 'clean' : 'redacted', $body, $findings, 0, $session );
	}
}

/** What happened. */
final class Outcome {
	private int $restored = 0;

	public function __construct(
		private readonly string $verdict,
		private readonly string $body,
		private readonly array $findings,
		private readonly int $code,
		public readonly \ArrayObject $session,
	) {}
	public function verdict(): string {
		return $this->verdict;
	}
	public function body(): string {
		return $this->body;
	}
	public function code(): int {
		return $this->code;
	}
	public function findings(): array {
		return $this->findings;
	}
	public function counts(): array {
		$counts = array_count_values( array_column( $this->findings, 'entity' ) );
		ksort( $counts );
		return $counts;
	}
	public function restore( string $reply, string $type ): string {
		$map            = $this->session->getArrayCopy();
		$done           = strtr( $reply, $map );
		$this->restored = 0;
		foreach ( array_keys( $map ) as $token ) {
			$this->restored += substr_count( $reply, (string) $token );
		}
		return $done;
	}
	public function restored(): int {
		return $this->restored;
	}
	public function unresolved(): int {
		return 0;
	}
}
