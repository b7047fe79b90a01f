//! Code that runs after Tamis and undoes its work, on purpose or not.

use serde_json::json;
use tamis_tests::provider::{Provider, Request};

use crate::case::{CHAT, Case, chat_args, chat_body, json_args, token};
use crate::shop::protecting;

/// Each request carries a token, none a secret, and the caller got the real value.
fn scrubbed_once(case: &Case, mail: &str, words: &str) {
    token(&case.received().text(), "EMAIL");
    assert!(words.contains(mail), "{words}");
    case.ended("protected");
}

#[test]
fn a_late_filter_that_puts_the_secret_back_is_undone() {
    let mut case = Case::new(protecting(), "late-args-filter");
    let mail = case.mail();
    case.give("body", chat_body(&format!("Answer {mail}.")));
    case.before(
        "add_filter( 'http_request_args', static function ( $args ) use ( $case ) {
            $args['body'] = $case['data']['body'];
            $args['headers']['X-Late'] = $case['data']['body'];
            return $args;
        }, PHP_INT_MAX );",
    );
    let answer = case.chat(&format!("Answer {mail}."));
    scrubbed_once(&case, &mail, &answer.words());
}

#[test]
fn a_late_filter_that_adds_a_secret_to_a_clean_call_is_undone() {
    let mut case = Case::new(protecting(), "late-args-on-clean");
    let mail = case.mail();
    case.give("body", chat_body(&format!("Answer {mail}.")));
    case.before(
        "add_filter( 'http_request_args', static function ( $args ) use ( $case ) {
            static $passes = 0;
            // Clean at the first look, dirty at any later one.
            if ( ++$passes > 1 ) {
                $args['body'] = $case['data']['body'];
            }
            return $args;
        }, PHP_INT_MAX );
        add_action( 'requests-requests.before_request', static function ( $url, $headers, &$data ) use ( $case ) {
            $data = $case['data']['body'];
        }, 10, 5 );",
    );
    let answer = case.chat("Say hello.");
    scrubbed_once(&case, &mail, &answer.words());
}

/// Puts the raw body back at the network library's own hook.
fn mutated_at_the_library(name: &'static str, register: &str) {
    let mut case = Case::new(protecting(), name);
    let mail = case.mail();
    case.give("body", chat_body(&format!("Answer {mail}.")));
    case.before(
        "$raw = static function ( &$url, &$headers, &$data ) use ( $case ) {
            $data = $case['data']['body'];
            $headers['X-Late'] = $case['data']['body'];
            $url .= '?late=' . rawurlencode( $case['data']['body'] );
        };",
    );
    case.before(register);
    let answer = case.chat(&format!("Answer {mail}."));
    scrubbed_once(&case, &mail, &answer.words());
}

#[test]
fn a_late_mutator_at_the_network_library_is_undone() {
    mutated_at_the_library(
        "late-mutator",
        "add_action( 'requests-requests.before_request', $raw, PHP_INT_MAX - 1, 5 );",
    );
}

#[test]
fn a_late_mutator_that_makes_a_form_of_the_body_is_undone() {
    let mut case = Case::new(protecting(), "late-form");
    let mail = case.mail();
    case.give("mail", mail.as_str());
    case.before(
        "add_action( 'requests-requests.before_request', static function ( &$url, &$headers, &$data ) use ( $case ) {
            $data = array( 'customer' => array( 'email' => $case['data']['mail'] ), 'n' => 1 );
        }, 10, 5 );",
    );
    case.chat("Say hello.");
    let received = case.received().text();
    assert!(received.starts_with("customer%5Bemail%5D=EMAIL_9") && received.ends_with("&n=1"), "{received}");
    case.ended("protected");
}

#[test]
fn a_mutator_at_the_last_place_that_came_after_tamis_is_undone() {
    mutated_at_the_library(
        "last-mutator",
        "add_action( 'requests-requests.before_request', $raw, PHP_INT_MAX, 5 );",
    );
}

