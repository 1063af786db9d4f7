//! Every kind of complaint by its searchable word; the manual has a paragraph for each.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// The kind of a complaint.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The word that users see and search for.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $word,)* }
            }
        }
    };
}

codes! {
    /// The file is not UTF-8, or holds NUL bytes or lone carriage returns.
    Encoding = "encoding",
    /// A file could not be read.
    Unreadable = "unreadable",
    /// A symbolic link stands in content or static.
    Symlink = "symlink",
    /// A path is not portable or leaves the site.
    BadPath = "bad-path",
    /// `site.toml` is not TOML.
    ConfigSyntax = "config-syntax",
    /// A key that `site.toml` does not have.
    UnknownConfigKey = "unknown-config-key",
    /// A value in `site.toml` that cannot be.
    BadConfigValue = "bad-config-value",
    /// The front matter is not YAML, or not a mapping.
    FrontMatterSyntax = "front-matter-syntax",
    /// The front matter has no end.
    FrontMatterUnclosed = "front-matter-unclosed",
    /// The front matter is larger or nested deeper than allowed.
    FrontMatterTooLarge = "front-matter-too-large",
    /// A key that stands twice in one mapping.
    DuplicateKey = "duplicate-key",
    /// A key that front matter does not have.
    UnknownKey = "unknown-key",
    /// A value of the wrong type, or one that cannot be.
    BadValue = "bad-value",
    /// Content is nested deeper than allowed.
    TooDeep = "too-deep",
    /// A link to a file or page that is not there.
    BrokenLink = "broken-link",
    /// A link to a heading or id that is not there.
    BrokenAnchor = "broken-anchor",
    /// A wiki link that fits more than one page.
    AmbiguousLink = "ambiguous-link",
    /// A link whose scheme is refused.
    UnsafeLink = "unsafe-link",
    /// An address elsewhere that does not answer.
    ExternalLink = "external-link",
    /// A footnote that is used but not written, or written twice.
    Footnote = "footnote",
    /// A formula that cannot be read.
    Math = "math",
    /// A diagram that cannot be drawn.
    Diagram = "diagram",
    /// An attribute of a block of code that nobody knows, or that does not fit the code.
    CodeAttribute = "code-attribute",
    /// A file, a region or lines that a block of code includes, and that are not there.
    CodeInclude = "code-include",
    /// Two headings of one page with the same written id.
    DuplicateId = "duplicate-id",
    /// A component that is put together wrongly: without an end, with a wrong argument, in the wrong place.
    Component = "component",
    /// A component that neither fangzhi nor the site has.
    UnknownComponent = "unknown-component",
    /// HTML of an author that was taken out because the content is not trusted.
    UnsafeHtml = "unsafe-html",
    /// Two sources make the same URL.
    UrlCollision = "url-collision",
    /// A term without a page in a strict taxonomy.
    UnknownTerm = "unknown-term",
    /// A page without a title.
    NoTitle = "no-title",
    /// A page whose next review is overdue.
    ReviewDue = "review-due",
    /// An image without a text for those who cannot see it.
    NoAltText = "no-alt-text",
    /// A picture that cannot be read.
    Picture = "picture",
    /// Two pages claim to be the same page in one language.
    DuplicateTranslation = "duplicate-translation",
    /// A language that `site.toml` does not declare.
    UnknownLanguage = "unknown-language",
    /// A template cannot be read.
    TemplateSyntax = "template-syntax",
    /// A template failed while a page was made.
    TemplateError = "template-error",
    /// A template, or a theme, that is not there.
    MissingTemplate = "missing-template",
    /// A fact names an indicator that has no page.
    UnknownIndicator = "unknown-indicator",
    /// A fact stands on a page that names no subject.
    NoSubject = "no-subject",
    /// A key that a fact does not have.
    UnknownFactKey = "unknown-fact-key",
    /// The value of a fact cannot be read.
    FactValue = "fact-value",
    /// The unit of a fact is not declared.
    FactUnit = "fact-unit",
    /// The period of a fact cannot be read, or is needed and missing.
    FactPeriod = "fact-period",
    /// The value has another dimension than its indicator.
    FactDimension = "fact-dimension",
    /// A figure is not on the line of its source that it names.
    UnsourcedFigure = "unsourced-figure",
    /// Two facts say different things of the same, or one something else than follows from others.
    FactContradiction = "fact-contradiction",
    /// A link to a figure that nobody states.
    UnstatedFact = "unstated-fact",
    /// The text of a link to a figure says something else than what is stated.
    FactText = "fact-text",
    /// A part is larger than its whole.
    FactPart = "fact-part",
    /// A source that cannot be imported, or not all of it.
    ImportSource = "import-source",
    /// A recipe that cannot be applied.
    Recipe = "recipe",
    /// A doubt about an imported source that nobody decided yet.
    Doubt = "doubt",
    /// The output folder is refused.
    OutputRefused = "output-refused",
    /// Making a page failed inside fangzhi itself.
    Internal = "internal",
}
