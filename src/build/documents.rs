//! Every content file as a document; those that did not change are taken over.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Build;
use super::files::Files;
use crate::diagnostic::{Diagnosed, Diagnostic};
use crate::document::{self, Document};
use crate::markdown::Options;
use crate::paths::SourcePath;
use crate::source::{Hash, Source};

/// The documents of a site.
#[derive(Clone)]
pub(super) struct Documents {
    /// By their paths.
    pub all: Arc<HashMap<SourcePath, Parsed>>,
    options: Options,
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

/// Parses what `previous` does not have.
pub(super) fn read(files: &Files<'_>, options: &Options, previous: Option<&Build>) -> (Documents, Newer) {
    let known = previous.map(|previous| &previous.documents).filter(|known| known.options == *options);
    let is_new = |source: &&Source| match known.and_then(|known| known.all.get(source.path())) {
        Some(known) => known.hash != source.hash(),
        None => true,
    };
    let new: Vec<&Source> = files.documents.par_iter().map(|(_, source)| *source).filter(is_new).collect();
    let new: Vec<(SourcePath, Parsed)> =
        new.into_par_iter().map(|source| (source.path().clone(), parsed(source, options))).collect();
    let Some(known) = known else {
        return (Documents { all: Arc::new(new.into_iter().collect()), options: options.clone() }, None);
    };
    let came = new.iter().any(|(path, _)| !known.all.contains_key(path));
    let newer = new.iter().map(|(path, parsed)| (path.clone(), parsed.document.clone())).collect();
    let mut documents = known.clone();
    if !new.is_empty() {
        Arc::make_mut(&mut documents.all).extend(new);
    }
    let gone = documents.all.len() > files.documents.len();
    if gone {
        let there: HashSet<&SourcePath> = files.documents.iter().map(|(_, source)| source.path()).collect();
        Arc::make_mut(&mut documents.all).retain(|path, _| there.contains(path));
    }
    (documents, (!came && !gone).then_some(newer))
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

fn parsed(source: &Source, options: &Options) -> Parsed {
    let Diagnosed { value, diagnostics } = document::read(source, options);
    Parsed {
        hash: source.hash(),
        includes_code: !value.body.included_code.is_empty(),
        document: Arc::new(value),
        diagnostics: diagnostics.into(),
    }
}
