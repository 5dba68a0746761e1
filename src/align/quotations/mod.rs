//! One utterance in every telling.
//!
//! In: the attributions and the quoted words of each account. Out: [`Utterance`]s: tellings of the same words,
//! verbatim, truncated, in another translation, told without marks, or given to somebody else. It does not know
//! the original: which telling is right is not for it to say.

mod comparison;
mod denials;
mod indirect;
mod record;
mod words;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::cast::MemberIndex;
use super::{Account, Context, Spot};
use crate::annotate::{Attribution, AttributionKind, EntityKind, lexicon};
use crate::group::Rarity;
use crate::span::Span;

pub use comparison::{changed_numbers, compare};
use comparison::{longest_row, one_denies, shared};
pub use record::write;
pub use words::Word;

/// The same words, in every telling.
#[derive(Debug)]
pub struct Utterance {
    /// Each telling: quoted ones first, among them the longest.
    pub tellings: Vec<Telling>,
}

/// The words of somebody as one report gives them.
#[derive(Clone, Debug)]
pub struct Telling {
    /// The account.
    pub account: usize,
    /// Index of its attribution; `None` where the report gives the words to nobody beside them.
    pub attribution: Option<usize>,
    /// How literal it is.
    pub kind: AttributionKind,
    /// The stretches, without marks.
    pub stretches: Vec<Span>,
    /// The words of the stretches.
    pub words: Vec<Word>,
    /// Whom the report gives them to.
    pub speaker: Option<MemberIndex>,
}

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
    pub fn is_direct(&self) -> bool {
        self.kind == AttributionKind::Direct
    }

    fn attribution<'a>(&self, context: &'a Context) -> Option<&'a Attribution> {
        self.attribution.map(|i| &context.accounts[self.account].layers.attributions[i])
    }

    fn weight(&self) -> u32 {
        self.words.iter().map(|w| w.weight).sum()
    }

    fn content_words(&self) -> usize {
        self.words.iter().filter(|w| w.is_content()).count()
    }
}

/// The utterances of the story, those that most reports carry first.
pub fn join(context: &Context) -> Vec<Utterance> {
    let mut tellings: Vec<Telling> =
        (0..context.accounts.len()).flat_map(|account| tellings(context, account)).collect();
    let known: HashSet<String> = tellings.iter().flat_map(|t| &t.words).map(|w| w.form.clone()).collect();
    tellings.iter_mut().for_each(|t| words::join_compounds(&mut t.words, &known));
    let mut utterances: Vec<Utterance> =
        grouped(context, tellings).into_iter().map(|tellings| Utterance { tellings }).collect();
    // Marks alone make no quotation: somebody must be given the words in one report, or two have them.
    utterances.retain(|u| u.tellings.iter().any(|t| t.attribution.is_some()) || reports(u) > 1);
    indirect::join(context, &mut utterances);
    utterances.sort_by_key(|u| (Reverse(reports(u)), u.tellings.first().map(Telling::spot)));
    for utterance in &mut utterances {
        utterance
            .tellings
            .sort_by_key(|t| (t.kind == AttributionKind::Indirect, Reverse(t.weight()), t.spot()));
    }
    utterances
}

fn reports(utterance: &Utterance) -> usize {
    utterance.tellings.iter().map(|t| t.account).collect::<BTreeSet<_>>().len()
}

