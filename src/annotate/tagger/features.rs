//! What the tagger sees of a word.
//!
//! In: the words of a sentence and the tags given so far. Out: features as stable 64-bit hashes. It does not know
//! their weights. Any change here needs a new training.

use std::hash::Hasher;

use fnv::FnvHasher;

use super::model::{Entry, Model, TAGS};
use crate::annotate::Pos;

/// Number of features of a word.
pub const COUNT: usize = 46;

/// How far back the tagger looks for the last verb.
const VERB_WINDOW: usize = 6;

/// How the letters of a sentence are cased: in headlines a capital says less.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Casing {
    Mixed,
    Title,
    Upper,
}

/// One word, hashed.
#[derive(Clone, Copy, Default)]
struct Word {
    form: u64,
    suffixes: [u64; 4],
    prefixes: [u64; 3],
    after_hyphen: u64,
    shape: u64,
    class: u64,
    cluster: u64,
    capital: u64,
    known: Option<Pos>,
}

/// A sentence on its way through the tagger.
pub struct Sentence {
    words: Vec<Word>,
    tags: Vec<Pos>,
    casing: Casing,
}

impl Sentence {
    /// The sentence of `words`, without tags.
    pub fn new(model: &Model, words: &[&str]) -> Self {
        let casing = casing(words);
        let mut buffer = String::new();
        let words: Vec<Word> = words.iter().map(|w| hash_word(model, w, &mut buffer)).collect();
        Sentence { tags: Vec::with_capacity(words.len()), words, casing }
    }

    /// The tag of the word at `at`, if the model knows it to have no other.
    pub fn known(&self, at: usize) -> Option<Pos> {
        self.words[at].known
    }

    /// Gives the word at `at`, the first without one, its tag.
    pub fn tag(&mut self, at: usize, pos: Pos) {
        debug_assert_eq!(at, self.tags.len());
        self.tags.push(pos);
    }

    /// The tags.
    pub fn tags(self) -> Vec<Pos> {
        self.tags
    }

    fn word(&self, at: usize, offset: isize) -> Word {
        let edge = Word { form: if offset < 0 { 1 } else { 2 }, ..Word::default() };
        at.checked_add_signed(offset).and_then(|i| self.words.get(i)).copied().unwrap_or(edge)
    }

    fn tag_before(&self, at: usize, back: usize) -> u64 {
        at.checked_sub(back).and_then(|i| self.tags.get(i)).map_or(99, |t| *t as u64)
    }

    /// The last verb or modal before `at`, which decides between past tense and participle.
    fn last_verb(&self, at: usize) -> u64 {
        let from = at.saturating_sub(VERB_WINDOW);
        let found = (from..at).rev().find(|i| self.tags[*i].is_verb() || self.tags[*i] == Pos::MD);
        found.map_or(3, |i| self.words[i].form)
    }
}

/// The features of the word at `at`; the words before it have their tags.
pub fn features(sentence: &Sentence, at: usize) -> [u64; COUNT] {
    let [w, p, pp] = [0, -1, -2].map(|o| sentence.word(at, o));
    let [n, nn] = [1, 2].map(|o| sentence.word(at, o));
    let (t, tt) = (sentence.tag_before(at, 1), sentence.tag_before(at, 2));
    let verb = sentence.last_verb(at);
    let first = u64::from(at == 0);
    let case = sentence.casing as u64;
    let mut template = 0;
    let mut f = |a: u64, b: u64, c: u64| {
        template += 1;
        mix(mix(mix(template, a), b), c)
    };
    [
        f(0, 0, 0),
        f(w.form, 0, 0),
        f(w.suffixes[2], w.shape, case),
        f(w.suffixes[1], 0, 0),
        f(w.suffixes[2], 0, 0),
        f(w.suffixes[3], 0, 0),
        f(w.form, w.shape, case),
        f(w.prefixes[1], 0, 0),
        f(w.prefixes[2], 0, 0),
        f(t, 0, 0),
        f(tt, 0, 0),
        f(t, tt, 0),
        f(t, w.form, 0),
        f(p.form, 0, 0),
        f(pp.form, 0, 0),
        f(p.suffixes[2], 0, 0),
        f(n.form, 0, 0),
        f(nn.form, 0, 0),
        f(n.suffixes[2], 0, 0),
        f(w.shape, first, case),
        f(w.shape, t, case),
        f(p.form, w.form, 0),
        f(w.form, n.form, 0),
        f(t, n.form, 0),
        f(w.class, w.shape, case),
        f(n.class, 0, 0),
        f(w.class, n.class, 0),
        f(w.class, t, 0),
        f(n.class, t, w.suffixes[1]),
        f(nn.class, n.class, 0),
        f(w.class, t, tt),
        f(w.after_hyphen, 0, 0),
        f(p.form, n.form, 0),
        f(n.shape, w.shape, case),
        f(verb, w.suffixes[1], t),
        f(verb, w.class, t),
        f(w.suffixes[2], t, 0),
        f(w.class, t, n.class),
        f(w.cluster, 0, 0),
        f(w.cluster, t, 0),
        f(w.cluster, w.suffixes[1], 0),
        f(n.cluster, 0, 0),
        f(n.cluster, t, 0),
        f(p.cluster, w.cluster, n.cluster),
        f(w.capital, w.shape, first + 2 * case),
        f(w.capital, w.shape, t),
    ]
}

