<?php
/**
 * Puts the parts together.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * The one place that makes objects. Each is made when it is first needed: a page without an outbound call
 * makes next to none.
 */
final class Plugin {

	/** Version of the plugin. */
	public const VERSION = '0.1.0';

	/** The running plugin. */
	private static ?Plugin $running = null;

	/** Constants as they were when WordPress loaded. */
	public readonly Settings $settings;

	/** The key's constants, read with them. */
	private readonly KeySource $keys;

	/**
	 * Objects by class.
	 *
	 * @var array<class-string, object>
	 */
	private array $made = array();

	/**
	 * A plugin.
	 *
	 * @param string $file     Path of tamis.php.
	 * @param bool   $is_early Whether the must-use loader started it.
	 */
	private function __construct(
		public readonly string $file,
		public readonly bool $is_early,
	) {
		$this->settings = Settings::from_constants();
		$this->keys     = KeySource::from_constants();
	}

	/**
	 * Starts the plugin once; the must-use loader comes first where it is installed.
	 *
	 * @param string $file     Path of tamis.php.
	 * @param bool   $is_early Whether the must-use loader calls.
	 */
	public static function start( string $file, bool $is_early ): self {
		if ( null === self::$running ) {
			self::$running = new self( $file, $is_early );
			( new Hooks( self::$running ) )->add();
		}
		return self::$running;
	}

	/** The running plugin; null before it started. */
	public static function running(): ?self {
		return self::$running;
	}

	/** Destinations. */
	public function catalogue(): Catalogue {
		return $this->made[ Catalogue::class ] ??= new Catalogue( self::table(), $this->extra_rows(), $this->site() );
	}

	/** The site's own destinations. */
	public function extra_rows(): ExtraRows {
		return $this->made[ ExtraRows::class ] ??= new ExtraRows();
	}

	/** The site. */
	public function site(): Site {
		return $this->made[ Site::class ] ??= new Site();
	}

	/** Policy. */
	public function policy(): Policy {
		return $this->made[ Policy::class ] ??= new Policy( $this->settings->policy() );
	}

	/** Key. */
	public function keys(): KeySource {
		return $this->keys;
	}

	/** Engine. */
	public function engine(): Engine {
		return $this->made[ Engine::class ] ??= NativeEngine::detect( $this->policy(), $this->keys() );
	}

	/** Guard. */
	public function guard(): Guard {
		return $this->made[ Guard::class ] ??= new Guard( $this->catalogue(), $this->settings, $this->engine(), new Scrubber( $this->engine(), $this->site() ) );
	}

	/** Calls on their way. */
	public function exchanges(): Exchanges {
		return $this->made[ Exchanges::class ] ??= new Exchanges();
	}

	/** Events in the database. */
	public function store(): EventStore {
		return $this->made[ EventStore::class ] ??= new EventStore();
	}

	/** Events of this page. */
	public function recorder(): Recorder {
		return $this->made[ Recorder::class ] ??= new Recorder( $this->store(), $this->attribution() );
	}

	/** The first layer. */
	public function interceptor(): Interceptor {
		return $this->made[ Interceptor::class ] ??= new Interceptor( $this->settings, $this->guard(), $this->exchanges(), $this->recorder(), new Reply() );
	}

	/** The second layer. */
	public function verifier(): Verifier {
		return $this->made[ Verifier::class ] ??= new Verifier( $this->settings, $this->guard(), $this->exchanges(), $this->recorder(), new Reply() );
	}

	/** What is printed on protected pages. */
	public function page_script(): PageScript {
		return $this->made[ PageScript::class ] ??= new PageScript(
			$this->settings,
			$this->policy(),
			new PageDestinations( self::table( ... ), $this->extra_rows() ),
			new PageFiles( $this->file )
		);
	}

	/** What is wrong with the set-up. */
	public function condition(): Condition {
		return $this->made[ Condition::class ] ??= new Condition( $this );
	}

	/**
	 * The shipped table of destinations: a constant array, which opcache shares.
	 *
	 * @return array<string, mixed>
	 */
	private static function table(): array {
		return require dirname( __DIR__ ) . '/data/destinations.php';
	}

	/** Who calls. */
	private function attribution(): Attribution {
		$links = array();
		foreach ( (array) ( $GLOBALS['wp_plugin_paths'] ?? array() ) as $link => $real ) {
			$links[ (string) $link ] = (string) $real;
		}
		return new Attribution(
			array(
				WP_PLUGIN_DIR,
				(string) realpath( WP_PLUGIN_DIR ),
				WPMU_PLUGIN_DIR,
				(string) realpath( WPMU_PLUGIN_DIR ),
				WP_CONTENT_DIR . '/themes',
				(string) realpath( WP_CONTENT_DIR . '/themes' ),
			),
			strtr( dirname( __DIR__ ), '\\', '/' ) . '/',
			$links
		);
	}
}
