//! What an outlet says of its own report.
//!
//! In: a line of the report. Out: where a correction begins in it ("An earlier version of this report said …"), which goes on
//! to its end. Lines that are nothing else stand in `habits.txt`. It does not know what was wrong.

use std::sync::LazyLock;

use regex::Regex;

use super::plain::{self, Plain};
use crate::span::Span;

static CORRECTION: LazyLock<Regex> = LazyLock::new(|| {
    let report = "(?:report|story|article|post|page|dispatch|piece)";
    let version = format!(
        "(?:an?|the) (?:earlier|previous|prior|original|initial) version of (?:this|the) (?:{report}|headline)"
    );
    let amended = format!("this {report} (?:was|has been) (?:corrected|amended|clarified)");
    plain::pattern(&format!(r"(?:^|[.!?”\x22)] )[(\[*]*((?i:{version}|{amended})(?-u:\b))"))
});

/// The correction at the end of the line `span`.
pub(super) fn at_end(text: &str, span: Span) -> Option<Span> {
    let line = span.of(text);
    if !(line.contains("version of") || line.contains("his ")) {
        return None;
    }
    let line = Plain::of(line);
    let found = CORRECTION.captures(line.as_str())?.get(1)?;
    Some(Span::new(span.start as usize + line.byte(found.start())..span.end as usize))
}