#[test]
fn a_mutator_that_an_args_filter_adds_at_the_last_moment_is_undone() {
    mutated_at_the_library(
        "last-moment-mutator",
        "add_filter( 'http_request_args', static function ( $args ) use ( $raw ) {
            remove_action( 'requests-requests.before_request', $raw, PHP_INT_MAX );
            add_action( 'requests-requests.before_request', $raw, PHP_INT_MAX, 5 );
            return $args;
        }, PHP_INT_MAX );",
    );
}

#[test]
fn a_later_callback_that_returns_false_does_not_send_the_call_again() {
    for (name, priority) in [("returns-false", "10"), ("returns-false-last", "PHP_INT_MAX")] {
        let mut case = Case::new(protecting(), name);
        let mail = case.mail();
        case.before(&format!("add_filter( 'pre_http_request', '__return_false', {priority} );"));
        let answer = case.chat(&format!("Answer {mail}."));
        scrubbed_once(&case, &mail, &answer.words());
    }
}

#[test]
fn a_later_callback_that_returns_false_does_not_send_a_held_call() {
    for (name, priority) in [("held-false", "10"), ("held-false-last", "PHP_INT_MAX")] {
        let mut case = Case::new(protecting(), name);
        let mail = case.mail();
        case.before(&format!("add_filter( 'pre_http_request', '__return_false', {priority} );"));
        let answer = case.send(&format!("/v1/customers/{mail}"), &chat_args("Hello"));
        case.held(&answer, "path");
    }
}

#[test]
fn a_later_callback_that_answers_itself_wins_and_nothing_raw_was_sent() {
    let mut case = Case::new(protecting(), "answers-itself");
    let mail = case.mail();
    case.before(
        "add_filter( 'pre_http_request', static fn() => array(
            'headers' => array(), 'body' => 'mine', 'cookies' => array(), 'filename' => null,
            'response' => array( 'code' => 299, 'message' => 'Mine' ),
        ) );",
    );
    let answer = case.chat(&format!("Answer {mail}."));
    assert_eq!((answer.status(), answer.text().as_str()), (299, "mine"));
    case.nothing_leaked();
}

/// A plugin that makes a call of its own while Tamis sends another.
fn nested(name: &'static str, hook: &str) {
    let mut case = Case::new(protecting(), name);
    let (mail, other) = (case.mail(), case.mail_of("omar"));
    case.give("url", case.provider.url(CHAT));
    case.give("args", chat_args(&format!("Nested: {other}.")));
    case.before(&format!(
        "add_filter( '{hook}', static function ( $value ) use ( $case ) {{
            static $busy = false;
            if ( ! $busy ) {{
                $busy = true;
                wp_remote_request( $case['data']['url'], $case['data']['args'] );
                $busy = false;
            }}
            return $value;
        }}, PHP_INT_MAX );"
    ));
    let answer = case.chat(&format!("Outer: {mail}."));

    assert_eq!(answer.words(), format!("Here is what I was told: Outer: {mail}."));
    let bodies: Vec<String> = case.provider.requests().iter().map(Request::text).collect();
    assert_eq!(bodies.iter().filter(|body| body.contains("Outer: EMAIL_9")).count(), 1, "{bodies:?}");
    assert!(bodies.iter().filter(|body| body.contains("Nested: EMAIL_9")).count() >= 1, "{bodies:?}");
    case.nothing_leaked();
}

#[test]
fn a_nested_call_from_the_args_filter_is_scrubbed_on_its_own() {
    nested("nested-args", "http_request_args");
}

#[test]
fn a_nested_call_from_the_debug_action_is_scrubbed_on_its_own() {
    nested("nested-debug", "http_api_debug");
}

#[test]
fn a_nested_call_from_the_response_filter_is_scrubbed_on_its_own() {
    nested("nested-response", "http_response");
}

