//! The layers that annotators propose.
//!
//! In: nothing. Out: the types. Every span indexes the text of the one report that was annotated; every
//! index (`EntityIndex`, `MentionIndex`) points into the [`Annotations`] that it stands in.

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::span::Span;

/// Index into [`Annotations::entities`].
pub type EntityIndex = usize;
/// Index into [`Annotations::mentions`].
pub type MentionIndex = usize;

/// The name of a PLOVER root type.
pub type RootType = &'static str;

/// All layers of one report. Each is in order of its spans' starts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// Words and punctuation.
    pub tokens: Vec<Token>,
    /// Stretches between quotation marks.
    pub quotes: Vec<Quote>,
    /// Sentences; none crosses a paragraph or the border of a region.
    pub sentences: Vec<Sentence>,
    /// Expressions of time.
    pub times: Vec<TimeExpression>,
    /// Numbers with what they count.
    pub quantities: Vec<Quantity>,
    /// Words that refer to somebody or something.
    pub mentions: Vec<Mention>,
    /// Whom or what the mentions refer to, one for each referent in this report.
    pub entities: Vec<Entity>,
    /// Who said, wrote, thinks or wants what.
    pub attributions: Vec<Attribution>,
    /// What happened, by PLOVER type.
    pub events: Vec<Event>,
    /// What is likely, not surely, referred to by several words; only where the annotator has heads for it.
    pub chains: Vec<Chain>,
}

/// A word or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Where it is.
    pub span: Span,
    /// Its part of speech.
    pub pos: Pos,
}

/// A part of speech (Penn Treebank).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are the Penn Treebank's")]
pub enum Pos {
    CC,
    CD,
    DT,
    EX,
    FW,
    IN,
    JJ,
    JJR,
    JJS,
    LS,
    MD,
    #[default]
    NN,
    NNS,
    NNP,
    NNPS,
    PDT,
    POS,
    PRP,
    PRPS,
    RB,
    RBR,
    RBS,
    RP,
    SYM,
    TO,
    UH,
    VB,
    VBD,
    VBG,
    VBN,
    VBP,
    VBZ,
    WDT,
    WP,
    WPS,
    WRB,
    Punct,
}

impl Pos {
    /// VB, VBD, VBG, VBN, VBP or VBZ (not a modal).
    pub fn is_verb(self) -> bool {
        matches!(self, Pos::VB | Pos::VBD | Pos::VBG | Pos::VBN | Pos::VBP | Pos::VBZ)
    }
    /// A verb that can stand alone with its subject: VBD, VBP, VBZ or a modal.
    pub fn is_finite(self) -> bool {
        matches!(self, Pos::VBD | Pos::VBP | Pos::VBZ | Pos::MD)
    }
    /// NN, NNS, NNP or NNPS.
    pub fn is_noun(self) -> bool {
        matches!(self, Pos::NN | Pos::NNS) || self.is_name()
    }
    /// NNP or NNPS.
    pub fn is_name(self) -> bool {
        matches!(self, Pos::NNP | Pos::NNPS)
    }
    /// JJ, JJR or JJS.
    pub fn is_adjective(self) -> bool {
        matches!(self, Pos::JJ | Pos::JJR | Pos::JJS)
    }
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it is, trimmed of white space.
    pub span: Span,
    /// Its tokens, as indices into [`Annotations::tokens`].
    pub tokens: Range<usize>,
    /// The number of its paragraph (a line with words in it), from 0.
    pub paragraph: usize,
    /// Whether it lies in a region that is not the report, so that no line of a record may rest on it.
    pub furniture: bool,
}

/// A stretch between quotation marks, in one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// With its marks.
    pub outer: Span,
    /// Without them.
    pub inner: Span,
    /// Whether a closing mark stands at its end. Where none does, it ends with its paragraph.
    pub closed: bool,
    /// Whether the quote before it was left open at the end of its paragraph and goes on in this one.
    pub continues: bool,
    /// Whether it stands within another quote.
    pub nested: bool,
}

