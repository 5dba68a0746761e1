//! The figures of a set of articles.
//!
//! In: their tallies. Out: a [`Summary`], as JSON with the keys of `score_attributions.py` and as its table. All
//! figures are micro-averages: precision divides by predicted, recall by gold attributions.

use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::tally::{ByMeasure, ClassTally, CueTally, Measure, RoleTally, Tally, Worth};
use crate::splitmix::SplitMix;

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "their names say what they are")]
pub struct Prf {
    #[serde(rename = "P")]
    pub precision: f64,
    #[serde(rename = "R")]
    pub recall: f64,
    #[serde(rename = "F1")]
    pub f1: f64,
}

impl Prf {
    fn new(right_of_predicted: f64, predicted: usize, right_of_gold: f64, gold: usize) -> Self {
        let precision = ratio(right_of_predicted, predicted).unwrap_or(0.0);
        let recall = ratio(right_of_gold, gold).unwrap_or(0.0);
        let sum = precision + recall;
        let f1 = if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum };
        Prf { precision, recall, f1 }
    }
}

fn ratio(part: f64, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part / whole as f64)
}

impl<T: Serialize> Serialize for ByMeasure<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Measure::ALL.len()))?;
        for measure in Measure::ALL {
            map.serialize_entry(measure.key(), &self[measure])?;
        }
        map.end()
    }
}

/// All figures.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// How much was compared.
    pub counts: Sizes,
    /// Of whole contents.
    pub content: ByMeasure<Prf>,
    /// Of contents taken fragment by fragment.
    pub content_fragments: FragmentFigures,
    /// Of sources where the content is found softly.
    pub source_given_soft_content: RoleFigures,
    /// Of cues where the content is found softly.
    pub cue_given_soft_content: RoleFigures,
    /// By quotation marks.
    pub strata: Strata,
    /// By the kind of the gold cue.
    pub recall_by_gold_cue: CueFigures,
    /// Of words.
    pub tokens: WordFigures,
    /// 95 % intervals of F1 by resampling articles: measure, low, high.
    #[serde(rename = "ci95_F1", skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    pub intervals: Vec<(Measure, [f64; 2])>,
}

fn as_map<S: Serializer>(intervals: &[(Measure, [f64; 2])], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(intervals.iter().map(|(measure, interval)| (measure.key(), interval)))
}

/// How much was compared.
#[derive(Clone, Copy, Debug, Serialize)]
#[allow(missing_docs, reason = "their names say what they are")]
pub struct Sizes {
    pub docs: usize,
    pub gold: usize,
    pub pred: usize,
    pub ignored_in_discard: usize,
}

/// Contents taken fragment by fragment.
#[derive(Clone, Copy, Debug, Serialize)]
#[allow(missing_docs, reason = "their names are the measures'")]
pub struct FragmentFigures {
    pub strict_norm: Prf,
    pub soft: Prf,
    pub partial: Prf,
}

/// A source or cue, where the content is found softly; `None` where there is nothing to divide by.
#[derive(Clone, Copy, Debug, Serialize)]
#[allow(missing_docs, reason = "as in RoleTally")]
pub struct RoleFigures {
    pub n: usize,
    pub exact: Option<f64>,
    pub head: Option<f64>,
    pub mean_f1: Option<f64>,
    pub absent: Option<f64>,
    pub gold_none_n: usize,
    pub gold_none_ok: Option<f64>,
}

/// One stratum: recall by the class of the gold, precision by that of the prediction.
#[derive(Clone, Copy, Debug, Serialize)]
#[allow(missing_docs, reason = "their names say what they are")]
pub struct Stratum {
    pub gold: usize,
    pub pred: usize,
    #[serde(flatten)]
    pub figures: ByMeasure<Prf>,
}

/// By quotation marks; `quoted` is direct and mixed.
#[derive(Clone, Copy, Debug, Serialize)]
#[allow(missing_docs, reason = "their names are the classes'")]
pub struct Strata {
    pub quoted: Stratum,
    pub direct: Stratum,
    pub mixed: Stratum,
    pub indirect: Stratum,
}

/// Recall of attributions with one kind of cue.
#[derive(Clone, Copy, Debug, Serialize)]
#[allow(missing_docs, reason = "their names say what they are")]
pub struct CueRecall {
    pub gold: usize,
    #[serde(flatten)]
    pub recall: ByMeasure<Option<f64>>,
}

