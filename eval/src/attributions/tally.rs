//! What is counted in an article.
//!
//! In: an [`Article`] and the attributions predicted for it. Out: a [`Tally`]; tallies of articles add up. It does
//! not know percentages.

use std::collections::BTreeSet;
use std::ops::{AddAssign, Index, IndexMut};

use super::matching::{SOFT, assign};
use super::standoff::{Article, Spans};
use super::words::{Fragment, WordSet, Words};
use super::{heads, marks};

/// In what way a predicted attribution answers a gold one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The same characters.
    Strict,
    /// The same words.
    StrictNorm,
    /// Jaccard of the words ≥ 0.8.
    Soft,
    /// Worth its word F1.
    Partial,
    /// Any word shared.
    Overlap,
    /// Soft, and the head of the source found.
    FullSource,
    /// Also the head of the cue.
    FullSourceCue,
    /// Content, source and cue all the same words.
    FullStrict,
}

impl Measure {
    /// All of them, in the order in which they are printed.
    pub const ALL: [Measure; 8] = [
        Measure::Strict,
        Measure::StrictNorm,
        Measure::Soft,
        Measure::Partial,
        Measure::Overlap,
        Measure::FullSource,
        Measure::FullSourceCue,
        Measure::FullStrict,
    ];

    /// Its key in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Measure::Strict => "strict",
            Measure::StrictNorm => "strict_norm",
            Measure::Soft => "soft",
            Measure::Partial => "partial",
            Measure::Overlap => "overlap",
            Measure::FullSource => "full_src",
            Measure::FullSourceCue => "full_src_cue",
            Measure::FullStrict => "full_strict",
        }
    }
}

/// A value for each measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ByMeasure<T>(pub [T; 8]);

impl<T> Index<Measure> for ByMeasure<T> {
    type Output = T;
    fn index(&self, measure: Measure) -> &T {
        &self.0[measure as usize]
    }
}

impl<T> IndexMut<Measure> for ByMeasure<T> {
    fn index_mut(&mut self, measure: Measure) -> &mut T {
        &mut self.0[measure as usize]
    }
}

/// What matched pairs are worth.
pub type Worth = ByMeasure<f64>;

impl AddAssign<&Worth> for Worth {
    fn add_assign(&mut self, other: &Worth) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine += theirs);
    }
}

/// Attributions of one class of quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClassTally {
    /// How many gold ones are of it.
    pub gold: usize,
    /// How many predicted ones are of it.
    pub predicted: usize,
    /// What the pairs with such a gold one are worth.
    pub by_gold: Worth,
    /// What the pairs with such a predicted one are worth.
    pub by_predicted: Worth,
}

/// Gold attributions of one kind of cue.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CueTally {
    /// How many.
    pub gold: usize,
    /// What their pairs are worth.
    pub worth: Worth,
}

/// Sources, or cues, of pairs whose contents match softly.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RoleTally {
    /// How many gold ones have the role.
    pub n: usize,
    /// Of these, predicted with the same words.
    pub exact: usize,
    /// Of these, predicted with the head word in it.
    pub head: usize,
    /// Sum of their word F1.
    pub f1: f64,
    /// Of these, predicted without any.
    pub absent: usize,
    /// How many gold ones lack the role.
    pub none: usize,
    /// Of these, predicted without any.
    pub none_ok: usize,
}

/// What is right, what was said, what was to be said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// In both.
    pub both: usize,
    /// In the gold.
    pub gold: usize,
    /// In the prediction.
    pub predicted: usize,
}

/// Contents taken fragment by fragment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FragmentTally {
    /// How many gold ones.
    pub gold: usize,
    /// How many predicted ones.
    pub predicted: usize,
    /// What the pairs are worth; only strict_norm, soft and partial are counted.
    pub worth: Worth,
}