/// Tellings of one utterance together, in order of the first of each.
fn grouped(context: &Context, tellings: Vec<Telling>) -> Vec<Vec<Telling>> {
    let mut root: Vec<usize> = (0..tellings.len()).collect();
    let mut unite = |a: usize, b: usize| {
        let (ra, rb) = (find(&mut root, a), find(&mut root, b));
        root[ra.max(rb)] = ra.min(rb);
    };
    let distinct = distinct(&tellings);
    for same in &distinct {
        same[1..].iter().for_each(|other| unite(same[0], *other));
    }
    let first: Vec<usize> = distinct.iter().map(|same| same[0]).collect();
    for (a, b) in candidates(&tellings, &first) {
        let kin = Kin::of(context, &tellings[a], &tellings[b]);
        if are_one(&tellings[a], &tellings[b], kin) {
            unite(a, b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<Telling>> = BTreeMap::new();
    for (i, telling) in tellings.into_iter().enumerate() {
        groups.entry(find(&mut root, i)).or_default().push(telling);
    }
    groups.into_values().collect()
}

fn find(root: &mut [usize], mut i: usize) -> usize {
    while root[i] != i {
        root[i] = root[root[i]];
        i = root[i];
    }
    i
}

/// Tellings with the same words of the same speaker together: of five hundred copies of one report, one is compared.
fn distinct(tellings: &[Telling]) -> Vec<Vec<usize>> {
    let mut by_words: BTreeMap<(Vec<&str>, Option<MemberIndex>), Vec<usize>> = BTreeMap::new();
    let mut short = Vec::new();
    for (i, telling) in tellings.iter().enumerate() {
        let forms: Vec<&str> = telling.words.iter().map(|w| w.form.as_str()).collect();
        if telling.content_words() < FEWEST_SAME {
            short.push(vec![i]);
        } else {
            by_words.entry((forms, telling.speaker)).or_default().push(i);
        }
    }
    by_words.into_values().chain(short).collect()
}

/// The fewest content words of tellings that are one because all their words are the same.
const FEWEST_SAME: usize = 4;

/// The fewest content words between marks that nobody is given to: fewer may be a scare quote.
const FEWEST_UNATTRIBUTED: usize = 3;

/// The tellings of one account: a direct quotation is one, with all its stretches; in a mixed one each quoted
/// stretch is one of its own, and so is one that the report gives to nobody; what somebody denies is none of his. What is a quotation by itself beside
/// words told indirectly ("…, she said. “…”") is direct.
fn tellings(context: &Context, account: usize) -> Vec<Telling> {
    let Account { report, layers, .. } = context.accounts[account];
    let quotes = layers.quotes.iter().filter(|q| !q.nested && report.region_at(q.inner).is_none());
    let stretches: Vec<Span> =
        quotes.map(|q| trimmed(report.slice(q.inner), q.inner)).filter(|s| !s.is_empty()).collect();
    let mut by_attribution: BTreeMap<Option<usize>, Vec<Span>> = BTreeMap::new();
    for stretch in stretches {
        by_attribution.entry(innermost(context.accounts[account], stretch)).or_default().push(stretch);
    }
    let mut tellings = Vec::new();
    for (attribution, mut stretches) in by_attribution {
        let of = attribution.map(|i| &layers.attributions[i]);
        stretches.retain(|s| !of.is_some_and(|a| denials::is_denied(context.accounts[account], a, *s)));
        let speaker = of.and_then(|a| a.speaker).map(|entity| context.cast.member(account, entity));
        let kind = of.map_or(AttributionKind::Mixed, |a| a.kind);
        let by_itself = |stretch: &Span| {
            let whole = |c: &&Span| c.overlaps(*stretch) && layers.is_quotation(**c);
            kind == AttributionKind::Direct || of.is_some_and(|a| a.content.iter().any(|c| whole(&c)))
        };
        let (direct, mixed): (Vec<Span>, Vec<Span>) = stretches.into_iter().partition(by_itself);
        let direct = Some((AttributionKind::Direct, direct)).filter(|(_, stretches)| !stretches.is_empty());
        let mixed = mixed.into_iter().map(|stretch| (kind, vec![stretch]));
        tellings.extend(direct.into_iter().chain(mixed).map(|(kind, stretches)| {
            let words = words::of(context.accounts[account], &stretches);
            Telling { account, attribution, kind, stretches, words, speaker }
        }));
    }
    tellings.retain(|t| t.attribution.is_some() || t.content_words() >= FEWEST_UNATTRIBUTED);
    tellings.retain(|t| !t.attribution(context).is_some_and(|a| is_on_a_sign(context.accounts[account], a)));
    tellings.sort_by_key(Telling::spot);
    tellings
}

/// Whether the words stand on a thing: "a banner that said “Better together”". Nobody says them.
fn is_on_a_sign(account: &Account, attribution: &Attribution) -> bool {
    const SIGNS: &[&str] = &[
        "banner",
        "sign",
        "placard",
        "poster",
        "shirt",
        "slogan",
        "billboard",
        "sticker",
        "mural",
        "headline",
        "plaque",
    ];
    let source = attribution.source.iter().find_map(|span| account.head_noun(*span));
    let relative = attribution.source.iter().find_map(|span| {
        let at = account.layers.tokens_in(*span);
        let that = matches!(account.word(at.start), "that" | "which");
        at.start.checked_sub(1).filter(|_| that)
    });
    attribution.speaker.is_none()
        && source.or(relative).is_some_and(|noun| SIGNS.contains(&account.lemma_at(noun)))
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
    let mut words = attribution.cue.iter().flat_map(|cue| layers.tokens_in(*cue));
    words.any(|i| ATTITUDES.contains(&account.lemma_at(i)))
}

/// A word in more tellings than this finds no candidates: it is what everybody speaks of.
const COMMON: usize = 200;

/// Pairs of the tellings `of` that share content words enough to be looked at.
fn candidates(tellings: &[Telling], of: &[usize]) -> Vec<(usize, usize)> {
    let mut with_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut sorted = of.to_vec();
    sorted.sort_unstable();
    for i in sorted {
        let forms: BTreeSet<&str> =
            tellings[i].words.iter().filter(|w| w.is_content()).map(|w| w.form.as_str()).collect();
        for form in forms {
            with_word.entry(form).or_default().push(i);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for list in with_word.values().filter(|list| list.len() <= COMMON) {
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

/// How the speakers of two tellings stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kin {
    /// One entity, or two whose names share a word and that may well be one.
    Same,
    /// One report does not say, or one gives the words to a body and the other to a person.
    Open,
    /// Two people, or two bodies.
    Other,
}

impl Kin {
    fn of(context: &Context, left: &Telling, right: &Telling) -> Self {
        let (a, b) = match (left.speaker, right.speaker) {
            (Some(a), Some(b)) => (a, b),
            (None, Some(one)) if is_called(context, left, one) => return Kin::Same,
            (Some(one), None) if is_called(context, right, one) => return Kin::Same,
            _ => return Kin::Open,
        };
        let cast = &context.cast;
        let words = |m| -> BTreeSet<String> { cast.name(m).split_whitespace().map(lexicon::fold).collect() };
        let person = |m| cast.kind(m) == EntityKind::Person;
        if a == b || !words(a).is_disjoint(&words(b)) {
            Kin::Same
        } else if person(a) == person(b) {
            Kin::Other
        } else {
            Kin::Open
        }
    }
}

/// Whether the words for whom a telling gives to nobody by name are an office that the reports give to `member`: "the
/// outgoing farm minister" where another calls Hale the farm minister.
fn is_called(context: &Context, telling: &Telling, member: MemberIndex) -> bool {
    let Some(source) = telling.attribution(context).and_then(|a| a.source.first()) else { return false };
    let source = context.accounts[telling.account].report.slice(*source).to_lowercase();
    let Some(office) = source.strip_prefix("the ") else { return false };
    let words: Vec<&str> = office.split_whitespace().filter(|w| !SINCE.contains(w)).collect();
    let fits = |role: &Spot| {
        let role = context.text(*role).to_lowercase();
        let role: Vec<&str> = role.split_whitespace().collect();
        role.last() == words.last() && words.iter().all(|word| role.contains(word))
    };
    !words.is_empty() && context.cast.roles(member).iter().any(fits)
}

/// Words that say since when, or until when, somebody has an office.
const SINCE: [&str; 6] = ["outgoing", "incoming", "new", "former", "departing", "acting"];

/// Whether two tellings are of one utterance. Thresholds chosen on the seeds, the examples,
/// `tests/cases/quotations.md` and the stories of `eval/labels/train-record.tsv`: the same words from another speaker
/// must be many and nearly all the same, or a stock phrase would join two people; from the same speaker another
/// translation may differ more, but its words must stand together in both.
fn are_one(a: &Telling, b: &Telling, kin: Kin) -> bool {
    let matched = shared(&a.words, &b.words);
    let (Some(first), Some(last)) = (matched.first(), matched.last()) else { return false };
    let content_in =
        |pairs: &[(usize, usize)]| pairs.iter().filter(|(i, _)| a.words[*i].is_content()).count();
    let weight: u32 = matched.iter().map(|(i, _)| a.words[*i].weight).sum();
    let content = content_in(&matched);
    let contained = f64::from(weight) / f64::from(a.weight().min(b.weight()).max(1));
    let spread = (last.0 - first.0).max(last.1 - first.1) + 1;
    let dense = matched.len() as f64 / spread as f64 >= TOGETHER;
    let row = longest_row(&matched);
    let (row_content, row) = (content_in(&matched[row.clone()]), row.len());
    let across = a.account != b.account;
    if kin != Kin::Other && one_denies(&a.words, &b.words, &matched) {
        return false;
    }
    if kin != Kin::Other && across && row >= LONG_ROW && row_content >= 3 {
        return kin == Kin::Same || row_content >= 4 || contained >= 0.8;
    }
    if kin == Kin::Same && across && is_one_word(a, b) {
        return true;
    }
    if !dense {
        return false;
    }
    if kin == Kin::Other || kin == Kin::Open && across {
        return content >= 5 && contained >= 0.8
            || content >= 3 && row >= 9 && contained >= 0.9
            || kin == Kin::Open && content >= 3 && row >= 6 && contained >= 0.8;
    }
    if !across {
        return content >= 3 && contained >= 0.9;
    }
    let whole = content == a.content_words().min(b.content_words());
    content >= 4 && contained >= 0.6
        || content >= 2 && matched.len() >= 3 && whole && contained >= 0.75
        || content >= 2 && matched.len() >= 6 && contained >= 0.65
        || content >= 3 && matched.len() >= 8 && contained >= 0.6
}

/// What part of the longer stretch the common words must make up: two translations of one sentence share about
/// half, two sentences on one subject a fifth.
const TOGETHER: f64 = 0.35;

/// So many words in a row are one utterance, wherever the reports cut it.
const LONG_ROW: usize = 7;

/// How rare a word must be in news that alone makes two tellings one.
const RARE: f64 = 0.45;

/// Whether both quote one and the same rare word, and nothing else.
fn is_one_word(a: &Telling, b: &Telling) -> bool {
    let only = |t: &Telling| match &t.words[..] {
        [word] if word.is_content() => Some(word.form.clone()),
        _ => None,
    };
    only(a).is_some_and(|word| only(b).as_ref() == Some(&word) && Rarity::shipped().of_word(&word) >= RARE)
}

#[cfg(test)]
pub(super) mod testing {
    //! Words for tests.

    use super::Word;
    use super::words::{CONTENT, FUNCTION};
    use crate::span::Span;

    /// Words of a line; those in capitals carry content, those after ">" are particles, "…" is a cut.
    pub fn words(line: &str) -> Vec<Word> {
        let mut after_cut = false;
        let mut words = Vec::new();
        for word in line.split(' ') {
            if word == "…" {
                after_cut = true;
                continue;
            }
            let particle = word.starts_with('>');
            let form = word.trim_start_matches('>').to_lowercase();
            let weight = if word.starts_with(char::is_uppercase) { CONTENT } else { FUNCTION };
            words.push(Word { form, weight, span: Span::default(), after_cut, inserted: false, particle });
            after_cut = false;
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::testing::words;
    use super::*;

    fn telling(account: usize, line: &str) -> Telling {
        let kind = AttributionKind::Direct;
        Telling { account, attribution: None, kind, stretches: Vec::new(), words: words(line), speaker: None }
    }

    fn one(kin: Kin, a: &str, b: &str) -> bool {
        are_one(&telling(0, a), &telling(1, b), kin)
    }

    #[test]
    fn the_same_words_of_two_people_are_one_utterance_only_where_they_are_many() {
        let long = "the Gate was Locked from the Outside and Nobody Had the Key";
        assert!(one(Kin::Other, long, long));
        let stock = "our Thoughts are with the Families";
        assert!(!one(Kin::Other, stock, stock) && !one(Kin::Open, stock, stock));
        assert!(one(Kin::Same, stock, stock));
    }

    #[test]
    fn a_denial_is_another_utterance_and_a_cut_is_not() {
        assert!(!one(
            Kin::Same,
            "i See every Reason to Go on with these Talks",
            "i See no Reason to Go on with these Talks"
        ));
        let whole = "the Presence of Troops does not Change anything and is Unacceptable to us";
        assert!(one(Kin::Same, whole, "the Presence of Troops is Unacceptable to us"));
    }

    #[test]
    fn two_cuts_of_one_utterance_need_many_words_in_a_row() {
        let (left, right) = (
            "the Flight Home was Long and they Seem to be in Good Health",
            "they Seem to be in Good Health and a Date for the next Talks is Set",
        );
        assert!(one(Kin::Same, left, right));
        assert!(!one(Kin::Other, left, right));
    }

    #[test]
    fn a_single_word_must_be_rare() {
        assert!(one(Kin::Same, "Gobbledygook", "Gobbledygook"));
        assert!(!one(Kin::Same, "Good", "Good") && !one(Kin::Open, "Gobbledygook", "Gobbledygook"));
    }
}
