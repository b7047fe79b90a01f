<?php
/**
 * An engine that remembers what it was asked, and fails on demand.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\Outcome;
use Tamis\WordPress\Destination;
use Tamis\WordPress\Engine;
use Tamis\WordPress\Problem;
use Throwable;

/** Stands before another engine. */
final class SpyEngine implements Engine {

	/** @var list<array{type: string, charset: string, scope: string}> */
	public array $asked = array();

	public ?Throwable $fault = null;

	public function __construct( private readonly Engine $engine ) {}

	public function problem( string $use ): ?Problem {
		return $this->engine->problem( $use );
	}

	public function redact( Destination $destination, string $scope, string $body, string $type, string $charset, ?Outcome $exchange ): Outcome {
		$this->asked[] = compact( 'type', 'charset', 'scope' );
		if ( null !== $this->fault ) {
			throw $this->fault;
		}
		return $this->engine->redact( $destination, $scope, $body, $type, $charset, $exchange );
	}
}
