//! One body with what is known of it: the same builder as the core's.

/// One body with what is known of it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Input<'a> {
    /// The body: any bytes.
    pub body: &'a [u8],
    /// Its media type as declared, parameters included; empty when not. Only a hint: bodies lie.
    pub content_type: &'a str,
    /// Its character set where it is known apart from the media type; empty when not.
    pub charset: &'a str,
    /// What tokens are bound to, so that two recipients cannot join theirs: site and destination.
    pub scope: &'a [u8],
    /// The destination's class, such as `ai`.
    pub destination_class: &'a str,
}

impl<'a> Input<'a> {
    /// A body of which nothing else is known.
    pub const fn new(body: &'a [u8]) -> Self {
        Self { body, content_type: "", charset: "", scope: b"", destination_class: "ai" }
    }

    /// With its declared media type.
    #[must_use]
    pub const fn content_type(mut self, content_type: &'a str) -> Self {
        self.content_type = content_type;
        self
    }

    /// With its character set.
    #[must_use]
    pub const fn charset(mut self, charset: &'a str) -> Self {
        self.charset = charset;
        self
    }

    /// With the scope that its tokens are bound to.
    #[must_use]
    pub const fn scope(mut self, scope: &'a [u8]) -> Self {
        self.scope = scope;
        self
    }

    /// With its destination's class.
    #[must_use]
    pub const fn destination_class(mut self, class: &'a str) -> Self {
        self.destination_class = class;
        self
    }
}

impl std::fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}
