//! What a shop trades in and with whom: articles, prices, costs, coupons, orders, customers, addresses.
//!
//! Most of it has no shape of its own, so that a word before it tells; interfaces are full of such words
//! without a value, which the checks refuse.

use super::{Rule, rule};
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::validate::{any, gtin, label, money};

/// A space, or one that does not break.
macro_rules! space {
    () => {
        r"(?:[ ]|\xc2\xa0|\xe2\x80[\x89\xaf])"
    };
}

/// A number as locales write it: grouped by spaces or apostrophes, by dots or commas, or not.
macro_rules! number {
    () => {
        concat!(
            r"(?:[0-9]{1,3}(?:(?:[ ']|\xc2\xa0|\xe2\x80[\x89\xaf\x99])[0-9]{3}\b){1,4}(?:[.,][0-9]{1,3})?",
            r"|[0-9]{1,3}(?:[.,][0-9]{2,3}){1,5}(?:[.,][0-9]{1,2})?",
            r"|[0-9]{1,9}(?:[.,][0-9]{1,4})?)(?:[.,](?:-|\xe2\x80[\x93\x94]))?"
        )
    };
}

/// A word that scales a number: `2,5 Mio.`.
macro_rules! scale {
    () => {
        concat!(
            "(?:",
            space!(),
            r"?(?:[kKMB]\b|bn\b|mn\b|tn\b|T\b|Mio\.?|Mrd\.?|Tsd\.?|milh(?:õ|o)es|milj\.?|millones|milli(?:on|ard)\w{0,2}",
            r"|mil|mi|[Mm]ln|[Mm]ld|[Mm]io|tys\.?|billions?|thousand|万|億|亿|千))?"
        )
    };
}

/// Signs of currencies.
macro_rules! sign {
    () => {
        "€|£|¥|₹|₽|₺|₴|₩|₪|₫|₦|₱|฿|₡|₲|₵|₸|₼|₾|￥|￡"
    };
}

/// Codes of currencies (ISO 4217) that are no other word in capitals.
macro_rules! code {
    () => {
        concat!(
            "EUR|USD|GBP|CHF|JPY|CNY|RMB|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|RUB|UAH|BRL|MXN|ARS|CLP|CAD|AUD|NZD|INR|IDR|MYR|SGD",
            "|THB|VND|KRW|HKD|TWD|ZAR|AED|SAR|QAR|KWD|BHD|OMR|JOD|ILS|EGP|NGN|KES|TND|PKR|BDT|ISK|RSD|KZT|UYU|TRY"
        )
    };
}

/// A currency before its amount, `$` with a country before it included.
macro_rules! before {
    () => {
        concat!(
            r"(?:(?:US|CA|AU|NZ|HK|NT|MX|Mex|[ACSR])\$|(?:CN|JP)¥|",
            sign!(),
            "|",
            code!(),
            r"|Rs\.?|[Kk]r\.?|zł|S?Fr\.)"
        )
    };
}

/// A currency after its amount: sign, code, or name.
macro_rules! after {
    () => {
        concat!(
            r"(?:R\$|US\$|\$|",
            sign!(),
            "|円|元|원|(?:",
            code!(),
            r"|COP|PEN|MAD|PHP|eur|usd|gbp|chf|kr|Ft|lei)\b|kr\.|zł|Kč|грн|лв|руб|р\.",
            r"|(?:(?:US|American|British|Canadian|Australian|Swiss|Schweizer|Japan\w{2,7}|japan\w{2,7}|Braz\w{4,7}|bras\w{4,9}|Polish|poln\w{3,6}",
            r"|Norw\w{4,6}|norsk\w?|Swed\w{3}|svensk\w?|Danish|dansk\w?|Czech|Chinese|Indian|Mexican) )?",
            r"(?:[Ee]uros?|[Dd]oll?ar(?:s|es|i|ów)?|[Yy]en(?:es|s)?|[Ff]rancs?|[Ff]ranken|[Ff]ranchi|[Ff]rancos|[Rr]eais|kron(?:or|er|en)|Kronen",
            r"|z(?:ł|l)ot(?:ych|ys|y|e)|rupees?|rub(?:les|el|li)|pesos|[Pp]fund|lir(?:e|as)|coronas|couronnes|corone|coroas)\b",
            r"(?: (?:brasil\w{3,6}|br(?:é|e)sil\w{4,6}|suiss?es?|svizzeri|suizos|su(?:í|i)(?:ç|c)os|am(?:é|e)ricains|estadounidenses|statunitensi|americanos",
            r"|canadiens|japon\w{3,5}|giapponesi|su(?:é|e)doises|suecas|svedesi|noruegas|danesas|mexicanos))?",
            r"|British pounds?|pounds? sterling|livres? sterling|libras? esterlinas?|sterline(?: britanniche)?|brytyjskich",
            r"|Brit\w{3,6} Pfund|Brit\w{3,6} pond\w{0,3})"
        )
    };
}

