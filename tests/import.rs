//! Import: raw reports become pages, every line has one fate, and nothing is lost or invented.

mod support;

#[path = "support/validate.rs"]
mod validate;

#[path = "import/support.rs"]
mod source;

mod import {
    mod chinese;
    mod docx;
    mod english;
    mod hostile;
    mod kinds;
    mod projects;
    mod properties;
    mod seed;
}
