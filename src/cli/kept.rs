//! `rashomon stories`, `story`, `search` and `said`: what is kept.

use std::fmt::Write;

use serde::Serialize;

use crate::pipeline;
use crate::store::{Hit, Saying, SearchFilter, Snippet, StoryFilter, StoryLine};
use crate::view::text::plain;

use super::keep_args::{Days, ListFormat, SaidArgs, SearchArgs, StoriesArgs, StoryArgs};
use super::output::Output;
use super::{Outcome, database};

/// Lists the stories.
pub fn stories(args: StoriesArgs) -> anyhow::Result<Outcome> {
    let store = args.database.open_to_read()?;
    let Days { from, to } = args.days;
    let filter = StoryFilter {
        from: from.map(|d| d.to_string()),
        to: to.map(|d| d.to_string()),
        reports: args.reports,
        outlet: args.outlet,
        most: args.most,
    };
    list(&store.stories(&filter)?, args.format, story_line)
}

/// Prints the record of a story.
pub fn story(args: StoryArgs) -> anyhow::Result<Outcome> {
    let store = args.database.open_to_read()?;
    let outcome = pipeline::story(&store, &args.id, database::annotator(&store, None)?)?;
    let outcome = outcome.ok_or_else(|| {
        anyhow::anyhow!("{}: there is no such story; `rashomon stories` lists them", args.id)
    })?;
    super::read::show(outcome, args.show.resolve())?;
    Ok(Outcome::Read)
}

/// Finds reports.
pub fn search(args: SearchArgs) -> anyhow::Result<Outcome> {
    let store = args.database.open_to_read()?;
    let Days { from, to } = args.days;
    let filter = SearchFilter {
        outlet: args.outlet,
        speaker: args.speaker,
        from: from.map(|d| d.to_string()),
        to: to.map(|d| d.to_string()),
        story: args.story,
        newest_first: args.newest,
        most: args.most,
    };
    list(&pipeline::search(&store, &args.query.join(" "), &filter)?, args.format, hit)
}

/// Prints what somebody said.
pub fn said(args: SaidArgs) -> anyhow::Result<Outcome> {
    let store = args.database.open_to_read()?;
    let said = pipeline::said(&store, &args.name, &args.about, args.most as usize)?;
    list(&said, args.format, saying)
}

/// Prints a list; an empty one is no failure.
pub fn list<T: Serialize>(
    found: &[T],
    format: ListFormat,
    text: impl Fn(&T) -> String,
) -> anyhow::Result<Outcome> {
    let mut out = Output::stdout();
    for item in found {
        match format {
            ListFormat::Text => out.write(&text(item))?,
            ListFormat::Jsonl => out.write_line(item)?,
        }
    }
    Ok(Outcome::Read)
}

fn story_line(story: &StoryLine) -> String {
    let day = |at: &Option<String>| at.as_deref().map_or("          ", day).to_owned();
    let reports =
        if story.reports == 1 { "1 report".to_owned() } else { format!("{} reports", story.reports) };
    let title = plain(story.title.as_deref().unwrap_or("(no headline)"));
    format!("{}  {}  {reports:>11}  {title}\n", story.id, day(&story.to))
}

fn hit(hit: &Hit) -> String {
    let mut text = String::new();
    let head = [hit.published_at.as_deref().map(day), hit.outlet.as_deref(), hit.title.as_deref()];
    let head: Vec<String> = head.into_iter().flatten().map(plain).collect();
    let story = hit.story.as_deref().unwrap_or_default();
    let _ = writeln!(text, "{} · {} · {story}", head.join(" · "), hit.id);
    let _ = writeln!(text, "    {}", plain(&marked(&hit.snippet)));
    text
}

/// The snippet with its found words in brackets, which read the same in a pipe.
fn marked(snippet: &Snippet) -> String {
    let mut text = String::with_capacity(snippet.text.len());
    for (i, c) in snippet.text.chars().enumerate() {
        if snippet.marks.iter().any(|[start, _]| *start == i) {
            text.push('[');
        }
        text.push(c);
        if snippet.marks.iter().any(|[_, end]| *end == i + 1) {
            text.push(']');
        }
    }
    text
}

fn saying(saying: &Saying) -> String {
    let outlets: Vec<&str> =
        saying.evidence.iter().map(|e| e.outlet.as_deref().unwrap_or(&e.report)).collect();
    let at = saying.published_at.as_deref().map_or("", day);
    let story = saying.story.as_deref().unwrap_or_default();
    format!(
        "{at} · {} · {} · {story}\n    {}\n",
        plain(&saying.speaker),
        plain(&outlets.join(", ")),
        plain(&saying.text)
    )
}

/// The day of an EDTF time.
fn day(at: &str) -> &str {
    at.get(..10).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_words_stand_in_brackets() {
        let snippet = Snippet { text: "…the gâtes of the dam".to_owned(), marks: vec![[5, 10], [18, 21]] };
        assert_eq!(marked(&snippet), "…the [gâtes] of the [dam]");
    }
}
