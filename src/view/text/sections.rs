//! The sections of a story's text.
//!
//! In: a [`StoryView`]. Out: rows on a [`Page`]. A section without lines is left out. It does not decide what
//! the record says, only how much of a long list is shown.

use textwrap::core::display_width;

use crate::record::{RefusalSummary, Story};
use crate::view::legend::{Cite, Legend};
use crate::view::speakers::{SpeakerView, TellingView, UtteranceView};
use crate::view::story::{
    Cell, ClaimView, DifferenceView, LineView, MomentView, PartyView, RowView, StoryView,
};

use super::changes;
use super::page::{Page, Paint, cut};

/// How many entries of a list are shown without `--all`: about what fits on one screen.
const CLAIMS: usize = 12;
const SPEAKERS: usize = 12;
const UTTERANCES: usize = 6;
const WANTS: usize = 6;
const LINES: usize = 10;
const MOMENTS: usize = 20;
const DIFFERENCES: usize = 20;
const ROWS: usize = 20;
const COPIES: usize = 8;
const REFUSALS: usize = 20;

/// All of one story.
pub fn story(page: &mut Page, view: &StoryView, legend: &Legend) {
    let tags: Vec<&str> = view.sources.iter().map(|i| legend.sources[*i].tag.as_str()).collect();
    page.set_gutter(display_width(&tags.join(" ")).min(9));
    page.title(&view.story.title);
    reports(page, view, legend);
    claims(page, &view.claims, legend);
    speakers(page, &view.speakers, legend);
    parties(page, &view.parties, legend);
    lines(page, "Agreed", &view.agreements, legend);
    lines(page, "Next", &view.next, legend);
    timeline(page, &view.timeline, legend);
    differences(page, &view.differences, legend);
    matrix(page, &view.matrix, &tags);
    copies(page, view, legend);
    changes::section(page, &view.story.versions, legend);
    limits(page, &view.story.limits);
}

/// The stories that are not told in full.
pub fn other_stories(page: &mut Page, stories: &[Story]) {
    if stories.is_empty() {
        return;
    }
    page.heading("Other stories");
    page.set_gutter(4);
    for story in stories.iter().take(REFUSALS) {
        let title = page.paint(&story.title, Paint::Plain);
        page.row(&story.reports.len().to_string(), &title);
    }
    more(page, stories.len(), REFUSALS);
    page.note("The number is that of its reports; --all tells every story.");
}

/// What could not be read.
pub fn refusals(page: &mut Page, refusals: &[RefusalSummary]) {
    if refusals.is_empty() {
        return;
    }
    page.heading("Not read");
    for refusal in shown(page, refusals, REFUSALS) {
        let source = page.paint(&refusal.source, Paint::Strong);
        let body = format!("{source}: {}", page.paint(&refusal.message, Paint::Plain));
        page.subheading_tight(&body);
    }
    more(page, refusals.len(), REFUSALS);
}

