<?php
/**
 * Where a request goes: one row of the catalogue, met by an address.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Plain facts; it must not know modes or bodies.
 */
final class Destination {

	/** Headers in which an AI service that no row describes may want its own credential. */
	public const USUAL_HEADERS = array( 'authorization', 'x-api-key', 'api-key', 'x-goog-api-key' );

	/**
	 * A destination.
	 *
	 * @param string       $id      Row of the catalogue, such as openai.chat.
	 * @param string       $vendor  Name for people.
	 * @param string       $host    Host.
	 * @param int          $port    Port.
	 * @param string       $class   One of the classes of the catalogue.
	 * @param string       $use     What the call is for: chat, embeddings, translation or media.
	 * @param list<string> $headers Headers, in lower case, that carry the service's own credential.
	 * @param list<string> $query   Query parameters that carry it.
	 */
	public function __construct(
		public readonly string $id,
		public readonly string $vendor,
		public readonly string $host,
		public readonly int $port,
		public readonly string $class,
		public readonly string $use,
		public readonly array $headers,
		public readonly array $query,
	) {}

	/** Whether this is the only class that is ever altered or held by default. */
	public function is_ai(): bool {
		return 'ai' === $this->class;
	}

	/**
	 * Whether a key of this vendor belongs here. Names are compared loosely: a row's id opens with the
	 * vendor's short name, and hosts hold it.
	 *
	 * @param string $vendor Short name of a key's vendor, in lower case.
	 */
	public function is_of( string $vendor ): bool {
		if ( '' === $vendor ) {
			return false;
		}
		$plain = static fn( string $text ): string => (string) preg_replace( '~[^a-z0-9]~', '', strtolower( $text ) );
		return str_contains( $plain( $this->id ), $vendor )
			|| str_contains( $plain( $this->vendor ), $vendor )
			|| str_contains( $plain( $this->host ), $vendor );
	}
}
