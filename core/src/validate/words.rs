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
    "account", "acquisition", "address", "admin", "administrator", "adres", "adresse", "again", "agent",
    "amount", "an", "and", "anfrage", "angaben", "anmerkung", "anonymous", "anrede", "anschrift", "any",
    "anzahl", "apartment", "apellido", "api", "app", "area", "array", "article", "articles", "artikel",
    "attribute", "attributes", "author", "authorization", "available", "bar", "basic", "basket", "bearer",
    "benutzer", "bestelling", "bestellingen", "bestellung", "bestellungen", "beställning", "betreff",
    "bewertungen", "billing", "bitte", "block", "blog", "body", "boolean", "box", "brand", "bundle",
    "button", "buyer", "cantidad", "carrello", "carrito", "cart", "category", "cena", "change", "check",
    "checkout", "choose", "citta", "city", "ciudad", "client", "cliente", "clientes", "clienti", "clients",
    "code", "cognome", "collection", "collections", "color", "commande", "commandes", "comment", "company",
    "complaints", "compte", "conditions", "confirm", "confirmation", "contact", "content", "contrasena",
    "copy", "correo", "cost", "count", "country", "county", "coupon", "create", "created", "credential",
    "credentials", "cuenta", "currency", "current", "customer", "customers", "danke", "das", "data", "date",
    "daten", "day", "dear", "default", "dein", "delete", "delivery", "dem", "den", "der", "description",
    "detail", "details", "die", "direccion", "discount", "display", "download", "dr", "edit", "edition",
    "email", "empty", "engagement", "enter", "envio", "erfolgreich", "error", "example", "experience",
    "export", "facturation", "failed", "false", "family", "favorites", "feedback", "fehler", "field",
    "file", "filter", "firma", "first", "foo", "footer", "forgot", "forgotten", "form", "frau", "free",
    "friend", "from", "full", "given", "group", "guest", "has", "haslo", "hat", "hausnummer", "header",
    "hello", "help", "herr", "hi", "hidden", "hinweis", "home", "house", "id", "ihr", "ihre", "image",
    "imie", "import", "in", "inconnu", "indirizzo", "info", "information", "input", "insights", "integer",
    "invoice", "ipsum", "is", "issue", "issues", "ist", "item", "items", "journey", "kasse", "kennwort",
    "key", "kit", "klant", "klient", "kontakt", "konto", "kund", "kunde", "kunden", "kundenbewertung",
    "kundendaten", "kundendienst", "kundengruppe", "kundenkonto", "kundennummer", "kundenservice", "kunder",
    "kundin", "label", "land", "language", "last", "lieferung", "lifetime", "line", "link", "list",
    "livraison", "location", "log", "login", "lorem", "loyalty", "machine", "madam", "madame", "mail",
    "management", "manager", "mein", "member", "message", "meta", "method", "middle", "miss", "mme",
    "model", "monsieur", "month", "more", "mot", "mr", "mrs", "ms", "na", "naam", "nachname", "nachricht",
    "name", "nazwisko", "new", "next", "nicht", "nickname", "no", "nom", "nombre", "none", "not", "note",
    "notes", "null", "number", "nummer", "object", "oder", "of", "off", "old", "on", "option", "optional",
    "options", "or", "order", "orders", "ordine", "ordini", "ort", "our", "output", "overview", "pack",
    "page", "pais", "panier", "passe", "password", "passwort", "payment", "payments", "pays", "pedido",
    "pedidos", "pending", "person", "phone", "place", "placeholder", "platform", "please", "plugin", "plz",
    "policy", "portal", "post", "postal", "postcode", "postleitzahl", "precio", "prenom", "preview",
    "previous", "prezzo", "price", "prijs", "privacy", "prix", "prodotti", "prodotto", "product",
    "producten", "producto", "productos", "products", "produit", "produits", "produkt", "profile",
    "protection", "province", "public", "purchase", "purchases", "quantite", "quantity", "queries", "query",
    "question", "questions", "rechnung", "recipient", "reference", "refund", "refunds", "region", "regular",
    "relationship", "repeat", "report", "request", "requests", "required", "reset", "response", "result",
    "retention", "return", "returns", "retype", "review", "road", "role", "rue", "sale", "sample",
    "satisfaction", "save", "search", "second", "secret", "section", "segmentation", "seite", "select",
    "sender", "series", "service", "session", "set", "settings", "señor", "señora", "shipping", "shop",
    "show", "sidebar", "signature", "signor", "signora", "sir", "site", "size", "sku", "slug", "sold",
    "staff", "startseite", "state", "status", "stock", "store", "strasse", "street", "string", "subject",
    "submit", "subscriber", "subscription", "success", "suche", "suite", "summary", "support", "surname",
    "system", "table", "tag", "tags", "tax", "team", "telefon", "telefonnummer", "telefono", "telephone",
    "term", "terms", "test", "testing", "text", "thank", "thanks", "the", "theme", "this", "ticket",
    "tickets", "title", "to", "token", "total", "town", "tracking", "true", "type", "unbekannt", "und",
    "undefined", "unit", "unknown", "update", "upload", "url", "user", "username", "users", "usuario",
    "utente", "utilisateur", "value", "values", "varchar", "vat", "versand", "version", "view", "ville",
    "visitor", "vorname", "warenkorb", "was", "webhook", "website", "widget", "will", "winkelwagen", "wird",
    "wishlist", "with", "world", "year", "yes", "you", "your", "zahlung", "zamowienia", "zamowienie", "zip",
    "zone", "zu",
];