fn reports(page: &mut Page, view: &StoryView, legend: &Legend) {
    let n = view.sources.len();
    let count = if n == 1 { "1 report".to_owned() } else { format!("{n} reports") };
    let head = [Some(count), view.published.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let head = page.paint(&head, Paint::Faint);
    page.line(&head);
    page.gap();
    for source in view.sources.iter().map(|i| &legend.sources[*i]) {
        let words = Some(format!("{} words", source.report.words));
        let facts = [source.date.clone(), words].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let body =
            format!("{} · {}", page.paint(&source.name, Paint::Strong), page.paint(&facts, Paint::Faint));
        page.row(&source.tag, &body);
        if let Some(title) = source.report.title.as_deref().filter(|t| *t != view.story.title) {
            page.note(title);
        }
    }
}

fn claims(page: &mut Page, claims: &[ClaimView], legend: &Legend) {
    section(page, "What happened", claims, CLAIMS, |page, claim| {
        let body = page.paint(&claim.text, Paint::Plain);
        page.row(&gutter(page, &claim.cites, legend), &body);
        page.note(&claim.note);
        if let Some(disputed) = &claim.disputed {
            let body = page.paint(&format!("disputed: {}", disputed.evidence.exact()), Paint::Alarm);
            page.row(&gutter(page, &[*disputed], legend), &body);
        }
    });
}

fn speakers(page: &mut Page, speakers: &[SpeakerView], legend: &Legend) {
    section(page, "Who said what", speakers, SPEAKERS, |page, speaker| {
        let name = page.paint(speaker.name, Paint::Strong);
        let note = page.paint(&speaker.note, Paint::Faint);
        page.subheading(&if note.is_empty() { name } else { format!("{name} · {note}") });
        let mut set_apart = false;
        for (n, utterance) in shown(page, &speaker.utterances, UTTERANCES).iter().enumerate() {
            let several = utterance.tellings.len() > 1;
            if n > 0 && (several || set_apart) {
                page.gap();
            }
            utter(page, utterance, legend);
            set_apart = several;
        }
        more(page, speaker.utterances.len(), UTTERANCES);
    });
}

fn utter(page: &mut Page, utterance: &UtteranceView, legend: &Legend) {
    for telling in &utterance.tellings {
        tell(page, telling, legend);
    }
    page.note(&utterance.differs.join(" · "));
}

fn tell(page: &mut Page, telling: &TellingView, legend: &Legend) {
    let words = page.paint_pieces(&telling.pieces);
    let words = if telling.literal { format!("“{words}”") } else { words };
    let note = page.paint(&telling.note, Paint::Faint);
    let body = if note.is_empty() { words } else { format!("{words} · {note}") };
    page.row(&gutter(page, &telling.cites, legend), &body);
}

fn parties(page: &mut Page, parties: &[PartyView], legend: &Legend) {
    section(page, "Who wants what", parties, SPEAKERS, |page, party| {
        let name = page.paint(party.party, Paint::Strong);
        page.subheading(&name);
        for want in shown(page, &party.wants, WANTS) {
            let stance = page.paint(want.stance, Paint::Strong);
            let issue = page.paint(want.issue, Paint::Plain);
            let on = want.on.as_ref().map(|on| page.paint(&format!("· {on}"), Paint::Faint));
            let body = [Some(stance), Some(issue), on].into_iter().flatten().collect::<Vec<_>>().join(" ");
            page.row(&gutter(page, &want.cites, legend), &body);
            for before in want.lapsed.iter().chain(&want.before) {
                let note = page.paint(&before.note, Paint::Faint);
                page.row(&gutter(page, &before.cites, legend), &note);
            }
        }
        more(page, party.wants.len(), WANTS);
    });
}

fn lines(page: &mut Page, heading: &str, lines: &[LineView], legend: &Legend) {
    section(page, heading, lines, LINES, |page, line| {
        let body = page.paint(&line.text, Paint::Plain);
        page.row(&gutter(page, &line.cites, legend), &body);
        page.note(&line.note);
        for before in &line.before {
            let note = page.paint(&before.note, Paint::Faint);
            page.row(&gutter(page, &before.cites, legend), &note);
        }
    });
}

fn timeline(page: &mut Page, timeline: &[MomentView], legend: &Legend) {
    let mut last = "";
    section(page, "Timeline", timeline, MOMENTS, |page, moment| {
        if last != moment.said {
            let said = page.paint(&moment.said, Paint::Strong);
            let ahead = page.paint(if moment.future { "· ahead" } else { "" }, Paint::Faint);
            page.subheading_tight(format!("{said} {ahead}").trim_end());
            last = &moment.said;
        }
        let body = page.paint(&moment.text, Paint::Plain);
        page.row(&gutter(page, &moment.cites, legend), &body);
        page.note(&moment.note);
    });
}

fn differences(page: &mut Page, differences: &[DifferenceView], legend: &Legend) {
    section(page, "Where they differ", differences, DIFFERENCES, |page, difference| {
        let kind = page.paint(difference.kind, Paint::Strong);
        let about = page.paint(difference.about, Paint::Plain);
        let paint = if difference.state == "apart" { Paint::Alarm } else { Paint::Faint };
        let verdict = page.paint(difference.verdict, paint);
        page.subheading(&format!("{kind}: {about} — {verdict}"));
        for reading in &difference.readings {
            let words = page.paint_pieces(&reading.pieces);
            let value = reading.value.map(|v| page.paint(&format!("· {v}"), Paint::Faint));
            let body = [Some(words), value].into_iter().flatten().collect::<Vec<_>>().join(" ");
            page.row(&gutter(page, &reading.cites, legend), &body);
        }
    });
}

/// What the marks say.
const MARKS: &str = "● has it   ? may have it in other words   · was not found to have it";

/// One row of marks for each claim, or, where so many reports would leave the claim no room, their number.
fn matrix(page: &mut Page, rows: &[RowView], tags: &[&str]) {
    let column = tags.iter().map(|t| t.len()).max().unwrap_or(1) + 1;
    let marks = column * tags.len();
    let fits = marks <= page.look.width / 2;
    let room = page.look.width.saturating_sub(4 + if fits { marks } else { 9 });
    if tags.len() < 2 || rows.is_empty() {
        return;
    }
    page.heading("Who has what");
    if fits {
        let tags = tags.iter().map(|t| format!("{t:>column$}")).collect::<String>();
        let head = page.paint_line(&format!("{}{tags}", " ".repeat(room + 4)), Paint::Tag);
        page.line(&head);
    }
    for row in shown(page, rows, ROWS) {
        let text = cut(&row.text, room);
        let pad = " ".repeat(room.saturating_sub(display_width(&text)));
        let carried = row.cells.iter().filter(|c| matches!(c, Cell::Has(_))).count();
        let mark = |c: &Cell| {
            let mark = match c {
                Cell::Has(_) => "●",
                Cell::Unclear(_) => "?",
                Cell::Lacks => "·",
            };
            format!("{mark:>column$}")
        };
        let marks = match fits {
            true => row.cells.iter().map(mark).collect(),
            false => format!("{carried:>4} of {}", row.cells.len()),
        };
        page.line(&format!("  {text}{pad}  {marks}"));
    }
    if fits {
        page.note(MARKS);
    }
    more(page, rows.len(), ROWS);
}

fn copies(page: &mut Page, view: &StoryView, legend: &Legend) {
    section(page, "Copied", &view.copies, COPIES, |page, copy| {
        let cites: Vec<Cite> = copy.passages.iter().flatten().copied().collect();
        let body = page.paint(&format!("{}, {}", copy.extent, copy.note), Paint::Plain);
        page.row(&gutter(page, &cites, legend), &body);
        if let Some(longest) = copy.passages.first().and_then(|p| p.first()) {
            let room = page.body_room() * 2;
            page.note(&cut(longest.evidence.exact(), room));
        }
    });
}

fn limits(page: &mut Page, limits: &[String]) {
    section(page, "Limits", limits, LINES, |page, limit| {
        let body = page.paint(limit, Paint::Plain);
        page.subheading_tight(&body);
    });
}

fn section<'t, T>(
    page: &mut Page,
    heading: &str,
    items: &'t [T],
    most: usize,
    mut each: impl FnMut(&mut Page, &'t T),
) {
    if items.is_empty() {
        return;
    }
    page.heading(heading);
    for item in shown(page, items, most) {
        each(page, item);
    }
    more(page, items.len(), most);
}

fn shown<'t, T>(page: &Page, items: &'t [T], most: usize) -> &'t [T] {
    if page.look.all { items } else { items.get(..most).unwrap_or(items) }
}

fn more(page: &mut Page, of: usize, most: usize) {
    if !page.look.all && of > most {
        page.note(&format!("… and {} more (--all)", of - most));
    }
}

/// The tags of what is cited, as many as the gutter holds.
fn gutter(page: &Page, cites: &[Cite], legend: &Legend) -> String {
    let tags = legend.tags(cites);
    let whole = tags.join(" ");
    if display_width(&whole) <= page.gutter_room() {
        return whole;
    }
    let holds = |n: &usize| {
        let short = format!("{} +{}", tags.get(..*n).unwrap_or_default().join(" "), tags.len() - n);
        (display_width(&short) <= page.gutter_room()).then_some(short)
    };
    (1..tags.len().min(page.gutter_room()))
        .rev()
        .find_map(|n| holds(&n))
        .unwrap_or_else(|| format!("{}", tags.len()))
}
