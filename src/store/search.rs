//! Reports that hold given words.
//!
//! In: a query as people type it, and filters. Out: reports with the words in their surroundings, the best first. It
//! does not know what the words mean; it knows their stems.

use rusqlite::named_params;
use serde::Serialize;

use super::{Result, Store, Writing};
use crate::align::Said as Judged;
use crate::annotate::lexicon;

/// How many words a snippet shows.
const SNIPPET_WORDS: i64 = 28;

/// The marks around a found word, as SQLite sets them: no text that is shown holds them.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// Which reports are found.
#[derive(Clone, Debug, Default)]
pub struct SearchFilter {
    /// Only of this outlet.
    pub outlet: Option<String>,
    /// Only where somebody of this name says something.
    pub speaker: Option<String>,
    /// Only published on this day or later (YYYY-MM-DD).
    pub from: Option<String>,
    /// Only published on this day or earlier.
    pub to: Option<String>,
    /// Only of this story.
    pub story: Option<String>,
    /// The latest first, instead of the best.
    pub newest_first: bool,
    /// At most so many.
    pub most: u32,
}

/// A report that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// The version that was searched: its newest.
    pub version: u32,
    /// The outlet.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// EDTF.
    pub published_at: Option<String>,
    /// The story that it tells.
    pub story: Option<String>,
    /// Where the words stand.
    pub snippet: Snippet,
}

/// Words of a text with the found ones marked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// The words; `…` stands where some are left out.
    pub text: String,
    /// The found ones, in code points of `text`.
    pub marks: Vec<[usize; 2]>,
}

impl Store {
    /// The reports whose newest version holds the words of `query`; none where it has no words.
    ///
    /// Words are joined by "and"; `"two words"` stand in a row, `-word` must not be there, `word*` is a beginning, and
    /// `OR` stands between alternatives. Of whom the filter's speaker is the name, what a person said is heeded: `judged`.
    pub fn search(&self, query: &str, filter: &SearchFilter, judged: &[Judged]) -> Result<Vec<Hit>> {
        let Some(query) = match_expression(query) else { return Ok(Vec::new()) };
        let order = if filter.newest_first { "published_at DESC, rank" } else { "rank, published_at DESC" };
        let sql = format!(
            "SELECT id, version.number, outlet, version.title, published_at, story,
                    snippet(words, 1, char(2), char(3), '…', {SNIPPET_WORDS})
             FROM words
             JOIN version ON version.key = words.rowid
             JOIN report ON report.number = version.report
             LEFT JOIN membership ON membership.report = report.number
             WHERE words MATCH :query
               AND (:outlet IS NULL OR outlet = :outlet COLLATE NOCASE)
               AND (:from IS NULL OR published_at >= :from)
               AND (:to IS NULL OR published_at < date(:to, '+1 day'))
               AND (:story IS NULL OR story = :story)
               AND (:spoken IS NULL OR version.key IN (SELECT value FROM json_each(:spoken)))
             ORDER BY {order}, id
             LIMIT :most"
        );
        let spoken = filter.speaker.as_deref().map(|name| self.spoken_by(name, judged)).transpose()?;
        let spoken = spoken.map(|versions| serde_json::json!(versions).to_string());
        let parameters = named_params! {
            ":query": query, ":outlet": filter.outlet, ":from": filter.from, ":to": filter.to,
            ":story": filter.story, ":spoken": spoken, ":most": filter.most,
        };
        self.ask(|db| {
            let hit = |row: &rusqlite::Row| {
                let snippet: String = row.get(6)?;
                Ok(Hit {
                    id: row.get(0)?,
                    version: row.get(1)?,
                    outlet: row.get(2)?,
                    title: row.get(3)?,
                    published_at: row.get(4)?,
                    story: row.get(5)?,
                    snippet: Snippet::of(&snippet),
                })
            };
            db.prepare_cached(&sql)?.query_map(parameters, hit)?.collect()
        })
    }
}

impl Writing<'_> {
    /// Indexes the newest version of every report anew.
    pub fn index_anew(&self) -> Result<()> {
        self.ask(|db| {
            db.execute_batch(
                "INSERT INTO words (words) VALUES ('delete-all');
                 INSERT INTO words (rowid, title, text)
                 SELECT key, title, text FROM report JOIN version ON key = newest ORDER BY key;",
            )
        })
    }
}