#[test]
fn a_nested_call_that_copies_the_outer_calls_arguments_gains_nothing() {
    let mut case = Case::new(protecting(), "nested-copy");
    let mail = case.mail();
    let second = case.second_host("nested-copy-second", "ai");
    case.give("url", second.url(CHAT));
    case.give("body", chat_body(&format!("Stolen: {mail}.")));
    case.before(
        "add_filter( 'http_request_args', static function ( $args ) use ( $case ) {
            static $busy = false;
            if ( ! $busy ) {
                $busy = true;
                // Whatever Tamis marks its own call with is now on a call of ours.
                wp_remote_request( $case['data']['url'], array( 'body' => $case['data']['body'] ) + $args );
                $busy = false;
            }
            return $args;
        }, PHP_INT_MAX );",
    );
    case.chat(&format!("Outer: {mail}."));

    assert!(!second.requests().is_empty());
    case.unseen_by(&second);
    case.nothing_leaked();
}

#[test]
fn a_plugin_that_sends_by_itself_from_pre_http_request_is_scrubbed() {
    let mut case = Case::new(protecting(), "short-circuit");
    let mail = case.mail();
    case.before(
        "add_filter( 'pre_http_request', static function ( $pre, $args, $url ) {
            static $busy = false;
            if ( $busy || false !== $pre ) {
                return $pre;
            }
            $busy  = true;
            $reply = wp_remote_request( $url, $args );
            $busy  = false;
            return $reply;
        }, 1, 3 );",
    );
    let answer = case.chat(&format!("Answer {mail}."));
    assert!(answer.words().contains(&mail));
    for request in case.provider.requests() {
        token(&request.text(), "EMAIL");
    }
    case.nothing_leaked();
}

#[test]
fn without_curl_the_same_is_true() {
    let mut case = Case::new(protecting(), "fsockopen");
    let mail = case.mail();
    case.give("body", chat_body(&format!("Answer {mail}.")));
    case.before(
        "foreach ( array( array(), array( 'ssl' => true ), array( 'ssl' => false ) ) as $needs ) {
            WpOrg\\Requests\\Requests::$transport[ serialize( $needs ) ] = WpOrg\\Requests\\Transport\\Fsockopen::class;
        }
        add_action( 'requests-fsockopen.before_request', static fn() => $GLOBALS['without_curl'] = true );
        add_filter( 'http_response', static function ( $reply ) {
            $reply['body'] = str_replace( 'told', empty( $GLOBALS['without_curl'] ) ? 'curl' : 'fsockopen', $reply['body'] );
            return $reply;
        } );
        add_filter( 'http_request_args', static function ( $args ) use ( $case ) {
            $args['body'] = $case['data']['body'];
            return $args;
        }, PHP_INT_MAX );",
    );
    let answer = case.chat(&format!("Answer {mail}."));
    assert!(answer.words().contains("fsockopen"), "{}", answer.words());
    scrubbed_once(&case, &mail, &answer.words());
}

#[test]
fn an_exception_on_the_way_leaves_nothing_open() {
    let mut case = Case::new(protecting(), "exception");
    let (mail, other) = (case.mail(), case.mail_of("omar"));
    case.give("url", case.provider.url(CHAT));
    case.give("args", chat_args(&format!("First: {other}.")));
    case.before(
        "$fail = static function ( $value ) {
            throw new RuntimeException( 'a plugin failed' );
        };
        foreach ( array( 'http_request_args', 'http_api_debug', 'requests-requests.before_request' ) as $hook ) {
            add_filter( $hook, $fail );
            try {
                wp_remote_request( $case['data']['url'], $case['data']['args'] );
            } catch ( RuntimeException $error ) {
                unset( $error );
            }
            remove_filter( $hook, $fail );
        }",
    );
    let answer = case.chat(&format!("Then: {mail}."));
    assert_eq!(answer.words(), format!("Here is what I was told: Then: {mail}."));
    case.nothing_leaked();
}