/// Mixes one more value into a hash; fixed for ever, as the model depends on it.
fn mix(hash: u64, value: u64) -> u64 {
    let mixed = (hash.rotate_left(23) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// FNV-1a over the bytes of `word`.
pub fn hash(word: &str) -> u64 {
    let mut hasher = FnvHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// Writes `word` in lower case into `out`, with each digit as 0 and one sort of apostrophe.
pub fn normalize(word: &str, out: &mut String) {
    out.clear();
    // A very long "word" (a table without blanks) tells no more than its beginning.
    for c in word.chars().take(64) {
        match c {
            '0'..='9' => out.push('0'),
            '’' | '‘' | '`' => out.push('\''),
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ => out.extend(c.to_lowercase()),
        }
    }
}

/// What the lexicon of `model` knows of `word`, in whatever case it stands.
pub(super) fn entry(model: &Model, word: &str) -> Option<Entry> {
    let mut form = String::new();
    normalize(word, &mut form);
    model.entry(hash(&form))
}

fn hash_word(model: &Model, word: &str, form: &mut String) -> Word {
    normalize(word, form);
    let mut suffixes = [0; 4];
    for (suffix, (i, _)) in suffixes.iter_mut().zip(form.char_indices().rev()) {
        *suffix = hash(&form[i..]);
    }
    let mut prefixes = [0; 3];
    for (prefix, (i, c)) in prefixes.iter_mut().zip(form.char_indices()) {
        *prefix = hash(&form[..i + c.len_utf8()]);
    }
    let hashed = hash(form);
    let entry = model.entry(hashed);
    let lower = !word.chars().any(char::is_uppercase);
    Word {
        form: hashed,
        suffixes,
        prefixes,
        after_hyphen: form.rsplit_once('-').map_or(0, |(_, last)| hash(last)),
        shape: shape(word),
        class: entry.map_or(0, |e| u64::from(e.class)),
        cluster: entry.map_or(0, |e| u64::from(e.cluster)),
        capital: entry.map_or(0, |e| u64::from(e.capital)),
        known: entry
            .and_then(|e| TAGS.get(usize::from(e.only)))
            .copied()
            .filter(|pos| lower || is_closed(*pos)),
    }
}

/// A tag whose words are no part of a name, so that a capital does not change it.
fn is_closed(pos: Pos) -> bool {
    matches!(
        pos,
        Pos::DT | Pos::PRP | Pos::PRPS | Pos::CC | Pos::MD | Pos::WP | Pos::WRB | Pos::WPS | Pos::EX
    )
}

/// The sort of characters, each run of a sort once: "McDonald" is "XxXx", "F-16" is "X-d".
fn shape(word: &str) -> u64 {
    let sort = |c: char| match c {
        _ if c.is_uppercase() => b'X',
        _ if c.is_alphabetic() => b'x',
        _ if c.is_numeric() => b'd',
        _ if c.is_ascii() => c as u8,
        _ => b'?',
    };
    let mut hash = 0;
    let mut last = 0;
    let mut length = 0;
    for c in word.chars().take(24).map(sort) {
        length = if c == last { length + 1 } else { 1 };
        // One capital is an initial or a title's beginning, several are an acronym.
        if length == 1 || (length == 2 && c == b'X') {
            hash = mix(hash, u64::from(c));
        }
        last = c;
    }
    hash
}

fn casing(words: &[&str]) -> Casing {
    let letters = words.iter().filter(|w| w.starts_with(char::is_alphabetic));
    let (mut all, mut capital, mut upper) = (0, 0, 0);
    for word in letters {
        all += 1;
        capital += usize::from(word.starts_with(char::is_uppercase));
        upper += usize::from(!word.chars().any(char::is_lowercase));
    }
    match () {
        () if all >= 2 && upper * 10 >= all * 8 => Casing::Upper,
        // Articles and prepositions of a headline keep their small letters.
        () if all >= 4 && capital * 10 >= all * 7 => Casing::Title,
        () => Casing::Mixed,
    }
}
