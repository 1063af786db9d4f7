//! The place that a page is seen from: every href in a view is relative to it.

use serde::Serialize;

use crate::paths::OutputPath;
use crate::site::{Card, Fact, Page, PageId, Site, initial};

/// A file of the output that is being made.
#[derive(Clone, Copy)]
pub(super) struct Here<'s> {
    pub site: &'s Site,
    pub output: &'s OutputPath,
    pub language: usize,
    /// The address of the site, for the one page that a server shows under any URL.
    pub absolute: Option<&'s str>,
}

/// A link with its text.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct LinkView {
    pub title: String,
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section_title: Option<String>,
}

/// A term that pages are about, with the character of its seal.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct Subject {
    pub title: String,
    pub url: String,
    pub seal: Option<String>,
}

/// A term on a page's card.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct CardTerm {
    pub taxonomy: String,
    pub title: String,
    pub url: String,
}

/// A page as lists show it.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct CardView {
    pub title: String,
    pub url: String,
    pub description: Option<String>,
    pub date: Option<String>,
    pub seal: Option<String>,
    pub subject: Option<Subject>,
    pub terms: Vec<CardTerm>,
    pub section_title: Option<String>,
    pub count: Option<usize>,
}

impl<'s> Here<'s> {
    /// The href of another file.
    pub fn href(&self, to: &OutputPath) -> String {
        match self.absolute {
            Some(base) => absolute(base, to.as_str()),
            None => self.output.href_to(to),
        }
    }

    /// The href of a page.
    pub fn page(&self, id: PageId) -> String {
        self.href(&self.site.page(id).output)
    }

    /// A link to a page under its short title.
    pub fn link(&self, id: PageId) -> LinkView {
        let card = self.site.page(id).card();
        LinkView { title: card.nav_title().to_owned(), url: self.href(card.output()), section_title: None }
    }

    /// A link to a page under its whole title.
    pub fn link_titled(&self, id: PageId) -> LinkView {
        LinkView { title: self.site.page(id).title.clone(), ..self.link(id) }
    }

    /// A link to a page under its whole title, with the section it is in.
    pub fn link_in_section(&self, id: PageId) -> LinkView {
        let page = self.site.page(id);
        LinkView { title: page.title.clone(), url: self.page(id), section_title: self.section_title(page) }
    }

    /// The title of the section that a page is in, unless that is the home page.
    pub fn section_title(&self, page: &Page) -> Option<String> {
        let section = self.site.page(page.parent?);
        section.parent?;
        Some(section.card().nav_title().to_owned())
    }

    /// The facts that the pages of the reader's language show, but unlisted ones, each with its page.
    pub fn stated(&self) -> impl Iterator<Item = (&'s Page, &'s Fact)> {
        let (facts, pages) = (&self.site.facts, self.site.in_language(self.language));
        pages.filter(|page| !page.is_unlisted()).flat_map(move |page| facts.of(page.id).map(move |fact| (page, fact)))
    }

    /// The page of an indicator in the reader's language, by the indicator's name.
    pub fn indicator(&self, name: &str) -> Option<&'s Page> {
        self.site.facts.indicators.get(name)?.page(self.language).map(|id| self.site.page(id))
    }

    /// The positions of the terms of a taxonomy, but unlisted ones.
    pub fn listed_terms(&self, taxonomy: usize) -> impl Iterator<Item = usize> {
        let (site, terms) = (self.site, &self.site.terms(taxonomy, self.language).terms);
        (0..terms.len()).filter(move |term| !site.page(terms[*term].page).is_unlisted())
    }

    /// A term as a subject with its seal.
    pub fn subject(&self, taxonomy: usize, term: usize) -> Subject {
        let page = self.site.page(self.site.terms(taxonomy, self.language).terms[term].page);
        Subject {
            title: page.card().nav_title().to_owned(),
            url: self.page(page.id),
            // Only subjects of facts carry seals.
            seal: (self.site.config.subjects() == Some(taxonomy)).then(|| self.seal(page)).flatten(),
        }
    }

    /// The character of a seal: the first of the term's name in the default language, in whatever language it is shown.
    pub fn seal(&self, page: &Page) -> Option<String> {
        let named = page.translations.first().copied().flatten().map_or(page, |id| self.site.page(id));
        initial(named.card().nav_title()).map(String::from)
    }

    /// The subject of a page: the term that it is, or the only one it carries.
    pub fn subject_of(&self, page: &Page) -> Option<Subject> {
        let taxonomy = self.site.config.subjects()?;
        Some(self.subject(taxonomy, page.only_term(taxonomy)?))
    }

    /// A page as lists show it.
    pub fn card(&self, id: PageId) -> CardView {
        let page = self.site.page(id);
        let card: Card<'_> = page.card();
        let subject = self.subject_of(page);
        let is_subject = subject.as_ref().is_some_and(|subject| subject.url == self.page(id));
        CardView {
            title: card.title().to_owned(),
            url: self.page(id),
            description: card.description().map(str::to_owned),
            date: card.date().map(|day| day.to_string()),
            seal: subject.as_ref().filter(|_| is_subject).and_then(|subject| subject.seal.clone()),
            subject: subject.filter(|_| !is_subject),
            terms: self.card_terms(page),
            section_title: self.section_title(page),
            count: (card.children() > 0).then(|| card.children()),
        }
    }

    /// The cards of several pages.
    pub fn cards(&self, ids: &[PageId]) -> Vec<CardView> {
        ids.iter().map(|id| self.card(*id)).collect()
    }

    fn card_terms(&self, page: &Page) -> Vec<CardTerm> {
        let mut all = vec![];
        for (taxonomy, terms) in page.terms.iter().enumerate() {
            for term in terms {
                let term = &self.site.terms(taxonomy, self.language).terms[*term];
                let own = self.site.page(term.page);
                all.push(CardTerm {
                    taxonomy: self.site.config.taxonomies[taxonomy].name.clone(),
                    title: own.card().nav_title().to_owned(),
                    url: self.page(term.page),
                });
            }
        }
        all
    }
}

/// The absolute address of a URL of the site.
pub(super) fn absolute(base: &str, url: &str) -> String {
    let encoded: Vec<String> = url.split('/').map(percent_encoded).collect();
    format!("{base}{}", encoded.join("/"))
}

/// One part of a URL in ASCII (RFC 3986): feeds and sitemaps are read by programs.
fn percent_encoded(part: &str) -> String {
    let mut out = String::new();
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
