//! The search index, read and merged in parallel.

use std::ops::RangeInclusive;

use rayon::prelude::*;

use crate::make::search::{Searching, page};
use crate::search::{BATCH, Batch, Chunk, Index, Reader, SearchPage, chunks, merge, parts};
use crate::site::Site;

/// How many batches one reader reads: what it learns, and its memory, serve at least two, and no thread should wait long for
/// another.
const SHARE: RangeInclusive<usize> = 2..=32;

/// The index of a site, the same whatever the number of threads.
pub(super) fn index(site: &Site, searching: &Searching) -> Index {
    let pages: Vec<SearchPage<'_>> = searching.pages.par_iter().map(|id| page(site, *id)).collect();
    let chunks: Vec<Chunk<'_>> =
        pages.par_iter().enumerate().flat_map_iter(|(number, page)| chunks(number, page)).collect();
    let share = chunks.len().div_ceil(rayon::current_num_threads());
    let share = share.clamp(SHARE.start() * BATCH, SHARE.end() * BATCH);
    let read = |share: &[Chunk<'_>]| -> Vec<Batch> {
        let mut reader = Reader::default();
        share.chunks(BATCH).map(|batch| reader.read(batch, &pages)).collect()
    };
    let batches: Vec<Batch> = chunks.par_chunks(share).flat_map_iter(read).collect();
    let merged: Vec<_> = parts(&batches).into_par_iter().map(|part| merge(&part, &batches)).collect();
    Index::new(&searching.plan, &pages, batches, merged, &searching.options)
}
