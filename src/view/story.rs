//! What the page of one story says, for a terminal and for a browser alike.
//!
//! In: a [`Story`] and the [`Legend`]. Out: [`StoryView`]: the record's lines in the order in which an editor
//! asks for them, with the words around them. It does not know how wide a line is, nor what a tag of HTML is.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::record::{self, Story};

use super::copies::{self, CopyView};
use super::legend::{Cite, Legend};
use super::naming::named;
use super::speakers::{self, SpeakerView};
use super::when;
use super::words::{self, Piece};

/// A story, ready to be shown.
#[derive(Clone, Debug)]
pub struct StoryView<'a> {
    /// Its record.
    pub story: &'a Story,
    /// Its reports, as indices into the legend's sources.
    pub sources: Vec<usize>,
    /// When its reports were published, in words.
    pub published: Option<String>,
    /// What happened.
    pub claims: Vec<ClaimView<'a>>,
    /// Who said what.
    pub speakers: Vec<SpeakerView<'a>>,
    /// Who wants what.
    pub parties: Vec<PartyView<'a>>,
    /// What was agreed.
    pub agreements: Vec<LineView<'a>>,
    /// What comes next.
    pub next: Vec<LineView<'a>>,
    /// What happened and will happen, when.
    pub timeline: Vec<MomentView<'a>>,
    /// Where the reports differ.
    pub differences: Vec<DifferenceView<'a>>,
    /// Who has what.
    pub matrix: Vec<RowView<'a>>,
    /// What was copied.
    pub copies: Vec<CopyView<'a>>,
}

/// A statement.
#[derive(Clone, Debug)]
pub struct ClaimView<'a> {
    /// Verbatim from one report, with the names that its pronouns mean.
    pub text: Cow<'a, str>,
    /// "3 of 5 reports, 2 independent · according to Orla Venn".
    pub note: String,
    /// Each report's words for it.
    pub cites: Vec<Cite<'a>>,
    /// The words with which a reporter disputes it.
    pub disputed: Option<Cite<'a>>,
}

/// A line with a note beneath it.
#[derive(Clone, Debug)]
pub struct LineView<'a> {
    /// Verbatim from one report, with the names that its pronouns mean.
    pub text: Cow<'a, str>,
    /// Who, when, in which state, according to whom.
    pub note: String,
    /// What it took the place of.
    pub before: Vec<BeforeView<'a>>,
    /// Who reports it.
    pub cites: Vec<Cite<'a>>,
}

/// What one party wants.
#[derive(Clone, Debug)]
pub struct PartyView<'a> {
    /// Who.
    pub party: &'a str,
    /// What, with the stance in [`WantView::stance`].
    pub wants: Vec<WantView<'a>>,
}

/// One thing that a party wants.
#[derive(Clone, Debug)]
pub struct WantView<'a> {
    /// "demands".
    pub stance: &'a str,
    /// What it is about, verbatim.
    pub issue: &'a str,
    /// When the stance was taken, in words.
    pub on: Option<String>,
    /// What the party wanted before.
    pub before: Option<BeforeView<'a>>,
    /// What became of it: "granted", "withdrawn".
    pub lapsed: Option<BeforeView<'a>>,
    /// Who reports it.
    pub cites: Vec<Cite<'a>>,
}

/// What a party wanted before it changed its mind, and what was planned before.
#[derive(Clone, Debug)]
pub struct BeforeView<'a> {
    /// "before: opposes · 3 March 2031".
    pub note: String,
    /// Who reports it.
    pub cites: Vec<Cite<'a>>,
}

/// An entry of the timeline.
#[derive(Clone, Debug)]
pub struct MomentView<'a> {
    /// EDTF.
    pub when: &'a str,
    /// In words.
    pub said: String,
    /// Verbatim from one report, with the names that its pronouns mean.
    pub text: Cow<'a, str>,
    /// "according to Orla Venn"; empty where a report states it itself.
    pub note: String,
    /// Whether it lies after the last of the reports.
    pub future: bool,
    /// Who reports it.
    pub cites: Vec<Cite<'a>>,
}

/// Where reports differ.
#[derive(Clone, Debug)]
pub struct DifferenceView<'a> {
    /// "duration".
    pub kind: &'a str,
    /// What it is about.
    pub about: &'a str,
    /// Whether the readings can be true together, in words.
    pub verdict: &'static str,
    /// The same in one word: "together", "apart" or "open".
    pub state: &'static str,
    /// The readings.
    pub readings: Vec<ReadingView<'a>>,
}

