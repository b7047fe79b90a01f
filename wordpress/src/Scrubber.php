<?php
/**
 * Replaces in every part of a request what must not leave.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Tamis\Outcome;

/**
 * Address, headers, cookies and body go to the engine part by part, in forms in which values have names.
 * It must not know modes: what is done with the result is decided above.
 */
final class Scrubber {

	/** The content type of names and values. */
	private const FORM = 'application/x-www-form-urlencoded';

	/** What must not stand in a path or a user agent. Other entities look too much like ids and versions there. */
	private const NOT_IN_PATH = array( 'email', 'credit_card', 'iban', 'api_key', 'jwt', 'private_key' );

	/** Vendors whose keys stand in another AI service's credential by right: gateways and resellers pass them on. */
	private const PASSED_ON = array(
		'openai', 'anthropic', 'openrouter', 'huggingface', 'groq', 'xai', 'perplexity', 'replicate', 'nvidia',
		'elevenlabs', 'langfuse', 'langsmith', 'pinecone', 'aws', 'google', 'azure', 'github', 'cloudflare', 'databricks',
	);

	/** Destination of the request at hand. */
	private Destination $destination;

	/** Findings of the request at hand. */
	private Tally $tally;

	/**
	 * A scrubber.
	 *
	 * @param Engine $engine Engine.
	 * @param Site   $site   Site; tokens are bound to its host and the destination's.
	 */
	public function __construct(
		private readonly Engine $engine,
		private readonly Site $site,
	) {}

	/**
	 * A copy of the request with every finding replaced, and the tally of findings. The copy is worth
	 * sending only where the tally names nothing that blocks.
	 *
	 * @param Request      $request     Request; not altered.
	 * @param Destination  $destination Where it goes.
	 * @param Outcome|null $exchange    Earlier outcome of the same exchange.
	 * @param bool         $signed      Whether the request is signed: the signature itself is not read.
	 * @return array{Request, Tally}
	 */
	public function scrub( Request $request, Destination $destination, ?Outcome $exchange, bool $signed ): array {
		$this->destination = $destination;
		$this->tally       = new Tally( $exchange );
		$copy              = clone $request;

		$this->body( $copy );
		$this->address( $copy, $signed );
		$this->headers( $copy, $signed );
		$this->cookies( $copy );
		$copy->agent = $this->agent( $copy->agent );
		return array( $copy, $this->tally );
	}

	/**
	 * One part through the engine.
	 *
	 * @param string $bytes   Bytes.
	 * @param string $type    Content type.
	 * @param string $charset Character set.
	 */
	private function run( string $bytes, string $type, string $charset = '' ): string {
		$outcome = $this->ask( $bytes, $type, $charset );
		$verdict = $outcome->verdict();
		if ( 'clean' === $verdict ) {
			return $bytes;
		}
		$this->tally->add( $outcome, $this->destination );
		if ( 'redacted' !== $verdict ) {
			$this->tally->block( Reason::of_code( $outcome->code() ), $outcome->code() );
			return $bytes;
		}
		$this->tally->outcome = $outcome;
		$this->tally->changed = true;
		return $outcome->body();
	}

	/**
	 * The engine's answer to one part.
	 *
	 * @param string $bytes   Bytes.
	 * @param string $type    Content type.
	 * @param string $charset Character set.
	 */
	private function ask( string $bytes, string $type, string $charset = '' ): Outcome {
		$scope = $this->site->host() . ' ' . $this->destination->host;
		return $this->engine->redact( $this->destination, $scope, $bytes, $type, $charset, $this->tally->outcome );
	}

	/**
	 * Several encoded values with names as one form, so that names speak and all share one call. Null when
	 * none changed, or when the result no longer has as many parts.
	 *
	 * @param list<string> $segments Parts such as name=value.
	 * @return list<string>|null
	 */
	private function segments( array $segments ): ?array {
		if ( array() === $segments ) {
			return null;
		}
		$form = implode( '&', $segments );
		$done = $this->run( $form, self::FORM );
		if ( $done === $form ) {
			return null;
		}
		$parts = explode( '&', $done );
		if ( count( $parts ) !== count( $segments ) ) {
			$this->tally->block( Reason::SHAPE );
			return null;
		}
		return $parts;
	}

	/**
	 * The body, whatever its form.
	 *
	 * @param Request $request Request.
	 */
	private function body( Request $request ): void {
		if ( is_array( $request->body ) ) {
			$this->form( $request );
		} elseif ( null !== $request->body && '' !== $request->body ) {
			$this->text( $request );
		}
		if ( $this->tally->changed ) {
			$request->headers = Headers::for_changed_body( $request->headers );
		}
	}

