//! What a report is recognised by when it is read again.
//!
//! In: a report, and where it was read. Out: its name. It does not know what is kept.
//!
//! In this order: the id that its source gave it, within its outlet; its address; the place where it was read. A
//! name is a question and not an answer: what comes under a known name may still be another report
//! ([`super::decide`]).

use std::path::Path;

use crate::report::Report;

/// The name of `report`, which was read at `place` (a path that is the same from everywhere, or an address, with
/// `:line` where it is a line).
pub fn name(report: &Report, place: &str) -> String {
    if has_own_id(report) {
        return format!("id {} · {}", report.outlet.as_deref().unwrap_or_default(), report.id);
    }
    match report.url.as_deref().and_then(address) {
        Some(address) => format!("address {address}"),
        None => format!("place {place}"),
    }
}

/// Whether the source gave it an id: one that is made from the name of a file says where it lay, not what it is.
fn has_own_id(report: &Report) -> bool {
    let (path, line) = split_line(&report.source);
    let stem = match path {
        "-" => "stdin".into(),
        path => Path::new(path).file_stem().unwrap_or_default().to_string_lossy(),
    };
    let from_place = match line {
        Some(line) => format!("{stem}:{line}"),
        None => stem.into_owned(),
    };
    report.id != from_place && report.id != report.source && Some(&report.id) != report.url.as_ref()
}

/// `path:line` in its parts.
pub fn split_line(source: &str) -> (&str, Option<&str>) {
    match source.rsplit_once(':') {
        Some((path, line)) if !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit()) => {
            (path, Some(line))
        }
        _ => (source, None),
    }
}

/// An address without what only says how a reader came to it; `None` where it leads to no single page.
fn address(url: &str) -> Option<String> {
    let url = url.split('#').next().unwrap_or(url);
    let (_, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if path.trim_matches('/').is_empty() && query.is_empty() {
        return None;
    }
    let tells = |part: &&str| !part.is_empty() && !part.starts_with("utm_");
    let query: Vec<&str> = query.split('&').filter(tells).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    let host = host.to_ascii_lowercase();
    Some(format!(
        "{}/{}{mark}{}",
        host.trim_start_matches("www."),
        path.trim_end_matches('/'),
        query.join("&")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(json: &str) -> Report {
        crate::source::read("desk.jsonl", json.as_bytes()).reports.remove(0)
    }

    #[test]
    fn an_id_of_its_own_comes_first_then_the_address_then_the_place() {
        let all = line(
            r#"{"id": "x7", "outlet": "Valley Post", "url": "https://a.example/b", "text": "It rained."}"#,
        );
        assert_eq!(name(&all, "/desk.jsonl:1"), "id Valley Post · x7");
        let address = line(r#"{"url": "https://a.example/b", "text": "It rained."}"#);
        assert_eq!(name(&address, "/desk.jsonl:1"), "address a.example/b");
        let bare = line(r#"{"text": "It rained."}"#);
        assert_eq!(name(&bare, "/desk.jsonl:1"), "place /desk.jsonl:1");
        let file = crate::source::read("inbox/a.txt", b"It rained.").reports.remove(0);
        assert_eq!(name(&file, "/home/inbox/a.txt"), "place /home/inbox/a.txt");
    }

    #[test]
    fn an_address_is_the_same_however_a_reader_came_to_it() {
        for url in [
            "https://www.Post.example/2031/dam/?utm_source=feed#top",
            "http://post.example/2031/dam",
            "https://post.example/2031/dam?",
        ] {
            assert_eq!(address(url).as_deref(), Some("post.example/2031/dam"), "{url}");
        }
        assert_eq!(address("https://post.example/story?id=7").as_deref(), Some("post.example/story?id=7"));
        assert_eq!(address("https://post.example/?id=7").as_deref(), Some("post.example/?id=7"));
        for front in ["https://post.example/", "https://post.example", "post"] {
            assert_eq!(address(front), None, "{front}");
        }
    }

    #[test]
    fn a_line_is_told_from_a_path() {
        assert_eq!(split_line("a/b.jsonl:12"), ("a/b.jsonl", Some("12")));
        assert_eq!(split_line("https://a.example/b"), ("https://a.example/b", None));
        assert_eq!(split_line("C:\\a.txt"), ("C:\\a.txt", None));
    }
}
