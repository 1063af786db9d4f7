//! Every content file as a document; those that did not change are taken over.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Build;
use super::files::Files;
use crate::diagnostic::{Diagnosed, Diagnostic};
use crate::document::{self, Document};
use crate::inputs::{self, Unread};
use crate::markdown::Options;
use crate::paths::SourcePath;
use crate::source::{Hash, Source};

/// The documents of a site.
#[derive(Clone)]
pub(super) struct Documents {
    /// By their paths.
    pub all: Arc<HashMap<SourcePath, Parsed>>,
    /// What could not be read, in the order of the files.
    pub unread: Arc<[Unread]>,
    options: Options,
    keeps_texts: bool,
}

/// A document with what there is to complain of in it.
#[derive(Clone)]
pub(super) struct Parsed {
    hash: Hash,
    pub document: Arc<Document>,
    pub diagnostics: Arc<[Diagnostic]>,
    pub includes_code: bool,
}

/// The documents that are others than in the last build; none where there was no build with the same files.
pub(super) type Newer = Option<HashMap<SourcePath, Arc<Document>>>;

/// Reads and parses what `previous` does not have. Texts are kept where `keeps_texts` says so, and are otherwise read
/// again when somebody wants to see them.
pub(super) fn read(
    files: &Files<'_>,
    options: &Options,
    keeps_texts: bool,
    previous: Option<&Build>,
) -> (Documents, Newer) {
    let known = previous.map(|previous| &previous.documents);
    let known = known.filter(|known| known.options == *options && known.keeps_texts == keeps_texts);
    let anew = |(_, source): &(&str, &Source)| {
        let known = known.and_then(|known| known.all.get(source.path()));
        anew(source, known, options, keeps_texts).transpose()
    };
    let found: Vec<_> = files.documents.par_iter().filter_map(anew).collect();
    let (mut new, mut unread) = (vec![], vec![]);
    for found in found {
        match found {
            Ok(parsed) => new.push((parsed.document.source.path().clone(), parsed)),
            Err(why) => unread.push(*why),
        }
    }
    let count = files.documents.len() - unread.len();
    let unread = unread.into();
    let Some(known) = known else {
        let all = Arc::new(new.into_iter().collect());
        return (Documents { all, unread, options: options.clone(), keeps_texts }, None);
    };
    let came = new.iter().any(|(path, _)| !known.all.contains_key(path));
    let newer = new.iter().map(|(path, parsed)| (path.clone(), parsed.document.clone())).collect();
    let mut documents = Documents { unread, ..known.clone() };
    if !new.is_empty() {
        Arc::make_mut(&mut documents.all).extend(new);
    }
    let gone = documents.all.len() > count;
    if gone {
        let mut there: HashSet<&SourcePath> = files.documents.iter().map(|(_, source)| source.path()).collect();
        documents.unread.iter().for_each(|unread| _ = there.remove(&unread.diagnostic.place.path));
        Arc::make_mut(&mut documents.all).retain(|path, _| there.contains(path));
    }
    (documents, (!came && !gone).then_some(newer))
}

/// A document that is another than the known one, parsed.
fn anew(
    source: &Source,
    known: Option<&Parsed>,
    options: &Options,
    keeps_texts: bool,
) -> Result<Option<Parsed>, Box<Unread>> {
    let is_known = |hash| known.is_some_and(|known| known.hash == hash);
    if source.known_hash().is_some_and(is_known) {
        return Ok(None);
    }
    let whole = inputs::whole(source)?;
    if is_known(whole.hash()) {
        return Ok(None);
    }
    let Diagnosed { mut value, diagnostics } = document::read(&whole, options);
    if !keeps_texts {
        value.source = source.clone();
    }
    Ok(Some(Parsed {
        hash: whole.hash(),
        includes_code: !value.body.included_code.is_empty(),
        document: Arc::new(value),
        diagnostics: diagnostics.into(),
    }))
}

impl Documents {
    /// Each by the path of its file inside the content folder.
    pub fn of(&self, files: &Files<'_>) -> Vec<(String, Arc<Document>)> {
        let one = |(inside, source): &(&str, &Source)| {
            Some(((*inside).to_owned(), self.all.get(source.path())?.document.clone()))
        };
        files.documents.iter().filter_map(one).collect()
    }
}
