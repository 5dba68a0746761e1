//! One utterance in every telling.
//!
//! In: the direct and mixed attributions of each account. Out: [`Utterance`]s: tellings of the same words,
//! verbatim, truncated, in another translation, or given to somebody else. It does not know what an indirect
//! telling of the same utterance would look like.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cast::MemberIndex;
use super::{Account, Context, Spot};
use crate::annotate::{Attribution, AttributionKind, Pos, lemma};
use crate::record::{Quotation, Variant};
use crate::span::Span;

/// The same words, in every telling.
#[derive(Debug)]
pub struct Utterance {
    /// Each telling, the longest first.
    pub tellings: Vec<Telling>,
}

/// Quoted words as one report gives them.
#[derive(Clone, Debug)]
pub struct Telling {
    /// The account.
    pub account: usize,
    /// Index of its attribution.
    pub attribution: usize,
    /// The quoted stretches, without marks.
    pub stretches: Vec<Span>,
    /// The words of the stretches.
    pub words: Vec<Word>,
    /// Whom the report gives them to.
    pub speaker: Option<MemberIndex>,
}

/// A word of a telling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its lemma with contractions spelt out, for comparing.
    pub form: String,
    /// What it weighs in comparing: words that carry content more than the others.
    pub weight: u32,
    /// Where it stands.
    pub span: Span,
}

const CONTENT: u32 = 3;
const FUNCTION: u32 = 1;

/// The longest telling that is compared word by word; a longer one is compared by its beginning. It bounds
/// the cost of a pair.
const LONGEST: usize = 400;

impl Telling {
    /// The span from its first to its last word.
    pub fn spot(&self) -> Spot {
        let cover = self.stretches.iter().copied().reduce(Span::cover).unwrap_or_default();
        Spot { account: self.account, span: cover }
    }

    /// Its words; where the report's own words stand between two stretches, an ellipsis.
    pub fn text(&self, context: &Context) -> String {
        let words = |span: &Span| context.accounts[self.account].report.slice(*span);
        self.stretches.iter().map(words).collect::<Vec<_>>().join(" … ")
    }

    /// Whether it is a direct quotation.
    pub fn is_direct(&self, context: &Context) -> bool {
        self.attribution(context).kind == AttributionKind::Direct
    }

    fn attribution<'a>(&self, context: &'a Context) -> &'a Attribution {
        &context.accounts[self.account].layers.attributions[self.attribution]
    }

    fn weight(&self) -> u32 {
        self.words.iter().map(|w| w.weight).sum()
    }

    fn content_words(&self) -> usize {
        self.words.iter().filter(|w| w.weight == CONTENT).count()
    }
}

/// The utterances of the story, those that most reports carry first.
pub fn join(context: &Context) -> Vec<Utterance> {
    let tellings: Vec<Telling> =
        (0..context.accounts.len()).flat_map(|account| tellings(context, account)).collect();
    let mut root: Vec<usize> = (0..tellings.len()).collect();
    for (a, b) in candidates(&tellings) {
        if are_one(&tellings[a], &tellings[b]) {
            let (ra, rb) = (find(&mut root, a), find(&mut root, b));
            root[ra.max(rb)] = ra.min(rb);
        }
    }
    let mut groups: BTreeMap<usize, Vec<Telling>> = BTreeMap::new();
    for (i, telling) in tellings.into_iter().enumerate() {
        groups.entry(find(&mut root, i)).or_default().push(telling);
    }
    let mut utterances: Vec<Utterance> =
        groups.into_values().map(|tellings| Utterance { tellings }).collect();
    let reports = |u: &Utterance| u.tellings.iter().map(|t| t.account).collect::<BTreeSet<_>>().len();
    utterances.sort_by_key(|u| (Reverse(reports(u)), u.tellings.first().map(Telling::spot)));
    for utterance in &mut utterances {
        utterance.tellings.sort_by_key(|t| (Reverse(t.weight()), t.spot()));
    }
    utterances
}

fn find(root: &mut [usize], mut i: usize) -> usize {
    while root[i] != i {
        root[i] = root[root[i]];
        i = root[i];
    }
    i
}

