//! The shipped site as its readers get it: links, structure, figures, validity, looked at in the output files alone.

mod support;

#[path = "support/validate.rs"]
mod validate;

mod site {
    mod figures;
    mod html;
    mod links;
    mod sameness;
    mod words;
}
