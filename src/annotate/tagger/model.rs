//! The weights of the tagger.
//!
//! In: the bytes of `models/pos/tagger.bin`. Out: [`Model`], which gives each tag's score for a set of features.
//! It does not know what a feature stands for.
//!
//! The file: "RPOS2\n", the number of lexicon entries and of features (u32, little endian); the lexicon's keys,
//! sorted (u32), their classes (u16), only tags, clusters and capitals (u8); then the features' keys, sorted (u32), the number of
//! weights of each (u8), all tags (u8) and all weights (i8).

use super::features::COUNT;
use crate::annotate::Pos;

const MAGIC: &[u8] = b"RPOS2\n";
const BUCKET_BITS: u32 = 16;

/// The tags, in the order in which the model numbers them.
pub const TAGS: [Pos; 37] = [
    Pos::CC,
    Pos::CD,
    Pos::DT,
    Pos::EX,
    Pos::FW,
    Pos::IN,
    Pos::JJ,
    Pos::JJR,
    Pos::JJS,
    Pos::LS,
    Pos::MD,
    Pos::NN,
    Pos::NNS,
    Pos::NNP,
    Pos::NNPS,
    Pos::PDT,
    Pos::POS,
    Pos::PRP,
    Pos::PRPS,
    Pos::RB,
    Pos::RBR,
    Pos::RBS,
    Pos::RP,
    Pos::SYM,
    Pos::TO,
    Pos::UH,
    Pos::VB,
    Pos::VBD,
    Pos::VBG,
    Pos::VBN,
    Pos::VBP,
    Pos::VBZ,
    Pos::WDT,
    Pos::WP,
    Pos::WPS,
    Pos::WRB,
    Pos::Punct,
];

/// What the lexicon knows of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of its set of tags, from 1; 0 where no tagged text has it.
    pub class: u16,
    /// The index in [`TAGS`] of its only tag; 255 where it has several.
    pub only: u8,
    /// The number of the cluster of words that stand in like places, from 1; 0 where it is in none.
    pub cluster: u8,
    /// How often it has a capital in mid-sentence, from 1 (never) to 8 (always); 0 where that is unknown.
    pub capital: u8,
}

/// The weights, as the trainer gives them: for each feature its tags' weights, keys in order.
pub type Rows = Vec<(u32, Vec<(u8, i8)>)>;

/// Lexicon and weights.
#[derive(Default)]
pub struct Model {
    lexicon: Keys,
    entries: Vec<Entry>,
    features: Keys,
    /// Where the weights of each feature start.
    starts: Vec<u32>,
    weights: Vec<(u8, i8)>,
}

/// Sorted keys with an index over their first bits.
#[derive(Default)]
struct Keys {
    keys: Vec<u32>,
    buckets: Vec<u32>,
}

impl Keys {
    fn new(keys: Vec<u32>) -> Self {
        let mut buckets = vec![0; (1 << BUCKET_BITS) + 1];
        for key in &keys {
            buckets[(key >> (32 - BUCKET_BITS)) as usize + 1] += 1;
        }
        for i in 1..buckets.len() {
            buckets[i] += buckets[i - 1];
        }
        Keys { keys, buckets }
    }

    fn find(&self, hash: u64) -> Option<usize> {
        let key = key(hash);
        let bucket = (key >> (32 - BUCKET_BITS)) as usize;
        let range = *self.buckets.get(bucket)? as usize..*self.buckets.get(bucket + 1)? as usize;
        let start = range.start;
        self.keys.get(range)?.iter().position(|k| *k == key).map(|i| start + i)
    }
}

/// The key under which the model keeps a hash.
pub fn key(hash: u64) -> u32 {
    (hash.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 32) as u32
}

impl Model {
    /// A model without weights, for the trainer.
    pub fn of_lexicon(lexicon: &[(u32, Entry)]) -> Self {
        let entries = lexicon.iter().map(|e| e.1).collect();
        Model { lexicon: Keys::new(lexicon.iter().map(|e| e.0).collect()), entries, ..Model::default() }
    }

    /// What the lexicon knows of the word with this hash.
    pub fn entry(&self, hash: u64) -> Option<Entry> {
        self.lexicon.find(hash).and_then(|i| self.entries.get(i)).copied()
    }

