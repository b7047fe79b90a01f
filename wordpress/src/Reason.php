<?php
/**
 * Why a request was held, or seen and not altered.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Names that stand in errors, events and screens.
 */
final class Reason {

	public const ENGINE_MISSING = 'engine_missing';
	public const ENGINE_VERSION = 'engine_version';
	public const POLICY         = 'policy';
	public const KEY            = 'key';
	public const PRIVATE_KEY    = 'private_key';
	public const FOREIGN_KEY    = 'foreign_key';
	public const SIGNED         = 'signed';
	public const LIMIT          = 'limit';
	public const UNREADABLE     = 'unreadable';
	public const PATH           = 'path';
	public const SHAPE          = 'shape';
	public const RULE           = 'rule';
	public const FAULT          = 'fault';

	/**
	 * The reason behind a code of the engine's table.
	 *
	 * @param int $code Code.
	 */
	public static function of_code( int $code ): string {
		return match ( true ) {
			$code >= 101 && $code <= 119 => self::POLICY,
			120 === $code => self::KEY,
			206 === $code, 207 === $code => self::UNREADABLE,
			208 === $code, 209 === $code, 210 === $code => self::RULE,
			$code >= 201 && $code <= 211 => self::LIMIT,
			default => self::FAULT,
		};
	}

	/**
	 * A sentence for the owner.
	 *
	 * @param string $reason Reason.
	 */
	public static function text( string $reason ): string {
		return match ( $reason ) {
			''                   => '',
			self::ENGINE_MISSING => __( 'The Tamis extension is not loaded in PHP.', 'tamis' ),
			self::ENGINE_VERSION => __( 'The Tamis extension and this plugin do not fit together: update the older one.', 'tamis' ),
			self::POLICY         => __( 'The policy cannot be used.', 'tamis' ),
			self::KEY            => __( 'The Tamis key cannot be used.', 'tamis' ),
			self::PRIVATE_KEY    => __( 'A private key was on its way to an AI service.', 'tamis' ),
			self::FOREIGN_KEY    => __( 'A key of another service was on its way to an AI service.', 'tamis' ),
			self::SIGNED         => __( 'The request is signed, so that it cannot be altered.', 'tamis' ),
			self::LIMIT          => __( 'The request is larger than the limits allow.', 'tamis' ),
			self::UNREADABLE     => __( 'The request is in a form that cannot be read.', 'tamis' ),
			self::PATH           => __( 'The address itself holds something that must not leave.', 'tamis' ),
			self::SHAPE          => __( 'The request could not be altered without breaking it.', 'tamis' ),
			self::RULE           => __( 'The policy holds requests with this content.', 'tamis' ),
			default              => __( 'Tamis itself failed.', 'tamis' ),
		};
	}
}