/// One reading of a difference.
#[derive(Clone, Debug)]
pub struct ReadingView<'a> {
    /// Its value, where it says more than the words themselves.
    pub value: Option<&'a str>,
    /// Its words, with those that other readings have otherwise marked.
    pub pieces: Vec<Piece>,
    /// Who has it.
    pub cites: Vec<Cite<'a>>,
}

/// A claim's row in the matrix.
#[derive(Clone, Debug)]
pub struct RowView<'a> {
    /// The claim.
    pub text: Cow<'a, str>,
    /// For each source of the story whether it has the claim.
    pub cells: Vec<Cell<'a>>,
}

/// Whether a source has a claim.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// It has, here.
    Has(Cite<'a>),
    /// It says something that may be the same, here where that is known.
    Unclear(Option<Cite<'a>>),
    /// It has not.
    Lacks,
}

impl<'a> StoryView<'a> {
    /// What the page of `story` says.
    pub fn new(story: &'a Story, legend: &Legend<'a>) -> Self {
        let names: Names = story.entities.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect();
        let sources: Vec<usize> = story.reports.iter().filter_map(|id| legend.index(id)).collect();
        StoryView {
            published: published(story),
            claims: story.claims.iter().map(|c| claim(c, sources.len(), &names, legend)).collect(),
            speakers: speakers::of(story, legend),
            parties: parties(story, legend),
            agreements: story.agreements.iter().map(|a| agreement(a, &names, legend)).collect(),
            next: story.next.iter().map(|n| next(n, &names, legend)).collect(),
            timeline: story.timeline.iter().map(|t| moment(t, story, &names, legend)).collect(),
            differences: story.differences.iter().map(|d| difference(d, legend)).collect(),
            matrix: matrix(story, &sources, legend),
            copies: copies::of(story, legend),
            sources,
            story,
        }
    }
}

impl<'a> StoryView<'a> {
    /// All that its lines rest on, in the order in which a page shows them.
    pub fn cites(&self) -> impl Iterator<Item = Cite<'a>> {
        let claims = self.claims.iter().flat_map(|c| c.cites.iter().chain(&c.disputed));
        let utterances = self.speakers.iter().flat_map(|s| &s.utterances);
        let tellings = utterances.flat_map(|u| &u.tellings).flat_map(|t| &t.cites);
        let befores = |w: &'_ WantView<'a>| -> Vec<Cite<'a>> {
            w.before.iter().chain(&w.lapsed).flat_map(|b| b.cites.iter().copied()).collect()
        };
        let wants = self.parties.iter().flat_map(|p| &p.wants);
        let wants: Vec<Cite> = wants.flat_map(|w| w.cites.iter().copied().chain(befores(w))).collect();
        let lines = self.agreements.iter().chain(&self.next);
        let lines = lines.flat_map(|l| l.cites.iter().chain(l.before.iter().flat_map(|b| &b.cites)));
        let moments = self.timeline.iter().flat_map(|m| &m.cites);
        let readings = self.differences.iter().flat_map(|d| &d.readings).flat_map(|r| &r.cites);
        let passages = self.copies.iter().flat_map(|c| c.passages.iter().flatten());
        let said = claims.chain(tellings).chain(&wants).chain(lines);
        let all: Vec<Cite> = said.chain(moments).chain(readings).chain(passages).copied().collect();
        all.into_iter()
    }

    /// Where to look for what a source may have in other words.
    pub fn nearest(&self) -> impl Iterator<Item = Cite<'a>> {
        let cells = self.matrix.iter().flat_map(|row| &row.cells);
        cells.filter_map(|cell| match cell {
            Cell::Unclear(nearest) => *nearest,
            Cell::Has(_) | Cell::Lacks => None,
        })
    }
}

/// Entity ids and names.
type Names<'a> = BTreeMap<&'a str, &'a str>;

fn published(story: &Story) -> Option<String> {
    let day = |edtf: &str| edtf.split('T').next().unwrap_or(edtf).to_owned();
    match (&story.from, &story.to) {
        (Some(from), Some(to)) => Some(when::human(&format!("{}/{}", day(from), day(to)))),
        (Some(one), None) | (None, Some(one)) => Some(when::human(&day(one))),
        (None, None) => None,
    }
}