	/**
	 * A body that is a text, compressed or not.
	 *
	 * @param Request $request Request.
	 */
	private function text( Request $request ): void {
		$body = (string) $request->body;
		$kind = Compression::kind( Headers::get( $request->headers, 'content-encoding' ) );
		if ( -1 === $kind ) {
			$this->tally->block( Reason::UNREADABLE );
			return;
		}
		$content = 0 === $kind ? $body : Compression::open( $body, $kind );
		if ( null === $content ) {
			$this->tally->block( Reason::UNREADABLE );
			return;
		}
		$type = Headers::get( $request->headers, 'content-type' );
		$done = $this->run( $content, '' === $type ? self::guess( $content ) : $type, Headers::charset( $type ) );
		if ( $done === $content ) {
			return;
		}
		$closed = 0 === $kind ? $done : Compression::close( $done, $kind );
		if ( null === $closed ) {
			$this->tally->block( Reason::UNREADABLE );
			return;
		}
		$request->body = $closed;
	}

	/**
	 * The type of a body whose caller named none.
	 *
	 * @param string $body Body.
	 */
	private static function guess( string $body ): string {
		$first = ltrim( substr( $body, 0, 64 ) );
		return '' !== $first && str_contains( '{[', $first[0] ) ? 'application/json' : self::FORM;
	}

	/**
	 * A body that is an array. It stays one, since later filters and the query of a GET need it so.
	 *
	 * @param Request $request Request.
	 */
	private function form( Request $request ): void {
		$body = (array) $request->body;
		$form = http_build_query( $body, '', '&' );
		if ( '' === $form ) {
			return;
		}
		$before = explode( '&', $form );
		$after  = $this->segments( $before );
		if ( null === $after ) {
			return;
		}
		$values = array();
		foreach ( $after as $index => $segment ) {
			$name = strtok( $before[ $index ], '=' ) . '=';
			if ( ! str_starts_with( $segment, $name ) ) {
				$values = null; // A name itself had to change.
				break;
			}
			$values[] = $segment === $before[ $index ] ? null : urldecode( substr( $segment, strlen( $name ) ) );
		}
		if ( null !== $values && self::fill( $body, $values ) ) {
			$request->body = $body;
		} elseif ( $request->sends_body_in_query() ) {
			$this->tally->block( Reason::SHAPE );
		} else {
			$request->body = implode( '&', $after );
		}
	}

	/**
	 * Puts values back into an array in the order in which http_build_query() wrote them. False where the
	 * array holds objects, whose fields cannot be told from here.
	 *
	 * @param array<mixed>      $body   Array, by reference.
	 * @param list<string|null> $values New values; null where one stays.
	 */
	private static function fill( array &$body, array &$values ): bool {
		foreach ( $body as &$item ) {
			if ( is_array( $item ) ) {
				if ( ! self::fill( $item, $values ) ) {
					return false;
				}
			} elseif ( is_object( $item ) || is_resource( $item ) ) {
				return false;
			} elseif ( null !== $item ) {
				$value = array_shift( $values );
				$item  = $value ?? $item;
			}
		}
		return true;
	}

	/**
	 * Query and path of the address. The destination's own credential in its own parameter stays.
	 *
	 * @param Request $request Request.
	 * @param bool    $signed  Whether the request is signed.
	 */
	private function address( Request $request, bool $signed ): void {
		$url = Url::parse( $request->url );
		if ( null === $url ) {
			return;
		}
		if ( '' !== $url->query ) {
			$parts = explode( '&', $url->query );
			$read  = array();
			foreach ( $parts as $index => $part ) {
				$name = strtolower( rawurldecode( (string) strtok( $part, '=' ) ) );
				if ( ! in_array( $name, $this->destination->query, true ) && ! ( $signed && Signature::owns_parameter( $name ) ) ) {
					$read[ $index ] = $part;
				}
			}
			$done = $this->segments( array_values( $read ) );
			if ( null !== $done ) {
				$merged = array_combine( array_keys( $read ), $done ) + $parts;
				ksort( $merged );
				$request->url = $url->with_query( implode( '&', $merged ) );
			}
		}
		if ( '/' !== $url->path ) {
			$outcome = $this->ask( rawurldecode( $url->path ), 'text/plain' );
			if ( self::is_misplaced( $outcome ) ) {
				$this->tally->add( $outcome, $this->destination );
				$this->tally->block( Reason::PATH );
			}
		}
	}

