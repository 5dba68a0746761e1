//! The timeline as a drawing.
//!
//! In: a [`StoryView`]. Out: [`Timeline`]: where each day's dots and its label stand. The further two days lie
//! apart, the more their distance is shortened, so that an event of ten years ago leaves room for this week's.
//! It does not know how the drawing is coloured.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::view::legend::Cite;
use crate::view::story::{MomentView, StoryView};
use crate::view::text::cut;
use crate::view::when;

/// In units of the drawing, which are pixels where the page is wide enough.
const WIDTH: f64 = 700.0;
const LEFT: f64 = 8.0;
/// Room for the last label at the right.
const RIGHT: f64 = 200.0;
const AXIS: f64 = 58.0;
const LANE: f64 = 19.0;
const DOT: f64 = 11.0;
/// A letter of a label is at most about this wide, on the average of a text.
const LETTER: f64 = 6.7;
/// Labels stand in at most this many lanes; with more, they lose their words, and then themselves.
const MOST_LANES: usize = 7;
/// More dots than this on one day become a number.
const MOST_DOTS: usize = 4;
const SNIPPET: usize = 26;

/// The drawing.
#[derive(Clone, Debug)]
pub struct Timeline<'a> {
    /// Its size.
    pub width: f64,
    /// Its size.
    pub height: f64,
    /// Where the axis lies.
    pub axis: f64,
    /// From the first to the last day that is not ahead.
    pub past: (f64, f64),
    /// From there to the last day.
    pub ahead: Option<(f64, f64)>,
    /// The days on which the reports were published.
    pub published: Option<(f64, f64)>,
    /// In order.
    pub days: Vec<Day<'a>>,
}

/// What stands at one day.
#[derive(Clone, Debug)]
pub struct Day<'a> {
    /// Where.
    pub x: f64,
    /// "18 March".
    pub date: String,
    /// The first words of what happened; empty where there is no room, or somebody only says it.
    pub snippet: String,
    /// Where the label stands, `None` where there is no room for it.
    pub label: Option<f64>,
    /// After the last report.
    pub future: bool,
    /// From the axis upwards.
    pub dots: Vec<Dot<'a>>,
    /// "+3", where there are more entries than dots.
    pub more: String,
    /// Where it stands.
    pub more_y: f64,
}

/// An entry.
#[derive(Clone, Debug)]
pub struct Dot<'a> {
    /// Height of its middle.
    pub y: f64,
    /// What it tells, with who says it where only somebody does.
    pub text: Cow<'a, str>,
    /// The first of its evidence.
    pub cite: Option<Cite<'a>>,
}

/// The entries of one day.
struct Group<'v, 'a> {
    day: Date,
    moments: Vec<&'v MomentView<'a>>,
}

impl<'a> Timeline<'a> {
    /// The drawing of `story`'s timeline; `None` where fewer than two days are known.
    pub fn draw(story: &StoryView<'a>) -> Option<Self> {
        let groups = group(&story.timeline);
        let published = published(story);
        let mut days: Vec<Date> = groups.iter().map(|g| g.day).collect();
        days.extend(published.into_iter().flat_map(|(from, to)| [from, to]));
        days.sort_unstable();
        days.dedup();
        if groups.len() < 2 {
            return None;
        }
        let scale = Scale::new(&days);
        let lanes = lanes(&groups, &scale, true)
            .or_else(|| lanes(&groups, &scale, false).map(|(lanes, _)| (lanes, false)));
        let (lanes, with_words) = lanes.unwrap_or_else(|| (vec![None; groups.len()], false));
        let depth = lanes.iter().flatten().max().map_or(0, |lane| lane + 1);
        let drawn = groups.iter().zip(&lanes).map(|(g, lane)| day(g, *lane, with_words, &groups, &scale));
        let last_past = published.map(|(_, to)| scale.x(to));
        let end = scale.x(*days.last()?);
        Some(Timeline {
            width: WIDTH,
            height: AXIS + 18.0 + LANE * depth as f64,
            axis: AXIS,
            past: (LEFT, last_past.unwrap_or(end)),
            ahead: last_past.filter(|x| *x < end).map(|x| (x, end)),
            published: published.map(|(from, to)| (scale.x(from) - 5.0, scale.x(to) + 5.0)),
            days: drawn.collect(),
        })
    }
}

