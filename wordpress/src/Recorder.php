<?php
/**
 * Keeps the events of one page until it ends.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * In memory until shutdown, then written once. Calls without findings are counted by the hour.
 */
final class Recorder {

	/** Events kept before they are written; a long job writes now and then. */
	private const EVENTS_MAX = 200;

	/**
	 * Events by id; counters by their hour's id.
	 *
	 * @var list<Event>
	 */
	private array $events = array();

	/** Whether shutdown has been asked to write. */
	private bool $armed = false;

	/**
	 * A recorder.
	 *
	 * @param EventStore  $store       Where they go.
	 * @param Attribution $attribution Who calls.
	 */
	public function __construct(
		private readonly EventStore $store,
		private readonly Attribution $attribution,
	) {}

	/**
	 * Records what becomes of a call to an AI service.
	 *
	 * @param Destination $destination Destination.
	 * @param Decision    $decision    Decision.
	 * @param bool        $strict      Whether it is protecting.
	 */
	public function event( Destination $destination, Decision $decision, bool $strict ): Event {
		$event = $this->make( $destination, $decision->action( $decision->saw() ), $strict ? 'protecting' : 'watching' );

		$event->reason = $decision->reason;
		$event->take( $decision->tally->counts ?? array() );
		list( $event->caller_outer, $event->caller_inner ) = $this->attribution->callers();
		return $event;
	}

	/**
	 * Adds what the second layer found to the first layer's event.
	 *
	 * @param Event    $event    Event.
	 * @param Decision $decision Decision.
	 */
	public function amend( Event $event, Decision $decision ): void {
		if ( Decision::PASS === $decision->what && ! $decision->saw() ) {
			return;
		}
		if ( Event::PROTECTED !== $event->action || Decision::HOLD === $decision->what ) {
			$event->action = $decision->action( true );
		}
		$event->reason = '' === $decision->reason ? $event->reason : $decision->reason;
		$event->take( $decision->tally->counts ?? array() );
	}

	/**
	 * Counts a call that is none of Tamis's business.
	 *
	 * @param Destination $destination Destination.
	 */
	public function count( Destination $destination ): void {
		$this->make( $destination, Event::COUNTED, 'watching' );
	}

	/** Action shutdown, last: writes. */
	public function flush(): void {
		$events       = $this->events;
		$this->events = array();
		if ( array() === $events ) {
			return;
		}
		try {
			$this->store->write( $events );
		} catch ( \Throwable $fault ) {
			return; // A database that fails costs the record, not the page.
		}
	}

	/**
	 * A new event, kept.
	 *
	 * @param Destination $destination Destination.
	 * @param string      $action      What happened.
	 * @param string      $mode        Mode.
	 */
	private function make( Destination $destination, string $action, string $mode ): Event {
		if ( count( $this->events ) >= self::EVENTS_MAX ) {
			$this->flush();
		}
		if ( ! $this->armed ) {
			$this->armed = true;
			// Runs after WordPress's own shutdown function, which was registered first: calls made there count too.
			register_shutdown_function( array( $this, 'flush' ) );
		}
		$event = new Event(
			bin2hex( random_bytes( 6 ) ),
			time(),
			$action,
			$destination->id,
			$destination->vendor,
			$destination->host,
			$destination->class,
			Surface::current(),
			$mode,
		);

		$event->seq     = (int) ( microtime( true ) * 1e6 );
		$this->events[] = $event;
		return $event;
	}
}
