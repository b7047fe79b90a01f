//! Ways to reach someone: mail addresses, telephone numbers, internet addresses.

use super::{Rule, no_more};
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::validate::{any, email, ip, phone};

/// What may stand between the groups of a telephone number.
macro_rules! gap {
    () => {
        r"(?:[ ./()-]|\xc2\xa0|\xe2\x80[\x91\x93\xaf])"
    };
}

/// An extension after a number.
macro_rules! extension {
    () => {
        r"(?:[ ,;]{0,2}(?:[xX]|[eE]xt(?:ension)?\.?|Durchwahl|DW|poste)[ .:]{0,2}[0-9]{1,6}\b)?"
    };
}

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "contact.email",
        entity: Entity::Email,
        confidence: Confidence::High,
        pattern: concat!(
            r#"(?:"[^"\r\n@]{1,60}"|(?:\b[A-Za-z0-9_]|[\x80-\xff])[A-Za-z0-9!#$%'*+.~_\x80-\xff-]{0,63})@"#,
            r"(?:[A-Za-z0-9\x80-\xff](?:[A-Za-z0-9.\x80-\xff-]{0,120}[A-Za-z0-9\x80-\xff])?",
            r"\.(?:[xX][nN]--[A-Za-z0-9-]{2,59}|[A-Za-z]{2,24}|[\x80-\xff]{2,48})",
            r"|\[[0-9A-Fa-f:.IPv]{3,45}\])"
        ),
        max_length: 300,
        validator: email::is_valid,
        shrink: true,
        extend: no_more,
    },
    Rule {
        id: "contact.email_words",
        entity: Entity::Email,
        confidence: Confidence::Medium,
        pattern: concat!(
            r"(?i)\b[a-z0-9][a-z0-9._+-]{0,40} ?[\[({] ?at ?[\])}] ?[a-z0-9-]{1,63}",
            r"(?:(?: ?[\[({] ?dot ?[\])}] ?|\.)[a-z0-9-]{2,24}){1,3}"
        ),
        max_length: 240,
        validator: any,
        shrink: false,
        extend: no_more,
    },
    Rule {
        id: "contact.phone_international",
        entity: Entity::Phone,
        confidence: Confidence::High,
        pattern: concat!(
            r"(?:^|\x00|[^\w.+-])(\+ ?\(?[1-9][0-9]{0,3}\)?(?:",
            gap!(),
            r"{0,3}[0-9]){5,17}\b",
            extension!(),
            ")"
        ),
        max_length: 200,
        validator: phone::is_international,
        shrink: true,
        extend: no_more,
    },
    // Not among the groups of a longer number.
    Rule {
        id: "contact.phone_international_zeros",
        entity: Entity::Phone,
        confidence: Confidence::High,
        pattern: concat!(
            r"(?:^|\x00|[^\w.+ -]|[^0-9\x00] )(00 ?\(?[1-9][0-9]{0,3}\)?(?:",
            gap!(),
            r"{0,3}[0-9]){5,17}\b",
            extension!(),
            ")"
        ),
        max_length: 210,
        validator: phone::is_international,
        shrink: true,
        extend: no_more,
    },
    Rule {
        id: "contact.phone_north_american",
        entity: Entity::Phone,
        confidence: Confidence::Medium,
        pattern: concat!(
            r"(?:^|\x00|[^\w.+/-])((?:1[ .-])?(?:\([2-9][0-9]{2}\)[ .-]{0,2}[2-9][0-9]{2}[ .-][0-9]{4}",
            r"|[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}|[2-9][0-9]{2}\.[2-9][0-9]{2}\.[0-9]{4}",
            r"|[2-9][0-9]{2} [2-9][0-9]{2}-[0-9]{4})(?:[-.][0-9]{1,9}\b)?\b",
            extension!(),
            ")"
        ),
        max_length: 50,
        validator: phone::is_north_american,
        shrink: false,
        extend: no_more,
    },
    Rule {
        id: "contact.phone_context",
        entity: Entity::Phone,
        confidence: Confidence::Medium,
        pattern: concat!(
            r"(?i)(?:\b(?:(?:tele|cell)?phone|tel|tlf|mobile?|cell|fax|whatsapp|handy|gsm|portable|cellulare|celular",
            r"|(?:call|reach|ring|text|phone) (?:me|us|him|her|them|back)",
            r"|telefon[eo]?|telefoon|mobiel|rufnummer|erreichen|erreichbar|anrufen|joindre|appele[rz]",
            r"|chiamar(?:e|mi|lo|la)|chiamami|raggiung(?:ermi|ibile)|ligue|bereikbaar|bereiken|puhelin",
            r"|(?:my|mein[e]?|mon|mi|mio|meu|mijn|mitt|min) (?:n(?:ú|u)mero|num(?:é|e)ro|number|nummer|numero))",
            r"|t(?:é|e)l(?:é|e)phone|tel(?:é|e)fono|\bm(?:ó|o)vil|telem(?:ó|o)vel|ll(?:á|a)m[ae](?:r|n)?me",
            r"|\bm(?:ó|o)j numer|kom(?:ó|o)rk(?:a|owy)|zadzwo(?:ń|n|nić)|\bn(?:å|a) mi[gk]\b|\bring mi[gk]\b",
            r"|телефон|тел\.|電話|携帯|电话|手机|전화|휴대폰)",
            // What joins a label and its number.
            r#"(?:[ \t.:=*_"'>-]|\xd0[\xb0-\xbf]|\xc2\xa0|：|は|番号|号码|号|번호|для|number|numero|nummer|numer(?:u)?|n(?:ú|u)mero"#,
            r"|num(?:é|e)ro|telefonu|nr|no|num|n°|nº|№|is|ist|est|es|è|é|är|er|to|on|at|under|unter|au|al|ao",
            r"|le|la|el|il|op|pod|på|det|der|die|the|my|me|us|mich|uns|moi|nous|ons|mij|via|pelo|nel|sul|direkt|also){0,10}",
            r"(\(?\+?[0-9](?:",
            gap!(),
            r"{0,2}[0-9]){5,14}\b",
            extension!(),
            ")"
        ),
        max_length: 220,
        validator: phone::is_national,
        shrink: true,
        extend: no_more,
    },
    Rule {
        id: "contact.ipv4",
        entity: Entity::IpAddress,
        confidence: Confidence::High,
        pattern: r"(?:^|\x00|[^\w./+-]|//)([0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:\.[0-9]{1,9})?)\b",
        max_length: 30,
        validator: ip::is_v4,
        shrink: false,
        extend: no_more,
    },
    Rule {
        id: "contact.ipv6",
        entity: Entity::IpAddress,
        confidence: Confidence::High,
        pattern: r"(?:^|\x00|[^\w:.])((?:[0-9A-Fa-f]{0,4}:){2,9}(?:[0-9A-Fa-f]{1,4}\b(?:\.[0-9]{1,3}){0,3}(?:%[A-Za-z0-9]{1,15})?)?)",
        max_length: 80,
        validator: ip::is_v6,
        shrink: false,
        extend: no_more,
    },
];