fn group<'v, 'a>(timeline: &'v [MomentView<'a>]) -> Vec<Group<'v, 'a>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut dated: Vec<(Date, &MomentView)> =
        timeline.iter().filter_map(|m| Some((when::days(m.when)?.0, m))).collect();
    dated.sort_by_key(|(day, _)| *day);
    for (day, moment) in dated {
        match groups.last_mut().filter(|g| g.day == day) {
            Some(group) => group.moments.push(moment),
            None => groups.push(Group { day, moments: vec![moment] }),
        }
    }
    groups
}

fn published(story: &StoryView) -> Option<(Date, Date)> {
    let from = when::days(story.story.from.as_deref()?)?.0;
    let to = when::days(story.story.to.as_deref()?)?.1;
    (from <= to).then_some((from, to))
}

/// Days and where they stand.
struct Scale(Vec<(Date, f64)>);

impl Scale {
    /// Each gap is as wide as the logarithm of its days, so that near and far both have room.
    fn new(days: &[Date]) -> Self {
        let gap = |pair: &[Date]| match pair {
            [a, b] => (1.0 + f64::from((*b - *a).get_days().max(1))).ln(),
            _ => 0.0,
        };
        let gaps: Vec<f64> = days.windows(2).map(gap).collect();
        let unit = (WIDTH - LEFT - RIGHT) / gaps.iter().sum::<f64>().max(1.0);
        let mut x = LEFT;
        let steps = std::iter::once(0.0).chain(gaps);
        Scale(days.iter().zip(steps).map(|(day, gap)| (*day, (x += gap * unit, x).1)).collect())
    }

    fn x(&self, day: Date) -> f64 {
        let i = self.0.partition_point(|(d, _)| *d < day);
        self.0.get(i).or(self.0.last()).map_or(LEFT, |(_, x)| *x)
    }
}

/// The lane of each label, the first nearest to the axis. A label stands at the right of its own leader and
/// below the ends of all leaders that it crosses, so that neither words nor lines touch.
fn lanes(groups: &[Group], scale: &Scale, with_words: bool) -> Option<(Vec<Option<usize>>, bool)> {
    let mut lanes: Vec<Option<usize>> = vec![None; groups.len()];
    for (i, group) in groups.iter().enumerate().rev() {
        let (x, end) = (scale.x(group.day), scale.x(group.day) + label_width(group, with_words, groups, i));
        let crossed = groups.iter().zip(&lanes).skip(i + 1).take_while(|(g, _)| scale.x(g.day) < end);
        let lane = crossed.filter_map(|(_, lane)| *lane).max().map_or(0, |lane| lane + 1);
        debug_assert!(x <= end);
        if lane >= MOST_LANES {
            return None;
        }
        lanes[i] = Some(lane);
    }
    Some((lanes, with_words))
}

fn label_width(group: &Group, with_words: bool, groups: &[Group], i: usize) -> f64 {
    let snippet = if with_words { snippet(group).chars().count() + 1 } else { 0 };
    (date(groups, i).chars().count() + snippet + 2) as f64 * LETTER
}

/// With its year where the day before it has another one.
fn date(groups: &[Group], i: usize) -> String {
    let Some(group) = groups.get(i) else { return String::new() };
    let edtf = group.moments.first().map_or("", |m| m.when);
    let year = |g: &Group| g.day.year();
    let same_year = i > 0 && groups.get(i - 1).map(year) == Some(year(group));
    if same_year { when::short(edtf) } else { when::human(edtf.split('T').next().unwrap_or(edtf)) }
}

/// The first words of what a report of that day states itself: what is only said has no room for who says it.
fn snippet(group: &Group) -> String {
    let first = group.moments.iter().find(|m| m.note.is_empty()).map_or("", |m| &m.text);
    let words = cut(first, SNIPPET);
    // Better a word less than half a word.
    match words.strip_suffix('…').and_then(|w| w.rsplit_once(' ')) {
        Some((whole, _)) => format!("{whole} …"),
        None => words,
    }
}

