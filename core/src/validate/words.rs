//! Words that are no names, and words too common to be looked for.
//!
//! It must not know who asks.

/// Whether `word` (ASCII lower case) is a word of forms and shops, never someone's name.
pub(crate) fn is_form_word(word: &[u8]) -> bool {
    holds(FORM, word)
}

/// Whether `word` (ASCII lower case) stands in everyday text so often that finding it says nothing.
pub(crate) fn is_common(word: &[u8]) -> bool {
    holds(COMMON, word)
}

fn holds(list: &[&str], word: &[u8]) -> bool {
    list.binary_search_by(|entry| entry.as_bytes().cmp(word)).is_ok()
}

/// Sorted by bytes.
#[rustfmt::skip]
const FORM: &[&str] = &[
    "account", "address", "admin", "administrator", "adresse", "amount", "an", "and", "anfrage", "angaben",
    "anmerkung", "anonymous", "anrede", "any", "anzahl", "apellido", "api", "app", "article", "articles",
    "artikel", "attribute", "attributes", "author", "available", "benutzer", "bestelling", "bestellung",
    "bestellungen", "beställning", "betreff", "billing", "blog", "body", "brand", "button", "buyer",
    "cart", "category", "change", "check", "checkout", "city", "client", "cliente", "clients", "code",
    "cognome", "color", "commande", "comment", "company", "contact", "content", "copy", "cost", "count",
    "country", "coupon", "create", "created", "currency", "customer", "customers", "das", "data", "date",
    "daten", "day", "dear", "default", "delete", "delivery", "dem", "den", "der", "description", "detail",
    "details", "die", "discount", "display", "download", "dr", "edit", "email", "empty", "enter", "envio",
    "error", "example", "export", "failed", "false", "field", "file", "filter", "first", "form", "frau",
    "free", "friend", "from", "group", "guest", "has", "hat", "header", "hello", "help", "herr", "hi",
    "home", "id", "image", "imie", "import", "in", "inconnu", "info", "information", "invoice", "is", "ist",
    "item", "items", "key", "klant", "klient", "kontakt", "konto", "kund", "kunde", "kunden", "kundenkonto",
    "kundennummer", "kunder", "kundin", "label", "language", "last", "lieferung", "line", "link", "list",
    "livraison", "log", "login", "madam", "madame", "mail", "manager", "member", "message", "meta",
    "method", "miss", "mme", "model", "monsieur", "month", "more", "mr", "mrs", "ms", "na", "naam",
    "nachname", "nachricht", "name", "nazwisko", "new", "next", "nicht", "no", "nom", "nombre", "none",
    "not", "note", "notes", "null", "number", "nummer", "oder", "of", "off", "on", "option", "options",
    "or", "order", "orders", "ordine", "our", "overview", "page", "password", "payment", "pedido",
    "pending", "person", "phone", "please", "plugin", "post", "prenom", "preview", "previous", "price",
    "privacy", "prodotto", "product", "producto", "products", "produit", "produkt", "profile", "public",
    "quantity", "query", "rechnung", "recipient", "reference", "refund", "regular", "report", "request",
    "required", "reset", "result", "return", "review", "role", "sale", "save", "search", "sender",
    "service", "session", "settings", "señor", "señora", "shipping", "shop", "signor", "signora", "sir",
    "site", "sku", "slug", "sold", "staff", "state", "status", "stock", "store", "street", "string",
    "subject", "submit", "subscriber", "subscription", "success", "summary", "support", "system", "table",
    "tag", "tags", "tax", "team", "term", "test", "text", "thank", "thanks", "the", "theme", "this",
    "title", "to", "token", "total", "tracking", "true", "type", "unbekannt", "und", "undefined", "unknown",
    "update", "upload", "url", "user", "username", "users", "usuario", "utente", "utilisateur", "value",
    "values", "vat", "versand", "version", "view", "visitor", "vorname", "was", "website", "welcome",
    "will", "wird", "with", "world", "year", "yes", "you", "your", "zahlung", "zamowienie", "zip", "zu",
];

