//! The pictures that pages show: their sizes, so that pages do not jump while they load, and smaller ones for small screens.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use rayon::prelude::*;

use super::again::Same;
use super::making::FreshOrNot;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::Document;
use crate::inputs::{Asset, File, Inputs};
use crate::make::{Before, Fresh, Picture};
use crate::markdown::LinkKind;
use crate::paths::{OutputPath, SourcePath};
use crate::picture::{self, Look};
use crate::site::{Site, Target};
use crate::source::Hash;

/// A file that is shorter loads at once as it is, in bytes.
const SMALL: u64 = 64 * 1024;
/// Pictures of more pixels are taken apart one after another: each may need hundreds of megabytes.
const HUGE: u64 = 25_000_000;

/// A picture to be made smaller.
#[derive(Debug, Clone)]
pub struct Scaled {
    asset: Asset,
    source: SourcePath,
    /// The hash of the file as it is.
    pub original: Hash,
    width: u32,
    quality: u8,
    /// The first place that shows it.
    place: Place,
    /// Held while a huge picture is taken apart.
    turn: Option<Arc<Mutex<()>>>,
}

impl Scaled {
    /// The smaller picture; where it cannot be made, the file as it is with a warning.
    ///
    /// # Errors
    /// A diagnostic when the file has gone.
    pub(super) fn make(&self) -> Result<(Vec<u8>, Option<Diagnostic>), Box<Diagnostic>> {
        let bytes = self.asset.bytes().map_err(|error| {
            let message = format!("cannot be read: {error}");
            Box::new(Diagnostic::error(Code::Unreadable, Place::file(&self.source), message))
        })?;
        let turn = self.turn.as_ref().map(|turn| turn.lock().unwrap_or_else(PoisonError::into_inner));
        let made = picture::scaled(&bytes, self.width, self.quality);
        drop(turn);
        Ok(match made {
            Ok(smaller) => (smaller, None),
            Err(why) => (bytes.to_vec(), Some(complaint(&self.source, &self.place, &why))),
        })
    }

    /// The same, unless it was made of the same file before: the name of the output says how. What could not be made is
    /// tried again, so that the warning is not lost.
    pub(super) fn fresh(&self, before: Before) -> FreshOrNot {
        if matches!(before, Before::Asked(Some(known)) if known == self.original) {
            return Ok((Fresh::Known, None));
        }
        let (bytes, warning) = self.make()?;
        let from = warning.is_none().then_some(self.original);
        Ok((Fresh::Made(bytes, from), warning))
    }
}

/// What is known of the pictures of a site.
#[derive(Default)]
pub(super) struct Pictures {
    /// What pages are told of each.
    pub shown: BTreeMap<OutputPath, Picture>,
    /// What is made beside the files.
    pub scaled: Vec<(OutputPath, Scaled)>,
    /// What there is to complain of.
    pub complaints: Vec<Diagnostic>,
    known: HashMap<SourcePath, Known>,
}

/// What was found in a file, as long as nobody writes it.
#[derive(Debug, Clone)]
struct Known {
    stamp: Option<(Option<SystemTime>, u64)>,
    size: Option<(u32, u32)>,
    look: Option<Result<(Look, Hash), String>>,
}

/// Looks at each picture that a page shows, but for those that `previous` knows.
pub(super) fn look(
    inputs: &Inputs,
    site: &Site,
    previous: Option<&Arc<Pictures>>,
    same: Option<Same<'_>>,
) -> Arc<Pictures> {
    let unaltered = |known: &&Arc<Pictures>| same.is_some_and(|same| known.are_shown_by(same, inputs));
    if let Some(known) = previous.filter(unaltered) {
        return known.clone();
    }
    let places = places(site);
    let files: Vec<_> = site.files.iter().filter(|(_, output)| places.contains_key(output)).collect();
    let known = |(source, output): &(SourcePath, OutputPath)| {
        let Some(File::Asset(asset)) = inputs.files.get(source) else { return None };
        let stamp = asset.stamp();
        let before = previous.and_then(|previous| previous.known.get(source));
        let before = before.filter(|before| stamp.is_some() && before.stamp == stamp).cloned();
        Some((source.clone(), output.clone(), before.unwrap_or_else(|| read(asset, source, stamp)), asset.clone()))
    };
    let found: Vec<_> = files.into_par_iter().filter_map(known).collect();
    let mut pictures = Pictures::default();
    let turn = Arc::new(Mutex::new(()));
    for (source, output, known, asset) in found {
        let place = &places[&output];
        if let Some(Err(why)) = &known.look {
            pictures.complaints.push(complaint(&source, place, why));
        }
        let smaller = match &known.look {
            Some(Ok((look, original))) if look.scalable => {
                let scaled = |width| Scaled {
                    asset: asset.clone(),
                    source: source.clone(),
                    original: *original,
                    width,
                    quality: site.config.images.quality,
                    place: place.clone(),
                    turn: (u64::from(look.width) * u64::from(look.height) > HUGE).then(|| turn.clone()),
                };
                // A picture that is hardly smaller is not worth a file.
                let widths = site.config.images.widths.iter().copied().filter(|width| width + width / 4 <= look.width);
                widths.filter_map(|width| Some((name(&output, *original, width, site)?, scaled(width)))).collect()
            }
            _ => vec![],
        };
        if let Some((width, height)) = known.size {
            let smaller = smaller.iter().map(|(output, scaled)| (output.clone(), scaled.width)).collect();
            pictures.shown.insert(output, Picture { width, height, smaller });
        }
        pictures.scaled.extend(smaller);
        pictures.known.insert(source, known);
    }
    Arc::new(pictures)
}