/// "3 of 5 reports, 2 independent", or "up to 2" where that hangs on owners that nobody knows; nothing where there is only one report to
/// have it.
fn support(reports: usize, of: usize, origins: RangeInclusive<usize>) -> Option<String> {
    let up_to = if origins.start() < origins.end() { "up to " } else { "" };
    match (reports, of) {
        (_, 0 | 1) => None,
        (1, of) => Some(format!("1 of {of} reports")),
        (n, of) => Some(format!("{n} of {of} reports, {up_to}{} independent", origins.end())),
    }
}

fn claim<'a>(claim: &'a record::Claim, of: usize, names: &Names<'a>, legend: &Legend<'a>) -> ClaimView<'a> {
    let cites = legend.cite(&claim.evidence);
    let notes = [
        support(legend.tags(&cites).len(), of, claim.origins_at_least..=claim.origins),
        according_to(whose(&claim.attributed_to, &claim.source, names)),
    ];
    ClaimView {
        text: named(&claim.text, &claim.evidence, &claim.pronouns),
        note: notes.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        disputed: legend.cite(&claim.disputed).pop(),
        cites,
    }
}

/// The name or the words for whom a line is given to.
fn whose<'a>(
    attributed_to: &Option<String>,
    source: &'a Option<record::Source>,
    names: &Names<'a>,
) -> Option<&'a str> {
    let name = attributed_to.as_deref().and_then(|id| names.get(id).copied());
    name.or(source.as_ref().map(|source| source.text.as_str()))
}

fn according_to(whose: Option<&str>) -> Option<String> {
    whose.map(|name| format!("according to {name}"))
}

fn parties<'a>(story: &'a Story, legend: &Legend<'a>) -> Vec<PartyView<'a>> {
    let mut parties: Vec<PartyView> = Vec::new();
    // What stands beneath a later stance does not stand by itself as well.
    let earlier = |p: &record::Position| {
        story.positions.iter().any(|later| {
            let before = later.before.as_ref().filter(|_| later.party == p.party);
            before.is_some_and(|b| {
                b.stance == p.stance && b.on == p.on && same_places(&b.evidence, &p.evidence)
            })
        })
    };
    for position in story.positions.iter().filter(|p| !earlier(p)) {
        let want = WantView {
            stance: in_words(position),
            issue: &position.issue,
            on: position.on.as_deref().map(when::human),
            before: position.before.as_ref().map(|b| before(b, &position.stance, legend)),
            lapsed: position.lapsed.as_ref().map(|l| lapsed(l, legend)),
            cites: legend.cite(&position.evidence),
        };
        match parties.iter_mut().find(|p| p.party == position.party) {
            Some(party) => party.wants.push(want),
            None => parties.push(PartyView { party: &position.party, wants: vec![want] }),
        }
    }
    parties
}

fn before<'a>(before: &'a record::EarlierStance, stance: &str, legend: &Legend<'a>) -> BeforeView<'a> {
    let on = before.on.as_deref().map(|on| format!(" · {}", when::human(on)));
    // Of the same stance only the words say what was otherwise.
    let words = before.evidence.first().filter(|_| before.stance == stance);
    let said = words.map_or(before.stance.clone(), |words| words.exact().to_owned());
    BeforeView {
        note: format!("before: {said}{}", on.unwrap_or_default()),
        cites: legend.cite(&before.evidence),
    }
}

fn lapsed<'a>(lapse: &'a record::Lapse, legend: &Legend<'a>) -> BeforeView<'a> {
    let words = lapse.evidence.first().map_or("", |words| words.exact());
    BeforeView { note: format!("{}: {words}", lapse.kind), cites: legend.cite(&lapse.evidence) }
}

fn same_places(a: &[record::Evidence], b: &[record::Evidence]) -> bool {
    let place = |e: &record::Evidence| (e.report().to_owned(), e.start(), e.end());
    a.iter().map(place).eq(b.iter().map(place))
}

/// The stance as it reads before its issue: nobody "rejects to sign".
fn in_words(position: &record::Position) -> &str {
    match (&position.verb, position.stance.as_str(), position.issue.starts_with("to ")) {
        (Some(verb), ..) => verb,
        (None, "rejects", true) => "refuses",
        (None, "accepts", true) => "is ready",
        (None, stance, _) => stance,
    }
}

