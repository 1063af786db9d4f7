//! The search index, read and merged in parallel.

use rayon::prelude::*;

use crate::make::search::{Searching, page};
use crate::search::{BATCH, Batch, Chunk, Index, SearchPage, chunks, merge, parts};
use crate::site::Site;

/// The index of a site, the same whatever the number of threads.
pub(super) fn index(site: &Site, searching: &Searching) -> Index {
    let pages: Vec<SearchPage<'_>> = searching.pages.par_iter().map(|id| page(site, *id)).collect();
    let chunks: Vec<Chunk<'_>> =
        pages.par_iter().enumerate().flat_map_iter(|(number, page)| chunks(number, page)).collect();
    // Large batches are cheaper, but every thread should have one.
    let size = chunks.len().div_ceil(rayon::current_num_threads()).clamp(1, BATCH);
    let batches: Vec<Batch> = chunks.par_chunks(size).map(|batch| Batch::read(batch, &pages)).collect();
    let merged: Vec<_> = parts(&batches).into_par_iter().map(|part| merge(&part, &batches)).collect();
    Index::new(&searching.plan, &pages, batches, merged, &searching.options)
}