/// Words that refer to somebody or something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it is: the name with its title ("US secretary of state Marco Rubio" has two mentions, the
    /// title and the name), the title, the pronoun, the noun phrase.
    pub span: Span,
    /// Its last name or its noun.
    pub head: Span,
    /// What sort of words it is.
    pub kind: MentionKind,
    /// What sort of thing it can refer to.
    pub of: EntityKind,
    /// Whom it refers to; `None` where that is ambiguous or unknown.
    pub entity: Option<EntityIndex>,
}

/// Mentions that likely refer to one person or thing: a coreference chain. What [`Mention::entity`] says stands in it; a network
/// added the rest, so no line of a record rests on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// In order; one span stands in one chain. Here a mention's entity is what the rules say.
    pub mentions: Vec<Mention>,
}

impl Chain {
    /// The entity that it refers to, where the rules resolve one of its mentions; they never resolve two to different ones.
    pub fn entity(&self) -> Option<EntityIndex> {
        self.mentions.iter().find_map(|mention| mention.entity)
    }
}

/// What sort of words a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MentionKind {
    /// "Sergei Lavrov", "Nato".
    Name,
    /// "the Ukrainian president", "US secretary of state".
    Title,
    /// "he", "they", "his".
    Pronoun,
    /// "officials", "the two sides", "a spokesman".
    Nominal,
}

/// What sort of thing is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A government, company, party, agency, outlet.
    Organization,
    /// A country, city, palace, river.
    Place,
    /// A nationality, religion or political group: "Russians", "Republicans".
    Group,
    /// "the G-20", "World War II".
    Event,
    /// A book, a film, a newspaper's programme.
    Work,
    /// "the Dayton Agreement", "Title IX".
    Law,
    /// Something else with a name, or not known.
    Other,
}

impl EntityKind {
    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Organization => "organization",
            EntityKind::Place => "place",
            EntityKind::Group => "group",
            EntityKind::Event => "event",
            EntityKind::Work => "work",
            EntityKind::Law => "law",
            EntityKind::Other => "other",
        }
    }
}

/// One referent in one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Its fullest name, as this report spells it ("Volodymyr Zelensky").
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// The spans that say what the entity does ("US secretary of state"), each once in wording.
    pub roles: Vec<Span>,
    /// Whom it speaks for.
    pub party: Option<Party>,
    /// Its mentions, in order.
    pub mentions: Vec<MentionIndex>,
}

/// Whom somebody speaks for, and the words that say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The canonical name of a country, organization or group ("United States", "NATO").
    pub name: String,
    /// The words that say it ("US" in "US secretary of state").
    pub evidence: Span,
}

/// Who said, wrote, thinks or wants what.
///
/// A role may have several fragments: the content of a quotation that its cue breaks has two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// The words for whom it is given to; empty where none stand there.
    pub source: Vec<Span>,
    /// The words that attribute: "said", "according to".
    pub cue: Vec<Span>,
    /// The words that are attributed, with their quotation marks where they have them.
    pub content: Vec<Span>,
    /// How literal it is.
    pub kind: AttributionKind,
    /// The chain: to or through whom it was told ("AP" in "told AP", "Tass" in "according to Tass").
    pub via: Vec<Span>,
    /// Whose words they are; `None` where that is ambiguous or unknown.
    pub speaker: Option<EntityIndex>,
}

impl Attribution {
    /// Where its content begins: the order of the layer.
    pub fn start(&self) -> u32 {
        self.content.first().map_or(u32::MAX, |s| s.start)
    }
}

/// How literal an attribution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AttributionKind {
    /// All of the content stands between quotation marks.
    Direct,
    /// Some of it does.
    Mixed,
    /// None of it does.
    Indirect,
}

impl AttributionKind {
    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            AttributionKind::Direct => "direct",
            AttributionKind::Mixed => "mixed",
            AttributionKind::Indirect => "indirect",
        }
    }
}