impl Snippet {
    /// The snippet that SQLite marked, on one line.
    fn of(marked: &str) -> Self {
        let line = marked.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut snippet = Snippet::default();
        let (mut length, mut open) = (0, 0);
        for c in line.chars() {
            match c {
                OPEN => open = length,
                CLOSE => snippet.marks.push([open, length]),
                c => {
                    snippet.text.push(c);
                    length += 1;
                }
            }
        }
        snippet
    }
}

/// `query` in the language of FTS5, in which every word is quoted so that none is an operator by chance.
fn match_expression(query: &str) -> Option<String> {
    let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
    let mut either = false;
    for word in words(query) {
        if word == "OR" {
            either = !wanted.is_empty();
            continue;
        }
        let (bare, not) = word.strip_prefix('-').map_or((word, false), |bare| (bare, true));
        let (bare, beginning) = bare.strip_suffix('*').map_or((bare, ""), |bare| (bare, "*"));
        let bare = bare.replace('"', " ");
        if !bare.chars().any(char::is_alphanumeric) {
            continue;
        }
        let term = format!("\"{}\"{beginning}", bare.trim());
        match wanted.last_mut() {
            _ if not => unwanted.push(term),
            Some(last) if either => *last = format!("{last} OR {term}"),
            _ => wanted.push(term),
        }
        either = false;
    }
    let all = wanted.iter().map(|term| format!("({term})")).collect::<Vec<_>>().join(" AND ");
    match (wanted.is_empty(), unwanted.is_empty()) {
        (true, _) => None,
        (_, true) => Some(all),
        _ => Some(format!("({all}) NOT ({})", unwanted.join(" OR "))),
    }
}

/// The words of a query; what stands between quotation marks is one.
fn words(query: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = query.trim_start();
    while !rest.is_empty() {
        let sign = usize::from(rest.starts_with('-'));
        let quoted = rest[sign..].strip_prefix('"').and_then(|inner| inner.find('"'));
        let end = match quoted {
            Some(length) => sign + 1 + length + 1,
            None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at(end);
        found.push(word);
        rest = after.trim_start();
    }
    found
}

/// Whether `words` all stand in `text`, whatever their endings.
pub(super) fn tells_of(text: &str, words: &str) -> bool {
    let stems = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(|word| stem(&lexicon::fold(word))).collect()
    };
    let there = stems(text);
    stems(words).iter().all(|word| there.contains(word))
}

/// The word without an ending of inflection: enough to find "grain exports" by "export of grain".
fn stem(word: &str) -> String {
    let long = |base: &&str| base.chars().count() >= 3;
    let endings = ["ing", "ed", "es", "s"];
    endings
        .iter()
        .find_map(|e| word.strip_suffix(e).filter(long))
        .unwrap_or(word)
        .trim_end_matches('e')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_as_people_type_it() {
        for (typed, expected) in [
            ("dam water", Some(r#"("dam") AND ("water")"#)),
            ("\"open gates\" -ferry", Some(r#"(("open gates")) NOT ("ferry")"#)),
            ("dam OR sluice* water", Some(r#"("dam" OR "sluice"*) AND ("water")"#)),
            ("U.S. NEAR(x) AND", Some(r#"("U.S.") AND ("NEAR(x)") AND ("AND")"#)),
            ("\"unclosed", Some(r#"("unclosed")"#)),
            ("OR", None),
            (" -dam ", None),
            ("* \" --", None),
        ] {
            assert_eq!(match_expression(typed).as_deref(), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_snippet_knows_where_its_marks_are() {
        let snippet = Snippet::of("…the\n\u{2}gâtes\u{3} of the dam");
        assert_eq!(snippet, Snippet { text: "…the gâtes of the dam".to_owned(), marks: vec![[5, 10]] });
    }

    #[test]
    fn what_is_told_of_is_told_in_any_form() {
        assert!(tells_of("They will open the sluices", "sluice opening"));
        assert!(!tells_of("They will open the sluices", "grain"));
        assert!(tells_of("anything", ""));
    }
}
