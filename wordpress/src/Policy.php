<?php
/**
 * What is replaced, by what a call is for.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * The defaults of each use with the owner's policy laid over them. Entities that a use does not list keep
 * the engine's own default.
 */
final class Policy {

	/** Uses that have defaults of their own. */
	public const USES = array( 'chat', 'embeddings', 'translation', 'media' );

	/** Largest policy that is read, in bytes. */
	private const BYTES_MAX = 1048576;

	/** What an AI may answer about and get back. Until the published catalogue is known, it is not told apart. */
	private const CATALOGUE = array(
		'sku'   => 'token',
		'gtin'  => 'token',
		'price' => 'token',
	);

	/** Trade secrets in prose; in JSON numbers they become null. */
	private const TRADE = array(
		'cost'     => 'replace',
		'margin'   => 'replace',
		'stock'    => 'replace',
		'supplier' => 'replace',
		'coupon'   => 'replace',
	);

	/** Trade secrets where no sentence suffers from a gap. */
	private const TRADE_DROPPED = array(
		'cost'     => 'drop',
		'margin'   => 'drop',
		'stock'    => 'drop',
		'supplier' => 'drop',
		'coupon'   => 'drop',
	);

	/** People in vectors: one word for all, so that index and query fit and nothing need be restored. */
	private const PEOPLE_REPLACED = array(
		'email'         => 'replace',
		'phone'         => 'replace',
		'person'        => 'replace',
		'address'       => 'replace',
		'date_of_birth' => 'replace',
		'customer_id'   => 'replace',
		'ip_address'    => 'replace',
		'order_number'  => 'replace',
	);

	/**
	 * The owner's policy, once read; false when it cannot be.
	 *
	 * @var array<string, mixed>|false|null
	 */
	private $own = null;

	/** What is wrong with the owner's policy. */
	private string $problem = '';

	/**
	 * A policy.
	 *
	 * @param string $source Path of a JSON file, JSON, or nothing.
	 */
	public function __construct( private readonly string $source ) {}

	/**
	 * JSON for the engine, or null when the owner's policy cannot be read.
	 *
	 * @param string $use What a call is for.
	 */
	public function json( string $use ): ?string {
		$policy = $this->of( $use );
		return null === $policy ? null : (string) json_encode( $policy, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
	}

	/**
	 * What pages may show to the world of the policy for chats.
	 *
	 * @return array<string, mixed>
	 */
	public function public_part(): array {
		return PagePolicy::of( $this->of( self::USES[0] ) ?? PagePolicy::REFUSED );
	}

	/** How many rules and fields of the owner's policy pages do not know. */
	public function withheld(): int {
		return PagePolicy::withheld( $this->of( self::USES[0] ) ?? array() );
	}

	/** What is wrong with the owner's policy; it holds no part of it. */
	public function problem(): string {
		$this->own();
		return $this->problem;
	}

	/** Whether the owner gave a policy. */
	public function is_own(): bool {
		return '' !== $this->source;
	}

	/**
	 * The default operators of a use.
	 *
	 * @param string $use What a call is for.
	 * @return array<string, string>
	 */
	public static function entities( string $use ): array {
		return match ( $use ) {
			'embeddings'  => self::PEOPLE_REPLACED + self::CATALOGUE + self::TRADE_DROPPED,
			'translation' => self::CATALOGUE + self::TRADE_DROPPED,
			default       => self::CATALOGUE + self::TRADE,
		};
	}

	/**
	 * The policy of a use by its top-level names, or null when the owner's cannot be read.
	 *
	 * @param string $use What a call is for.
	 * @return array<string, mixed>|null
	 */
	private function of( string $use ): ?array {
		$own      = $this->own();
		$defaults = array(
			'version'  => 1,
			'entities' => self::entities( $use ),
			'numbers'  => 'null',
		);
		return false === $own ? null : array_merge( $defaults, $own );
	}

	/**
	 * The owner's policy by its top-level names, or false.
	 *
	 * @return array<string, mixed>|false
	 */
	private function own(): array|false {
		if ( null === $this->own ) {
			$this->own = $this->read();
		}
		return $this->own;
	}

	/**
	 * Reads the owner's policy. What its names mean is the engine's to say.
	 *
	 * @return array<string, mixed>|false
	 */
	private function read(): array|false {
		$text = trim( $this->source );
		if ( '' === $text ) {
			return array();
		}
		if ( '{' !== $text[0] ) {
			if ( ! is_file( $text ) || ! is_readable( $text ) || (int) filesize( $text ) > self::BYTES_MAX ) {
				$this->problem = __( 'The policy file cannot be read.', 'tamis' );
				return false;
			}
			$text = (string) file_get_contents( $text );
		}
		$own = json_decode( $text );
		if ( ! is_object( $own ) ) {
			$this->problem = __( '$: the policy is not a JSON object.', 'tamis' );
			return false;
		}
		return get_object_vars( $own );
	}
}