/// Words for what a shop earns on an article.
macro_rules! margin {
    () => {
        concat!(
            r"(?i:\bmargins?|\bmark-?up|marge|(?:handels|gewinn|roh|verdienst)spanne|preisaufschlag|\bmargen|\bmargine|\bmargem",
            r"|\bmar(?:ż|z)(?:a|ę|y)|\bnarzut|marginal(?:en)?|\bavance|利益率|粗利率?|利润率|毛利率?|마진)"
        )
    };
}

/// A word of a name, with its capital.
macro_rules! name_word {
    () => {
        concat!(
            r"(?:[A-Z]|\xc3[\x80-\x9e]|[\xc4\xc5][\x80-\xbf]|\xce[\x86-\xab]|\xd0[\x80-\xaf])",
            r"(?:[A-Za-z]|[\xc3-\xc5\xce-\xd1][\x80-\xbf]|['-][A-Z\xc3]|\xe2\x80\x99[A-Z]|-){1,20}"
        )
    };
}

/// Further words of a name, with what joins them.
macro_rules! name_rest {
    () => {
        concat!(
            r"(?:(?: |\xc2\xa0)(?:(?:v[ao]n|de[nrl]?|d[aiou]s?|del?la|d'|l[ae]|bin|al|el|y|e|te[nr]|zu[mr]?|af|av) ){0,3}(?:[A-Z]\.|",
            name_word!(),
            "))"
        )
    };
}

/// A piece of an address: a number, or a word with its capital.
macro_rules! piece {
    () => {
        r"[A-Z0-9\x80-\xff(][A-Za-z0-9\x80-\xff.'/()-]{0,24}"
    };
}

/// A city: up to four words.
macro_rules! city {
    () => {
        r"[A-Z\xc3-\xc5][A-Za-z\x80-\xff'.()-]{1,20}(?:,? (?:d[a-z]{1,3} |l[ae]s? |en |am |an |/ )?[A-Z(\xc3-\xc5][A-Za-z\x80-\xff'.()-]{1,20}){0,3}"
    };
}

/// A line of an address: pieces, with short words in lower case before them.
macro_rules! address_line {
    () => {
        concat!(
            r"(?:(?:[a-z\xc3][a-z\x80-\xbf.]{1,9} |[dl]'){1,2})?",
            piece!(),
            r"(?:(?:[ ]|[ ]?[,/-][ ]?)(?:(?:d[a-z]{0,4}|l[ae]s?|e[nt]?|y|v[ao]n|zu[mr]|[ai][mn]|sur|op|rue) |[dl]')?",
            piece!(),
            "){0,13}"
        )
    };
}

/// Lines that go on with an address: a postcode with its city beside or below it, or a city with its
/// postcode beside or below it. Other lines are other things.
macro_rules! address_more {
    () => {
        concat!(
            r"(?:[ ]?,?\r?\n[ ]{0,4}(?:[0-9]{2,5}(?:[ -]?[0-9]{2,4})?(?: ?[A-Z]{2}\b)?(?:[ ,]{1,2}",
            city!(),
            r"|\r?\n",
            city!(),
            ")|",
            city!(),
            r"(?:,? (?:[A-Z]{2} )?|\r?\n|\r?\n",
            city!(),
            r"\r?\n)(?:[0-9]{3,5}(?:[ -][0-9]{2,4})?(?: [A-Z]{2})?|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})\b)){0,2}"
        )
    };
}

