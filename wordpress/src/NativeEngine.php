<?php
/**
 * The extension.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Tamis\Exception as EngineException;
use Tamis\Input;
use Tamis\Outcome;
use Tamis\Redactor;
use Throwable;

/**
 * One compiled policy per use, made at the first call that needs it; the extension keeps it for the process.
 */
final class NativeEngine implements Engine {

	/** Versions of the extension's contract that this plugin speaks, first and last. */
	public const API_FIRST = 1;
	public const API_LAST  = 1;

	/**
	 * Redactors or problems by use.
	 *
	 * @var array<string, Redactor|Problem>
	 */
	private array $made = array();

	/**
	 * An engine.
	 *
	 * @param Policy    $policy Policy.
	 * @param KeySource $keys   Key.
	 */
	public function __construct(
		private readonly Policy $policy,
		private readonly KeySource $keys,
	) {}

	/**
	 * The engine of this process: the extension, or what stands in for it and holds.
	 *
	 * @param Policy    $policy Policy.
	 * @param KeySource $keys   Key.
	 */
	public static function detect( Policy $policy, KeySource $keys ): Engine {
		if ( ! class_exists( Redactor::class, false ) ) {
			return new BlockingEngine( new Problem( Reason::ENGINE_MISSING ) );
		}
		$api = defined( 'Tamis\API_VERSION' ) ? constant( 'Tamis\API_VERSION' ) : 0;
		if ( $api < self::API_FIRST || $api > self::API_LAST ) {
			return new BlockingEngine( new Problem( Reason::ENGINE_VERSION ) );
		}
		return new self( $policy, $keys );
	}

	/**
	 * Why the policy of a use cannot be used, or null.
	 *
	 * @param string $use What a call is for.
	 */
	public function problem( string $use ): ?Problem {
		$made = $this->made[ $use ] ??= $this->make( $use );
		return $made instanceof Problem ? $made : null;
	}

	/**
	 * Reads one body.
	 *
	 * @param Destination  $destination Where it goes.
	 * @param string       $scope       What tokens are bound to.
	 * @param string       $body        Bytes.
	 * @param string       $type        Content type.
	 * @param string       $charset     Character set.
	 * @param Outcome|null $exchange    Earlier outcome of the same exchange.
	 */
	public function redact( Destination $destination, string $scope, string $body, string $type, string $charset, ?Outcome $exchange ): Outcome {
		$made = $this->made[ $destination->use ] ??= $this->make( $destination->use );
		if ( $made instanceof Problem ) {
			throw new \LogicException( 'There is no policy.' );
		}
		return $made->redact( new Input( $body, $type, $charset, $scope, $destination->class ), $exchange );
	}

	/**
	 * Compiles the policy of a use.
	 *
	 * @param string $use What a call is for.
	 */
	private function make( string $use ): Redactor|Problem {
		try {
			$json = $this->policy->json( $use );
			if ( null === $json ) {
				return new Problem( Reason::POLICY, 101, $this->policy->problem() );
			}
			return Redactor::fromPolicy( $json, $this->keys->key() );
		} catch ( EngineException $error ) {
			$code = (int) $error->getCode();
			return new Problem( Reason::of_code( $code ), $code, $error->getMessage() );
		} catch ( Throwable $error ) {
			return new Problem( Reason::FAULT );
		}
	}
}