impl Pictures {
    /// Whether nobody wrote one of the pictures, or shows them in another place.
    fn are_shown_by(&self, same: Same<'_>, inputs: &Inputs) -> bool {
        let shows = |document: &Document| document.body.links.iter().any(|link| is_picture(link.kind));
        let unwritten = |(source, known): (&SourcePath, &Known)| match inputs.files.get(source) {
            Some(File::Asset(asset)) => known.stamp.is_some() && asset.stamp() == known.stamp,
            _ => false,
        };
        !same.newer.values().any(|document| shows(document)) && self.known.iter().all(unwritten)
    }
}

fn is_picture(kind: LinkKind) -> bool {
    matches!(kind, LinkKind::Image | LinkKind::WikiEmbed)
}

/// The pictures that pages show, each with the first place that does.
fn places(site: &Site) -> HashMap<OutputPath, Place> {
    let mut places = HashMap::new();
    for page in &site.pages {
        let Some(document) = &page.document else { continue };
        for (link, target) in document.body.links.iter().zip(&page.links) {
            if let (LinkKind::Image | LinkKind::WikiEmbed, Target::File(output)) = (link.kind, target) {
                let place = || Place::new(document.source.path(), link.span);
                places.entry(output.clone()).or_insert_with(place);
            }
        }
    }
    places
}

/// Large files are read whole, for their names need a hash; of small ones only photographs, which may lie on their side.
fn read(asset: &Asset, source: &SourcePath, stamp: Option<(Option<SystemTime>, u64)>) -> Known {
    let extension = source.extension();
    let size = asset.dimensions(&extension);
    let length = stamp.map_or_else(|| asset.bytes().map_or(0, |bytes| bytes.len() as u64), |(_, length)| length);
    let photograph = matches!(extension.as_str(), "jpg" | "jpeg");
    let raster = photograph || matches!(extension.as_str(), "png" | "webp");
    let worth = size.is_some() && raster && (photograph || length >= SMALL);
    let look = worth.then(|| {
        let bytes = asset.bytes().map_err(|error| error.to_string())?;
        let look = picture::look(&bytes)?;
        Ok((Look { scalable: look.scalable && length >= SMALL, ..look }, Hash::of(&bytes)))
    });
    let turned = look.as_ref().and_then(|look| look.as_ref().ok()).map(|(look, _)| (look.width, look.height));
    Known { stamp, size: turned.or(size), look }
}

/// Beside the picture, with a name that changes with what it shows and how it was made.
fn name(output: &OutputPath, original: Hash, width: u32, site: &Site) -> Option<OutputPath> {
    let path = output.as_str();
    let stem = path.strip_suffix(&format!(".{}", path.rsplit('.').next()?)).unwrap_or(path);
    let wish = format!("{} {} {}", original.hex(), picture::METHOD, site.config.images.quality);
    OutputPath::new(&format!("{stem}-{}-{width}.webp", &Hash::of(wish.as_bytes()).hex()[..8])).ok()
}

fn complaint(source: &SourcePath, place: &Place, why: &str) -> Diagnostic {
    Diagnostic::warning(Code::Picture, place.clone(), format!("the picture `{source}` cannot be read: {why}"))
        .hint("readers get the file as it is; open it, and save it anew from a program that shows it")
}
