//! Credentials: vendors' keys by their prefix, tokens, private keys, and what a label calls secret.
//!
//! Shapes are those that the vendors document or that their keys show; a prefix is what a vendor adds so
//! that scanners find its keys.

use super::{Rule, rule};
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::validate::{any, entropy, jwt, label, pem};

/// A vendor's key: its prefix says enough.
const fn key(id: &'static str, pattern: &'static str, max_length: u32) -> Rule {
    rule(id, Entity::ApiKey, Confidence::High, pattern, max_length, any)
}

/// A key whose label says what it is; the value must look like one.
const fn labelled(id: &'static str, pattern: &'static str, max_length: u32) -> Rule {
    rule(id, Entity::ApiKey, Confidence::Medium, pattern, max_length, entropy::is_secret)
}

/// What joins a label and its value: `: `, `="`, ` => '`, ` is `.
macro_rules! is {
    () => {
        r#"["'\]`]{0,2}[ \t]{0,3}(?:=>|:=|=|:|：|\b(?:is|ist|est|es|lautet)\b|è|é|は)[ \t]{0,3}["'`\\]{0,2}"#
    };
}

pub(crate) const RULES: &[Rule] = &[
    // Models and what runs them.
    key(
        "secret.openai",
        r"\bsk-(?:(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,220}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})",
        240,
    ),
    key("secret.anthropic", r"\bsk-ant-[A-Za-z0-9_-]{20,160}", 170),
    key("secret.openrouter", r"\bsk-or-(?:v1-)?[A-Za-z0-9]{32,80}", 100),
    key("secret.langfuse", r"\bsk-lf-[0-9a-f-]{30,40}", 50),
    rule(
        "secret.sk",
        Entity::ApiKey,
        Confidence::High,
        r"\bsk-[A-Za-z0-9]{24,80}\b",
        90,
        entropy::is_credential,
    ),
    key("secret.huggingface", r"\b(?:hf_[A-Za-z0-9]{30,42}|api_org_[A-Za-z0-9]{30,42})\b", 60),
    key("secret.groq", r"\bgsk_[A-Za-z0-9]{40,64}\b", 70),
    key("secret.xai", r"\bxai-[A-Za-z0-9]{60,100}\b", 110),
    key("secret.perplexity", r"\bpplx-[A-Za-z0-9]{32,64}\b", 75),
    key("secret.replicate", r"\br8_[A-Za-z0-9]{36,40}\b", 45),
    key("secret.nvidia", r"\bnvapi-[A-Za-z0-9_-]{60,72}", 80),
    key("secret.langsmith", r"\blsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}\b", 60),
    key("secret.pinecone", r"\bpcsk_[A-Za-z0-9]{4,8}_[A-Za-z0-9]{50,72}\b", 90),
    key("secret.tavily", r"\btvly-(?:(?:dev|prod)-)?[A-Za-z0-9]{24,48}\b", 60),
    key("secret.elevenlabs", r"\bsk_[0-9a-f]{48}\b", 55),
    // Clouds and hosts.
    key("secret.aws", r"\b(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|ANPA|ANVA)[A-Z0-9]{16}\b", 24),
    key(
        "secret.aws_bedrock",
        r"\b(?:ABSK[A-Za-z0-9+/]{100,140}={0,2}|bedrock-api-key-[A-Za-z0-9+/=_-]{20,300})",
        330,
    ),
    key(
        "secret.amazon_seller",
        r"(?:\bamzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\bamzn1\.oa2-cs\.v1\.[0-9a-f]{64}\b)",
        90,
    ),
    key("secret.google", r"\bAIza[A-Za-z0-9_-]{35}", 40),
    key("secret.google_oauth", r"\b(?:GOCSPX-[A-Za-z0-9_-]{24,32}|ya29\.[A-Za-z0-9_-]{20,400})", 410),
    key("secret.azure_storage", r"(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{40,88}={0,2})", 110),
    key("secret.azure_client", r"\b[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}", 42),
    key("secret.azure_openai", r"\b[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{8,26}", 90),
    key("secret.digitalocean", r"\bdo[opr]_v1_[0-9a-f]{64}\b", 75),
    key("secret.cloudflare", r"\bv1\.0-[0-9a-f]{24}-[0-9a-f]{146}\b", 180),
    key("secret.heroku", r"\bHRKU-[A-Za-z0-9_-]{36,70}", 80),
    key("secret.databricks", r"\bdapi[0-9a-f]{32}(?:-[0-9])?\b", 45),
    key("secret.vault", r"\bhv[sbr]\.[A-Za-z0-9_-]{24,200}", 210),
    key("secret.terraform", r"\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}", 95),
    key("secret.planetscale", r"\bpscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}", 80),
    key("secret.supabase", r"\b(?:sbp_[0-9a-f]{40}|sb_secret_[A-Za-z0-9_-]{24,48})\b", 60),
    key("secret.doppler", r"\bdp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9._-]{40,60}", 75),
    key("secret.grafana", r"\b(?:glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}|glc_[A-Za-z0-9+/=]{32,300})", 310),
    key("secret.new_relic", r"\bNR(?:AK|RA|II|JS)-[A-Za-z0-9]{19,32}\b", 40),
    key("secret.sentry", r"\bsntry[us]_[A-Za-z0-9+/=_-]{60,300}", 310),
    // Source code and packages.
    key("secret.github", r"\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{22,255})\b", 270),
    key(
        "secret.gitlab",
        r"\bgl(?:pat|dt|rt|rtr|ft|soat|oas|agent|cbt|ptt|imt|ffct)-[A-Za-z0-9_.=-]{20,300}",
        310,
    ),
    key(
        "secret.bitbucket",
        r"\b(?:ATBB[A-Za-z0-9]{24,40}|ATATT3[A-Za-z0-9_=-]{100,230}|ATCTT3[A-Za-z0-9_=-]{100,230})",
        240,
    ),
    key("secret.npm", r"\bnpm_[A-Za-z0-9]{36}\b", 45),
    key("secret.pypi", r"\bpypi-[A-Za-z0-9_-]{40,300}", 310),
    key("secret.rubygems", r"\brubygems_[0-9a-f]{48}\b", 60),
    key("secret.crates_io", r"\bcio[A-Za-z0-9]{32}\b", 36),
    key("secret.docker", r"\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{27,64}", 75),
    key("secret.postman", r"\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b", 66),
    key("secret.linear", r"\blin_(?:api|oauth)_[A-Za-z0-9]{40,64}\b", 75),
    key("secret.figma", r"\bfig[dou]_[A-Za-z0-9_-]{40,50}", 56),
    key("secret.sourcegraph", r"\bsgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}\b", 65),
    // Talk.
    key(
        "secret.slack",
        r"\b(?:xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,250}|xapp-[0-9]-[A-Za-z0-9-]{20,200})",
        260,
    ),
    key(
        "secret.slack_webhook",
        r"https?://hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_+-]{20,140}",
        190,
    ),
    key(
        "secret.teams_webhook",
        r"https://[a-z0-9-]{1,60}\.webhook\.office\.com/webhookb2/[A-Za-z0-9@/_-]{60,300}",
        400,
    ),
    key("secret.discord", r"\b[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}", 80),
    key(
        "secret.discord_webhook",
        r"https://(?:ptb\.|canary\.)?discord(?:app)?\.com/api/(?:v[0-9]{1,2}/)?webhooks/[0-9]{16,20}/[A-Za-z0-9_-]{40,100}",
        190,
    ),
    key("secret.telegram", r"\b[0-9]{8,10}:(?:AA[A-Za-z0-9_-]{33}|[A-Za-z0-9_-]{35})\b", 50),
    key("secret.twilio", r"\b(?:SK|AC)[0-9a-f]{32}\b", 36),
    key("secret.sendgrid", r"\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{30,64}", 110),
    key(
        "secret.mailgun",
        r"\b(?:key-[0-9a-z]{32}|pubkey-[0-9a-f]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})\b",
        55,
    ),
    key("secret.mailchimp", r"\b[0-9a-f]{32}-us[0-9]{1,2}\b", 40),
    key("secret.brevo", r"\bx(?:keysib|smtpsib)-[0-9a-f]{64}-[A-Za-z0-9]{16}\b", 95),
    key("secret.facebook", r"\bEAA[A-Za-z0-9]{80,300}\b", 305),
    // Shops, payment, business.
    key("secret.woocommerce", r"\bc[ks]_[0-9a-f]{40}\b", 45),
    key(
        "secret.stripe",
        r"\b(?:(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9_]{10,250}|whsec_[A-Za-z0-9+/]{16,120}={0,2})",
        265,
    ),
    key("secret.paypal", r"\baccess_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}\b", 85),
    key("secret.square", r"\b(?:sq0[a-z]{3}-[A-Za-z0-9_-]{22,60}|EAAA[A-Za-z0-9_-]{60})", 70),
    key("secret.shopify", r"\bshp(?:at|ca|pa|ss|ua|tka|pss)_[A-Za-z0-9]{32,64}\b", 75),
    key("secret.mollie", r"\b(?:live|test)_[A-Za-z0-9]{30,40}\b", 50),
    key("secret.razorpay", r"\brzp_(?:live|test)_[A-Za-z0-9]{14,24}\b", 40),
    key("secret.flutterwave", r"\bFLWSECK(?:_TEST)?-[0-9a-fA-F]{12,40}(?:-X)?\b", 60),
    key("secret.klaviyo", r"\bpk_[0-9a-f]{34}\b", 40),
    key("secret.easypost", r"\bEZ[AT]K[A-Za-z0-9]{54}\b", 60),
    key("secret.shippo", r"\bshippo_(?:live|test)_[0-9a-f]{40}\b", 56),
    key(
        "secret.hubspot",
        r"\bpat-(?:na|eu)[0-9]-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",
        50,
    ),
    key("secret.notion", r"\b(?:ntn_[A-Za-z0-9]{40,50}|secret_[A-Za-z0-9]{43})\b", 56),
    key("secret.airtable", r"\bpat[A-Za-z0-9]{14}\.[0-9a-f]{64}\b", 85),
    key("secret.dropbox", r"\bsl\.(?:u\.)?[A-Za-z0-9_-]{60,300}", 310),
    key("secret.mapbox", r"\bsk\.eyJ[A-Za-z0-9_-]{40,140}\.[A-Za-z0-9_-]{20,40}", 190),
    key("secret.age", r"\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b", 78),
    // By their label.
    labelled(
        "secret.assignment",
        concat!(
            r"(?i)(?:secret|token|credentials?|passkey|salt|(?:api|app|access|auth|private|encryption|signing|licen[cs]e",
            r"|master|account|shared|service|session|consumer|webhook|secure|security|storage|admin|deploy|bot)",
            r"[_. -]{0,2}key|api-schl(?:ü|ue)ssel|cl(?:é|e) (?:d')?api|clave (?:de )?api|chiave api|chave (?:de |da )?api",
            r"|apikey|api_?id|signature|verify_sign)(?:[_-]?(?:key|id|value|hash|live|test|prod|token|base64))?",
            is!(),
            r"(?:(?:bearer|basic|token)[ ]{1,2})?([A-Za-z0-9+/_.=%~$!-]{12,300})"
        ),
        400,
    ),
    labelled(
        "secret.vendor_context",
        concat!(
            r"(?i)\b(?:aws|azure|cloudflare|datadog|deepgram|cohere|mistral|deepseek|twilio|algolia|okta|auth0|mailjet|postmark",
            r"|paypal|klarna|adyen|braintree|sendcloud|dhl|ups|fedex|zapier|hubspot|akismet|jetpack|stripe|openai|google|meta)",
            r#"[ _-](?:[a-z]{2,12}[ _-]){0,3}(?:key|token|secret|sid)["' :=>-]{1,6}([A-Za-z0-9+/_=~-]{20,100})"#
        ),
        190,
    ),
    rule(
        "secret.bearer",
        Entity::ApiKey,
        Confidence::Medium,
        r#"(?i)\bbearer[ \t]{1,3}["']?([A-Za-z0-9._~+/$|=-]{8,600})"#,
        620,
        entropy::is_credential,
    ),
    rule(
        "secret.basic",
        Entity::ApiKey,
        Confidence::High,
        r"(?i)\bbasic[ \t]{1,3}([A-Za-z0-9+/_-]{6,400}={0,2})",
        420,
        jwt::is_basic,
    ),
    rule(
        "secret.authorization",
        Entity::ApiKey,
        Confidence::Medium,
        concat!(
            r"(?i)\bauthorization",
            is!(),
            r"(?:(?:token|apikey|key|hawk|negotiate|[a-z-]{3,20})[ ]{1,2})?([A-Za-z0-9+/_.=~-]{12,300})"
        ),
        380,
        entropy::is_secret,
    ),
    rule(
        "secret.wordpress_cookie",
        Entity::ApiKey,
        Confidence::High,
        r"\bwordpress_(?:logged_in|sec)_[0-9a-z]{4,32}=([^\s;,\x00]{20,300})",
        360,
        any,
    ),
    rule(
        "secret.session_cookie",
        Entity::ApiKey,
        Confidence::Medium,
        r"(?i)\b(?:phpsessid|jsessionid|connect\.sid|sessionid|session_id|laravel_session|wp_woocommerce_session_[0-9a-z]{4,32})=([^\s;,&\x00]{16,200})",
        260,
        entropy::is_credential,
    ),
    // In steps of eight bytes: an automaton of half the size.
    rule(
        "secret.jwt",
        Entity::Jwt,
        Confidence::High,
        concat!(
            r"\beyJ[A-Za-z0-9_-]{10,300}\.(?:[A-Za-z0-9_-]{8}){0,210}[A-Za-z0-9_-]{1,8}",
            r"(?:\.(?:[A-Za-z0-9_-]{8}){0,86}[A-Za-z0-9_-]{0,8})?(?:\.[A-Za-z0-9_-]{1,100}){0,2}"
        ),
        3000,
        jwt::is_valid,
    ),
    // The header; the rest of the block is measured, not matched.
    Rule {
        extend: pem::rest,
        ..rule(
            "secret.private_key",
            Entity::PrivateKey,
            Confidence::High,
            r"-----BEGIN (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----",
            8192,
            any,
        )
    },
    // `define( 'DB_PASSWORD', '…' );` and the salts of a wp-config.php.
    rule(
        "secret.wp_config",
        Entity::Password,
        Confidence::High,
        r#"(?i)\bdefine ?\(\s{0,4}["'][a-z0-9_]{0,40}(?:password|_key|_salt|secret)["']\s{0,4},\s{0,4}["']([^"'\n]{4,128})["']"#,
        128,
        any,
    ),
    rule(
        "secret.putty_key",
        Entity::PrivateKey,
        Confidence::High,
        r"\bPrivate-Lines: [0-9]{1,3}(?:\s|\\[nr]){1,4}(?:[\n-z]{8}){1,250}",
        2080,
        any,
    ),
    // Passwords.
    rule(
        "secret.password",
        Entity::Password,
        Confidence::Medium,
        concat!(
            r"(?i)(?:passw(?:or[dt]|d)|passwort|kennwort|zugangscode|passphrase|passcode|\bpwd|\bpass|mot de passe|\bmdp",
            r"|contrase(?:ñ|n)a|parola d'ordine|\bsenha|wachtwoord|has(?:ł|l)o|l(?:ö|o)senord|adgangskode|passord|salasana|_pass|_pwd",
            r"|пароль|パスワード|密码|비밀번호)",
            is!(),
            r#"([0-9A-Za-z]{4}(?: [0-9A-Za-z]{4}){5}\b|[^\s"'<>`\x00]{3,64}[^\s"'<>`\x00.,;:)\\])"#
        ),
        150,
        label::is_password,
    ),
    rule(
        "secret.password_bare",
        Entity::Password,
        Confidence::Low,
        concat!(
            r"(?i)\b(?:password|passwort|kennwort|passwd|pwd|mot de passe|contrase(?:ñ|n)a|senha|wachtwoord|has(?:ł|l)o|l(?:ö|o)senord)",
            r#"[ \t]{1,3}([0-9A-Za-z]{4}(?: [0-9A-Za-z]{4}){5}\b|[^\s"'<>`\x00]{5,63}[^\s"'<>`\x00.,;:)\\])"#
        ),
        120,
        label::is_bare_password,
    ),
    rule(
        "secret.url_credentials",
        Entity::UrlCredentials,
        Confidence::High,
        r#"\b[A-Za-z][A-Za-z0-9+.-]{1,20}://([^\s/:@"'<>\x00{}]{0,100}:[^\s/@"'<>\x00{}]{1,200})@"#,
        340,
        any,
    ),
];