/// Recall by the kind of cue.
#[derive(Clone, Copy, Debug, Serialize)]
#[allow(missing_docs, reason = "their names say what they are")]
pub struct CueFigures {
    pub speech: CueRecall,
    pub attitude: CueRecall,
}

/// Words of the union of all spans of a role.
#[derive(Clone, Copy, Debug, Serialize)]
#[allow(missing_docs, reason = "their names are the roles'")]
pub struct WordFigures {
    pub source: Prf,
    pub cue: Prf,
    pub content: Prf,
}

/// The figures of the articles that `tallies` count, with intervals from `resamples` resamplings of them.
pub fn summarise(tallies: &[Tally], resamples: usize) -> Summary {
    let mut all = Tally::default();
    tallies.iter().for_each(|tally| all.add(tally));
    let fragment = |measure| {
        let worth = all.fragments.worth[measure];
        Prf::new(worth, all.fragments.predicted, worth, all.fragments.gold)
    };
    let [source_words, cue_words, content_words] =
        all.words.map(|w| Prf::new(w.both as f64, w.predicted, w.both as f64, w.gold));
    Summary {
        counts: Sizes {
            docs: all.docs,
            gold: all.gold,
            pred: all.predicted,
            ignored_in_discard: all.ignored,
        },
        content: figures(&all.worth, all.predicted, &all.worth, all.gold),
        content_fragments: FragmentFigures {
            strict_norm: fragment(Measure::StrictNorm),
            soft: fragment(Measure::Soft),
            partial: fragment(Measure::Partial),
        },
        source_given_soft_content: role_figures(&all.roles[0]),
        cue_given_soft_content: role_figures(&all.roles[1]),
        strata: strata(&all.classes),
        recall_by_gold_cue: CueFigures {
            speech: cue_recall(&all.cues[0]),
            attitude: cue_recall(&all.cues[1]),
        },
        tokens: WordFigures { source: source_words, cue: cue_words, content: content_words },
        intervals: if resamples > 0 { intervals(tallies, resamples) } else { Vec::new() },
    }
}

fn figures(of_predicted: &Worth, predicted: usize, of_gold: &Worth, gold: usize) -> ByMeasure<Prf> {
    ByMeasure(Measure::ALL.map(|m| Prf::new(of_predicted[m], predicted, of_gold[m], gold)))
}

fn role_figures(role: &RoleTally) -> RoleFigures {
    let of_n = |part: usize| ratio(part as f64, role.n);
    RoleFigures {
        n: role.n,
        exact: of_n(role.exact),
        head: of_n(role.head),
        mean_f1: ratio(role.f1, role.n),
        absent: of_n(role.absent),
        gold_none_n: role.none,
        gold_none_ok: ratio(role.none_ok as f64, role.none),
    }
}

fn strata([direct, mixed, indirect]: &[ClassTally; 3]) -> Strata {
    let stratum = |class: &ClassTally| Stratum {
        gold: class.gold,
        pred: class.predicted,
        figures: figures(&class.by_predicted, class.predicted, &class.by_gold, class.gold),
    };
    let mut quoted = *direct;
    quoted.add(mixed);
    Strata {
        quoted: stratum(&quoted),
        direct: stratum(direct),
        mixed: stratum(mixed),
        indirect: stratum(indirect),
    }
}

fn cue_recall(cue: &CueTally) -> CueRecall {
    CueRecall { gold: cue.gold, recall: ByMeasure(cue.worth.0.map(|worth| ratio(worth, cue.gold))) }
}

/// For which measures an interval is given.
const RESAMPLED: [Measure; 5] =
    [Measure::StrictNorm, Measure::Soft, Measure::Partial, Measure::FullSource, Measure::FullSourceCue];

/// The 2.5th and 97.5th percentile of F1 over `resamples` draws of as many articles, with replacement. The
/// draws are our own and seeded; the Python scorer draws others, so its intervals differ by chance.
fn intervals(tallies: &[Tally], resamples: usize) -> Vec<(Measure, [f64; 2])> {
    let mut chance = SplitMix::new(1);
    let mut values: [Vec<f64>; 5] = Default::default();
    for _ in 0..resamples {
        let (mut gold, mut predicted, mut worth) = (0, 0, Worth::default());
        for _ in tallies {
            let drawn = &tallies[chance.below(tallies.len())];
            (gold, predicted) = (gold + drawn.gold, predicted + drawn.predicted);
            worth += &drawn.worth;
        }
        for (measure, values) in RESAMPLED.into_iter().zip(&mut values) {
            values.push(Prf::new(worth[measure], predicted, worth[measure], gold).f1);
        }
    }
    let interval = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        let at = |part: f64| values[((part * values.len() as f64) as usize).min(values.len() - 1)];
        [at(0.025), at(0.975)]
    };
    RESAMPLED.into_iter().zip(values).map(|(measure, values)| (measure, interval(values))).collect()
}

