<?php
/**
 * Whether somebody signed a request.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * A signed request that is altered is refused by its receiver, so it is sent as it is or not at all.
 */
final class Signature {

	/** Headers that hold or belong to a signature over the request. */
	private const HEADER = '~^(?:x-amz-.+|x-hub-signature.*|webhook-(?:id|signature|timestamp)|x[-_]jetpack.*'
		. '|(?:[a-z0-9]+-){0,8}(?:signature|hmac)(?:-[a-z0-9]+){0,8})$~';

	/** Schemes of the Authorization header that are signatures. */
	private const SCHEME = '~^\s*(?:AWS4-[A-Z0-9-]+|AWS\s|OAuth\s.*oauth_signature|Signature\s|X_JETPACK|Hmac|HMAC-[A-Z0-9]+|TC3-HMAC-SHA256|SharedKey)~is';

	/** Query parameters that are signatures. */
	private const QUERY = '~(?:^|&)(?:X-Amz-Signature|X-Goog-Signature|oauth_signature|Signature|sig|signature|hmac|_?jetpack_signature)=~i';

	/**
	 * Whether a request is signed.
	 *
	 * @param array<int|string, mixed> $headers Headers.
	 * @param string                   $query   Raw query.
	 */
	public static function is_on( array $headers, string $query ): bool {
		foreach ( $headers as $name => $value ) {
			$name = strtolower( (string) $name );
			if ( 'x-amz-security-token' !== $name && 1 === preg_match( self::HEADER, $name ) ) {
				return true;
			}
			if ( 'authorization' === $name && is_string( $value ) && 1 === preg_match( self::SCHEME, $value ) ) {
				return true;
			}
		}
		return '' !== $query && 1 === preg_match( self::QUERY, $query );
	}

	/**
	 * Whether a header of a signed request is the signature's own, so that its random text is no finding.
	 *
	 * @param string $name Name in lower case.
	 */
	public static function owns_header( string $name ): bool {
		return 'authorization' === $name || in_array( $name, array( 'digest', 'content-digest', 'content-md5' ), true )
			|| 1 === preg_match( self::HEADER, $name );
	}

	/**
	 * Whether a query parameter is the signature's own.
	 *
	 * @param string $name Name.
	 */
	public static function owns_parameter( string $name ): bool {
		return str_starts_with( strtolower( $name ), 'x-amz-' ) || str_starts_with( strtolower( $name ), 'x-goog-' )
			|| str_starts_with( strtolower( $name ), 'oauth_' ) || 1 === preg_match( self::QUERY, $name . '=' );
	}
}