/// Sorted by bytes; holds [`FORM`] too.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "about", "abril", "account", "address", "admin", "administrator", "adresse", "after", "again", "agosto",
    "all", "also", "alt", "always", "amarillo", "amount", "an", "and", "anfrage", "angaben", "anmerkung",
    "anonymous", "anrede", "any", "anzahl", "aout", "apellido", "api", "app", "april", "aprile", "article",
    "articles", "artikel", "assistant", "attribute", "attributes", "august", "austria", "author", "autumn",
    "available", "avril", "azul", "bacs", "bad", "beige", "belgium", "benutzer", "berlin", "best",
    "bestelling", "bestellung", "bestellungen", "beställning", "betreff", "bianco", "big", "billing",
    "black", "blanc", "blanco", "blau", "bleu", "blog", "blue", "body", "book", "bool", "born", "brand",
    "braun", "brazil", "bronze", "brown", "business", "button", "buyer", "canada", "canceled", "cancelled",
    "card", "cart", "category", "change", "chase", "cheap", "check", "checkout", "chef", "cheque", "china",
    "city", "click", "client", "cliente", "clients", "cod", "code", "cognome", "cold", "color", "com",
    "commande", "comment", "company", "complete", "completed", "contact", "content", "cool", "copper",
    "copy", "cost", "count", "country", "coupon", "create", "created", "currency", "customer", "customers",
    "cyan", "dark", "das", "data", "date", "daten", "day", "dear", "december", "deep", "default", "delete",
    "delivery", "dem", "den", "denmark", "der", "description", "detail", "details", "deutschland",
    "developer", "dezember", "die", "dienstag", "discount", "display", "donnerstag", "download",
    "downloadable", "dr", "draft", "east", "easy", "edit", "email", "empty", "enero", "england", "enter",
    "envio", "error", "europe", "every", "example", "export", "external", "failed", "fall", "false", "fast",
    "febbraio", "febrero", "februar", "february", "feel", "fevrier", "field", "file", "filter", "find",
    "fine", "finland", "first", "five", "flat_rate", "float", "forest", "form", "four", "france",
    "frankreich", "frau", "free", "freitag", "friday", "friend", "from", "full", "function", "gelb",
    "gennaio", "germany", "gestern", "gift", "giugno", "gold", "golden", "good", "grace", "grau", "gray",
    "great", "greece", "green", "grey", "gris", "group", "grouped", "groß", "grün", "guest", "gut",
    "hand", "happy", "hard", "has", "hat", "have", "header", "heart", "hello", "help", "herr", "heute",
    "hi", "hold", "home", "hope", "house", "html", "http", "https", "hunter", "id", "image", "imie",
    "import", "in", "inconnu", "india", "info", "information", "instock", "int", "invoice", "ireland", "is",
    "ist", "italien", "italy", "item", "items", "januar", "january", "janvier", "japan", "jaune", "joy",
    "json", "juillet", "juin", "juli", "julio", "july", "june", "juni", "junio", "key", "king", "klant",
    "klein", "klient", "know", "kontakt", "konto", "kund", "kunde", "kunden", "kundenkonto", "kundennummer",
    "kunder", "kundin", "label", "language", "large", "last", "late", "leather", "left", "lieferung",
    "light", "like", "line", "link", "list", "live", "livraison", "log", "login", "london", "long", "look",
    "love", "low", "luglio", "madam", "madame", "made", "maggio", "mai", "mail", "make", "man", "manager",
    "many", "march", "mark", "mars", "marzo", "mason", "max", "may", "mayo", "medium", "member", "message",
    "meta", "method", "mexico", "middle", "mind", "mini", "miss", "mittwoch", "mme", "model", "monday",
    "money", "monsieur", "montag", "month", "more", "morgen", "most", "mr", "mrs", "ms", "much", "märz",
    "na", "naam", "nachname", "nachricht", "name", "navy", "nazwisko", "need", "negro", "nero", "net",
    "netherlands", "neu", "never", "new", "next", "nice", "nicht", "night", "no", "noir", "nom", "nombre",
    "none", "north", "norway", "not", "note", "notes", "november", "now", "null", "number", "nummer",
    "october", "oder", "of", "off", "oktober", "old", "olive", "on", "on-hold", "onbackorder", "one",
    "onhold", "open", "option", "options", "or", "orange", "order", "orders", "ordine", "org", "other",
    "our", "out", "outofstock", "overview", "own", "page", "paris", "part", "password", "paste", "payment",
    "paypal", "pearl", "pedido", "pending", "person", "phone", "pink", "please", "plugin", "plus", "poland",
    "portugal", "post", "prenom", "preview", "previous", "price", "privacy", "private", "pro", "processing",
    "prodotto", "product", "producto", "products", "produit", "produkt", "profile", "public", "publish",
    "published", "purple", "quality", "quantity", "queen", "query", "quick", "ready", "real", "rechnung",
    "recipient", "red", "reference", "refund", "refunded", "regular", "report", "request", "required",
    "reset", "rest", "result", "return", "review", "rich", "right", "river", "rojo", "role", "rose",
    "rosso", "rot", "rouge", "ruby", "russia", "sage", "said", "sale", "same", "samstag", "saturday",
    "save", "school", "schwarz", "schweiz", "scotland", "search", "second", "send", "sender", "september",
    "service", "session", "set", "settings", "seven", "señor", "señora", "shipping", "shop", "short",
    "side", "signor", "signora", "silber", "silver", "simple", "single", "sir", "site", "six", "sku", "sky",
    "slim", "slug", "small", "smart", "snow", "sold", "some", "sonntag", "soon", "south", "spain",
    "spanien", "special", "spring", "staff", "state", "status", "stock", "stone", "store", "str", "street",
    "string", "stripe", "strong", "subject", "submit", "subscriber", "subscription", "success", "summary",
    "summer", "sunday", "super", "support", "sure", "sweden", "switzerland", "system", "table", "tag",
    "tags", "take", "tan", "tax", "taxable", "teal", "team", "ten", "term", "test", "text", "than", "thank",
    "thanks", "that", "the", "them", "theme", "then", "there", "they", "thing", "think", "this", "three",
    "thursday", "time", "title", "to", "today", "token", "tomorrow", "tool", "top", "total", "tracking",
    "trash", "true", "tuesday", "turkey", "turquoise", "two", "type", "ukraine", "unbekannt", "und",
    "undefined", "under", "unknown", "up", "update", "upload", "url", "use", "user", "username", "users",
    "usuario", "utente", "utilisateur", "value", "values", "variable", "vat", "verde", "versand", "version",
    "vert", "very", "view", "violet", "violett", "virtual", "visible", "visitor", "vorname", "want", "warm",
    "was", "water", "way", "website", "wednesday", "weiß", "welcome", "well", "west", "what", "when",
    "where", "which", "white", "who", "why", "will", "winter", "wird", "with", "wood", "wool", "word",
    "work", "world", "would", "www", "year", "yellow", "yes", "yesterday", "you", "young", "your",
    "zahlung", "zamowienie", "zip", "zu", "österreich",
];

#[cfg(test)]
mod tests {
    fn check(word: &str, form: bool, common: bool) {
        assert_eq!((super::is_form_word(word.as_bytes()), super::is_common(word.as_bytes())), (form, common));
    }

    #[test]
    fn lists() {
        check("customer", true, true);
        check("processing", false, true);
        check("march", false, true);
        check("larsen", false, false);
        check("", false, false);
    }

    #[test]
    fn lists_are_sorted() {
        assert!(super::FORM.is_sorted_by(|a, b| a < b));
        assert!(super::COMMON.is_sorted_by(|a, b| a < b));
    }
}