/// All counts of an article, or of many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Articles.
    pub docs: usize,
    /// Gold attributions.
    pub gold: usize,
    /// Predicted attributions that count.
    pub predicted: usize,
    /// Predicted attributions that lie in furniture.
    pub ignored: usize,
    /// What all pairs are worth.
    pub worth: Worth,
    /// By [`marks::Class`].
    pub classes: [ClassTally; 3],
    /// Speech, then attitude.
    pub cues: [CueTally; 2],
    /// Source, then cue.
    pub roles: [RoleTally; 2],
    /// Fragments of contents.
    pub fragments: FragmentTally,
    /// Words of sources, cues and contents.
    pub words: [Counts; 3],
}

/// An attribution ready to be compared: source, cue and content.
struct Prepared {
    fragments: [Vec<Fragment>; 3],
    sets: [WordSet; 3],
    class: marks::Class,
}

const SOURCE: usize = 0;
const CUE: usize = 1;
const CONTENT: usize = 2;

impl Prepared {
    fn new(words: &Words, spans: &Spans) -> Option<Self> {
        let fragments = [&spans.source, &spans.cue, &spans.content].map(|role| words.normalise(role));
        let sets = [0, 1, 2].map(|role| words.set(&fragments[role]));
        let class = marks::class(words.chars(), &fragments[CONTENT]);
        (!fragments[CONTENT].is_empty()).then_some(Prepared { fragments, sets, class })
    }
}

/// Counts what of `predicted` is right in `article`.
pub fn tally(article: &Article, predicted: &[Spans]) -> Tally {
    let words = Words::new(&article.text);
    let prepare = |all: &[Spans]| -> Vec<Prepared> {
        all.iter().filter_map(|spans| Prepared::new(&words, spans)).collect()
    };
    let (gold, mut predicted) = (prepare(&article.attributions), prepare(predicted));
    let before = predicted.len();
    let discard = words.set(&words.normalise(&article.discard));
    if !article.discard.is_empty() {
        predicted.retain(|p| (p.sets[CONTENT].shared(&discard) as f64) < 0.5 * p.sets[CONTENT].len() as f64);
    }

    let mut tally = Tally {
        docs: 1,
        gold: gold.len(),
        predicted: predicted.len(),
        ignored: before - predicted.len(),
        ..Tally::default()
    };
    predicted.iter().for_each(|p| tally.classes[p.class as usize].predicted += 1);
    let cue_kinds: Vec<usize> = gold.iter().map(|g| cue_kind(&words, &g.fragments[CUE])).collect();
    for (g, &kind) in gold.iter().zip(&cue_kinds) {
        tally.classes[g.class as usize].gold += 1;
        tally.cues[kind].gold += 1;
    }
    for (i, j) in assign(&contents(&gold), &contents(&predicted)) {
        tally.add_pair(&words, &gold[i], &predicted[j], cue_kinds[i]);
    }
    tally.fragments = fragments(&words, &gold, &predicted);
    tally.words = [SOURCE, CUE, CONTENT].map(|role| count_words(role, &gold, &predicted));
    tally
}

fn contents(all: &[Prepared]) -> Vec<WordSet> {
    all.iter().map(|one| one.sets[CONTENT].clone()).collect()
}

/// 0 where a word of the cue is a verb of speech, else 1.
fn cue_kind(words: &Words, cue: &[Fragment]) -> usize {
    usize::from(!words.within(cue).into_iter().any(|word| heads::is_speech(&words.lower(word))))
}

fn fragments(words: &Words, gold: &[Prepared], predicted: &[Prepared]) -> FragmentTally {
    let sets = |all: &[Prepared]| -> Vec<WordSet> {
        all.iter().flat_map(|one| &one.fragments[CONTENT]).map(|&fragment| words.set(&[fragment])).collect()
    };
    let (gold, predicted) = (sets(gold), sets(predicted));
    let mut worth = Worth::default();
    for (i, j) in assign(&gold, &predicted) {
        worth[Measure::StrictNorm] += truth(gold[i] == predicted[j]);
        worth[Measure::Soft] += truth(gold[i].jaccard(&predicted[j]) >= SOFT);
        worth[Measure::Partial] += gold[i].f1(&predicted[j]);
    }
    FragmentTally { gold: gold.len(), predicted: predicted.len(), worth }
}

