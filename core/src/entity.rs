//! What a rule detects.
//!
//! A leaf: names and token kinds only. It must not know how anything is found or replaced.

use std::sync::Arc;

macro_rules! entities {
    ($($variant:ident $name:literal $kind:literal),+ $(,)?) => {
        /// What a rule detects. Names are the same in policies, reports, PHP, JavaScript and vectors.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Entity {
            $(#[doc = concat!("`", $name, "`")] $variant,)+
            /// `custom:<name>`: the index into the policy's list of custom entities.
            Custom(u16),
        }

        impl Entity {
            /// All built-in entities, in the order of their declaration.
            pub const BUILT_IN: &'static [Self] = &[$(Self::$variant),+];

            /// The built-in entity of this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }

            /// The name of a built-in entity; `custom` for others, whose names live in the policy.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ Self::Custom(_) => "custom" }
            }

            /// The word that opens this entity's tokens.
            pub const fn kind(self) -> &'static str {
                match self { $(Self::$variant => $kind,)+ Self::Custom(_) => "CUSTOM" }
            }
        }
    };
}

entities! {
    Email "email" "EMAIL", Phone "phone" "PHONE", CreditCard "credit_card" "CARD", Iban "iban" "IBAN",
    Bic "bic" "BIC", BankAccount "bank_account" "ACCOUNT", IpAddress "ip_address" "IP",
    MacAddress "mac_address" "MAC", NationalId "national_id" "NATIONALID", TaxId "tax_id" "TAXID",
    Passport "passport" "PASSPORT", DriverLicense "driver_license" "LICENSE", Person "person" "PERSON",
    Address "address" "ADDRESS", DateOfBirth "date_of_birth" "BIRTH", CustomerId "customer_id" "CUSTOMER",
    UrlCredentials "url_credentials" "URLLOGIN", ApiKey "api_key" "APIKEY", Jwt "jwt" "JWT",
    PrivateKey "private_key" "PRIVATEKEY", Password "password" "PASSWORD",
    SessionCookie "session_cookie" "COOKIE", CryptoWallet "crypto_wallet" "WALLET", Sku "sku" "SKU",
    Gtin "gtin" "GTIN", Price "price" "PRICE", Cost "cost" "COST", Margin "margin" "MARGIN",
    Stock "stock" "STOCK", Supplier "supplier" "SUPPLIER", Coupon "coupon" "COUPON",
    OrderNumber "order_number" "ORDER", ProductName "product_name" "PRODUCT",
    ProductCopy "product_copy" "COPY", SearchQuery "search_query" "QUERY",
    ForgedToken "forged_token" "FORGED",
}

impl Entity {
    /// Entities whose values are credentials: replaced, never restored.
    pub const fn is_secret(self) -> bool {
        matches!(
            self,
            Self::UrlCredentials
                | Self::ApiKey
                | Self::Jwt
                | Self::PrivateKey
                | Self::Password
                | Self::SessionCookie
        )
    }

    /// Entities that a reply never gets back, whatever the policy says.
    pub const fn is_one_way(self) -> bool {
        self.is_secret() || matches!(self, Self::CreditCard | Self::Cost | Self::Margin | Self::Supplier)
    }
}

/// A name that is either built in or shared with the compiled policy. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Repr);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Repr {
    Static(&'static str),
    Shared(Arc<str>),
}

impl Name {
    pub(crate) const fn from_static(name: &'static str) -> Self {
        Self(Repr::Static(name))
    }

    pub(crate) fn shared(name: &str) -> Self {
        Self(Repr::Shared(Arc::from(name)))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Static(name) => name,
            Repr::Shared(name) => name,
        }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
