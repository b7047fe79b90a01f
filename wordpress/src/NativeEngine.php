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

	/** Versions of the extension that speak this plugin's API: from the first, before the second. */
	public const VERSION_FROM   = '0.1.0';
	public const VERSION_BEFORE = '1.0.0';

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
		$version = (string) phpversion( 'tamis' );
		if ( '' !== $version && ( version_compare( $version, self::VERSION_FROM, '<' ) || version_compare( $version, self::VERSION_BEFORE, '>=' ) ) ) {
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
	 * @param string       $use      What the call is for.
	 * @param Input        $input    Body.
	 * @param Outcome|null $exchange Earlier outcome.
	 */
	public function redact( string $use, Input $input, ?Outcome $exchange ): Outcome {
		$made = $this->made[ $use ] ??= $this->make( $use );
		if ( $made instanceof Problem ) {
			throw new \LogicException( 'There is no policy.' );
		}
		return $made->redact( $input, $exchange );
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
			return new Problem( 120 === $code ? Reason::KEY : Reason::POLICY, $code, $error->getMessage() );
		} catch ( Throwable $error ) {
			return new Problem( Reason::FAULT );
		}
	}
}
