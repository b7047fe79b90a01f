<?php
/**
 * The switch between watching and protecting.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Admin;

use Tamis\WordPress\Capability;
use Tamis\WordPress\Settings;
use Tamis\WordPress\Text;

/**
 * One action of admin-post.php: capability, nonce, then the change. Undo is the same switch the other way.
 */
final class Switches {

	/** The action's name. */
	public const ACTION = 'tamis_switch';

	/**
	 * Switches of settings.
	 *
	 * @param Settings $settings Settings.
	 */
	public function __construct( private readonly Settings $settings ) {}

	/** Answers the action. */
	public function handle(): void {
		if ( ! current_user_can( Capability::MANAGE ) ) {
			wp_die( esc_html__( 'You may not change what Tamis protects.', 'tamis' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::ACTION );
		$name    = self::posted( 'destination' );
		$protect = 'protect' === self::posted( 'to' );
		$done    = $this->settings->change( $name, $protect );
		wp_safe_redirect(
			add_query_arg(
				array(
					'page'        => Screen::SLUG,
					'tamis_done'  => $done ? ( $protect ? 'protect' : 'watch' ) : 'no',
					'destination' => rawurlencode( $name ),
					'_wpnonce'    => wp_create_nonce( Screen::SLUG ),
				),
				admin_url( 'admin.php' )
			)
		);
		exit;
	}

	/**
	 * A form with one button.
	 *
	 * @param string $name    Row, vendor, host or all.
	 * @param bool   $protect What the button does.
	 * @param string $label   What the button says.
	 * @param string $class   Classes of the button.
	 */
	public static function button( string $name, bool $protect, string $label, string $class = 'button' ): void {
		?>
		<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>" class="tamis-switch">
			<input type="hidden" name="action" value="<?php echo esc_attr( self::ACTION ); ?>">
			<input type="hidden" name="destination" value="<?php echo esc_attr( $name ); ?>">
			<input type="hidden" name="to" value="<?php echo esc_attr( $protect ? 'protect' : 'watch' ); ?>">
			<?php wp_nonce_field( self::ACTION, '_wpnonce', false ); ?>
			<button type="submit" class="<?php echo esc_attr( $class ); ?>"><?php echo esc_html( $label ); ?></button>
		</form>
		<?php
	}

	/**
	 * A field of the form.
	 *
	 * @param string $name Field.
	 */
	private static function posted( string $name ): string {
		// The nonce was checked by the caller.
		$value = isset( $_POST[ $name ] ) && is_string( $_POST[ $name ] ) ? wp_unslash( $_POST[ $name ] ) : '';
		return Text::plain( $value, Settings::NAME_BYTES_MAX );
	}
}