/// The tellings of one account: a direct quotation is one, with all its stretches; in a mixed one each quoted
/// stretch is one of its own.
fn tellings(context: &Context, account: usize) -> Vec<Telling> {
    let Account { report, layers } = context.accounts[account];
    let quotes = layers.quotes.iter().filter(|q| !q.nested && report.region_at(q.inner).is_none());
    let stretches: Vec<Span> =
        quotes.map(|q| trimmed(report.slice(q.inner), q.inner)).filter(|s| !s.is_empty()).collect();
    let mut by_attribution: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for stretch in stretches {
        if let Some(i) = innermost(context.accounts[account], stretch) {
            by_attribution.entry(i).or_default().push(stretch);
        }
    }
    let mut tellings = Vec::new();
    for (attribution, stretches) in by_attribution {
        let of = &layers.attributions[attribution];
        let speaker = of.speaker.map(|entity| context.cast.member(account, entity));
        let parts: Vec<Vec<Span>> = match of.kind {
            AttributionKind::Direct => vec![stretches],
            _ => stretches.into_iter().map(|s| vec![s]).collect(),
        };
        tellings.extend(parts.into_iter().map(|stretches| {
            let words = stretches.iter().flat_map(|s| words(context.accounts[account], *s)).collect();
            Telling { account, attribution, stretches, words, speaker }
        }));
    }
    tellings.sort_by_key(Telling::spot);
    tellings
}

fn trimmed(text: &str, span: Span) -> Span {
    let start = span.start as usize + (text.len() - text.trim_start().len());
    let end = start + text.trim_start().trim_end_matches(|c: char| c.is_whitespace() || c == ',').len();
    Span::new(start..end)
}

/// The attribution with the least content that holds `stretch`. Whoever is only said to want or believe
/// something is not quoted ("Smith said the ministry was demanding “…”" quotes Smith).
fn innermost(account: &Account, stretch: Span) -> Option<usize> {
    let attributions = &account.layers.attributions;
    let holds = |a: &Attribution| {
        a.kind != AttributionKind::Indirect && a.content.iter().any(|c| c.overlaps(stretch))
    };
    let length = |a: &Attribution| a.content.iter().map(|c| c.len()).sum::<usize>();
    let mut holding: Vec<(usize, &Attribution)> =
        attributions.iter().enumerate().filter(|(_, a)| holds(a)).collect();
    holding.sort_by_key(|(i, a)| (length(a), *i));
    let said = holding.iter().find(|(_, a)| !is_attitude(account, a));
    said.or(holding.first()).map(|(i, _)| *i)
}

/// Verbs that report what somebody wants or thinks, not what he says.
const ATTITUDES: &[&str] = &[
    "want", "demand", "believe", "hope", "expect", "fear", "seek", "plan", "intend", "wish", "need",
    "support", "oppose", "favour", "favor", "prefer", "think", "consider", "feel", "require",
];

fn is_attitude(account: &Account, attribution: &Attribution) -> bool {
    let layers = &account.layers;
    let mut words = attribution.cue.iter().flat_map(|cue| layers.tokens_in(*cue)).map(|i| layers.tokens[i]);
    words.any(|t| ATTITUDES.contains(&lemma(account.report.slice(t.span), t.pos).to_lowercase().as_str()))
}

/// The words of a stretch, in the form in which they are compared.
fn words(account: &Account, stretch: Span) -> Vec<Word> {
    let Account { report, layers } = account;
    let tokens = layers.tokens[layers.tokens_in(stretch)].iter().filter(|t| t.pos != Pos::Punct);
    let word = |token: &crate::annotate::Token| {
        let text = report.slice(token.span);
        let content =
            token.pos.is_noun() || token.pos.is_adjective() || token.pos.is_verb() || token.pos == Pos::CD;
        let form = expanded(&base(text, token.pos).replace('’', "'")).to_owned();
        let weight = if content && form != "be" && form != "have" { CONTENT } else { FUNCTION };
        Word { form, weight, span: token.span }
    };
    let mut words: Vec<Word> = Vec::new();
    for word in tokens.map(word).filter(|w| w.form.starts_with(char::is_alphanumeric)) {
        match words.last_mut() {
            // "[I]mmigration": an editor's capital is no word of its own.
            Some(last)
                if report.slice(last.span.cover(word.span)).contains(']')
                    && last.span.end + 1 == word.span.start =>
            {
                *last = Word {
                    form: format!("{}{}", last.form, word.form),
                    span: last.span.cover(word.span),
                    ..word
                };
            }
            _ => words.push(word),
        }
    }
    words
}