/// Sorted by bytes; holds [`FORM`] too.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "about", "abril", "account", "acquisition", "address", "admin", "administrator", "adres", "adresse",
    "after", "again", "agent", "agosto", "all", "also", "alt", "always", "amarillo", "amount", "an", "and",
    "anfrage", "angaben", "anmerkung", "anonymous", "anrede", "anschrift", "any", "anzahl", "aout",
    "apartment", "apellido", "api", "app", "april", "aprile", "area", "array", "article", "articles",
    "artikel", "assistant", "attribute", "attributes", "august", "austria", "author", "authorization",
    "autumn", "available", "avril", "azul", "bacs", "bad", "bar", "basic", "basket", "bearer", "beige",
    "belgium", "benutzer", "berlin", "best", "bestelling", "bestellingen", "bestellung", "bestellungen",
    "beställning", "betreff", "bewertungen", "bianco", "big", "billing", "bitte", "black", "blanc",
    "blanco", "blau", "bleu", "block", "blog", "blue", "body", "book", "bool", "boolean", "born", "box",
    "brand", "braun", "brazil", "bronze", "brown", "bundle", "business", "button", "buyer", "canada",
    "canceled", "cancelled", "cantidad", "card", "carrello", "carrito", "cart", "category", "cena",
    "change", "chase", "cheap", "check", "checkout", "chef", "cheque", "china", "choose", "citta", "city",
    "ciudad", "click", "client", "cliente", "clientes", "clienti", "clients", "cod", "code", "cognome",
    "cold", "collection", "collections", "color", "com", "commande", "commandes", "comment", "company",
    "complaints", "complete", "completed", "compte", "conditions", "confirm", "confirmation", "contact",
    "content", "contrasena", "cool", "copper", "copy", "correo", "cost", "count", "country", "county",
    "coupon", "create", "created", "credential", "credentials", "cuenta", "currency", "current", "customer",
    "customers", "cyan", "danke", "dark", "das", "data", "date", "daten", "day", "dear", "december", "deep",
    "default", "dein", "delete", "delivery", "dem", "den", "denmark", "der", "description", "detail",
    "details", "deutschland", "developer", "dezember", "die", "dienstag", "direccion", "discount",
    "display", "donnerstag", "download", "downloadable", "dr", "draft", "east", "easy", "edit", "edition",
    "email", "empty", "enero", "engagement", "england", "enter", "envio", "erfolgreich", "error", "europe",
    "every", "example", "experience", "export", "external", "facturation", "failed", "fall", "false",
    "family", "fast", "favorites", "febbraio", "febrero", "februar", "february", "feedback", "feel",
    "fehler", "fevrier", "field", "file", "filter", "find", "fine", "finland", "firma", "first", "five",
    "flat_rate", "float", "foo", "footer", "forest", "forgot", "forgotten", "form", "four", "france",
    "frankreich", "frau", "free", "freitag", "friday", "friend", "from", "full", "function", "gelb",
    "gennaio", "germany", "gestern", "gift", "giugno", "given", "gold", "golden", "good", "grace", "grau",
    "gray", "great", "greece", "green", "grey", "gris", "group", "grouped", "groß", "grün", "guest",
    "gut", "hand", "happy", "hard", "has", "haslo", "hat", "hausnummer", "have", "header", "heart", "hello",
    "help", "herr", "heute", "hi", "hidden", "hinweis", "hold", "home", "hope", "house", "html", "http",
    "https", "hunter", "id", "ihr", "ihre", "image", "imie", "import", "in", "inconnu", "india",
    "indirizzo", "info", "information", "input", "insights", "instock", "int", "integer", "invoice",
    "ipsum", "ireland", "is", "issue", "issues", "ist", "italien", "italy", "item", "items", "januar",
    "january", "janvier", "japan", "jaune", "journey", "joy", "json", "juillet", "juin", "juli", "julio",
    "july", "june", "juni", "junio", "kasse", "kennwort", "key", "king", "kit", "klant", "klein", "klient",
    "know", "kontakt", "konto", "kund", "kunde", "kunden", "kundenbewertung", "kundendaten", "kundendienst",
    "kundengruppe", "kundenkonto", "kundennummer", "kundenservice", "kunder", "kundin", "label", "land",
    "language", "large", "last", "late", "leather", "left", "lieferung", "lifetime", "light", "like",
    "line", "link", "list", "live", "livraison", "location", "log", "login", "london", "long", "look",
    "lorem", "love", "low", "loyalty", "luglio", "machine", "madam", "madame", "made", "maggio", "mai",
    "mail", "make", "man", "management", "manager", "many", "march", "mark", "mars", "marzo", "mason",
    "max", "may", "mayo", "medium", "mein", "member", "message", "meta", "method", "mexico", "middle",
    "mind", "mini", "miss", "mittwoch", "mme", "model", "monday", "money", "monsieur", "montag", "month",
    "more", "morgen", "most", "mot", "mr", "mrs", "ms", "much", "märz", "na", "naam", "nachname",
    "nachricht", "name", "navy", "nazwisko", "need", "negro", "nero", "net", "netherlands", "neu", "never",
    "new", "next", "nice", "nicht", "nickname", "night", "no", "noir", "nom", "nombre", "none", "north",
    "norway", "not", "note", "notes", "november", "now", "null", "number", "nummer", "object", "october",
    "oder", "of", "off", "oktober", "old", "olive", "on", "on-hold", "onbackorder", "one", "onhold", "open",
    "option", "optional", "options", "or", "orange", "order", "orders", "ordine", "ordini", "org", "ort",
    "other", "our", "out", "outofstock", "output", "overview", "own", "pack", "page", "pais", "panier",
    "paris", "part", "passe", "password", "passwort", "paste", "payment", "payments", "paypal", "pays",
    "pearl", "pedido", "pedidos", "pending", "person", "phone", "pink", "place", "placeholder", "platform",
    "please", "plugin", "plus", "plz", "poland", "policy", "portal", "portugal", "post", "postal",
    "postcode", "postleitzahl", "precio", "prenom", "preview", "previous", "prezzo", "price", "prijs",
    "privacy", "private", "prix", "pro", "processing", "prodotti", "prodotto", "product", "producten",
    "producto", "productos", "products", "produit", "produits", "produkt", "profile", "protection",
    "province", "public", "publish", "published", "purchase", "purchases", "purple", "quality", "quantite",
    "quantity", "queen", "queries", "query", "question", "questions", "quick", "ready", "real", "rechnung",
    "recipient", "red", "reference", "refund", "refunded", "refunds", "region", "regular", "relationship",
    "repeat", "report", "request", "requests", "required", "reset", "response", "rest", "result",
    "retention", "return", "returns", "retype", "review", "rich", "right", "river", "road", "rojo", "role",
    "rose", "rosso", "rot", "rouge", "ruby", "rue", "russia", "sage", "said", "sale", "same", "sample",
    "samstag", "satisfaction", "saturday", "save", "school", "schwarz", "schweiz", "scotland", "search",
    "second", "secret", "section", "segmentation", "seite", "select", "send", "sender", "september",
    "series", "service", "session", "set", "settings", "seven", "señor", "señora", "shipping", "shop",
    "short", "show", "side", "sidebar", "signature", "signor", "signora", "silber", "silver", "simple",
    "single", "sir", "site", "six", "size", "sku", "sky", "slim", "slug", "small", "smart", "snow", "sold",
    "some", "sonntag", "soon", "south", "spain", "spanien", "special", "spring", "staff", "startseite",
    "state", "status", "stock", "stone", "store", "str", "strasse", "street", "string", "stripe", "strong",
    "subject", "submit", "subscriber", "subscription", "success", "suche", "suite", "summary", "summer",
    "sunday", "super", "support", "sure", "surname", "sweden", "switzerland", "system", "table", "tag",
    "tags", "take", "tan", "tax", "taxable", "teal", "team", "telefon", "telefonnummer", "telefono",
    "telephone", "ten", "term", "terms", "test", "testing", "text", "than", "thank", "thanks", "that",
    "the", "them", "theme", "then", "there", "they", "thing", "think", "this", "three", "thursday",
    "ticket", "tickets", "time", "title", "to", "today", "token", "tomorrow", "tool", "top", "total",
    "town", "tracking", "trash", "true", "tuesday", "turkey", "turquoise", "two", "type", "ukraine",
    "unbekannt", "und", "undefined", "under", "unit", "unknown", "up", "update", "upload", "url", "use",
    "user", "username", "users", "usuario", "utente", "utilisateur", "value", "values", "varchar",
    "variable", "vat", "verde", "versand", "version", "vert", "very", "view", "ville", "violet", "violett",
    "virtual", "visible", "visitor", "vorname", "want", "warenkorb", "warm", "was", "water", "way",
    "webhook", "website", "wednesday", "weiß", "welcome", "well", "west", "what", "when", "where", "which",
    "white", "who", "why", "widget", "will", "winkelwagen", "winter", "wird", "wishlist", "with", "wood",
    "wool", "word", "work", "world", "would", "www", "year", "yellow", "yes", "yesterday", "you", "young",
    "your", "zahlung", "zamowienia", "zamowienie", "zip", "zone", "zu", "österreich",
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
