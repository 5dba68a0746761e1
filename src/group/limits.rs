//! The numbers that bound and steer grouping.
//!
//! In: nothing. Out: constants. They do not know any word. What two reports are worth to each other is not here:
//! that was learnt, and stands in `models/group`.

/// How much more often than in the body a word counts that stands in the title.
pub const TITLE_COUNT: f32 = 2.0;
/// How many words at the head of the body are its lead.
pub const LEAD_WORDS: usize = 150;
/// By how much the count of a word rises that stands in the lead.
pub const LEAD_COUNT: f32 = 0.75;
/// Words, names and numbers that a sketch keeps, those that weigh most.
pub const TERMS: usize = 256;
/// Resolved entities that a sketch keeps.
pub const ENTITIES: usize = 48;
/// Rarity (the natural logarithm of one over the share of reports) above which a word of the lead has content.
pub const CONTENT: f32 = 1.05;
/// Words of a row between quotation marks: more are rarely spoken twice.
pub const QUOTED_WORDS: usize = 4;
/// Such rows that a sketch keeps, those with the lowest hashes: of two reports that share a speech they are the same.
pub const QUOTED: usize = 64;
/// Days told of that a sketch keeps.
pub const DAYS: usize = 16;
/// Terms that a report is found by, those that weigh most.
pub const KEYS: usize = 40;
/// Nearest others that a report keeps.
pub const NEIGHBOURS: usize = 48;
/// Entries of the index that one look-up reads at most, in the order of rarity: a term that a whole stream shares costs
/// no more than this.
pub const READS: usize = 8_192;
/// Days between two reports beyond which they are of two events, whatever they share.
pub const REACH_DAYS: i32 = 12;
/// Log-odds are cut off here, so that one certain pair does not outvote the rest of a story.
pub const CERTAIN: f32 = 6.0;
/// Pairs of each side that estimate the log-odds of two groups where they were never compared.
pub const SAMPLE: usize = 16;
/// Reports that are parted and joined at once; a larger heap is cut along its weakest links first.
pub const HEAP: usize = 384;
/// Log-odds that are kept of pairs that are not each other's nearest; where there are more, all are forgotten. Some 12 MB.
pub const MET: usize = 1 << 18;
