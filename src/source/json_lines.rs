//! JSON Lines: a report a line.
//!
//! In: a stream of lines. Out: a report for each line that holds one, a refusal with its line number for each
//! that does not. It holds one line at a time. It does not know who asked, nor other files.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde_json::Value;

use super::layout::Layout;
use super::{Draft, MAX_REPORT_BYTES, Sink, has_words, ninjs, refusal, stem};
use crate::report::{RefusalKind, Report};

const MARK: &[u8] = "\u{feff}".as_bytes();

/// The keys of a line. Other keys are somebody else's.
#[derive(Deserialize)]
struct Line {
    id: Option<Value>,
    outlet: Option<String>,
    title: Option<String>,
    url: Option<String>,
    published_at: Option<String>,
    #[serde(default, deserialize_with = "present")]
    text: Option<Option<String>>,
}

/// Tells `"text": null` from no `text` at all.
fn present<'de, D: serde::Deserializer<'de>>(de: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(de).map(Some)
}

/// Whether the name `source` promises JSON Lines.
pub(super) fn is_named_so(source: &str) -> bool {
    let name = source.to_ascii_lowercase();
    name.ends_with(".jsonl") || name.ends_with(".ndjson")
}

/// The first byte that is not white space, after a mark of byte order.
pub(super) fn first_word(bytes: &[u8]) -> Option<u8> {
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    bytes.iter().copied().find(|b| !b.is_ascii_whitespace())
}

/// Whether `head`, a stream up to its first line with words in it, begins JSON Lines.
pub(super) fn starts(head: &[u8]) -> bool {
    let line = head.strip_prefix(MARK).unwrap_or(head);
    first_word(head) == Some(b'{')
        && serde_json::from_slice::<Line>(line).is_ok_and(|line| line.text.is_some())
}

/// Reads every line of `input`, until `take` breaks off.
pub(super) fn read(source: &str, mut input: impl BufRead, take: &mut Sink) -> io::Result<()> {
    let mut line = Vec::new();
    let mut empty = true;
    for number in 1.. {
        let Some(whole) = next_line(&mut input, &mut line)? else { break };
        let bytes = if number == 1 { line.strip_prefix(MARK).unwrap_or(&line) } else { &line };
        if whole && first_word(bytes).is_none() {
            continue;
        }
        empty = false;
        let item = if whole {
            report(source, number, bytes)
        } else {
            Err((
                RefusalKind::TooLarge,
                format!("a line larger than {} MiB, which no report is", MAX_REPORT_BYTES >> 20),
            ))
        };
        let item = item.or_else(|(kind, message)| refusal(format!("{source}:{number}"), kind, message));
        if take(item).is_break() {
            return Ok(());
        }
    }
    if empty {
        let _ = take(refusal(source, RefusalKind::Empty, "there are no lines in it"));
    }
    Ok(())
}

/// Reads a line into `line`; `None` at the end, `Some(false)` where it was too long and was passed over.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    line.clear();
    let limit = MAX_REPORT_BYTES + 1;
    if input.by_ref().take(limit as u64).read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    let whole = line.len() < limit || line.ends_with(b"\n");
    if !whole {
        line.clear();
        input.skip_until(b'\n')?;
    }
    Ok(Some(whole))
}

fn report(source: &str, number: usize, bytes: &[u8]) -> Result<Report, (RefusalKind, String)> {
    let broken = |message: String| (RefusalKind::BadJson, message);
    let json = std::str::from_utf8(bytes.trim_ascii_end())
        .map_err(|e| broken(format!("column {}: it is not UTF-8", e.valid_up_to() + 1)))?;
    if first_word(bytes) != Some(b'{') {
        return Err(broken("column 1: it is not an object".to_owned()));
    }
    let (place, own) = (format!("{source}:{number}"), format!("{}:{number}", stem(source)));
    let line: Line = serde_json::from_str(json).map_err(|e| broken(reason(&e)))?;
    if line.text.is_none()
        && let Ok(value) = serde_json::from_str(json)
        && ninjs::is_item(&value)
    {
        return ninjs::report(&place, &own, &value).map_err(|refusal| (refusal.kind, refusal.message));
    }
    line.report(&place, own)
}

/// The report of an object with the keys of a line; `own` is its id where it gives none.
pub(super) fn report_of(place: &str, own: &str, object: &Value) -> Result<Report, (RefusalKind, String)> {
    let line = Line::deserialize(object).map_err(|e| (RefusalKind::BadJson, reason(&e)))?;
    line.report(place, own.to_owned())
}

impl Line {
    fn report(self, place: &str, own: String) -> Result<Report, (RefusalKind, String)> {
        let Some(text) = self.text else { return Err((RefusalKind::BadJson, "it has no `text`".to_owned())) };
        let text = text.unwrap_or_default();
        if !has_words(&text) {
            return Err((RefusalKind::Empty, "its `text` has no words".to_owned()));
        }
        let draft = Draft {
            id: id(self.id).unwrap_or(own),
            outlet: self.outlet,
            title: self.title,
            url: self.url,
            text: Layout::plain(text),
            ..Draft::default()
        };
        Ok(draft.dated(self.published_at).finish(place))
    }
}

