//! The slow questions about a site: whether addresses elsewhere still answer, whether figures stand in their sources, which
//! figures in texts are stated and not linked, and what is stated otherwise than it was. The only door of `ureq`.

mod since;
mod sourced;
mod unlinked;

pub use since::{Difference, differences};
pub use sourced::{Document, Documents, Sourced, sourced};
pub use unlinked::{Unlinked, unlinked};

use std::collections::BTreeMap;
use std::time::Duration;

use rayon::prelude::*;
use ureq::Agent;

use crate::build::Build;
use crate::diagnostic::{Code, Diagnostic, Place};

/// How long one address may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// A warning for each address elsewhere that does not answer, or answers that there is nothing, at the first place that
/// links to it. Addresses that begin with one of `skip` are not asked. `asked` is called after each answer.
pub fn external(build: &Build, skip: &[String], asked: impl Fn() + Sync) -> Vec<Diagnostic> {
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .user_agent(concat!("fangzhi/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut found: Vec<Diagnostic> = addresses(build, skip)
        .into_par_iter()
        .filter_map(|(address, places)| {
            let trouble = ask(&agent, &address).err();
            asked();
            trouble.map(|trouble| complaint(&address, &trouble, &places))
        })
        .collect();
    found.sort_by(|one, other| one.place.cmp(&other.place));
    found
}

/// Every address that pages link to, without its fragment, with the places that do.
pub fn addresses(build: &Build, skip: &[String]) -> BTreeMap<String, Vec<Place>> {
    let mut all: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for document in build.site.pages.iter().filter_map(|page| page.own_document()) {
        for link in document.body.links.iter().filter(|link| link.external) {
            let address = link.target.split('#').next().unwrap_or_default();
            let address =
                address.strip_prefix("//").map_or_else(|| address.to_owned(), |rest| format!("https://{rest}"));
            let web = address.starts_with("https://") || address.starts_with("http://");
            if web && !skip.iter().any(|prefix| address.starts_with(prefix.as_str())) {
                all.entry(address).or_default().push(Place::new(document.source.path(), link.span));
            }
        }
    }
    all
}

/// Asks for the head alone first; some servers answer only to a whole request.
fn ask(agent: &Agent, address: &str) -> Result<(), String> {
    let head = agent.head(address).call().map(|answer| answer.status().as_u16());
    let status = match head {
        Ok(status) if status < 400 => return Ok(()),
        _ => agent.get(address).call().map_err(|error| error.to_string())?.status(),
    };
    match status.as_u16() {
        // The server is there and wants to know who asks, or asks for patience: the link is not broken.
        401 | 403 | 429 => Ok(()),
        code if code < 400 => Ok(()),
        code => {
            Err(format!("it answers {code} {}", status.canonical_reason().unwrap_or_default()).trim_end().to_owned())
        }
    }
}

fn complaint(address: &str, trouble: &str, places: &[Place]) -> Diagnostic {
    let first = places.first().cloned();
    let place = first.unwrap_or_else(|| unreachable!("an address was found somewhere"));
    let message = format!("`{}` cannot be reached: {trouble}", address.escape_debug());
    let hint = "mend the address, or leave it out of the check with `[link_checker] skip`";
    let diagnostic = Diagnostic::warning(Code::ExternalLink, place, message).hint(hint);
    places.iter().skip(1).take(5).fold(diagnostic, |diagnostic, place| diagnostic.also(place.clone(), "and here"))
}
