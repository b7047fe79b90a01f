<?php
/**
 * The few functions of WordPress that the pure classes call.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

/** State that a test sets. */
final class FakeWordPress {
	/** @var array<string, mixed> */
	public static array $options = array();
	/** @var array<string, callable> */
	public static array $filters = array();
	/** @var array<string, int> */
	public static array $actions = array();
	public static bool $cron     = false;
	public static bool $admin    = false;
	public static bool $installing = false;
	public static int $blog = 1;
	/** Which of WooCommerce's questions are answered with yes. */
	public static string $shop_page = '';
	/** @var list<array<mixed>> Calls of the queue for modules. */
	public static array $modules = array();

	public static function reset(): void {
		self::$options    = array(
			'siteurl' => 'https://shop.example',
			'home'    => 'https://shop.example',
		);
		self::$filters    = array();
		self::$actions    = array();
		self::$cron       = false;
		self::$admin      = false;
		self::$installing = false;
		self::$blog       = 1;
		self::$shop_page  = '';
		self::$modules    = array();
	}
}

function get_option( string $name, mixed $default = false ): mixed {
	return FakeWordPress::$options[ $name ] ?? $default;
}
function update_option( string $name, mixed $value, mixed $autoload = null ): bool {
	$changed                         = ( FakeWordPress::$options[ $name ] ?? null ) !== $value;
	FakeWordPress::$options[ $name ] = $value;
	return $changed;
}
function get_current_blog_id(): int {
	return FakeWordPress::$blog;
}
function apply_filters( string $name, mixed $value, mixed ...$more ): mixed {
	return isset( FakeWordPress::$filters[ $name ] ) ? ( FakeWordPress::$filters[ $name ] )( $value, ...$more ) : $value;
}
function did_action( string $name ): int {
	return FakeWordPress::$actions[ $name ] ?? 0;
}
function wp_doing_cron(): bool {
	return FakeWordPress::$cron;
}
function is_admin(): bool {
	return FakeWordPress::$admin;
}
function wp_installing(): bool {
	return FakeWordPress::$installing;
}
function wp_salt( string $scheme ): string {
	return str_repeat( 'salt of ' . $scheme, 8 );
}
function __( string $text, string $domain = '' ): string {
	return $text;
}
function esc_html( string $text ): string {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_attr( string $text ): string {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function plugins_url( string $path, string $file ): string {
	return 'https://shop.example/wp-content/plugins/tamis/' . $path;
}
function add_query_arg( string $name, string $value, string $url ): string {
	return $url . '?' . $name . '=' . $value;
}
function wp_register_script_module( string $id, string $src, array $deps, string|false|null $version ): void {
	FakeWordPress::$modules[] = array( 'register', $id, $src, $deps, $version );
}
function wp_enqueue_script_module( string $id ): void {
	FakeWordPress::$modules[] = array( 'enqueue', $id );
}
function is_cart(): bool {
	return 'cart' === FakeWordPress::$shop_page;
}
function is_checkout(): bool {
	return 'checkout' === FakeWordPress::$shop_page;
}
function is_account_page(): bool {
	return 'account' === FakeWordPress::$shop_page;
}
function is_wp_error( mixed $value ): bool {
	return $value instanceof WP_Error;
}
function wp_json_encode( mixed $value, int $flags = 0 ): string|false {
	return json_encode( $value, $flags );
}
function _wp_http_get_object(): FakeHttp {
	return FakeHttp::$last ??= new FakeHttp();
}

/** WordPress's error. */
final class WP_Error {
	/** @var array<string, array{string, mixed}> */
	private array $errors = array();
	public function __construct( string $code = '', string $message = '', mixed $data = '' ) {
		$this->add( $code, $message, $data );
	}
	public function add( string $code, string $message, mixed $data = '' ): void {
		$this->errors[ $code ] = array( $message, $data );
	}
	public function remove( string $code ): void {
		unset( $this->errors[ $code ] );
	}
	public function get_error_codes(): array {
		return array_keys( $this->errors );
	}
	public function get_error_code(): string {
		return (string) array_key_first( $this->errors );
	}
	public function get_error_message(): string {
		return (string) ( reset( $this->errors )[0] ?? '' );
	}
	public function get_error_data(): mixed {
		return reset( $this->errors )[1] ?? null;
	}
}

/** Stands in for WP_Http: what a re-dispatch asks for, and what it answers. */
final class FakeHttp {
	public static ?self $last = null;
	/** @var list<array{string, array<string, mixed>}> */
	public array $sent = array();
	/** @var callable|null */
	public $answer = null;

	public function request( string $url, array $args ): mixed {
		$this->sent[] = array( $url, $args );
		return null === $this->answer
			? array(
				'headers'  => array( 'content-type' => 'text/plain' ),
				'body'     => 'echo ' . ( is_string( $args['body'] ) ? $args['body'] : '' ),
				'response' => array( 'code' => 200 ),
			)
			: ( $this->answer )( $url, $args );
	}
}

/** The hooks object that WordPress gives to its network library. */
class WP_HTTP_Requests_Hooks {
	/** @var array<string, list<callable>> */
	public array $registered = array();
	public function __construct( protected string $url, protected array $request ) {}
	public function register( string $hook, callable $callback, int $priority = 0 ): void {
		$this->registered[ $hook ][] = $callback;
	}
}

/** The database, in an array. */
final class FakeDatabase {
	public string $prefix = 'wp_';
	/** @var list<string> */
	public array $queries   = array();
	public bool $works      = true;
	public mixed $results   = array();
	public function suppress_errors( bool $on ): bool {
		return false;
	}
	public function prepare( string $sql, mixed ...$values ): string {
		$values = is_array( $values[0] ?? null ) ? $values[0] : $values;
		return vsprintf( str_replace( '%s', "'%s'", $sql ), array_map( static fn( $v ) => is_string( $v ) ? addslashes( $v ) : $v, $values ) );
	}
	public function query( string $sql ): int|false {
		$this->queries[] = $sql;
		return $this->works ? 1 : false;
	}
	public function get_results( string $sql, mixed $output = null ): mixed {
		$this->queries[] = $sql;
		return $this->results;
	}
	public function get_var( string $sql ): mixed {
		return null;
	}
	public function get_charset_collate(): string {
		return 'DEFAULT CHARACTER SET utf8mb4';
	}
}
define( 'ARRAY_A', 'ARRAY_A' );
function delete_option( string $name ): bool {
	unset( FakeWordPress::$options[ $name ] );
	return true;
}
