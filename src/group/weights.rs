//! The numbers that decide which reports belong together.
//!
//! In: nothing. Out: constants. They do not know any word. All were tuned together with `eval stories` on
//! `stories/train.jsonl` (2,109 reports of 2016-2019) and on the 70 events of ECB+ topics 1-35 (short,
//! undated texts; the two events of a topic are alike), and checked once on `stories/dev.jsonl`.

/// How much more often than in the body a word counts that stands in the title. 1 to 4 differ by 0.002 of F1.
pub const TITLE_COUNT: f32 = 2.0;
/// How many words at the head of the body are its lead.
pub const LEAD_WORDS: usize = 150;
/// By how much the count of a word rises that stands in the lead. 0 costs 0.004 on dev, nothing on train.
pub const LEAD_COUNT: f32 = 0.75;
/// Weight of a capitalised word within a sentence; above 1.4 names crowd out what happened.
pub const NAME: f32 = 1.2;
/// Weight of a number.
pub const NUMBER: f32 = 1.2;
/// Weight of two capitalised words in a row ("Port Meridia"), beside the weights of each of them.
pub const NAME_PAIR: f32 = 0.5;
/// Weight of the likeness of titles beside the likeness of the whole, which has 1.
pub const TITLES: f32 = 0.25;
/// Days after which likeness counts for 1/e. 3 to 5 differ by 0.002 on train.
pub const DECAY_DAYS: f32 = 3.5;
/// What likeness counts for where a date is missing: as if a little under a day lay between. A report
/// without a date could be of any day, so it must be more alike.
pub const UNDATED: f32 = 0.78;
/// Short texts share fewer words by chance: likeness rises with this power of the shortness (geometric mean
/// of both) under [`FULL_LENGTH`]. 0 costs 0.08 on ECB+ and nothing on train.
pub const SHORTNESS: f32 = 0.5;
/// Words of a report of usual length (the median of train).
pub const FULL_LENGTH: f32 = 700.0;
/// Words below which a text gets no more help.
pub const LEAST_LENGTH: f32 = 60.0;
/// Average likeness from which two groups of reports are one story. Lower joins adjacent days of one affair,
/// higher parts news and comment on one event.
pub const THRESHOLD: f32 = 0.155;
/// How many of its rarest terms a report is looked up by. From 24 on nothing changes on train.
pub const KEYS: usize = 40;
/// How many others a report is compared with at most.
pub const CANDIDATES: usize = 48;
/// How many index entries are read for one report at most, so that a term that a whole stream shares costs no more.
pub const READS: usize = 6_000;
/// How many weights of reports on each side estimate the likeness of two large groups.
pub const SAMPLE: usize = 12;
