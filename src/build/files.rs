//! The files of a snapshot, by what each is to the site.

use std::collections::BTreeMap;

use crate::import::is_record;
use crate::inputs::{Asset, File, Inputs};
use crate::paths::SourcePath;
use crate::source::Source;

/// Every file, under what the build does with it.
#[derive(Default)]
pub(super) struct Files<'i> {
    /// Content files, with what they are called inside the content folder, in order.
    pub documents: Vec<(&'i str, &'i Source)>,
    /// Other texts.
    pub texts: Vec<&'i Source>,
    /// What lies beside content files.
    pub colocated: Vec<(String, SourcePath)>,
    /// What is copied to the top of the output.
    pub static_files: Vec<(String, SourcePath)>,
    /// All that is copied.
    pub assets: BTreeMap<&'i SourcePath, &'i Asset>,
}

impl<'i> Files<'i> {
    /// The files of a snapshot. This looks at every file each time, so it takes nothing up but what is no document.
    pub fn of(inputs: &'i Inputs) -> Self {
        let layout = &inputs.layout;
        let mut files = Self::default();
        for (path, file) in &inputs.files {
            let inside = layout.in_content(path);
            match file {
                File::Text(source) => match inside.filter(|_| matches!(path.extension().as_str(), "md" | "markdown")) {
                    Some(inside) => files.documents.push((inside, source)),
                    None => files.texts.push(source),
                },
                File::Asset(asset) => {
                    files.assets.insert(path, asset);
                    if let Some(inside) = layout.in_static(path) {
                        files.static_files.push((inside.to_owned(), path.clone()));
                    } else if let Some(inside) = inside
                        && !is_record(path, |other| inputs.files.contains_key(other))
                    {
                        files.colocated.push((inside.to_owned(), path.clone()));
                    }
                }
            }
        }
        files
    }
}