    /// The sum of the features' weights for each tag.
    pub fn scores(&self, features: &[u64; COUNT]) -> [i32; TAGS.len()] {
        let mut scores = [0; TAGS.len()];
        for row in features.iter().filter_map(|f| self.features.find(*f)) {
            let weights = self.starts[row] as usize..self.starts[row + 1] as usize;
            for (tag, weight) in &self.weights[weights] {
                scores[usize::from(*tag)] += i32::from(*weight);
            }
        }
        scores
    }

    /// Reads a model; `None` where the bytes are none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes.strip_prefix(MAGIC)?);
        let words = reader.number()? as usize;
        let rows = reader.number()? as usize;
        let lexicon = Keys::new(reader.keys(words)?);
        let classes = reader.take(words * 2)?.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]]));
        let classes: Vec<u16> = classes.collect();
        let only = reader.take(words)?;
        let (clusters, capitals) = (reader.take(words)?, reader.take(words)?);
        let entry =
            |i: usize| Entry { class: classes[i], only: only[i], cluster: clusters[i], capital: capitals[i] };
        let entries = (0..words).map(entry).collect();
        let features = Keys::new(reader.keys(rows)?);
        let mut starts = vec![0];
        let mut total = 0;
        for count in reader.take(rows)? {
            total += u32::from(*count);
            starts.push(total);
        }
        let tags = reader.take(total as usize)?;
        let weights = reader.take(total as usize)?;
        let known = tags.iter().all(|t| usize::from(*t) < TAGS.len());
        let weights = tags.iter().zip(weights).map(|(tag, weight)| (*tag, *weight as i8)).collect();
        known.then_some(Model { lexicon, entries, features, starts, weights })
    }

    /// The bytes of a model.
    pub fn write(lexicon: &[(u32, Entry)], rows: &Rows) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((lexicon.len() as u32).to_le_bytes());
        bytes.extend((rows.len() as u32).to_le_bytes());
        lexicon.iter().for_each(|e| bytes.extend(e.0.to_le_bytes()));
        lexicon.iter().for_each(|e| bytes.extend(e.1.class.to_le_bytes()));
        bytes.extend(lexicon.iter().map(|e| e.1.only));
        bytes.extend(lexicon.iter().map(|e| e.1.cluster));
        bytes.extend(lexicon.iter().map(|e| e.1.capital));
        rows.iter().for_each(|r| bytes.extend(r.0.to_le_bytes()));
        bytes.extend(rows.iter().map(|r| r.1.len() as u8));
        bytes.extend(rows.iter().flat_map(|r| r.1.iter().map(|w| w.0)));
        bytes.extend(rows.iter().flat_map(|r| r.1.iter().map(|w| w.1 as u8)));
        bytes
    }
}

/// Takes bytes from the front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }
    fn number(&mut self) -> Option<u32> {
        self.take(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }
    fn keys(&mut self, count: usize) -> Option<Vec<u32>> {
        let bytes = self.take(count.checked_mul(4)?)?;
        Some(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let entry = Entry { class: 3, only: 255, cluster: 4, capital: 8 };
        let lexicon = [(key(7), entry)];
        let mut rows: Rows = vec![(key(1), vec![(2, -5), (6, 9)]), (key(2), vec![(6, 1)])];
        rows.sort();
        let model = Model::read(&Model::write(&lexicon, &rows)).expect("it was just written");
        assert_eq!(model.entry(7), Some(entry));
        assert_eq!(model.entry(8), None);
        let mut features = [99; COUNT];
        (features[0], features[1]) = (1, 2);
        let scores = model.scores(&features);
        assert_eq!((scores[2], scores[6], scores[0]), (-5, 10, 0));
    }

    #[test]
    fn broken_bytes_are_no_model() {
        let bytes = Model::write(&[], &vec![(1, vec![(40, 1)])]);
        assert!(Model::read(&bytes).is_none(), "tag 40 does not exist");
        assert!(Model::read(b"RPOS2\n\xff\xff\xff\xff\xff\xff\xff\xff").is_none());
        assert!(Model::read(b"").is_none());
    }
}
