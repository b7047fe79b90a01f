<?php
/**
 * The site's own address.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Host and port of the current site, per blog of a network. Calls to itself are its own class, and every
 * token is bound to the site's host.
 */
final class Site {

	/**
	 * Address by blog.
	 *
	 * @var array<int, array{host: string, own: list<string>}>
	 */
	private array $sites = array();

	/** The host that tokens are bound to. */
	public function host(): string {
		return $this->current()['host'];
	}

	/**
	 * Whether a host and port are this site.
	 *
	 * @param string $host Host.
	 * @param int    $port Port.
	 */
	public function is( string $host, int $port ): bool {
		return in_array( $host . ':' . $port, $this->current()['own'], true );
	}

	/**
	 * The current blog's address.
	 *
	 * @return array{host: string, own: list<string>}
	 */
	private function current(): array {
		$blog = get_current_blog_id();
		if ( ! isset( $this->sites[ $blog ] ) ) {
			$own  = array();
			$host = '';
			foreach ( array( 'siteurl', 'home' ) as $option ) {
				$url = Url::parse( (string) get_option( $option ) );
				if ( null !== $url ) {
					$host  = '' === $host ? $url->host : $host;
					$own[] = $url->host . ':' . $url->port;
					// A site behind a proxy calls itself by either scheme.
					if ( in_array( $url->port, array( 80, 443 ), true ) ) {
						$own[] = $url->host . ':80';
						$own[] = $url->host . ':443';
					}
				}
			}
			$this->sites[ $blog ] = array(
				'host' => $host,
				'own'  => $own,
			);
		}
		return $this->sites[ $blog ];
	}
}
