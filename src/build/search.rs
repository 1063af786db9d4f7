//! The search index, read and merged in parallel.

use rayon::prelude::*;

use crate::make::search::{Searching, page};
use crate::search::{BATCH, Batch, Chunk, Index, Reader, SearchPage, chunks, merge, parts};
use crate::site::Site;

/// How many batches one reader reads at most, so that no thread waits long for another.
const SHARE: usize = 32;

/// The index of a site, the same whatever the number of threads.
pub(super) fn index(site: &Site, searching: &Searching) -> Index {
    let pages: Vec<SearchPage<'_>> = searching.pages.par_iter().map(|id| page(site, *id)).collect();
    let chunks: Vec<Chunk<'_>> =
        pages.par_iter().enumerate().flat_map_iter(|(number, page)| chunks(number, page)).collect();
    // What a reader learns serves its next batches, but every thread should have one.
    let share = chunks.len().div_ceil(rayon::current_num_threads()).clamp(1, SHARE * BATCH);
    let read = |share: &[Chunk<'_>]| -> Vec<Batch> {
        let mut reader = Reader::default();
        share.chunks(BATCH).map(|batch| reader.read(batch, &pages)).collect()
    };
    let batches: Vec<Batch> = chunks.par_chunks(share).flat_map_iter(read).collect();
    let merged: Vec<_> = parts(&batches).into_par_iter().map(|part| merge(&part, &batches)).collect();
    Index::new(&searching.plan, &pages, batches, merged, &searching.options)
}