fn agreement<'a>(agreement: &'a record::Agreement, names: &Names<'a>, legend: &Legend<'a>) -> LineView<'a> {
    let parties = (!agreement.parties.is_empty()).then(|| agreement.parties.join(", "));
    let notes = [parties, according_to(whose(&agreement.attributed_to, &agreement.source, names))];
    LineView {
        text: Cow::Borrowed(&agreement.text),
        note: notes.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        before: Vec::new(),
        cites: legend.cite(&agreement.evidence),
    }
}

fn next<'a>(next: &'a record::Next, names: &Names<'a>, legend: &Legend<'a>) -> LineView<'a> {
    let when = next.when.as_deref().map(when::human);
    let who = (!next.who.is_empty()).then(|| next.who.join(", "));
    let whose = whose(&next.attributed_to, &next.source, names);
    // Who says what he will do himself is named already.
    let whose = whose.filter(|name| !next.who.iter().any(|who| who == name));
    let notes = [when, Some(next.status.clone()), who, according_to(whose)];
    LineView {
        text: named(&next.text, &next.evidence, &next.pronouns),
        note: notes.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        before: next.before.iter().map(|b| earlier_plan(b, legend)).collect(),
        cites: legend.cite(&next.evidence),
    }
}

fn earlier_plan<'a>(before: &'a record::EarlierPlan, legend: &Legend<'a>) -> BeforeView<'a> {
    let on = before.when.as_deref().map(|on| format!(" · {}", when::human(on)));
    let note = format!("before: {}{}", before.status, on.unwrap_or_default());
    BeforeView { note, cites: legend.cite(&before.evidence) }
}

fn moment<'a>(
    entry: &'a record::TimelineEntry,
    story: &Story,
    names: &Names<'a>,
    legend: &Legend<'a>,
) -> MomentView<'a> {
    let last_report = story.to.as_deref().and_then(when::days).map(|(_, last)| last);
    let first_day = when::days(&entry.when).map(|(first, _)| first);
    MomentView {
        when: &entry.when,
        said: when::human(&entry.when),
        text: named(&entry.text, &entry.evidence, &entry.pronouns),
        note: according_to(whose(&entry.attributed_to, &entry.source, names)).unwrap_or_default(),
        future: matches!((first_day, last_report), (Some(day), Some(last)) if day > last),
        cites: legend.cite(&entry.evidence),
    }
}

fn difference<'a>(difference: &'a record::Difference, legend: &Legend<'a>) -> DifferenceView<'a> {
    let texts: Vec<&str> = difference.readings.iter().map(|r| r.text.as_str()).collect();
    let readings = difference.readings.iter().zip(words::mark(&texts));
    let (verdict, state) = match difference.compatible {
        _ if difference.over_time => ("changed from one report to the next", "together"),
        Some(true) => ("can be true together", "together"),
        Some(false) => ("cannot both be true", "apart"),
        None => ("not known whether they can be true together", "open"),
    };
    DifferenceView {
        kind: &difference.kind,
        about: &difference.about,
        verdict,
        state,
        readings: readings
            .map(|(reading, pieces)| ReadingView {
                value: says_more(&difference.kind, &reading.value, &reading.text),
                pieces,
                cites: legend.cite(&reading.evidence),
            })
            .collect(),
    }
}

/// A value that a reader would not see in the words: a name behind "he said", a status.
fn says_more<'a>(kind: &str, value: &'a str, text: &str) -> Option<&'a str> {
    let for_people = matches!(kind, "speaker" | "status" | "stance" | "place" | "name");
    (for_people && !text.to_lowercase().contains(&value.to_lowercase())).then_some(value)
}

