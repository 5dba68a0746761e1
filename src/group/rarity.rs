//! What a term is worth.
//!
//! In: in how many reports of a background a term stands. Out: its weight, higher the rarer it is. It does
//! not know what a term means: it sees hashes. The shipped table is `models/idf/idf.bin`; its card says
//! what it was learnt from. A term that the table does not know is rarer than any that it knows.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::document::{Document, Term};

const MAGIC: &[u8; 4] = b"RIDF";
/// Steps to one doubling of a document frequency: a byte then reaches 2¹⁵ reports.
const STEPS: f32 = 17.0;
/// Terms seen in fewer reports are left to the weight of the unknown: most are misspellings.
const LEAST: u32 = 2;

/// Document frequencies of a background.
#[derive(Clone, Debug, Default)]
pub struct Rarity {
    reports: u32,
    /// Ascending.
    terms: Vec<Term>,
    /// `STEPS` × log₂ of the document frequency, one for each term.
    levels: Vec<u8>,
}

impl Rarity {
    /// The table in the binary.
    pub fn shipped() -> &'static Rarity {
        static SHIPPED: LazyLock<Rarity> =
            LazyLock::new(|| Rarity::read(include_bytes!("../../models/idf/idf.bin")).unwrap_or_default());
        &SHIPPED
    }

    /// Counts the terms of `documents`.
    pub fn learn<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Self {
        let mut counts: HashMap<Term, u32> = HashMap::new();
        let mut reports = 0;
        for document in documents {
            reports += 1;
            document.distinct().for_each(|t| *counts.entry(t).or_default() += 1);
        }
        let mut known: Vec<(Term, u32)> = counts.into_iter().filter(|(_, df)| *df >= LEAST).collect();
        known.sort_unstable();
        let level = |df: u32| (STEPS * (df as f32).log2()).round().clamp(0.0, 255.0) as u8;
        Rarity {
            reports,
            terms: known.iter().map(|(t, _)| *t).collect(),
            levels: known.iter().map(|(_, df)| level(*df)).collect(),
        }
    }

    /// Its bytes: "RIDF", reports, terms, the terms' hashes ascending, their levels; little-endian.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.reports.to_le_bytes());
        bytes.extend((self.terms.len() as u32).to_le_bytes());
        self.terms.iter().for_each(|t| bytes.extend(t.to_le_bytes()));
        bytes.extend(&self.levels);
        bytes
    }

    /// Reads what [`Rarity::bytes`] wrote; `None` where it is something else.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (reports, rest) = take_u32(rest)?;
        let (count, rest) = take_u32(rest)?;
        let (terms, levels) = rest.split_at_checked((count as usize).checked_mul(4)?)?;
        let terms: Vec<Term> = terms.as_chunks::<4>().0.iter().map(|c| u32::from_le_bytes(*c)).collect();
        (levels.len() == terms.len()).then(|| Rarity { reports, terms, levels: levels.to_vec() })
    }

    /// In how many reports it was learnt.
    pub fn reports(&self) -> u32 {
        self.reports
    }

    /// How many terms it knows.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// How much `word` says about what a report is of: its inverse document frequency in the background, from
    /// 0 (stands in every report) to 1 (stands in none). Of several words the rarest counts.
    pub fn of_word(&self, word: &str) -> f64 {
        let all = f64::from(self.reports + 1).ln();
        let idf = |term| 1.0 - (f64::from(self.frequency(term)) + 1.0).ln() / all;
        super::document::terms_of(word).map(idf).fold(0.0, f64::max)
    }

    /// How rare `term` is: the natural logarithm of one over the share of background reports that it stands in.
    pub(super) fn of_term(&self, term: Term) -> f32 {
        ((self.reports as f32 + 1.0) / (self.frequency(term) + 0.5)).ln().max(0.0)
    }

    /// In about how many background reports `term` stands.
    pub(super) fn frequency(&self, term: Term) -> f32 {
        let level = self.terms.binary_search(&term).ok().and_then(|i| self.levels.get(i));
        level.map_or(0.0, |l| (f32::from(*l) / STEPS).exp2())
    }
}

fn take_u32(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*head), rest))
}

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::*;

    fn learnt() -> Rarity {
        let texts = ["the ferry sank", "the budget passed", "the ferry sailed", "the ferry"];
        let documents: Vec<Document> =
            texts.iter().map(|t| Document::of(&report("a", None, "", t))).collect();
        Rarity::learn(&documents)
    }

    fn term(word: &str) -> Term {
        Document::of(&report("a", None, "", word)).terms[0].0
    }

    #[test]
    fn a_table_survives_being_written() {
        let table = learnt();
        let read = Rarity::read(&table.bytes()).expect("its own bytes");
        assert_eq!((read.reports(), read.terms()), (4, 2));
        assert!((read.frequency(term("the")) - 4.0).abs() < 0.1);
        assert!((read.frequency(term("ferry")) - 3.0).abs() < 0.1);
        assert_eq!(read.frequency(term("budget")), 0.0);
    }

    #[test]
    fn broken_bytes_are_no_table() {
        let bytes = learnt().bytes();
        assert!(Rarity::read(&bytes[..bytes.len() - 1]).is_none());
        assert!(Rarity::read(b"RIDF\xff\xff\xff\xff\xff\xff\xff\xff").is_none());
        assert!(Rarity::read(b"").is_none());
    }

    #[test]
    fn the_shipped_table_knows_common_words() {
        let shipped = Rarity::shipped();
        assert!(shipped.frequency(term("the")) > 0.9 * shipped.reports() as f32);
        assert!(shipped.frequency(term("ferry")) < 0.05 * shipped.reports() as f32);
        assert_eq!(shipped.frequency(term("zzyxqv")), 0.0);
    }
}