pub(crate) const RULES: &[Rule] = &[
    rule(
        "trade.gtin",
        Entity::Gtin,
        Confidence::High,
        concat!(
            r"(?i)(?:\b(?:ean|gtin|upc|isbn|jan)(?:[- ]?(?:8|12|13|14)\b|-[ae]\b)?(?:[- ]?(?:code|nr|no|number|nummer))?|bar-?code|strichcode",
            r"|codes?[- ]barres?|c(?:ó|o)digo de barras|codice a barre|streckkod|stregkode|strekkode|kod kreskowy|штрихкод|バーコード|条形码|条码)",
            r#"(?:["' \t:=.#-]|：|は){0,4}(?:is |ist |est |es |è |é )?([0-9](?:[ -]?[0-9]){7,13})\b"#
        ),
        110,
        gtin::is_valid,
    ),
    rule(
        "trade.sku",
        Entity::Sku,
        Confidence::Medium,
        concat!(
            r"(?i)(?:\bskus?|\bart(?:ikel|icle)?\.?[ -]?(?:nr|no|num|number|nummer|n°|nº)\b|\bart\.|\bitem[ -]?(?:no|number|code|nr|#)",
            r"|\bproduct[ -]?(?:code|no|number|nr)|\bpart[ -]?(?:no|number)|\bmpn|r(?:é|e)f(?:é|e)rence(?: (?:de l'article|produit|article))?",
            r"|referencia(?: del? (?:producto|art(?:í|i)culo))?|codice (?:articolo|prodotto)|c(?:ó|o)digo d[eo] (?:art(?:í|i)culo|producto|produto|artigo)",
            r"|artikelcode|varenummer|varenr|numer (?:artykułu|katalogowy)|kod produktu|артикул|品番|商品コード|商品番号|货号)",
            r#"(?:["' \t:=.#]|：|は|\xc2\xa0){1,4}(?:is |ist |est |es |è |é )?"#,
            r"([A-Za-z0-9](?:[A-Za-z0-9._/+#-]{0,38}[A-Za-z0-9])?)"
        ),
        120,
        label::is_sku,
    ),
    rule(
        "trade.coupon",
        Entity::Coupon,
        Confidence::Medium,
        concat!(
            r"(?i)(?:(?:(?:coupon|voucher|promo(?:tion(?:al)?)?|discount|gift ?card|referral)[ -]?codes?|\bcoupon|\bvoucher|gutschein(?:code|nummer)?",
            r"|rabatt?(?:code|kode|koden)|rabattkod|aktionscode|codes? (?:promo(?:tionnel)?|de r(?:é|e)duction|cadeau|avantage)",
            r"|codice (?:sconto|promo(?:zionale)?|coupon)|cup(?:ó|o)n|cupom|c(?:ó|o)digo (?:promocional|de descuento|de desconto|de cup(?:ó|o)n)",
            r"|kortings(?:code|bon)|kod (?:rabatowy|promocyjny)|kupon|\b(?:use|using|with|enter|apply|the|mit dem|avec le|con el|met de) code|промокод)",
            r#"(?:[ \t:="'#]|\xc2[\xa0\xab]|\xe2\x80[\x9c-\x9e]){1,4}(?:is |ist |est |es |è |é )?|(?:クーポン(?:コード)?|优惠码|优惠券|쿠폰)(?:[ :]|：|は){0,2})"#,
            r"([A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9])?)"
        ),
        110,
        label::is_coupon,
    ),
    rule(
        "trade.order_key",
        Entity::OrderNumber,
        Confidence::High,
        r"\bwc_order_[A-Za-z0-9]{8,40}\b",
        55,
        any,
    ),
    rule(
        "trade.order_number",
        Entity::OrderNumber,
        Confidence::Medium,
        concat!(
            r"(?i)(?:\border[ -]?(?:number|numbers|no|nr|id|ref(?:erence)?|num|key)\b|ord(?:er|re)[ -]?(?:nummer|nr\b)|bestell(?:ung)?s?[ -]?(?:nummer|nr\b)|bestellung (?:nummer|nr\b)",
            r"|bestel(?:ling)?[ -]?(?:nummer|nr\b)|auftrags?[ -]?(?:nummer|nr\b)|commande (?:n(?:°|º|o\b)|num(?:é|e)ro)|num(?:é|e)ro de (?:la )?commande",
            r"|pedido n(?:ú|u)mero|pedido n\.?(?:º|°|o\b)|n(?:ú|u)mero d[eo] pedido|ordine (?:numero|n\.?(?:°|º)?)|numero (?:dell'|d'|di )ordine",
            r"|zam(?:ó|o)wieni[ea] (?:nr|numer)|numer zam(?:ó|o)wienia|номер заказа|заказа? №|tilausnumero|注文番号|订单号|订单编号|주문번호|invoice (?:no|number|nr)|rechnungs?[ -]?(?:nummer|nr\b))",
            r#"(?:[ \t:=."']|\xc2\xa0|：|は|№){0,4}(?:is |ist |est |es |è |é )?(#?[A-Za-z0-9](?:[A-Za-z0-9_-]{0,34}[A-Za-z0-9])?)"#
        ),
        110,
        label::is_order_number,
    ),
    rule(
        "trade.order_bare",
        Entity::OrderNumber,
        Confidence::Medium,
        concat!(
            r"(?i)\b(?:orders?|bestellung(?:en)?|commandes?|pedidos?|ordin[ei]|bestelling|zam(?:ó|o)wieni[ea]|best(?:ä|a)llning(?:en)?|ordre|auftrag|tilaus)",
            r"(?: |\xc2\xa0){1,2}(# ?[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?|[0-9]{5,12}\b|[a-z]{2,5}-[0-9]{2,10}(?:-[0-9]{1,10})?)\b"
        ),
        70,
        label::is_order_number,
    ),
    rule(
        "trade.order_marketplace",
        Entity::OrderNumber,
        Confidence::Medium,
        r"\b[0-9]{3}-[0-9]{7}-[0-9]{7}\b",
        19,
        any,
    ),
    // Money.
    rule(
        "trade.price_before",
        Entity::Price,
        Confidence::Medium,
        concat!(r"(?:^|\x00|[^A-Za-z0-9_$])(", before!(), space!(), "{0,2}-?", number!(), scale!(), ")"),
        70,
        money::is_amount,
    ),
    rule(
        "trade.price_dollar",
        Entity::Price,
        Confidence::Medium,
        // One digit after `$` is a place in a pattern or a query more often than a price.
        concat!(
            r"(?:^|\x00|[^A-Za-z0-9_$\\.])(-?\$ ?(?:[0-9]{1,3}(?:[.,][0-9]{2,3}){1,5}|[0-9]{2,9}(?:\.[0-9]{1,2})?|[0-9]\.[0-9])\b",
            scale!(),
            ")"
        ),
        60,
        money::is_amount,
    ),
    rule(
        "trade.price_dollar_digit",
        Entity::Price,
        Confidence::Low,
        r"(?:^|\x00|[\s>(])(\$ ?[3-9])\b",
        4,
        any,
    ),
    rule(
        "trade.price_after",
        Entity::Price,
        Confidence::Medium,
        concat!(r"(?:^|\x00|[^\w.,#])(-?", number!(), scale!(), space!(), "{0,2}", after!(), ")"),
        110,
        money::is_amount_before,
    ),
    rule(
        "trade.price_label",
        Entity::Price,
        Confidence::Medium,
        concat!(
            r"(?i)\b(?:price|preis|prix|precio|prezzo|pre(?:ç|c)o|prijs|cena|pris|msrp|rrp|uvp|subtotal|total(?: amount)?|gesamtsumme|summe)",
            r"(?:[ :=]|\xc2\xa0|is |ist |est |es |è |é ){1,4}([0-9]{1,3}(?:[., ][0-9]{3}){0,4}[.,][0-9]{2}|[0-9]{1,9}[.,][0-9]{2})\b"
        ),
        70,
        money::is_amount,
    ),
    rule(
        "trade.cost",
        Entity::Cost,
        Confidence::Medium,
        concat!(
            r"(?i:\b(?:purchase|unit|product|landed|manufacturing|production|acquisition|supplier|sourcing|our) costs?\b|\bcost (?:price|of goods(?: sold)?|per (?:unit|item|piece))\b|\bcogs\b",
            r"|\b(?:purchase|buying|wholesale|supplier|dealer|trade|factory|net purchase) prices?\b|\bwholesale\b|\b(?:it )?costs us\b|\bwe (?:pay|paid)\b",
            r"|einkaufspreis\w{0,2}|\bek(?:-preis)?\b|selbstkosten\w{0,6}|einstandspreis|gro(?:ß|ss)handelspreis|h(?:ä|ae)ndlerpreis|wareneinsatz|herstellungskosten|bezugspreis",
            r"|prix d(?:'|’)achat|prix de revient|prix de gros|prix co(?:û|u)tant|co(?:û|u)t d(?:'|’)achat|co(?:û|u)t de revient",
            r"|precio de (?:compra|cost[eo]|mayorista)|precio mayorista|\bcoste (?:de compra|unitario)|\bcosto (?:de compra|unitario|d'acquisto)|nuestro cost[eo]",
            r"|prezzo d(?:'|’)acquisto|prezzo di (?:acquisto|costo)|prezzo all(?:'|’)ingrosso|\bil nostro costo|pre(?:ç|c)o de (?:custo|compra|atacado)|custo unit(?:á|a)rio",
            r"|inkoopprijs|inkoopwaarde|kostprijs|groothandelsprijs|cen(?:a|ę|y) (?:zakupu|hurtow[aej])|koszt(?:y)? (?:zakupu|własny)|ink(?:ö|o)pspris\w{0,2}|sj(?:ä|a)lvkostnad\w{0,5}",
            r"|indk(?:ø|o)bspris\w{0,2}|innkj(?:ø|o)pspris\w{0,2}|kostpris\w{0,2}|ostohinta|nákupní cen[ay]|закупочная цена|себестоимость|仕入れ?(?:価格|値)|原価|进价|进货价|成本价?|매입가|원가)",
            r"[^\r\n0-9%;{}<>.$]{0,32}?((?:(?:",
            before!(),
            r"|\$)",
            space!(),
            "{0,2})?",
            number!(),
            scale!(),
            "(?:",
            space!(),
            "{0,2}",
            after!(),
            ")?)"
        ),
        220,
        money::is_amount,
    ),
    rule(
        "trade.margin",
        Entity::Cost,
        Confidence::Medium,
        concat!(
            margin!(),
            r"[^\r\n0-9:;=%{}<>()]{0,30}?([0-9]{1,3}(?:[.,][0-9]{1,3})?",
            space!(),
            r"?(?:%|percent\b|prozent\b))"
        ),
        70,
        money::is_amount,
    ),
    rule(
        "trade.margin_label",
        Entity::Cost,
        Confidence::Medium,
        // A style sheet says `margin: 5%;`: after a colon the line must end, or the sentence.
        concat!(
            margin!(),
            "[ ]?[:=][ ]{1,2}([0-9]{1,3}(?:[.,][0-9]{1,3})?",
            space!(),
            r"?%)(?:$|\x00|[\r\n.,)])"
        ),
        40,
        money::is_amount,
    ),
    // People.
    rule(
        "trade.person_title",
        Entity::Person,
        Confidence::Medium,
        concat!(
            r"\b(?:Mrs?\.?|Ms\.?|Mx\.?|Herrn?|Frau|Mme\.?|Mlle\.?|Monsieur|Madame|Sra?\.|Señora?|Signora?|Sig\.(?:ra)?|Dhr\.?|Mevr\.?|Mevrouw|Meneer|Pani|Fru)(?: |\xc2\xa0)(?:(?:Dr|Prof|Ing)\.? ){0,2}((?:[A-Z]\. ?){0,2}",
            name_word!(),
            name_rest!(),
            "{0,3})"
        ),
        420,
        label::is_name,
    ),
    rule(
        "trade.person_doctor",
        Entity::Person,
        Confidence::Low,
        concat!(r"\b(?:Dr|Prof|Dott|Dra)\.? (", name_word!(), name_rest!(), "{1,3})"),
        400,
        label::is_full_name,
    ),
    rule(
        "trade.person_greeting",
        Entity::Person,
        Confidence::Medium,
        concat!(
            r"\b(?:Dear|Hi|Hello|Liebe[rs]?|Hallo|Ch(?:er|ère)|Bonjour|Hola|Estimad[oa]|Querid[oa]|Ciao|Gentile|Geachte|Hej|Kære|Szanown[ya]|Drog[ia]|Prezad[oa]|Olá|Sehr geehrte[rs]?(?: Frau| Herr)?)(?: |\xc2\xa0)(",
            name_word!(),
            name_rest!(),
            r"{0,3})[ ]?(?:[,!]|\r?\n)"
        ),
        420,
        label::is_name,
    ),
    rule(
        "trade.person_introduction",
        Entity::Person,
        Confidence::Medium,
        concat!(
            r"(?:(?i:my name is|mein name ist|ich hei(?:ß|ss)e|je m(?:'|’)appelle|mon nom est|me llamo|mi nombre es|mi chiamo|il mio nome (?:è|é|e)|o?(?: )?meu nome (?:é|e)|me chamo|chamo-me",
            r"|mijn naam is|ik heet|nazywam si(?:ę|e)|mam na imi(?:ę|e)|jag heter|mitt namn (?:är|ar|er)|jeg he(?:dd|t)er|mit navn er|nimeni on|signed by|ordered by|bought by|sold to|unterzeichnet von|gezeichnet)|(?:М|м)еня зовут)[ :]{1,2}(",
            name_word!(),
            name_rest!(),
            "{0,3})"
        ),
        410,
        label::is_name,
    ),
    rule(
        "trade.person_signature",
        Entity::Person,
        Confidence::Medium,
        concat!(
            r"(?i:(?:best|kind|warm) (?:regards|wishes)|yours? (?:sincerely|faithfully|truly)|sincerely|(?:mit )?(?:freundliche[nm]?|viele[nm]?|beste[nm]?|liebe[nm]?) gr(?:ü|u)(?:ß|ss)en?|cordialement|bien (?:à|a) vous|un saludo|saludos(?: cordiales)?|cordiali saluti|distinti saluti|atenciosamente|met vriendelijke groet(?:en)?|pozdrawiam|z powa(?:ż|z)aniem|v(?:ä|a)nliga? h(?:ä|a)lsning(?:ar)?|med venlig hilsen)[,.!]?[ ]?\r?\n[ ]{0,4}(",
            name_word!(),
            name_rest!(),
            "{0,3})"
        ),
        430,
        label::is_name,
    ),
    rule(
        "trade.person_role",
        Entity::Person,
        Confidence::Medium,
        concat!(
            r"\b(?:[Cc]ustomer|[Cc]lient[ea]?|[Cc]lienta|[Kk]und(?:e|in|en)|[Kk]lant|[Kk]lient(?:ka)?|[Kk]under?|[Bb]uyer|[Kk](?:ä|ae)ufer(?:in)?|[Ee]mpf(?:ä|ae)nger(?:in)?|[Bb]esteller(?:in)?|[Aa]cheteu(?:r|se)|[Cc]omprador[ae]?|[Aa]cquirente|[Aa]siakas|[Rr]ecipient)(?: |\xc2\xa0)(",
            name_word!(),
            name_rest!(),
            "{1,3})"
        ),
        410,
        label::is_full_name,
    ),
    rule(
        "trade.person_label",
        Entity::Person,
        Confidence::Medium,
        concat!(
            r"(?:(?i:\b(?:customer|client|contact|full|billing|shipping|recipient|buyer|cardholder|account holder|reviewer|guest|payer)(?:'s)?[ _]?name|\bkundenname|\bvor-? ?und (?:nach|zu)name|\bkontoinhaber(?:in)?|\bansprechpartner(?:in)?|\bnom (?:complet|du client)|\bnombre (?:completo|del cliente)|\bnome (?:completo|del? cliente)|\bnaam klant|\bklantnaam|imi(?:ę|e) i nazwisko|\bkundnamn|\bcontact person|\battn\.?|\bz\.? ?hd\.?)",
            r"|(?:^|\x00|[\r\n>|;][ ]{0,3})(?i:name|customer|client|buyer|recipient|kund(?:e|in)|empf(?:ä|ae)nger|nom|nombre|nome|cliente|destinatario|destinataire|naam|klant|ontvanger|klient|odbiorca|namn|kund|navn|имя))",
            r#"["' ]{0,2}[:=][ "']{0,3}("#,
            name_word!(),
            name_rest!(),
            "{1,3})"
        ),
        420,
        label::is_full_name,
    ),
    rule(
        "trade.person_cjk",
        Entity::Person,
        Confidence::Medium,
        concat!(
            r"(?:お客様の|顧客の?|(?:お?名前|氏名|姓名|客户|收件人|宛名)(?:は|[ :]|：){1,2})",
            r"((?:[\xe3-\xe9][\x80-\xbf]{2}| ){2,8}?)(?:様|さん|さま|先生|女士|です|[\r\n,]|\x00|、|。|，|$)"
        ),
        80,
        any,
    ),
    // Places.
    rule(
        "trade.address_label",
        Entity::Address,
        Confidence::Medium,
        concat!(
            r"(?:(?i:\b(?:(?:delivery|shipping|billing|postal|home|mailing|street|invoice|return|customer) )?address|\b(?:liefer|rechnungs|versand|post|kunden)?(?:adresse|anschrift)|\badresse de (?:livraison|facturation)|\bdirecci(?:ó|o)n(?: de (?:env(?:í|i)o|entrega|facturaci(?:ó|o)n))?|\bindirizzo(?: di (?:spedizione|consegna|fatturazione))?|\bendere(?:ç|c)o(?: de (?:entrega|envio|cobran(?:ç|c)a))?",
            r"|\b(?:bezorg|aflever|factuur|verzend|post)?adres(?: (?:dostawy|wysyłki|zamieszkania))?|\b(?:leverans|faktura|post)?adress|\bleveringsadresse|toimitusosoite|адрес(?: доставки)?)[ ]?[:=]|(?i:address is|adresse (?:ist|lautet|est)|direcci(?:ó|o)n es|indirizzo (?:è|é)))[ ]{0,2}(?:\r?\n)?(",
            address_line!(),
            address_more!(),
            ")"
        ),
        1000,
        label::is_address,
    ),
    rule(
        "trade.address_sent",
        Entity::Address,
        Confidence::Medium,
        concat!(
            r"(?i:\b(?:ship|send|deliver|dispatch|post|mail)(?:ped|ed|t)?(?: it| this| them| the \w{3,9}| my \w{3,9})? to|\bliefern sie (?:bitte |es )?an|\b(?:geliefert|verschickt|gesendet|schicken sie (?:es|das)?) ?(?:an|nach)|\b(?:livrez|envoyez|exp(?:é|e)di(?:é|e)) (?:à|au)|\b(?:env(?:í|i)en?|enviar)(?:lo)? a|\bspedi(?:te|re) a|\b(?:i live|ich wohne|j(?:'|’)habite|vivo|abito|moro|ik woon|mieszkam|jag bor)(?: at| in| au| en| a| em| op| na| przy| på)?)[ :]{1,2}(",
            address_line!(),
            address_more!(),
            ")"
        ),
        1000,
        label::is_full_address,
    ),
    rule(
        "trade.address_cjk",
        Entity::Address,
        Confidence::Medium,
        r"(?:お届け先|配送先|送り先|住所|收货地址|送货地址|地址|배송지|주소)(?:住所)?(?:は|[ :]|：){1,2}([^\r\n]{6,200})",
        250,
        label::is_address,
    ),
    rule(
        "trade.address_street_en",
        Entity::Address,
        Confidence::Medium,
        concat!(
            r"\b[0-9]{1,5}[A-Za-z]? (?:[NSEW]\.? )?(?:[A-Z][A-Za-z'.-]{1,20} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Boulevard|Blvd|Court|Square|Terrace|Crescent|Gardens|Parkway|Pkwy|Highway|Mews)\b\.?",
            r"(?:,? (?:Apt|Suite|Ste|Unit|Flat|#)\.? ?[A-Za-z0-9-]{1,6})?(?:[, \n]{1,2}[A-Z][a-z][A-Za-z'-]{0,19}(?: [A-Z][a-z][A-Za-z'-]{0,19}){0,2})?",
            r"(?:[, \n]{1,2}(?:[A-Z]{2} [0-9]{5}(?:-[0-9]{4})?|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})\b)?"
        ),
        260,
        label::is_address,
    ),
    rule(
        "trade.address_street_compound",
        Entity::Address,
        Confidence::Medium,
        concat!(
            r"(?:\b[A-Z]|\xc3[\x80-\x9e])(?:[a-z-]|[\xc3-\xc5][\x80-\xbf]|-[A-Z]){1,28}",
            r"(?:(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|[Gg]asse|[Aa]llee|weg|-Platz|-Ring|straat|laan|gracht|plein|dreef|singel|gatan|v(?:ä|a)gen|gade|vej|veien|gata)|(?: (?:Weg|Platz|Ring|Damm|Ufer)))",
            r" [0-9]{1,4}(?: ?[a-hA-H]\b)?(?:[-/][0-9]{1,4}[a-z]?)?\b",
            r"(?:[, \n]{1,3}(?:(?:[A-Z]{1,2}-)?[0-9]{4,5}(?: ?[A-Z]{2}\b)?|[0-9]{3} ?[0-9]{2})[, \n]{1,2}[A-Z\xc3][A-Za-z\x80-\xff-]{1,25}(?: [A-Z][A-Za-z\x80-\xff-]{1,20})?)?"
        ),
        260,
        label::is_address,
    ),
    rule(
        "trade.address_street_fr",
        Entity::Address,
        Confidence::Medium,
        concat!(
            r"(?i:\b[0-9]{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd\.?|chemin|all(?:é|e)e|impasse|place|quai|route|cours))",
            r"(?: (?:(?:de la|de l'|des|du|de|la|le|les) |d'|l'|de l')?[A-Z\xc3][A-Za-z\x80-\xff'-]{1,25}){1,4}",
            r"(?:[, \n]{1,3}[0-9]{5} [A-Z\xc3][A-Za-z\x80-\xff'-]{1,30}(?: [A-Z][A-Za-z\x80-\xff'-]{1,20})?)?"
        ),
        300,
        label::is_address,
    ),
    rule(
        "trade.address_street_south",
        Entity::Address,
        Confidence::Medium,
        concat!(
            r"\b(?:Calle|C/|Avenida|Avda\.?|Paseo|Plaza|Carrer|Ronda|Via|Viale|Piazza|Corso|Vicolo|Strada|Rua|R\.|Travessa|Alameda|Pra(?:ç|c)a|Estrada|[Uu]l\.|[Uu]lica|[Aa]l\.|Aleja)",
            r"(?: (?:(?:de la|de los|del|de|della|dei|degli|di|da|do|dos|das) )?[A-Z\xc3-\xc5][A-Za-z\x80-\xff'-]{1,25}){1,4},? (?:n\.?(?:º|°)? ?)?[0-9]{1,5}(?:/[0-9]{1,4})?\b",
            r"(?:[, \n]{1,3}(?:[0-9]{2}-[0-9]{3}|[0-9]{5}(?:-[0-9]{3})?|[0-9]{4}-[0-9]{3})[, \n]{1,2}[A-Z\xc3-\xc5][A-Za-z\x80-\xff'-]{1,25}(?: [A-Z][A-Za-z\x80-\xff'-]{1,20})?)?"
        ),
        300,
        label::is_address,
    ),
    rule(
        "trade.address_us_city",
        Entity::Address,
        Confidence::Medium,
        r"\b[A-Z][A-Za-z.'-]{2,20}(?: [A-Z][A-Za-z.'-]{2,20}){0,2}, (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]) [0-9]{5}(?:-[0-9]{4})?\b",
        90,
        any,
    ),
];