/// An expression of time (TIMEX3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeExpression {
    /// Where it is.
    pub span: Span,
    /// Its TIMEX3 type.
    pub kind: TimeKind,
    /// Its value in EDTF (ISO 8601-2), or an ISO 8601 duration ("PT4H30M") for a duration;
    /// `None` where it cannot be resolved.
    pub value: Option<String>,
    /// The first and the last day that it can mean, for comparing; `None` for durations and sets and
    /// where it cannot be resolved.
    pub days: Option<(Date, Date)>,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TimeKind {
    /// A day or something longer.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

impl TimeKind {
    /// Its name in TIMEX3.
    pub fn name(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// A number with its hedge, its unit and what it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The hedge, the number and the unit: "more than four hours", "176 drones", "at least €6 billion".
    pub span: Span,
    /// The number alone, with its scale word: "four", "176", "6 billion".
    pub number: Span,
    /// What it can be, in `unit`.
    pub interval: Interval,
    /// "hour" (for lengths up to hours), "day" (for days and weeks), "month", "year", "percent", an ISO 4217
    /// code, "kilometre", or the lemma of the noun that is counted ("drone"); empty where nothing is said.
    pub unit: String,
    /// The noun phrase that is counted, without the number ("people", "residential buildings"), where there is one.
    pub of: Option<Span>,
}

/// The numbers that an expression allows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The smallest, or negative infinity.
    pub low: f64,
    /// Whether the smallest itself is excluded ("more than four").
    pub low_open: bool,
    /// The largest, or infinity.
    pub high: f64,
    /// Whether the largest itself is excluded ("almost five").
    pub high_open: bool,
}

impl Interval {
    /// Exactly `value`.
    pub fn exact(value: f64) -> Self {
        Interval { low: value, low_open: false, high: value, high_open: false }
    }

    /// The number that was given, whatever its hedge: the middle, or the only end.
    pub fn number(self) -> f64 {
        match (self.low.is_finite() && self.low > 0.0, self.high.is_finite()) {
            (true, true) => (self.low + self.high) / 2.0,
            (true, false) => self.low,
            _ => self.high,
        }
    }

    /// Whether every number of `other` lies in it.
    pub fn holds(self, other: Interval) -> bool {
        let from = self.low < other.low || self.low == other.low && (!self.low_open || other.low_open);
        let to = self.high > other.high || self.high == other.high && (!self.high_open || other.high_open);
        from && to
    }

    /// Whether some number lies in both.
    pub fn intersects(self, other: Interval) -> bool {
        let below = |low: f64, low_open: bool, high: f64, high_open: bool| {
            low < high || (low == high && !low_open && !high_open)
        };
        below(self.low, self.low_open, other.high, other.high_open)
            && below(other.low, other.low_open, self.high, self.high_open)
    }
}

/// An event by its PLOVER type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The clause that tells it.
    pub span: Span,
    /// The word that names it.
    pub trigger: Span,
    /// The PLOVER root type, in capitals: "CONSULT", "AGREE", "ASSAULT".
    #[serde(deserialize_with = "super::events::root")]
    pub root: RootType,
    /// Who does it, where that is a mention.
    pub actor: Option<MentionIndex>,
    /// The noun phrase for who does it; it ends with its noun.
    pub actor_words: Option<Span>,
    /// To or with whom, where that is a mention.
    pub recipient: Option<MentionIndex>,
    /// The noun phrase for to or with whom; it ends with its noun.
    pub recipient_words: Option<Span>,
    /// Index into [`Annotations::times`].
    pub when: Option<usize>,
    /// A mention of a place.
    pub place: Option<MentionIndex>,
    /// `false` where the clause denies it.
    pub happened: bool,
    /// How the clause presents it.
    pub modality: Modality,
}

/// How a clause presents what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Modality {
    /// As a fact.
    Asserted,
    /// As planned or expected.
    Future,
    /// As possible, conditional, demanded or proposed.
    Possible,
}

impl Modality {
    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            Modality::Asserted => "asserted",
            Modality::Future => "future",
            Modality::Possible => "possible",
        }
    }
}