fn id(given: Option<Value>) -> Option<String> {
    let id = match given? {
        Value::String(id) => id.trim().to_owned(),
        Value::Number(id) => id.to_string(),
        _ => return None,
    };
    (!id.is_empty()).then_some(id)
}

/// The reason with its column; the line is the place's.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    match error.column() {
        0 => what.to_owned(),
        column => format!("column {column}: {what}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::{RefusalKind, Report};
    use crate::source::{MAX_REPORT_BYTES, Reading, read};

    fn lines(lines: &str) -> Reading {
        read("desk.jsonl", lines.as_bytes())
    }

    fn only(reading: &Reading) -> &Report {
        assert_eq!((reading.reports.len(), reading.refusals.len()), (1, 0), "{:?}", reading.refusals);
        &reading.reports[0]
    }

    #[test]
    fn all_keys_are_read_and_others_are_ignored() {
        let reading = lines(
            r#"{"id": 12, "outlet": "Valley Post", "title": "Gates open", "url": "https://example.org/1", "published_at": "2031-05-14T10:00:00Z", "text": "The gates opened.", "story": [1, {"x": null}]}"#,
        );
        let report = only(&reading);
        assert_eq!(report.id, "12");
        assert_eq!(report.source, "desk.jsonl:1");
        assert_eq!(report.outlet.as_deref(), Some("Valley Post"));
        assert_eq!(report.title.as_deref(), Some("Gates open"));
        assert_eq!(report.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(report.published_at.map(|at| at.edtf()).as_deref(), Some("2031-05-14T10:00:00Z"));
    }

    #[test]
    fn all_but_the_text_may_be_missing_or_empty() {
        let reading =
            lines(r#"{"id": null, "outlet": " ", "title": "", "published_at": null, "text": "It rained."}"#);
        let report = only(&reading);
        assert_eq!((report.id.as_str(), &report.outlet, &report.title), ("desk:1", &None, &None));
        assert!(report.remarks.is_empty());
    }

    #[test]
    fn a_date_that_cannot_be_read_is_a_remark() {
        let reading = lines(r#"{"published_at": "last week", "text": "It rained."}"#);
        assert_eq!(only(&reading).published_at, None);
        assert!(only(&reading).remarks[0].contains("last week"));
    }

    #[test]
    fn a_broken_line_is_refused_with_its_place_and_the_rest_goes_on() {
        let reading = lines(
            "{\"text\": \"One.\"}\n{\"text\": \"Two\n\n[]\n{\"title\": \"Three\"}\n{\"text\": null}\n{\"text\": 5}\r\n{\"text\": \"Six.\"}",
        );
        let texts: Vec<_> = reading.reports.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(texts, ["One.", "Six."]);
        let refused: Vec<_> = reading.refusals.iter().map(|r| (r.source.as_str(), r.kind)).collect();
        use RefusalKind::{BadJson, Empty};
        assert_eq!(
            refused,
            [
                ("desk.jsonl:2", BadJson),
                ("desk.jsonl:4", BadJson),
                ("desk.jsonl:5", BadJson),
                ("desk.jsonl:6", Empty),
                ("desk.jsonl:7", BadJson)
            ]
        );
        assert!(reading.refusals[0].message.starts_with("column 13: "), "{}", reading.refusals[0].message);
        assert!(!reading.refusals[0].message.contains("line"), "{}", reading.refusals[0].message);
    }

    #[test]
    fn deep_and_malformed_lines_are_only_refused() {
        let deep = format!("{{\"x\": {}", "[".repeat(100_000));
        let reading =
            read("a.ndjson", &[deep.as_bytes(), b"\n{\"text\": \"\xff\"}\n{\"text\": \"\\ud800\"}"].concat());
        assert_eq!(reading.refusals.len(), 3);
        assert!(reading.refusals.iter().all(|r| r.kind == RefusalKind::BadJson));
        assert!(reading.refusals[1].message.contains("column 11"), "{}", reading.refusals[1].message);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let mut bytes = vec![b'x'; MAX_REPORT_BYTES + 7];
        bytes.extend_from_slice(b"\n{\"text\": \"It rained.\"}\n");
        let reading = read("a.jsonl", &bytes);
        assert_eq!(reading.refusals[0].kind, RefusalKind::TooLarge);
        assert_eq!(reading.reports[0].source, "a.jsonl:2");
    }

    #[test]
    fn a_mark_of_byte_order_and_blank_lines_do_no_harm() {
        let reading = read("-", "\u{feff}{\"text\": \"It rained.\"}\n\n".as_bytes());
        assert_eq!(only(&reading).source, "-:1");
        assert_eq!(lines("\n \n").refusals[0].kind, RefusalKind::Empty);
    }
}
