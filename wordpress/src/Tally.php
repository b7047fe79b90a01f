<?php
/**
 * What was found in the parts of one request.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Tamis\Outcome;

/**
 * Adds the parts' outcomes up. Holds names and counts, never a value.
 */
final class Tally {

	/**
	 * Vendors whose keys are known by their shape. A rule that only knows a label or a scheme names none of
	 * them: holding a call takes more than a likely key.
	 */
	private const VENDORS = array(
		'openai', 'anthropic', 'openrouter', 'langfuse', 'huggingface', 'groq', 'xai', 'perplexity', 'replicate',
		'nvidia', 'langsmith', 'pinecone', 'tavily', 'elevenlabs', 'aws', 'amazon', 'google', 'azure',
		'digitalocean', 'cloudflare', 'heroku', 'databricks', 'vault', 'terraform', 'planetscale', 'supabase',
		'doppler', 'grafana', 'new_relic', 'sentry', 'github', 'gitlab', 'bitbucket', 'npm', 'pypi', 'rubygems',
		'crates_io', 'docker', 'postman', 'linear', 'figma', 'sourcegraph', 'slack', 'teams', 'discord',
		'telegram', 'twilio', 'sendgrid', 'mailgun', 'mailchimp', 'brevo', 'facebook', 'woocommerce', 'stripe',
		'paypal', 'square', 'shopify', 'mollie', 'razorpay', 'flutterwave', 'klaviyo', 'easypost', 'shippo',
		'hubspot', 'notion', 'airtable', 'dropbox', 'mapbox',
	);

	/** Whether any part changed. */
	public bool $changed = false;

	/** Why the request cannot be sent; empty when it can. */
	public string $blocked = '';

	/** The engine's code of why. */
	public int $code = 0;

	/** Whether a private key was among the findings. */
	public bool $private_key = false;

	/** Whether a known vendor's key was on its way to another host. */
	public bool $foreign_key = false;

	/** Whether another vendor's key stood where the destination's own belongs. */
	public bool $foreign_credential = false;

	/**
	 * Findings by entity.
	 *
	 * @var array<string, int>
	 */
	public array $counts = array();

	/**
	 * Tally of one exchange.
	 *
	 * @param Outcome|null $outcome Earlier outcome; all parts share its session.
	 */
	public function __construct( public ?Outcome $outcome = null ) {}

	/**
	 * Says that the request cannot be sent. The first reason stays.
	 *
	 * @param string $reason Reason.
	 * @param int    $code   The engine's code.
	 */
	public function block( string $reason, int $code = 0 ): void {
		if ( '' === $this->blocked ) {
			$this->blocked = $reason;
			$this->code    = $code;
		}
	}

	/**
	 * Adds one part's findings.
	 *
	 * @param Outcome     $outcome     Outcome.
	 * @param Destination $destination Where the request goes.
	 */
	public function add( Outcome $outcome, Destination $destination ): void {
		$counts = $outcome->counts();
		foreach ( $counts as $entity => $count ) {
			$this->counts[ $entity ] = ( $this->counts[ $entity ] ?? 0 ) + $count;
		}
		$this->private_key = $this->private_key || isset( $counts['private_key'] );
		if ( isset( $counts['api_key'] ) && ! $this->foreign_key ) {
			$this->foreign_key = array() !== self::foreign( $outcome, $destination );
		}
	}

	/**
	 * Vendors of known keys that do not belong to a destination.
	 *
	 * @param Outcome     $outcome     Outcome.
	 * @param Destination $destination Destination.
	 * @return list<string>
	 */
	public static function foreign( Outcome $outcome, Destination $destination ): array {
		$vendors = array();
		foreach ( $outcome->findings() as $finding ) {
			$vendor = 'api_key' === $finding['entity'] ? self::vendor( $finding['rule'] ) : '';
			if ( '' !== $vendor && ! $destination->is_of( $vendor ) ) {
				$vendors[] = $vendor;
			}
		}
		return $vendors;
	}

	/**
	 * The vendor that a rule's id names, or an empty string.
	 *
	 * @param string $rule Rule, such as secret.stripe or secret.azure_openai.
	 */
	public static function vendor( string $rule ): string {
		$dot  = strrpos( $rule, '.' );
		$last = false === $dot ? $rule : substr( $rule, $dot + 1 );
		foreach ( array( $last, (string) strtok( $last, '_' ) ) as $name ) {
			if ( in_array( $name, self::VENDORS, true ) ) {
				return str_replace( '_', '', $name );
			}
		}
		return '';
	}
}
