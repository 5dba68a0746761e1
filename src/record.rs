//! The record: what `rashomon read` prints as JSON, and what every view shows.
//!
//! In: nothing. Out: the types of the contract `rashomon/1`. [`Evidence`] is made in one place, from a span
//! of a report, so that no line can quote what does not stand there. It does not know how the lines were found.
//!
//! Keys may be added; none is renamed or removed without a new schema number.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::{Refusal, Report};
use crate::span::Span;

/// The number of the contract.
pub const SCHEMA: &str = "rashomon/1";

/// All that one run has read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reading {
    /// Always "rashomon/1".
    pub schema: String,
    /// What annotated the reports: "accurate", "fast" or "rules".
    pub model: String,
    /// The reports, ordered by source.
    pub reports: Vec<ReportSummary>,
    /// What could not be read, and why.
    pub refusals: Vec<RefusalSummary>,
    /// The stories that the reports tell, the one with most reports first.
    pub stories: Vec<Story>,
}

/// One report, without its text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReportSummary {
    /// Its id, unique in this reading.
    pub id: String,
    /// Path, or path:line.
    pub source: String,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// EDTF.
    pub published_at: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// Words outside the regions.
    pub words: usize,
    /// News agencies that it credits.
    pub credits: Vec<Evidence>,
    /// What of its text is not the report.
    pub regions: Vec<RegionSummary>,
}

/// A region of a report's text that is not the report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RegionSummary {
    /// What it is.
    pub kind: String,
    /// First code point.
    pub start: usize,
    /// After the last code point.
    pub end: usize,
}

/// What could not be read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RefusalSummary {
    /// Path, with `:line` where a line is meant.
    pub source: String,
    /// empty, binary, too_large, bad_json, bad_archive, bad_list, no_reports, not_found, unreadable, or of an address bad_url, private_address, robots, timed_out, http_status, redirects or network.
    pub kind: String,
    /// The reason.
    pub message: String,
}

impl From<&Refusal> for RefusalSummary {
    fn from(refusal: &Refusal) -> Self {
        RefusalSummary {
            source: refusal.source.clone(),
            kind: refusal.kind.name().to_owned(),
            message: refusal.message.clone(),
        }
    }
}

/// The words that a line rests on (W3C Web Annotation: TextPositionSelector and TextQuoteSelector).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Evidence {
    report: String,
    /// Which version of the report it was read from, where reports are kept: 1 is the first. Without it there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u32>,
    start: usize,
    end: usize,
    exact: String,
}

impl Evidence {
    /// The words of `report` that `span` marks.
    pub fn new(report: &Report, span: Span) -> Self {
        let (start, end) = report.text.code_points(span);
        let exact = report.slice(span).to_owned();
        Evidence { report: report.id.clone(), version: report.text.version(), start, end, exact }
    }
    /// The id of the report.
    pub fn report(&self) -> &str {
        &self.report
    }
    /// The version of the report, where it is kept.
    pub fn version(&self) -> Option<u32> {
        self.version
    }
    /// The first code point.
    pub fn start(&self) -> usize {
        self.start
    }
    /// After the last code point.
    pub fn end(&self) -> usize {
        self.end
    }
    /// The words.
    pub fn exact(&self) -> &str {
        &self.exact
    }
}

/// One story: the record of one event.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Story {
    /// Stable for the same set of reports.
    pub id: String,
    /// A headline of one of the reports, or the words of its best-supported claim.
    pub title: String,
    /// The earliest publication (EDTF).
    pub from: Option<String>,
    /// The latest publication (EDTF).
    pub to: Option<String>,
    /// Ids of its reports.
    pub reports: Vec<String>,
    /// Who and what the reports speak of.
    pub entities: Vec<Entity>,
    /// Who said what, in their own words.
    pub quotations: Vec<Quotation>,
    /// What the reports state.
    pub claims: Vec<Claim>,
    /// Where they differ.
    pub differences: Vec<Difference>,
    /// Who wants what.
    pub positions: Vec<Position>,
    /// What was agreed.
    pub agreements: Vec<Agreement>,
    /// What comes next.
    pub next: Vec<Next>,
    /// What happened and will happen, when.
    pub timeline: Vec<TimelineEntry>,
    /// Events by PLOVER type.
    pub events: Vec<Event>,
    /// For each claim that more than one report could carry, who does and who does not.
    pub coverage: Vec<Coverage>,
    /// Passages that reports share.
    pub copies: Vec<Copy>,
    /// Reports that their outlets changed, where reports are kept; the latest change first.
    pub versions: Vec<Version>,
    /// Which reports count as one telling by their outlet or its owner, whatever they say.
    pub foldings: Vec<Folding>,
    /// What the record cannot say, and why.
    pub limits: Vec<String>,
}