fn day<'a>(
    group: &Group<'_, 'a>,
    lane: Option<usize>,
    with_words: bool,
    groups: &[Group],
    scale: &Scale,
) -> Day<'a> {
    let i = groups.partition_point(|g| g.day < group.day);
    let dot = |(n, moment): (usize, &&MomentView<'a>)| Dot {
        y: AXIS - DOT * n as f64,
        text: match moment.note.as_str() {
            "" => moment.text.clone(),
            note => Cow::Owned(format!("{}, {note}", moment.text)),
        },
        cite: moment.cites.first().copied(),
    };
    let hidden = group.moments.len().saturating_sub(MOST_DOTS);
    Day {
        x: scale.x(group.day),
        date: date(groups, i),
        snippet: if with_words { snippet(group) } else { String::new() },
        label: lane.map(|lane| AXIS + 24.0 + LANE * lane as f64),
        future: group.moments.iter().any(|m| m.future),
        dots: group.moments.iter().take(MOST_DOTS).enumerate().map(dot).collect(),
        more: if hidden > 0 { format!("+{hidden}") } else { String::new() },
        more_y: AXIS - DOT * MOST_DOTS as f64 + 3.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Reading, TimelineEntry};
    use crate::view::legend::Legend;
    use crate::view::sample::sample;

    fn draw(reading: &Reading) -> Timeline<'_> {
        let legend = Legend::new(reading);
        Timeline::draw(&StoryView::new(&reading.stories[0], &legend)).expect("a drawing")
    }

    fn with_entries(entries: &[&str]) -> Reading {
        let mut reading = sample().reading;
        let evidence = reading.stories[0].timeline[0].evidence.clone();
        let entry = |when: &&str| TimelineEntry {
            when: (*when).to_owned(),
            text: "Somebody met somebody else somewhere".to_owned(),
            evidence: evidence.clone(),
            pronouns: Vec::new(),
            attributed_to: None,
            source: None,
        };
        reading.stories[0].timeline = entries.iter().map(entry).collect();
        reading
    }

    fn boxes(timeline: &Timeline) -> Vec<(f64, f64, f64)> {
        let width = |d: &Day| (d.date.chars().count() + 1 + d.snippet.chars().count()) as f64 * LETTER;
        timeline.days.iter().filter_map(|d| Some((d.x, d.x + width(d), d.label?))).collect()
    }

    fn assert_nothing_collides(timeline: &Timeline) {
        let boxes = boxes(timeline);
        for (i, a) in boxes.iter().enumerate() {
            for b in &boxes[i + 1..] {
                assert!(a.2 != b.2 || a.1 <= b.0, "two labels: {a:?} {b:?}");
                assert!(b.0 >= a.1 || a.2 > b.2, "a label on a leader: {a:?} {b:?}");
            }
        }
    }

    #[test]
    fn labels_and_leaders_do_not_collide() {
        assert_nothing_collides(&draw(&sample().reading));
        let week =
            with_entries(&["2014-03-18", "2031-03-15", "2031-03-16", "2031-03-17", "2031-03-18", "2031-04"]);
        assert_nothing_collides(&draw(&week));
    }

    #[test]
    fn days_stand_in_their_order_within_the_drawing() {
        let reading =
            with_entries(&["1066", "2031-03-18T14:05", "2031-03-18", "2031-03-19", "2090-01-01", "PT4H"]);
        let timeline = draw(&reading);
        let xs: Vec<f64> = timeline.days.iter().map(|d| d.x).collect();
        assert_eq!(xs.len(), 4);
        assert!(xs.is_sorted() && xs.iter().all(|x| (0.0..=WIDTH).contains(x)));
        assert_eq!(timeline.days[1].dots.len(), 2);
        assert_eq!(timeline.days.iter().map(|d| d.future).collect::<Vec<_>>(), [false, false, false, true]);
        assert!(timeline.ahead.is_some());
    }

    #[test]
    fn a_crowd_loses_its_words_before_it_loses_its_labels() {
        let dates: Vec<String> = (1..=28).map(|d| format!("2031-02-{d:02}")).collect();
        let reading = with_entries(&dates.iter().map(String::as_str).collect::<Vec<_>>());
        let timeline = draw(&reading);
        assert_eq!(timeline.days.len(), 28);
        assert!(timeline.days.iter().all(|d| d.snippet.is_empty()));
        assert_nothing_collides(&timeline);
    }

    #[test]
    fn one_day_needs_no_drawing() {
        let reading = with_entries(&["2031-03-18", "2031-03-18"]);
        let legend = Legend::new(&reading);
        assert!(Timeline::draw(&StoryView::new(&reading.stories[0], &legend)).is_none());
    }
}