impl Annotations {
    /// The index of the sentence that holds the byte at `offset`.
    pub fn sentence_at(&self, offset: u32) -> Option<usize> {
        let i = self.sentences.partition_point(|s| s.span.end <= offset);
        self.sentences.get(i).filter(|s| s.span.holds(offset)).map(|_| i)
    }

    /// The indices of the tokens that overlap `span`.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }

    /// The mentions that lie wholly within `span`, in order.
    pub fn mentions_in(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let start = self.mentions.partition_point(|m| m.span.start < span.start);
        let rest = self.mentions[start..].iter();
        rest.take_while(move |m| m.span.start < span.end).filter(move |m| m.span.end <= span.end)
    }

    /// The name right after the title at `index`, where both refer to the same: "mayor Ann Hale" has two mentions. `text` is the report's.
    pub fn name_of_title(&self, text: &str, index: MentionIndex) -> Option<MentionIndex> {
        let title = self.mentions.get(index).filter(|m| m.kind == MentionKind::Title)?;
        let first = self.mentions.partition_point(|m| m.span.start < title.span.end);
        let name = self.mentions.get(first).filter(|m| m.kind == MentionKind::Name)?;
        let between = text.get(title.span.end as usize..name.span.start as usize)?;
        (title.entity == name.entity && between == " ").then_some(first)
    }

    /// The span of the mention at `index`, with the title right before it if it is a name; `None` where it is such a title.
    pub fn with_title(&self, text: &str, index: MentionIndex) -> Option<Span> {
        if self.name_of_title(text, index).is_some() {
            return None;
        }
        let span = self.mentions.get(index)?.span;
        let before = (index.saturating_sub(4)..index).rev();
        let title = before.into_iter().find(|i| self.name_of_title(text, *i) == Some(index));
        Some(title.map_or(span, |title| self.mentions[title].span.cover(span)))
    }

    /// Whether the byte at `offset` lies in an expression of time.
    pub fn time_at(&self, offset: u32) -> bool {
        let after = self.times.partition_point(|t| t.span.start <= offset);
        self.times[..after].iter().rev().take(4).any(|t| t.span.holds(offset))
    }

    /// The innermost quote that holds the byte at `offset` (its marks count as in it).
    pub fn quote_at(&self, offset: u32) -> Option<&Quote> {
        self.quotes.iter().filter(|q| q.outer.holds(offset)).max_by_key(|q| q.outer.start)
    }

    /// The quotes that begin within `span`, with those within them.
    pub fn quotes_in(&self, span: Span) -> &[Quote] {
        let first = self.quotes.partition_point(|q| q.outer.start < span.start);
        let count = self.quotes[first..].partition_point(|q| q.outer.start < span.end);
        &self.quotes[first..first + count]
    }

    /// Some attributions whose contents begin about `offset`, as many before it as behind.
    pub fn attributions_about(&self, offset: u32) -> &[Attribution] {
        const NEAR: usize = 24;
        let at = self.attributions.partition_point(|a| a.start() < offset);
        &self.attributions[at.saturating_sub(NEAR)..(at + NEAR).min(self.attributions.len())]
    }

    /// Whether `span` is a quotation, with its marks or without them, and nothing more.
    pub fn is_quotation(&self, span: Span) -> bool {
        let nearest = self.quotes.partition_point(|q| q.outer.start <= span.start);
        let whole = |q: &Quote| !q.nested && q.outer.contains(span) && span.contains(q.inner);
        self.quotes[..nearest].iter().rev().take_while(|q| q.outer.end >= span.start || q.nested).any(whole)
    }

    /// The resolved entity of the mention that `span` overlaps most, names before titles before the rest.
    pub fn entity_in(&self, span: Span) -> Option<EntityIndex> {
        let within = self.mentions.iter().filter(|m| m.span.overlaps(span) && m.entity.is_some());
        within.min_by_key(|m| (m.kind, m.span.start)).and_then(|m| m.entity)
    }
}