/// A person, organization, place … across the reports of a story.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Entity {
    /// "e1", "e2", … by number of mentions.
    pub id: String,
    /// Its fullest name.
    pub name: String,
    /// person, organization, place, group, event, work, law or other.
    pub kind: String,
    /// Its other names, as the reports spell them.
    pub aliases: Vec<String>,
    /// What it does.
    pub roles: Vec<Role>,
    /// Whom it speaks for.
    pub party: Option<PartyOf>,
    /// How often the reports refer to it.
    pub mentions: usize,
}

/// What somebody does, in the words of a report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Role {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub evidence: Evidence,
}

/// Whom somebody speaks for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PartyOf {
    /// "United States", "Russia", "NATO".
    pub name: String,
    /// The words that say so.
    pub evidence: Evidence,
}

/// One utterance, in every telling.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Quotation {
    /// "q1", "q2", … in order of support.
    pub id: String,
    /// Entity id of whose words they are; null where the reports differ or do not say.
    pub speaker: Option<String>,
    /// The name as the reports give it; null where nobody is named.
    pub speaker_name: Option<String>,
    /// direct, mixed or indirect: the most literal of its variants.
    pub kind: String,
    /// Number of independent tellings, where outlets whose owner is not known are nobody else's.
    pub origins: usize,
    /// The number that is sure: without the tellings that are independent only because nobody knows who owns their outlet.
    pub origins_at_least: usize,
    /// Each telling.
    pub variants: Vec<Variant>,
    /// wording, speaker, truncated.
    pub differs: Vec<String>,
}

/// One telling of an utterance.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Variant {
    /// direct, mixed or indirect: how literal this telling is.
    pub kind: String,
    /// The quoted words, fragments joined by a space, without quotation marks.
    pub text: String,
    /// The words that attribute it.
    pub cue: Option<String>,
    /// The chain: "AP", "Tass", "X"; its links are parted by commas ("Globe Wire, an interview").
    pub via: Option<String>,
    /// Entity id of whom this telling gives it to.
    pub speaker: Option<String>,
    /// From its first to its last word, over the cue where one breaks it.
    pub evidence: Evidence,
    /// Each stretch of it apart.
    pub fragments: Vec<Evidence>,
}

/// A statement that one or more reports make.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Claim {
    /// "c1", "c2", … in order of support.
    pub id: String,
    /// Verbatim from one report.
    pub text: String,
    /// Number of independent tellings, where outlets whose owner is not known are nobody else's.
    pub origins: usize,
    /// The number that is sure: without the tellings that are independent only because nobody knows who owns their outlet.
    pub origins_at_least: usize,
    /// Each report's words for it; the first is where `text` stands.
    pub evidence: Vec<Evidence>,
    /// Entity id of whom the reports give it to; null where they state it themselves.
    pub attributed_to: Option<String>,
    /// Who is said to say it, in a report's words, where every report gives it to somebody and `attributed_to` names none.
    pub source: Option<Source>,
    /// A reporter's own "falsely".
    pub disputed: Option<Evidence>,
    /// Whom the pronouns of `text` mean that neither it nor `attributed_to` names.
    pub pronouns: Vec<Pronoun>,
}

