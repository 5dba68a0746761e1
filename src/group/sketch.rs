//! What of a report is kept to compare it with others: a few kilobytes, whatever its length.
//!
//! In: a [`Report`] with its [`Annotations`]. Out: a [`Sketch`]. It does not know any other report; how rare a term is
//! comes from the shipped [`Rarity`], so that a sketch is the same in every run.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::annotate::{Annotations, Entity, EntityKind, Mention};
use crate::report::Report;

use super::document::{self, Count, Document, Term};
use super::entries::Entries;
use super::nature::Nature;
use super::{Rarity, limits};

/// The comparable features of one report, made from it alone. At most about 4 kB as [`Sketch::bytes`].
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    /// The report's id.
    pub(super) id: String,
    /// Its day of publication, in days since 1970-01-01.
    pub(super) day: Option<i32>,
    /// Minute of that day, only for the order of reports.
    pub(super) minute: Option<u16>,
    /// Words of title and body.
    pub(super) words: u32,
    /// What sort of piece it is.
    pub(super) nature: Nature,
    /// Its terms and entities, ascending by term, each once.
    pub(super) entries: Entries,
    /// Pairs of words with content that follow each other in the title or the lead, ascending.
    pub(super) rows: Vec<Term>,
    /// Some of the rows of words between quotation marks, ascending.
    pub(super) quoted: Vec<Term>,
    /// The days that it tells of, ascending.
    pub(super) days: Vec<i32>,
    /// The days of the week that its lead names, a bit each from Monday.
    pub(super) weekdays: u8,
    digest: [u8; 8],
}

/// A term or an entity of a report, with what it counts and how rare it is, in the units of [`Entry::weight`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub term: Term,
    count: u16,
    rarity: u8,
    pub marks: u8,
}

/// Stands in the title.
pub(super) const TITLE: u8 = 1;
/// Stands in the title or the lead.
pub(super) const LEAD: u8 = 2;
/// Is capitalised within a sentence.
pub(super) const NAME: u8 = 4;
/// Is a number.
pub(super) const NUMBER: u8 = 8;
/// Two capitalised words in a row.
pub(super) const PAIR: u8 = 16;
/// A resolved person.
pub(super) const PERSON: u8 = 32;
/// A resolved place.
pub(super) const PLACE: u8 = 64;
/// A resolved organization, group or something else with a name.
pub(super) const BODY: u8 = 128;
/// Any resolved entity.
pub(super) const ENTITY: u8 = PERSON | PLACE | BODY;

const COUNT_STEP: f32 = 1.0 / 1024.0;
const RARITY_STEP: f32 = 1.0 / 24.0;
const VERSION: u8 = 2;

impl Entry {
    fn new(term: Term, count: f32, rarity: f32, marks: u8) -> Self {
        Entry {
            term,
            count: (count / COUNT_STEP).round().clamp(0.0, 65_535.0) as u16,
            rarity: (rarity / RARITY_STEP).round().clamp(0.0, 255.0) as u8,
            marks,
        }
    }

    /// How rare the term is: the natural logarithm of one over the share of background reports that have it.
    pub fn rarity(self) -> f32 {
        f32::from(self.rarity) * RARITY_STEP
    }

    /// Its weight in this report: damped count times rarity.
    pub fn weight(self) -> f32 {
        f32::from(self.count) * COUNT_STEP * self.rarity()
    }

    pub fn set_rarity(&mut self, rarity: f32) {
        self.rarity = (rarity / RARITY_STEP).round().clamp(0.0, 255.0) as u8;
    }

    pub fn is(self, mark: u8) -> bool {
        self.marks & mark != 0
    }
}

impl Sketch {
    /// The sketch of `report`, in which `layers` were found.
    pub fn of(report: &Report, layers: &Annotations) -> Self {
        let rarity = Rarity::shipped();
        let document = Document::of(report);
        let mut entries = terms(&document, rarity);
        entries.extend(entities(report, layers, rarity));
        Sketch {
            id: report.id.clone(),
            day: report.published_at.map(|p| day_number(p.date)),
            minute: minute(report),
            words: document.words as u32,
            nature: Nature::of(report),
            entries: Entries::of(entries),
            rows: rows(&document, rarity),
            quoted: quoted(report, layers),
            days: days(layers),
            weekdays: weekdays(&document),
            digest: digest(report),
        }
    }

    /// The id of the report.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The same sketch under another id.
    pub(super) fn renamed(mut self, id: String) -> Self {
        self.id = id;
        self
    }

    /// A report of the same day and length in which nothing stands.
    pub(super) fn emptied(&self) -> Self {
        let none = Vec::new();
        Sketch {
            entries: Entries::default(),
            rows: none.clone(),
            quoted: none,
            days: Vec::new(),
            weekdays: 0,
            ..self.clone()
        }
    }