/// The lemma of a word whatever its tag: "waiting" is one form as a noun and as a verb, and so are the spellings
/// of one word on both sides of the Atlantic.
fn base(word: &str, pos: Pos) -> String {
    let word = word.to_lowercase();
    let verbal = [("ing", Pos::VBG), ("ed", Pos::VBD)].into_iter().find(|(ending, _)| word.ends_with(ending));
    let lemma = lemma(&word, verbal.map_or(pos, |(_, pos)| pos)).to_lowercase();
    SPELLINGS.iter().fold(lemma, |lemma, (british, american)| match lemma.strip_suffix(british) {
        Some(stem) if stem.chars().count() > 2 => format!("{stem}{american}"),
        _ => lemma,
    })
}

/// British endings and their American ones.
const SPELLINGS: &[(&str, &str)] = &[
    ("our", "or"),
    ("ramme", "ram"),
    ("isation", "ization"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("tre", "ter"),
    ("ence", "ense"),
];

/// Contractions spelt out; forms of "be" are one.
fn expanded(form: &str) -> &str {
    match form {
        "'s" | "'re" | "'m" | "is" | "are" | "was" | "were" | "am" => "be",
        "n't" => "not",
        "'ll" => "will",
        "'ve" => "have",
        "'d" => "would",
        other => other,
    }
}

/// Pairs that share content words enough to be looked at.
fn candidates(tellings: &[Telling]) -> Vec<(usize, usize)> {
    let mut with_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, telling) in tellings.iter().enumerate() {
        let forms: BTreeSet<&str> =
            telling.words.iter().filter(|w| w.weight == CONTENT).map(|w| w.form.as_str()).collect();
        for form in forms {
            with_word.entry(form).or_default().push(i);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for list in with_word.values() {
        for (n, a) in list.iter().enumerate() {
            for b in &list[n + 1..] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    let enough = |(a, b): (usize, usize), n: usize| {
        n >= 2.min(tellings[a].content_words()).min(tellings[b].content_words())
    };
    shared.into_iter().filter(|(pair, n)| enough(*pair, *n)).map(|(pair, _)| pair).collect()
}

/// Whether two tellings are of one utterance. Thresholds chosen on the seeds, the examples and
/// `tests/cases/quotations.md`: the same words from another speaker must be many and nearly all the same, or a stock
/// phrase would join two people; from the same speaker another translation may differ more, but its words must
/// stand together in both.
fn are_one(a: &Telling, b: &Telling) -> bool {
    let matched = align(&a.words, &b.words);
    let (Some(first), Some(last)) = (matched.first(), matched.last()) else { return false };
    let weight: u32 = matched.iter().map(|(i, _)| a.words[*i].weight).sum();
    let content = matched.iter().filter(|(i, _)| a.words[*i].weight == CONTENT).count();
    let contained = f64::from(weight) / f64::from(a.weight().min(b.weight()).max(1));
    let spread = (last.0 - first.0).max(last.1 - first.1) + 1;
    let dense = matched.len() as f64 / spread as f64 >= TOGETHER;
    let same_speaker = a.speaker.is_some() && a.speaker == b.speaker;
    let other_speaker = a.speaker.is_some() && b.speaker.is_some() && !same_speaker;
    if !dense {
        return false;
    }
    if other_speaker || !same_speaker && a.account != b.account {
        let row = longest_row(&matched);
        return content >= 5 && contained >= 0.8 || content >= 3 && row >= 9 && contained >= 0.9;
    }
    if one_denies(a, b, &matched) {
        return false;
    }
    if a.account == b.account {
        return content >= 3 && contained >= 0.9;
    }
    let whole = content == a.content_words().min(b.content_words());
    content >= 4 && contained >= 0.6
        || content >= 2 && matched.len() >= 3 && whole && contained >= 0.75
        || content >= 2 && matched.len() >= 6 && contained >= 0.7
        || content >= 3 && matched.len() >= 8 && contained >= 0.6
}

/// The most words in a row that two tellings share.
fn longest_row(matched: &[(usize, usize)]) -> usize {
    let rows = matched.chunk_by(|x, y| x.0 + 1 == y.0 && x.1 + 1 == y.1);
    rows.map(<[_]>::len).max().unwrap_or(0)
}

/// Whether one telling denies where the other does not: in the words that stand for each other, or by a word
/// put in. What is cut denies nothing.
fn one_denies(a: &Telling, b: &Telling, matched: &[(usize, usize)]) -> bool {
    let denials = |words: &[Word]| {
        words.iter().filter(|w| matches!(w.form.as_str(), "not" | "no" | "never" | "none" | "nobody")).count()
    };
    matched.windows(2).any(|w| {
        let (left, right) = (&a.words[w[0].0 + 1..w[1].0], &b.words[w[0].1 + 1..w[1].1]);
        let replaced = !left.is_empty() && !right.is_empty() || left.len() + right.len() <= 2;
        replaced && denials(left) % 2 != denials(right) % 2
    })
}

/// What part of the longer stretch the common words must make up: two translations of one sentence share about
/// half, two sentences on one subject a fifth.
const TOGETHER: f64 = 0.35;

/// The longest common subsequence of two tellings by form, as pairs of indices.
pub fn align(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let width = b.len() + 1;
    let mut best = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let take = if a[i].form == b[j].form { best[(i + 1) * width + j + 1] + a[i].weight } else { 0 };
            best[i * width + j] = skip.max(take);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        let here = best[i * width + j];
        if a[i].form == b[j].form && here == best[(i + 1) * width + j + 1] + a[i].weight {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if here == best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// How a telling stands to the fullest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variation {
    /// Content words differ where both have words.
    pub wording: bool,
    /// Only function words or forms differ there.
    pub slight: bool,
    /// It lacks words of the fullest at its beginning or end.
    pub truncated: bool,
}

/// Compares `telling` with the fullest telling of its utterance, gap by gap between the words that they share.
/// What it leaves out without putting anything in its place is a cut, not another wording.
pub fn compare(fullest: &Telling, telling: &Telling) -> Variation {
    let matched = align(&fullest.words, &telling.words);
    let (Some(first), Some(last)) = (matched.first(), matched.last()) else {
        return Variation { wording: true, slight: false, truncated: false };
    };
    let content = |words: &[Word]| words.iter().any(|w| w.weight == CONTENT);
    let between = matched.windows(2).map(|w| (w[0].0 + 1..w[1].0, w[0].1 + 1..w[1].1));
    let edges =
        [(0..first.0, 0..first.1), (last.0 + 1..fullest.words.len(), last.1 + 1..telling.words.len())];
    let cut_off = edges.iter().any(|(left, right)| !left.is_empty() && right.is_empty());
    let words = |(left, right): (Range<usize>, Range<usize>)| (&fullest.words[left], &telling.words[right]);
    let between: Vec<(&[Word], &[Word])> = between.map(words).collect();
    let edges = edges.map(words);
    let replaced: Vec<_> = between.iter().chain(&edges).filter(|(_, right)| !right.is_empty()).collect();
    let left_out: Vec<_> =
        between.iter().filter(|(left, right)| right.is_empty() && !left.is_empty()).collect();
    let wording = replaced.iter().any(|(left, right)| content(left) || content(right));
    let slight = !replaced.is_empty() || left_out.iter().any(|(left, _)| !content(left));
    let cut_out = left_out.iter().any(|(left, _)| content(left));
    Variation { wording, slight: !wording && slight, truncated: cut_off || !wording && cut_out }
}

/// The record's quotations.
pub fn write(context: &Context, utterances: &[Utterance]) -> Vec<Quotation> {
    utterances.iter().enumerate().map(|(n, utterance)| quotation(context, n, utterance)).collect()
}

fn quotation(context: &Context, n: usize, utterance: &Utterance) -> Quotation {
    let tellings = &utterance.tellings;
    let speakers: BTreeSet<MemberIndex> = tellings.iter().filter_map(|t| t.speaker).collect();
    let speaker = match speakers.iter().collect::<Vec<_>>()[..] {
        [one] => Some(*one),
        _ => None,
    };
    let kind = tellings.iter().map(|t| t.attribution(context).kind).min().unwrap_or(AttributionKind::Direct);
    let spots: Vec<Spot> = tellings.iter().map(Telling::spot).collect();
    Quotation {
        id: format!("q{}", n + 1),
        speaker: speaker.map(|m| context.cast.id(m)),
        speaker_name: speaker
            .map(|m| context.cast.name(m).to_owned())
            .or_else(|| source_words(context, tellings)),
        kind: kind.name().to_owned(),
        origins: context.origins(&spots),
        variants: tellings.iter().map(|t| variant(context, t)).collect(),
        differs: differs(tellings, speakers.len()),
    }
}

/// The words of the source where no telling names an entity.
fn source_words(context: &Context, tellings: &[Telling]) -> Option<String> {
    if tellings.iter().any(|t| t.speaker.is_some()) {
        return None;
    }
    let first = tellings.iter().find(|t| !t.attribution(context).source.is_empty())?;
    let span = *first.attribution(context).source.first()?;
    let tokens = &context.accounts[first.account].layers;
    // A pronoun that stays open names nobody.
    let pronoun =
        tokens.tokens_in(span).all(|i| matches!(tokens.tokens[i].pos, Pos::PRP | Pos::WP | Pos::DT));
    (!pronoun).then_some(())?;
    Some(context.accounts[first.account].report.slice(span).to_owned())
}

fn differs(tellings: &[Telling], speakers: usize) -> Vec<String> {
    let Some((fullest, rest)) = tellings.split_first() else { return Vec::new() };
    let variations: Vec<Variation> = rest.iter().map(|t| compare(fullest, t)).collect();
    let kinds = [
        ("wording", variations.iter().any(|v| v.wording || v.slight)),
        ("speaker", speakers > 1),
        ("truncated", variations.iter().any(|v| v.truncated)),
    ];
    kinds.into_iter().filter(|(_, differs)| *differs).map(|(kind, _)| kind.to_owned()).collect()
}

fn variant(context: &Context, telling: &Telling) -> Variant {
    let report = &context.accounts[telling.account].report;
    let attribution = telling.attribution(context);
    let words = |spans: &[Span]| {
        let words: Vec<&str> = spans.iter().map(|s| report.slice(*s)).collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    Variant {
        text: telling.text(context),
        cue: words(&attribution.cue),
        via: words(&attribution.via),
        kind: attribution.kind.name().to_owned(),
        speaker: telling.speaker.map(|m| context.cast.id(m)),
        evidence: context.evidence(telling.spot()),
        fragments: telling
            .stretches
            .iter()
            .map(|s| context.evidence(Spot { account: telling.account, span: *s }))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A telling of `words`; those in capitals carry content.
    fn telling(account: usize, speaker: Option<MemberIndex>, words: &str) -> Telling {
        let word = |word: &str| {
            let weight = if word.starts_with(char::is_uppercase) { CONTENT } else { FUNCTION };
            Word { form: word.to_lowercase(), weight, span: Span::default() }
        };
        let words = words.split(' ').map(word).collect();
        Telling { account, attribution: 0, stretches: Vec::new(), words, speaker }
    }

    #[test]
    fn the_same_words_of_two_people_are_one_utterance_only_where_they_are_many() {
        let long = "the Gate was Locked from the Outside and Nobody Had the Key";
        assert!(are_one(&telling(0, Some(1), long), &telling(1, Some(2), long)));
        let stock = "our Thoughts are with the Families";
        assert!(!are_one(&telling(0, Some(1), stock), &telling(1, Some(2), stock)));
        assert!(are_one(&telling(0, Some(1), stock), &telling(1, Some(1), stock)));
    }

    #[test]
    fn a_denial_is_another_utterance_and_a_cut_is_not() {
        let a = telling(0, Some(1), "i See every Reason to Go on with these Talks");
        let b = telling(1, Some(1), "i See no Reason to Go on with these Talks");
        assert!(!are_one(&a, &b));
        let whole =
            telling(0, Some(1), "the Presence of Troops does not Change anything and is Unacceptable to us");
        let cut = telling(1, Some(1), "the Presence of Troops is Unacceptable to us");
        assert!(are_one(&whole, &cut));
        assert_eq!(compare(&whole, &cut), Variation { wording: false, slight: false, truncated: true });
    }

    #[test]
    fn another_word_is_another_wording_and_another_article_a_slight_one() {
        let full = telling(0, Some(1), "a False Flag over the Bridge");
        let other = telling(1, Some(1), "a Foreign Flag over the Bridge");
        assert!(compare(&full, &other).wording);
        let slight = compare(&full, &telling(1, Some(1), "the False Flag over the Bridge"));
        assert!(slight.slight && !slight.wording && !slight.truncated);
    }

    #[test]
    fn forms_of_one_word_are_one() {
        assert_eq!(base("waiting", Pos::NN), base("waiting", Pos::VBG));
        assert_eq!(base("labour", Pos::NN), base("labor", Pos::NN));
        assert_eq!(base("programme", Pos::NN), base("program", Pos::NN));
        assert_eq!(base("hour", Pos::NN), "hour");
    }
}
