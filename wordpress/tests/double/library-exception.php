<?php
/**
 * The network library's exception.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace WpOrg\Requests;

/** What ends a request. */
class Exception extends \Exception {
	public function __construct( string $message, private readonly string $type, private readonly mixed $data = null ) {
		parent::__construct( $message );
	}
	public function getType(): string {
		return $this->type;
	}
	public function getData(): mixed {
		return $this->data;
	}
}
