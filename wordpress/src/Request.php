<?php
/**
 * One request, as WordPress or its network library holds it.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Plain data that a scrub copies and alters. It must not know where it goes.
 */
final class Request {

	/**
	 * A request.
	 *
	 * @param string                   $method  Method in upper case.
	 * @param string                   $url     Address.
	 * @param array<int|string, mixed> $headers Headers.
	 * @param string|array<mixed>|null $body    Body; an array is sent as a form, or in the query of a GET.
	 * @param array<int|string, mixed> $cookies Cookies.
	 * @param string                   $agent   User agent, where it is no header yet.
	 */
	public function __construct(
		public string $method,
		public string $url,
		public array $headers,
		public string|array|null $body,
		public array $cookies = array(),
		public string $agent = '',
	) {}

	/**
	 * From the arguments of WP_Http::request().
	 *
	 * @param string               $url  Address.
	 * @param array<string, mixed> $args Arguments.
	 */
	public static function from_args( string $url, array $args ): self {
		return new self(
			strtoupper( is_string( $args['method'] ?? null ) ? $args['method'] : 'GET' ),
			$url,
			Headers::from( $args['headers'] ?? null ),
			self::body( $args['body'] ?? null ),
			is_array( $args['cookies'] ?? null ) ? $args['cookies'] : array(),
			is_string( $args['user-agent'] ?? null ) ? $args['user-agent'] : '',
		);
	}

	/**
	 * From the parameters of the network library's hook. Cookies are a header by then.
	 *
	 * @param string               $url     Address.
	 * @param mixed                $headers Headers.
	 * @param mixed                $data    Body.
	 * @param string               $type    Method.
	 * @param mixed                $agent   User agent.
	 */
	public static function from_library( string $url, mixed $headers, mixed $data, string $type, mixed $agent = '' ): self {
		return new self( strtoupper( $type ), $url, Headers::from( $headers ), self::body( $data ), array(), is_string( $agent ) ? $agent : '' );
	}

	/**
	 * Arguments of WP_Http::request() with this request's parts. What the caller asked of the network,
	 * such as timeouts and files, stays.
	 *
	 * @param array<string, mixed> $args Arguments.
	 * @return array<string, mixed>
	 */
	public function into_args( array $args ): array {
		$args['headers'] = $this->headers;
		$args['body']    = $this->body;
		$args['cookies'] = $this->cookies;
		if ( '' !== $this->agent ) {
			$args['user-agent'] = $this->agent;
		}
		return $args;
	}

	/** Whether the library sends an array body in the query. */
	public function sends_body_in_query(): bool {
		return 'GET' === $this->method || 'HEAD' === $this->method;
	}

	/**
	 * Whether two requests are the same bytes. Strings and arrays that were only handed on compare in no time.
	 *
	 * @param self $other Another request.
	 */
	public function equals( self $other ): bool {
		return $this->url === $other->url
			&& $this->method === $other->method
			&& $this->agent === $other->agent
			&& $this->body === $other->body
			&& $this->headers === $other->headers;
	}

	/**
	 * A body as text, array or nothing; numbers and objects that print become text, as the library does.
	 *
	 * @param mixed $body Body.
	 * @return string|array<mixed>|null
	 */
	private static function body( mixed $body ): string|array|null {
		if ( null === $body || is_string( $body ) || is_array( $body ) ) {
			return $body;
		}
		if ( is_scalar( $body ) || $body instanceof \Stringable ) {
			return (string) $body;
		}
		return is_object( $body ) ? get_object_vars( $body ) : null;
	}
}