fn count_words(role: usize, gold: &[Prepared], predicted: &[Prepared]) -> Counts {
    let union = |all: &[Prepared]| -> BTreeSet<i32> {
        all.iter().flat_map(|one| one.sets[role].iter()).filter(|&word| word >= 0).collect()
    };
    let (gold, predicted) = (union(gold), union(predicted));
    let both = gold.intersection(&predicted).count();
    Counts { both, gold: gold.len(), predicted: predicted.len() }
}

fn truth(it_is: bool) -> f64 {
    if it_is { 1.0 } else { 0.0 }
}

/// Whether a role of a matched pair is right.
struct RoleMatch {
    exact: bool,
    head: bool,
}

impl Tally {
    fn add_pair(&mut self, words: &Words, gold: &Prepared, predicted: &Prepared, cue_kind: usize) {
        let (g, p) = (&gold.sets[CONTENT], &predicted.sets[CONTENT]);
        let soft = g.jaccard(p) >= SOFT;
        let [source, cue] = [SOURCE, CUE].map(|role| {
            let found = compare(words, role, gold, predicted);
            if soft {
                self.roles[role].add(&found, &gold.sets[role], &predicted.sets[role]);
            }
            found
        });
        let worth = ByMeasure([
            truth(gold.fragments[CONTENT] == predicted.fragments[CONTENT]),
            truth(g == p),
            truth(soft),
            g.f1(p),
            1.0,
            truth(soft && source.head),
            truth(soft && source.head && cue.head),
            truth(g == p && source.exact && cue.exact),
        ]);
        self.worth += &worth;
        self.classes[gold.class as usize].by_gold += &worth;
        self.classes[predicted.class as usize].by_predicted += &worth;
        self.cues[cue_kind].worth += &worth;
    }

    /// Adds the counts of another article.
    pub fn add(&mut self, other: &Tally) {
        self.docs += other.docs;
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.ignored += other.ignored;
        self.worth += &other.worth;
        for (mine, theirs) in self.classes.iter_mut().zip(&other.classes) {
            mine.add(theirs);
        }
        for (mine, theirs) in self.cues.iter_mut().zip(&other.cues) {
            mine.gold += theirs.gold;
            mine.worth += &theirs.worth;
        }
        for (mine, theirs) in self.roles.iter_mut().zip(&other.roles) {
            mine.merge(theirs);
        }
        self.fragments.gold += other.fragments.gold;
        self.fragments.predicted += other.fragments.predicted;
        self.fragments.worth += &other.fragments.worth;
        for (mine, theirs) in self.words.iter_mut().zip(&other.words) {
            mine.both += theirs.both;
            mine.gold += theirs.gold;
            mine.predicted += theirs.predicted;
        }
    }
}

fn compare(words: &Words, role: usize, gold: &Prepared, predicted: &Prepared) -> RoleMatch {
    let (g, p) = (&gold.sets[role], &predicted.sets[role]);
    if g.is_empty() {
        return RoleMatch { exact: p.is_empty(), head: p.is_empty() };
    }
    let of = if role == CUE { heads::of_cue } else { heads::of_source };
    let head = words.set(&of(words, &gold.fragments[role]));
    RoleMatch { exact: g == p, head: head.shared(p) > 0 }
}

impl RoleTally {
    fn add(&mut self, found: &RoleMatch, gold: &WordSet, predicted: &WordSet) {
        if gold.is_empty() {
            self.none += 1;
            self.none_ok += usize::from(predicted.is_empty());
            return;
        }
        self.n += 1;
        self.exact += usize::from(found.exact);
        self.head += usize::from(found.head);
        self.f1 += gold.f1(predicted);
        self.absent += usize::from(predicted.is_empty());
    }

    fn merge(&mut self, other: &RoleTally) {
        self.n += other.n;
        self.exact += other.exact;
        self.head += other.head;
        self.f1 += other.f1;
        self.absent += other.absent;
        self.none += other.none;
        self.none_ok += other.none_ok;
    }
}

impl ClassTally {
    /// Adds the counts of another article, or of another class.
    pub fn add(&mut self, other: &ClassTally) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.by_gold += &other.by_gold;
        self.by_predicted += &other.by_predicted;
    }
}
