//! The core through `build()` on sites in memory, one file a module.

mod support;

mod suite {
    mod cascade;
    mod config;
    mod drafts;
    mod feeds;
    mod front_matter;
    mod languages;
    mod links;
    mod nav;
    mod redirects;
    mod taxonomy;
    mod urls;
    mod wiki;
}