/// Who is said to say something, where that is nobody with a name or not always the same: "two people familiar with the talks".
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Source {
    /// The words, as they stand within a sentence.
    pub text: String,
    /// Where they stand.
    pub evidence: Evidence,
}

/// A pronoun in the words of a line, or a noun in its place ("the company"), and whom it means; two of one place where it means two.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Pronoun {
    /// Name of whom it means.
    pub name: String,
    /// Entity id of whom it means.
    pub entity: String,
    /// Where it stands: in the report and within the evidence whose words the line repeats.
    pub evidence: Evidence,
}

/// Where accounts differ.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Difference {
    /// "d1", "d2", …
    pub id: String,
    /// speaker, wording, number, duration, date, status, place, name or stance.
    pub kind: String,
    /// What it is about, in words of the reports.
    pub about: String,
    /// Whether all readings can be true together; null where that is unknown.
    pub compatible: Option<bool>,
    /// Whether later reports give the later state, so that it is a development and no disagreement.
    pub over_time: bool,
    /// At least two.
    pub readings: Vec<DifferenceReading>,
}

/// One of the readings of a difference.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DifferenceReading {
    /// Normalised: an entity's name, an interval with unit, an EDTF date, a status.
    pub value: String,
    /// Verbatim.
    pub text: String,
    /// Who has it.
    pub evidence: Vec<Evidence>,
}

/// What a party wants.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Position {
    /// A country, organization or person.
    pub party: String,
    /// What it is about, verbatim.
    pub issue: String,
    /// demands, rejects, accepts, offers, proposes, warns, supports or opposes.
    pub stance: String,
    /// The report's own verb for the stance, as it reads before the issue: "urges", "calls for"; null where it is said otherwise
    /// ("is ready", "does not support").
    pub verb: Option<String>,
    /// When it was taken (EDTF).
    pub on: Option<String>,
    /// What the party wanted before: the opposite, or another measure of the same.
    pub before: Option<EarlierStance>,
    /// What became of it, where it is no position any more.
    pub lapsed: Option<Lapse>,
    /// Who reports it.
    pub evidence: Vec<Evidence>,
}

/// Why a position is none any more.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Lapse {
    /// granted: what was demanded was done or agreed to; withdrawn: the party no longer wants it.
    pub kind: String,
    /// Who reports it.
    pub evidence: Vec<Evidence>,
}

/// What a party wanted before it changed its mind.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EarlierStance {
    /// As [`Position::stance`].
    pub stance: String,
    /// When it was taken (EDTF).
    pub on: Option<String>,
    /// Who reports it.
    pub evidence: Vec<Evidence>,
}

/// What parties agreed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Agreement {
    /// Who.
    pub parties: Vec<String>,
    /// What, verbatim.
    pub text: String,
    /// Who reports it.
    pub evidence: Vec<Evidence>,
    /// Entity id of whom every report gives it to; null where one states it itself, or they give it to several.
    pub attributed_to: Option<String>,
    /// Who is said to say it, in a report's words, where every report gives it to somebody and `attributed_to` names none.
    pub source: Option<Source>,
}

/// What comes next.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Next {
    /// What, verbatim.
    pub text: String,
    /// EDTF; null where no time is given.
    pub when: Option<String>,
    /// planned, proposed, postponed, brought forward, cancelled or barred.
    pub status: String,
    /// Who is committed.
    pub who: Vec<String>,
    /// Who reports it.
    pub evidence: Vec<Evidence>,
    /// Whom the pronouns of `text` mean that it does not name.
    pub pronouns: Vec<Pronoun>,
    /// Entity id of whom every report gives it to; null where one states it itself, or they give it to several.
    pub attributed_to: Option<String>,
    /// Who is said to say it, in a report's words, where every report gives it to somebody and `attributed_to` names none.
    pub source: Option<Source>,
    /// What it took the place of, the latest first: the plan as it stood before it was put off, moved or given up.
    pub before: Vec<EarlierPlan>,
}

/// A plan that no longer holds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EarlierPlan {
    /// What, verbatim.
    pub text: String,
    /// EDTF; null where no time is given.
    pub when: Option<String>,
    /// As [`Next::status`].
    pub status: String,
    /// Who reports it.
    pub evidence: Vec<Evidence>,
}