fn matrix<'a>(story: &'a Story, sources: &[usize], legend: &Legend<'a>) -> Vec<RowView<'a>> {
    let claims: BTreeMap<&str, &record::Claim> = story.claims.iter().map(|c| (c.id.as_str(), c)).collect();
    let rows = story.coverage.iter().filter_map(|row| Some((claims.get(row.claim.as_str())?, row)));
    rows.map(|(claim, row)| {
        let mut first: BTreeMap<usize, Cite> = BTreeMap::new();
        for cite in legend.cite(&claim.evidence) {
            first.entry(cite.source).or_insert(cite);
        }
        let unclear: BTreeSet<usize> = row.unclear.iter().filter_map(|id| legend.index(id)).collect();
        let nearest: BTreeMap<usize, Cite> =
            legend.cite(&row.nearest).into_iter().map(|cite| (cite.source, cite)).collect();
        let cell = |source: &usize| match first.get(source) {
            Some(cite) => Cell::Has(*cite),
            None if unclear.contains(source) => Cell::Unclear(nearest.get(source).copied()),
            None => Cell::Lacks,
        };
        RowView {
            text: named(&claim.text, &claim.evidence, &claim.pronouns),
            cells: sources.iter().map(cell).collect(),
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    #[test]
    fn support_is_said_only_where_it_says_something() {
        assert_eq!(support(3, 5, 2..=2).as_deref(), Some("3 of 5 reports, 2 independent"));
        assert_eq!(support(3, 5, 1..=2).as_deref(), Some("3 of 5 reports, up to 2 independent"));
        assert_eq!(support(1, 5, 1..=1).as_deref(), Some("1 of 5 reports"));
        assert_eq!(support(1, 1, 1..=1), None);
    }

    #[test]
    fn what_lies_after_the_last_report_is_future() {
        let sample = sample::sample();
        let legend = Legend::new(&sample.reading);
        let view = StoryView::new(&sample.reading.stories[0], &legend);
        let future: Vec<bool> = view.timeline.iter().map(|m| m.future).collect();
        assert_eq!(future, [false, false, false, true, true]);
        assert_eq!(view.published.as_deref(), Some("17–19 March 2031"));
    }

    #[test]
    fn a_line_that_only_somebody_tells_says_who() {
        let mut sample = sample::sample();
        let story = &mut sample.reading.stories[0];
        let evidence = story.timeline[0].evidence[0].clone();
        let source = record::Source { text: "two engineers".to_owned(), evidence };
        story.timeline[0].source = Some(source.clone());
        story.next[0].source = Some(source);
        let earlier = record::EarlierPlan {
            text: story.next[0].text.clone(),
            when: Some("2031-04-02".to_owned()),
            status: "planned".to_owned(),
            evidence: story.next[0].evidence.clone(),
        };
        story.next[0].before = vec![earlier];
        let legend = Legend::new(&sample.reading);
        let view = StoryView::new(&sample.reading.stories[0], &legend);
        assert_eq!(view.timeline[0].note, "according to two engineers");
        assert_eq!(view.timeline[1].note, "");
        assert!(view.next[0].note.ends_with("Ostria · according to two engineers"), "{}", view.next[0].note);
        let before: Vec<&str> = view.next[0].before.iter().map(|b| b.note.as_str()).collect();
        assert_eq!(before, ["before: planned · 2 April 2031"]);
    }

    #[test]
    fn the_matrix_has_a_cell_for_each_report_of_the_story() {
        let sample = sample::sample();
        let legend = Legend::new(&sample.reading);
        let view = StoryView::new(&sample.reading.stories[0], &legend);
        assert!(!view.matrix.is_empty());
        for row in &view.matrix {
            assert_eq!(row.cells.len(), view.sources.len());
            for (cell, source) in row.cells.iter().zip(&view.sources) {
                assert!(!matches!(cell, Cell::Has(cite) if cite.source != *source));
            }
        }
    }

    #[test]
    fn who_may_have_a_claim_does_not_lack_it() {
        let mut sample = sample::sample();
        let story = &mut sample.reading.stories[0];
        let absent = std::mem::take(&mut story.coverage[0].absent_from);
        assert!(!absent.is_empty());
        story.coverage[0].unclear = absent;
        let legend = Legend::new(&sample.reading);
        let view = StoryView::new(&sample.reading.stories[0], &legend);
        let cells = || view.matrix[0].cells.iter();
        assert!(cells().any(|c| matches!(c, Cell::Unclear(_))) && !cells().any(|c| matches!(c, Cell::Lacks)));
    }

    #[test]
    fn parties_keep_their_order_and_are_named_once() {
        let sample = sample::sample();
        let legend = Legend::new(&sample.reading);
        let view = StoryView::new(&sample.reading.stories[0], &legend);
        let parties: Vec<(&str, usize)> = view.parties.iter().map(|p| (p.party, p.wants.len())).collect();
        assert_eq!(parties, [("Velmark", 2), ("Ostria", 1)]);
    }
}