/// The table of `score_attributions.py`, line for line.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sizes { docs, gold, pred, ignored_in_discard } = self.counts;
        writeln!(f, "docs {docs}  gold {gold}  pred {pred}  ignored-in-discard {ignored_in_discard}")?;
        writeln!(f, "{:38} {:>6} {:>6} {:>6}", "", "P", "R", "F1")?;
        for measure in Measure::ALL {
            row(f, title(measure), &self.content[measure])?;
            if let Some((_, [low, high])) = self.intervals.iter().find(|(m, _)| *m == measure) {
                writeln!(f, "{:38}  F1 95% CI {} - {}", "", percent(*low), percent(*high))?;
            }
        }
        row(f, "fragments strict_norm", &self.content_fragments.strict_norm)?;
        row(f, "fragments soft", &self.content_fragments.soft)?;
        row(f, "fragments partial", &self.content_fragments.partial)?;
        role_row(f, "source", &self.source_given_soft_content)?;
        role_row(f, "cue", &self.cue_given_soft_content)?;
        stratum_rows(f, "quoted", &self.strata.quoted)?;
        stratum_rows(f, "direct", &self.strata.direct)?;
        stratum_rows(f, "mixed", &self.strata.mixed)?;
        stratum_rows(f, "indirect", &self.strata.indirect)?;
        cue_row(f, "speech", &self.recall_by_gold_cue.speech)?;
        cue_row(f, "attitude", &self.recall_by_gold_cue.attitude)?;
        row(f, "words: source", &self.tokens.source)?;
        row(f, "words: cue", &self.tokens.cue)?;
        row(f, "words: content", &self.tokens.content)
    }
}

fn title(measure: Measure) -> &'static str {
    match measure {
        Measure::Strict => "content strict (chars)",
        Measure::StrictNorm => "content strict (words)",
        Measure::Soft => "content soft (Jaccard>=.8)",
        Measure::Partial => "content partial (sum of F1)",
        Measure::Overlap => "content any overlap",
        Measure::FullSource => "soft content + source head",
        Measure::FullSourceCue => "soft content + source head + cue head",
        Measure::FullStrict => "all three exact (words)",
    }
}

fn percent(share: impl Into<Option<f64>>) -> String {
    share.into().map_or_else(|| "  -  ".to_owned(), |share| format!("{:5.1}", 100.0 * share))
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, prf: &Prf) -> fmt::Result {
    writeln!(f, "{name:38}  {}  {}  {}", percent(prf.precision), percent(prf.recall), percent(prf.f1))
}

fn role_row(f: &mut fmt::Formatter<'_>, name: &str, role: &RoleFigures) -> fmt::Result {
    writeln!(
        f,
        "{name:6} given soft content: n {} exact {} head {} meanF1 {} absent {} | gold has none: n {} ok {}",
        role.n,
        percent(role.exact),
        percent(role.head),
        percent(role.mean_f1),
        percent(role.absent),
        role.gold_none_n,
        percent(role.gold_none_ok)
    )
}

fn stratum_rows(f: &mut fmt::Formatter<'_>, name: &str, stratum: &Stratum) -> fmt::Result {
    writeln!(f, "{name:9} gold {:4} pred {:4}", stratum.gold, stratum.pred)?;
    for measure in [Measure::StrictNorm, Measure::Soft, Measure::Partial, Measure::FullSource] {
        row(f, &format!("   {name} {}", measure.key()), &stratum.figures[measure])?;
    }
    Ok(())
}

fn cue_row(f: &mut fmt::Formatter<'_>, name: &str, cue: &CueRecall) -> fmt::Result {
    writeln!(
        f,
        "recall, gold cue {name:8} n {:4}  strict {} soft {} partial {} soft+source {}",
        cue.gold,
        percent(cue.recall[Measure::StrictNorm]),
        percent(cue.recall[Measure::Soft]),
        percent(cue.recall[Measure::Partial]),
        percent(cue.recall[Measure::FullSource])
    )
}