#[test]
fn a_direct_call_to_the_network_library_is_not_covered_by_the_plugin() {
    // The two layers stand at WordPress' own functions. Code that goes round them is what the guard in the
    // extension is for; until it is there, the screen must not claim these calls.
    let mut case = Case::new(protecting(), "direct-library");
    let mail = case.mail();
    case.give("url", case.provider.url(CHAT));
    case.give("body", chat_body(&format!("Answer {mail}.")));
    case.before(
        "WpOrg\\Requests\\Requests::post( $case['data']['url'],
            array( 'Content-Type' => 'application/json' ), $case['data']['body'] );",
    );
    case.chat("Say hello.");
    let requests = case.received_of(2);
    assert!(requests[0].carries(mail.as_bytes()) && !requests[1].carries(mail.as_bytes()));
    case.nothing_stored();
    assert_eq!(case.event("clean")["calls"], 1);
}

#[test]
fn a_body_that_is_given_to_curl_behind_wordpress_is_not_covered_by_the_plugin() {
    // PHP cannot read back what was given to curl. This too is for the guard in the extension.
    let mut case = Case::new(protecting(), "curl-hook");
    let mail = case.mail();
    case.give("body", chat_body(&format!("Answer {mail}.")));
    case.before(
        "add_action( 'http_api_curl', static function ( $handle ) use ( $case ) {
            curl_setopt( $handle, CURLOPT_POSTFIELDS, $case['data']['body'] );
        }, PHP_INT_MAX );",
    );
    case.chat("Say hello.");
    assert!(case.received().carries(mail.as_bytes()));
    case.nothing_stored();
}

#[test]
fn a_mutator_that_leads_a_call_to_an_ai_service_is_undone() {
    let mut case = Case::of(protecting(), "led-astray", "unknown");
    let mail = case.mail();
    let second = case.second_host("led-into", "ai");
    case.give("url", second.url(CHAT));
    case.before(
        "add_action( 'requests-requests.before_request', static function ( &$url ) use ( $case ) {
            $url = $case['data']['url'];
        }, 10, 5 );",
    );
    let body = json!({ "note": format!("Answer {mail}.") }).to_string();
    let answer = case.send("/echo", &json_args(&body));

    assert!(case.provider.requests().is_empty());
    assert_eq!(second.requests().len(), 1);
    token(&second.requests()[0].text(), "EMAIL");
    case.unseen_by(&second);
    assert!(answer.text().contains(&mail), "{}", answer.text());
    case.nothing_stored();
}

#[test]
fn a_logger_writes_down_what_was_sent_and_not_what_was_meant() {
    let mut case = Case::new(protecting(), "logger");
    let mail = case.mail();
    case.before(
        "add_action( 'http_api_debug', static function ( $reply, $context, $class, $args, $url ) {
            $seen = wp_json_encode( array( $reply['body'] ?? '', $args['body'], $args['headers'], $url ) );
            error_log( 'logger: ' . $seen );
            update_option( 'e2e_logger', $seen, false );
        }, PHP_INT_MAX, 5 );",
    );
    let answer = case.chat(&format!("Answer {mail}."));
    assert!(answer.words().contains(&mail));
    assert!(protecting().site.php_log().contains("logger: "));
    case.ended("protected");
}

#[test]
fn the_inner_calls_token_never_leaves() {
    let mut case = Case::new(protecting(), "no-marks");
    let mail = case.mail();
    case.chat(&format!("Answer {mail}."));
    let request = case.received();
    assert!(
        !request.carries(b"tamis") && !request.carries(b"Tamis"),
        "{}",
        String::from_utf8_lossy(&request.raw)
    );
    let plain: Provider = Provider::start("127.0.0.1:0").expect("a provider");
    case.send_to(&plain.url("/echo"), &json!({ "method": "POST", "body": "x" }));
    assert!(plain.requests().iter().all(|request| !request.carries(b"tamis")));
}