    /// The sketch of a report that tells the same of other people and figures `days` later: its names, numbers and entities
    /// become others, and so do its rows of words, told apart by `salt`. For measuring how the index bears many reports.
    pub fn transposed(&self, id: String, days: i32, salt: u32) -> Self {
        let term = |term: Term| (term ^ salt).wrapping_mul(0x9e37_79b1).rotate_left(15);
        let transposed = |entry: &Entry| match entry.is(NAME | NUMBER | PAIR | ENTITY) {
            true => Entry { term: term(entry.term), ..*entry },
            false => *entry,
        };
        let entries = Entries::of(self.entries.iter().map(transposed).collect());
        let all = |rows: &[Term]| ascending(rows.iter().map(|row| term(*row)).collect());
        let day = self.day.map(|day| day.saturating_add(days));
        let (rows, quoted) = (all(&self.rows), all(&self.quoted));
        let mut other = Sketch { id, day, entries, rows, quoted, ..self.clone() };
        other.days.iter_mut().for_each(|d| *d = d.saturating_add(days));
        other
    }

    /// What sort of piece the report is.
    pub fn nature(&self) -> Nature {
        self.nature
    }

    /// The day of publication, in days since 1970-01-01.
    pub fn day(&self) -> Option<i32> {
        self.day
    }

    /// The terms that it is found by, the heaviest first.
    pub(super) fn keys(&self) -> Vec<Entry> {
        let mut keys: Vec<Entry> = self.entries.iter().copied().filter(|e| !e.is(ENTITY)).collect();
        keys.sort_unstable_by(|a, b| b.weight().total_cmp(&a.weight()).then(a.term.cmp(&b.term)));
        keys.truncate(limits::KEYS);
        keys
    }

    /// Its place in the order of reports.
    pub(super) fn key(&self) -> Key {
        Key {
            day: self.day.unwrap_or(i32::MAX),
            minute: self.minute.unwrap_or(u16::MAX),
            id: self.id.clone(),
        }
    }

    /// A hash of title and body: reports with the same words have the same.
    pub fn digest(&self) -> [u8; 8] {
        self.digest
    }
}

/// Place of a report in the order of reports: by day and minute of publication, those without last, then by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    day: i32,
    minute: u16,
    id: String,
}

impl Key {
    pub fn of(report: &Report) -> Self {
        let day = report.published_at.map_or(i32::MAX, |p| day_number(p.date));
        Key { day, minute: minute(report).unwrap_or(u16::MAX), id: report.id.clone() }
    }

    pub fn id(&self) -> &str {
        &self.id
    }
}

/// Minute of the day of publication.
fn minute(report: &Report) -> Option<u16> {
    let time = report.published_at?.time?.time();
    Some(time.hour() as u16 * 60 + time.minute() as u16)
}

fn terms(document: &Document, rarity: &Rarity) -> Vec<Entry> {
    let entry = |(term, count): &(Term, Count)| {
        let frequency = if count.count > 1.0 { 1.0 + count.count.ln() } else { count.count };
        let share = match count {
            Count { pair: true, .. } => 0.5,
            Count { number: true, .. } | Count { name: true, .. } => 1.2,
            _ => 1.0,
        };
        let marks = [
            (count.title, TITLE),
            (count.lead, LEAD),
            (count.name, NAME),
            (count.number, NUMBER),
            (count.pair, PAIR),
        ];
        let marks = marks.iter().filter(|(has, _)| *has).fold(0, |all, (_, mark)| all | mark);
        Entry::new(*term, frequency * share, rarity.of_term(*term), marks)
    };
    let mut entries: Vec<Entry> = document.terms.iter().map(entry).filter(|e| e.weight() > 0.0).collect();
    let heavier = |e: &Entry| if e.is(TITLE) { f32::INFINITY } else { e.weight() };
    entries.sort_unstable_by(|a, b| heavier(b).total_cmp(&heavier(a)).then(a.term.cmp(&b.term)));
    entries.truncate(limits::TERMS);
    entries
}

