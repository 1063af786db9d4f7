//! The core through `build()` on sites in memory, one file a module.

mod support;

mod suite {
    mod cascade;
    mod cited;
    mod config;
    mod copies;
    mod determinism;
    mod drafts;
    mod escaping;
    mod facts;
    mod feeds;
    mod front_matter;
    mod glossary;
    mod incremental;
    mod languages;
    mod links;
    mod mv;
    mod nav;
    mod pictures;
    mod redirects;
    mod taxonomy;
    mod templates;
    mod urls;
    mod warm;
    mod wiki;
}