/// What happened, or will, at a time that the reports give.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TimelineEntry {
    /// EDTF.
    pub when: String,
    /// Verbatim.
    pub text: String,
    /// Who reports it.
    pub evidence: Vec<Evidence>,
    /// Whom the pronouns of `text` mean that it does not name.
    pub pronouns: Vec<Pronoun>,
    /// Entity id of whom every report gives it to; null where one states it itself, or they give it to several.
    pub attributed_to: Option<String>,
    /// Who is said to say it, in a report's words, where every report gives it to somebody and `attributed_to` names none.
    pub source: Option<Source>,
}

/// An event by its PLOVER type.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Event {
    /// PLOVER root type.
    #[serde(rename = "type")]
    pub root: String,
    /// Entity id or name of who does it.
    pub actor: Option<String>,
    /// Entity id or name of to or with whom.
    pub recipient: Option<String>,
    /// EDTF.
    pub when: Option<String>,
    /// Name of the place.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// affirmed or denied.
    pub polarity: String,
    /// asserted, future or possible.
    pub modality: String,
    /// Who reports it.
    pub evidence: Vec<Evidence>,
}

/// Who carries a claim, and who does not.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Coverage {
    /// Id of the claim.
    pub claim: String,
    /// Ids of the reports that carry it.
    pub carried_by: Vec<String>,
    /// Ids of the reports that were not found to carry it, nor anything that may be it in other words. In a large story only where many carry the claim: empty where `absent` is above 50 and
    /// above four times as many as carry it.
    pub absent_from: Vec<String>,
    /// How many reports do not carry it; those that may tell it in other words are not counted.
    pub absent: usize,
    /// Ids of the reports that share so much with it that they may tell it in other words: whether they carry it is not certain, and
    /// they are not among those that do not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unclear: Vec<String>,
    /// For each of `unclear`, in their order, the words of it that are nearest to the claim: where to look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<Evidence>,
}

/// Reports that count as one telling, or of which that cannot be said.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Folding {
    /// outlet, owner, "unknown owner" or "unknown outlet": nobody says whose those are, so that `origins` counts them and
    /// `origins_at_least` does not.
    pub kind: String,
    /// Name of the outlet or the owner; empty where the outlet is unknown.
    pub name: String,
    /// Ids of the reports.
    pub reports: Vec<String>,
}

/// A passage that two reports share. Where more than a dozen share one, each is told beside the one that likely had it first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Copy {
    /// It, in each of the two reports.
    pub passages: Vec<Evidence>,
    /// For each of the two reports, the part of its words that all passages shared by this pair make up (0 to 1).
    pub share: BTreeMap<String, f64>,
    /// copy, or standing: a text that one outlet repeats.
    pub kind: String,
    /// Id of the report, or name of the agency, that it likely comes from; null where that is unknown.
    pub origin: Option<String>,
    /// Why.
    pub reason: String,
}

/// A report that its outlet changed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Version {
    /// Id of the report.
    pub report: String,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// The number of the version that it took the place of.
    pub before: u32,
    /// Its own number.
    pub after: u32,
    /// When the outlet published it (EDTF), as it says itself.
    pub published_at: Option<String>,
    /// When it was read first (RFC 3339, UTC): the change was made before.
    pub retrieved_at: String,
    /// The headline, where it changed.
    pub title: Option<TitleChange>,
    /// The lines that changed, in the order of the text.
    pub changes: Vec<LineChange>,
}

/// A headline that its outlet changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TitleChange {
    /// As it was.
    pub before: Option<String>,
    /// As it is.
    pub after: Option<String>,
}

/// A line of a report that its outlet changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LineChange {
    /// added, removed or changed.
    pub kind: String,
    /// As it stood in the earlier version; null where it is new.
    pub before: Option<Evidence>,
    /// As it stands in the later one; null where it is gone.
    pub after: Option<Evidence>,
}