/// Resolved entities that have a name, the most mentioned first. A person is known by the last word of the name,
/// anything else by all of it.
fn entities(report: &Report, layers: &Annotations, rarity: &Rarity) -> Vec<Entry> {
    let entry = |entity: &Entity| {
        let mentions: Vec<&Mention> =
            entity.mentions.iter().filter_map(|m| layers.mentions.get(*m)).collect();
        let first = mentions.iter().map(|m| m.span.start).min()?;
        let (mark, name) = match entity.kind {
            EntityKind::Person => (PERSON, entity.name.rsplit(' ').next().unwrap_or("")),
            EntityKind::Place => (PLACE, entity.name.as_str()),
            _ => (BODY, entity.name.as_str()),
        };
        let words: Vec<Term> = document::terms_of(name).collect();
        let rare = words.iter().map(|t| rarity.of_term(*t)).reduce(f32::max)?;
        let lead = first < LEAD_BYTES.min(report.text.as_str().len() as u32);
        let count = (1.0 + (mentions.len() as f32).ln()) * if lead { 1.5 } else { 1.0 };
        let term =
            words.iter().fold(u32::from(mark), |h, t| (h.rotate_left(5) ^ t).wrapping_mul(0x9e37_79b1));
        Some(Entry::new(term, count, rare, mark | if lead { LEAD } else { 0 }))
    };
    let mut entries: Vec<Entry> = layers.entities.iter().filter_map(entry).collect();
    entries.sort_by(|a, b| b.weight().total_cmp(&a.weight()).then(a.term.cmp(&b.term)));
    entries.dedup_by_key(|e| e.term);
    entries.truncate(limits::ENTITIES);
    entries
}

/// Bytes of the text in which an entity of the lead is first named.
const LEAD_BYTES: u32 = 900;

/// The pairs of words with content that follow each other in the title or in the lead, whatever stands between them that has none.
fn rows(document: &Document, rarity: &Rarity) -> Vec<Term> {
    let told = |words: &[Term]| -> Vec<Term> {
        words.iter().copied().filter(|w| rarity.of_term(*w) > limits::CONTENT).collect()
    };
    let (title, lead) = (told(&document.title), told(&document.lead));
    ascending(title.windows(2).chain(lead.windows(2)).map(row).collect())
}

/// The rows of words between quotation marks, those with the lowest hashes.
fn quoted(report: &Report, layers: &Annotations) -> Vec<Term> {
    let mut rows = Vec::new();
    for quote in &layers.quotes {
        let words: Vec<Term> = document::terms_of(report.slice(quote.inner)).collect();
        rows.extend(words.windows(limits::QUOTED_WORDS).map(row));
    }
    let mut rows = ascending(rows);
    rows.truncate(limits::QUOTED);
    rows
}