	/**
	 * Headers that are neither protocol nor the destination's own credential.
	 *
	 * @param Request $request Request.
	 * @param bool    $signed  Whether the request is signed.
	 */
	private function headers( Request $request, bool $signed ): void {
		$places   = array();
		$segments = array();
		foreach ( $request->headers as $name => $value ) {
			$lower = strtolower( (string) $name );
			if ( 'user-agent' === $lower && is_string( $value ) ) {
				$request->headers[ $name ] = $this->agent( $value );
			}
			if ( Headers::is_protocol( $lower ) || ( $signed && Signature::owns_header( $lower ) ) ) {
				continue;
			}
			$own = 'authorization' === $lower || in_array( $lower, $this->destination->headers, true );
			foreach ( is_array( $value ) ? $value : array( $value ) as $index => $item ) {
				if ( ! is_scalar( $item ) || '' === (string) $item ) {
					continue;
				}
				if ( $own ) {
					$this->credential( (string) $item );
					continue;
				}
				$places[]   = array( $name, is_array( $value ) ? $index : null );
				$segments[] = self::encode( $lower ) . '=' . self::encode( (string) $item );
			}
		}
		$done = $this->segments( $segments );
		foreach ( $done ?? array() as $index => $segment ) {
			if ( $segment === $segments[ $index ] ) {
				continue;
			}
			list( $name, $item ) = $places[ $index ];
			$value               = self::header_value( $segment );
			if ( null === $item ) {
				$request->headers[ $name ] = $value;
			} else {
				$request->headers[ $name ][ $item ] = $value;
			}
		}
	}

	/**
	 * A user agent: left alone, unless somebody wrote a person or a key into it.
	 *
	 * @param string $agent User agent.
	 */
	private function agent( string $agent ): string {
		if ( '' === $agent || ! self::is_misplaced( $this->ask( $agent, 'text/plain' ) ) ) {
			return $agent;
		}
		return self::one_line( $this->run( $agent, 'text/plain' ) );
	}

	/**
	 * Whether a text of the protocol holds what never belongs there.
	 *
	 * @param Outcome $outcome The engine's answer to it.
	 */
	private static function is_misplaced( Outcome $outcome ): bool {
		return 'clean' !== $outcome->verdict() && array() !== array_intersect_key( $outcome->counts(), array_flip( self::NOT_IN_PATH ) );
	}

	/**
	 * The value of an encoded header.
	 *
	 * @param string $segment Part such as name=value.
	 */
	private static function header_value( string $segment ): string {
		$equals = strpos( $segment, '=' );
		return self::one_line( rawurldecode( false === $equals ? '' : substr( $segment, $equals + 1 ) ) );
	}

	/**
	 * A header's text; a line break would make two of one.
	 *
	 * @param string $text Text.
	 */
	private static function one_line( string $text ): string {
		return str_replace( array( "\r", "\n", "\0" ), ' ', $text );
	}

	/**
	 * The destination's own credential: left alone, unless it is plainly another service's key.
	 *
	 * @param string $value Value.
	 */
	private function credential( string $value ): void {
		$outcome = $this->ask( $value, 'text/plain' );
		if ( 'clean' !== $outcome->verdict() ) {
			$foreign                         = array_diff( Tally::foreign( $outcome, $this->destination ), self::PASSED_ON );
			$this->tally->foreign_credential = $this->tally->foreign_credential || array() !== $foreign;
			if ( array() !== $foreign ) {
				$this->tally->add( $outcome, $this->destination );
			}
		}
	}

	/**
	 * Cookies that the caller sends along.
	 *
	 * @param Request $request Request.
	 */
	private function cookies( Request $request ): void {
		$names    = array();
		$segments = array();
		foreach ( $request->cookies as $name => $cookie ) {
			$value = is_object( $cookie ) ? ( $cookie->value ?? '' ) : $cookie;
			if ( is_scalar( $value ) && '' !== (string) $value ) {
				$names[]    = $name;
				$segments[] = self::encode( (string) ( is_object( $cookie ) ? ( $cookie->name ?? $name ) : $name ) ) . '=' . self::encode( (string) $value );
			}
		}
		foreach ( $this->segments( $segments ) ?? array() as $index => $segment ) {
			if ( $segment === $segments[ $index ] ) {
				continue;
			}
			$cookie = $request->cookies[ $names[ $index ] ];
			$value  = self::header_value( $segment );
			if ( is_object( $cookie ) ) {
				$cookie        = clone $cookie; // The caller's own object keeps its value.
				$cookie->value = $value;
				$value         = $cookie;
			}
			$request->cookies[ $names[ $index ] ] = $value;
		}
	}

	/**
	 * Encodes only what would end a value in a form, so that the rest stays easy to read.
	 *
	 * @param string $text Text.
	 */
	private static function encode( string $text ): string {
		return strtr(
			$text,
			array(
				'%'  => '%25',
				'&'  => '%26',
				'='  => '%3D',
				'+'  => '%2B',
				' '  => '%20',
				"\r" => '%0D',
				"\n" => '%0A',
			)
		);
	}
}