/// A term for some words in a row.
fn row(words: &[Term]) -> Term {
    let hash = words
        .iter()
        .fold(0, |h: u64, w| (h.rotate_left(23) ^ u64::from(*w)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (hash >> 32) as Term
}

fn ascending(mut terms: Vec<Term>) -> Vec<Term> {
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The single days that the report tells of, the first named ones.
fn days(layers: &Annotations) -> Vec<i32> {
    let single = layers.times.iter().filter_map(|t| t.days.filter(|(from, to)| from == to));
    let mut days: Vec<i32> = single.map(|(day, _)| day_number(day)).take(limits::DAYS).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn weekdays(document: &Document) -> u8 {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let named = |name: &str| document.lead.contains(&document::hash(name));
    NAMES.iter().enumerate().filter(|(_, name)| named(name)).fold(0, |all, (i, _)| all | 1 << i)
}

/// Days since 1970-01-01.
pub(super) fn day_number(date: Date) -> i32 {
    // Two civil dates are always a number of days apart.
    jiff::civil::date(1970, 1, 1).until(date).map_or(0, |apart| apart.get_days())
}

fn digest(report: &Report) -> [u8; 8] {
    let (title, body) = (document::title_of(report), document::body_of(report));
    let whole = Sha256::new().chain_update(title).chain_update([0]).chain_update(body).finalize();
    let mut short = [0; 8];
    short.copy_from_slice(&whole[..8]);
    short
}

mod bytes {
    //! A sketch as bytes, for a store.

    use super::{Entries, Entry, Nature, Sketch, VERSION};

    impl Sketch {
        /// Its bytes, little-endian, for [`Sketch::read`]. The first byte is the number of the layout.
        pub fn bytes(&self) -> Vec<u8> {
            let mut out = vec![VERSION, self.nature as u8, self.weekdays];
            out.push(u8::from(self.day.is_some()) | u8::from(self.minute.is_some()) << 1);
            out.extend(self.day.unwrap_or(0).to_le_bytes());
            out.extend(self.minute.unwrap_or(0).to_le_bytes());
            out.extend(self.words.to_le_bytes());
            out.extend(self.digest);
            put(&mut out, self.id.len(), self.id.as_bytes().iter().map(|b| [*b]));
            for rows in [&self.rows, &self.quoted] {
                put(&mut out, rows.len(), rows.iter().map(|r| r.to_le_bytes()));
            }
            put(&mut out, self.days.len(), self.days.iter().map(|d| d.to_le_bytes()));
            put(&mut out, self.entries.len(), self.entries.iter().map(entry_bytes));
            out
        }

        /// Reads what [`Sketch::bytes`] wrote; `None` where it is something else or of another layout, so that the
        /// sketch must be made anew from the report.
        pub fn read(bytes: &[u8]) -> Option<Self> {
            let mut from = Cursor(bytes);
            let [version, nature, weekdays, has] = from.array::<4>()?;
            let day = i32::from_le_bytes(from.array()?);
            let minute = u16::from_le_bytes(from.array()?);
            let words = u32::from_le_bytes(from.array()?);
            let digest = from.array()?;
            let id = from.many::<1>()?.map(|[b]| b).collect();
            let rows = from.many()?.map(u32::from_le_bytes).collect();
            let quoted = from.many()?.map(u32::from_le_bytes).collect();
            let days = from.many()?.map(i32::from_le_bytes).collect();
            let entries = Entries::of(from.many()?.map(entry).collect());
            (version == VERSION && from.0.is_empty()).then_some(())?;
            Some(Sketch {
                id: String::from_utf8(id).ok()?,
                day: (has & 1 != 0).then_some(day),
                minute: (has & 2 != 0).then_some(minute),
                words,
                nature: Nature::from_number(nature)?,
                entries,
                rows,
                quoted,
                days,
                weekdays,
                digest,
            })
        }
    }

    fn put<const N: usize>(out: &mut Vec<u8>, count: usize, items: impl Iterator<Item = [u8; N]>) {
        out.extend((count as u32).to_le_bytes());
        items.for_each(|item| out.extend(item));
    }

    fn entry_bytes(entry: &Entry) -> [u8; 8] {
        let ([a, b, c, d], [e, f]) = (entry.term.to_le_bytes(), entry.count.to_le_bytes());
        [a, b, c, d, e, f, entry.rarity, entry.marks]
    }

    fn entry([a, b, c, d, e, f, rarity, marks]: [u8; 8]) -> Entry {
        let (term, count) = (u32::from_le_bytes([a, b, c, d]), u16::from_le_bytes([e, f]));
        Entry { term, count, rarity, marks }
    }

    struct Cursor<'a>(&'a [u8]);

    impl<'a> Cursor<'a> {
        fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
            let (head, rest) = self.0.split_first_chunk::<N>()?;
            self.0 = rest;
            Some(*head)
        }

        fn many<const N: usize>(&mut self) -> Option<impl Iterator<Item = [u8; N]> + use<'a, N>> {
            let count = u32::from_le_bytes(self.array()?) as usize;
            let (items, rest) = self.0.split_at_checked(count.checked_mul(N)?)?;
            self.0 = rest;
            Some(items.as_chunks::<N>().0.iter().copied())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::*;
    use crate::annotate::{Annotator, Rules};

    const TEXT: &str =
        "Ilse Verhaven, the mayor of Port Meridia, spoke on Tuesday. She counted 214 passengers.";

    fn sketch(day: Option<&str>, text: &str) -> Sketch {
        let report = report("a", day, "Ferry aground", text);
        Sketch::of(&report, &Rules.annotate(&report))
    }

    #[test]
    fn a_sketch_survives_being_written() {
        let given = sketch(Some("2031-03-05"), TEXT);
        assert_eq!(Sketch::read(&given.bytes()), Some(given));
        let undated = sketch(None, "");
        assert_eq!(Sketch::read(&undated.bytes()), Some(undated));
    }

    #[test]
    fn broken_bytes_are_no_sketch() {
        let bytes = sketch(None, TEXT).bytes();
        assert!((0..bytes.len()).all(|n| Sketch::read(&bytes[..n]).is_none()));
        assert!(Sketch::read(&[&bytes[..], &[0]].concat()).is_none());
        let mut other = bytes;
        other[0] = VERSION + 1;
        assert!(Sketch::read(&other).is_none());
    }

    #[test]
    fn a_long_report_makes_no_longer_sketch() {
        let text: String = (0..5_000).map(|i| format!("Word{i} went to Town{i} with {i} others. ")).collect();
        assert!(sketch(None, &text).bytes().len() < 3_000);
    }

    #[test]
    fn entities_and_days_of_the_week_are_kept() {
        let given = sketch(Some("2031-03-05"), TEXT);
        assert!(given.entries.iter().any(|e| e.is(PERSON)));
        assert_eq!(given.weekdays, 1 << 1);
        assert_eq!(given.days, [day_number("2031-03-04".parse().expect("a date"))]);
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        let number = |d: &str| day_number(d.parse().expect("a date"));
        assert_eq!(number("1970-01-01"), 0);
        assert_eq!(number("2000-03-01") - number("2000-02-28"), 2);
        assert_eq!(number("2025-02-18"), 20_137);
    }
}
