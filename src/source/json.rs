//! A JSON document: one report over many lines, or several in an array.
//!
//! In: the bytes of a whole document. Out: a report for each object in it that is one: with a `text`, as a line of JSON Lines
//! has it, or in ninjs. It does not know JSON Lines.

use serde_json::Value;

use super::{Item, Sink, json_lines, ninjs, refusal, stem};
use crate::report::RefusalKind;

/// Whether `bytes` are a document with a report. Prose may begin with a brace.
pub(super) fn is_document(bytes: &[u8]) -> bool {
    let starts = json_lines::first_word(bytes).is_some_and(|first| first == b'{' || first == b'[');
    starts && parse(bytes).is_ok_and(|value| objects(&value).iter().any(|object| is_report(object)))
}

/// Reads the document.
pub(super) fn read(source: &str, bytes: &[u8], take: &mut Sink) {
    let value = match parse(bytes) {
        Ok(value) => value,
        Err(error) => {
            let _ = take(refusal(source, RefusalKind::BadJson, error.to_string()));
            return;
        }
    };
    let objects = objects(&value);
    if objects.is_empty() {
        let _ = take(refusal(source, RefusalKind::BadJson, "it holds no object"));
    }
    let several = objects.len() > 1;
    for (i, object) in objects.into_iter().enumerate() {
        let place = if several { format!("{source}:{}", i + 1) } else { source.to_owned() };
        let id = if several { format!("{}:{}", stem(source), i + 1) } else { stem(source) };
        if take(report(&place, &id, object)).is_break() {
            return;
        }
    }
}

fn report(place: &str, id: &str, object: &Value) -> Item {
    if ninjs::is_item(object) {
        return ninjs::report(place, id, object);
    }
    let item = json_lines::report_of(place, id, object);
    item.or_else(|(kind, message)| refusal(place, kind, message))
}

fn parse(bytes: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes))
}

fn objects(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(all) => all.iter().filter(|one| one.is_object()).collect(),
        one if one.is_object() => vec![one],
        _ => Vec::new(),
    }
}

fn is_report(object: &Value) -> bool {
    object.get("text").is_some() || ninjs::is_item(object)
}

#[cfg(test)]
mod tests {
    use crate::report::RefusalKind;
    use crate::source::read;

    #[test]
    fn one_report_over_many_lines_or_several_in_an_array() {
        let one = read("a.json", b"{\n  \"id\": \"x\",\n  \"text\": \"The dam held.\"\n}\n");
        assert_eq!((one.reports[0].id.as_str(), one.reports[0].source.as_str()), ("x", "a.json"));
        let two = read("-", b"[\n{\"text\": \"One.\"},\n{\"text\": \"Two.\"}, 5]");
        assert_eq!(
            two.reports.iter().map(|r| (r.id.as_str(), r.source.as_str())).collect::<Vec<_>>(),
            [("stdin:1", "-:1"), ("stdin:2", "-:2")]
        );
    }

    #[test]
    fn what_holds_no_report_is_refused_with_its_place() {
        for (json, words) in [("{", "line 1 column 1"), ("[1, 2]", "no object"), ("{\"a\": 1}", "no `text`")]
        {
            let reading = read("a.json", json.as_bytes());
            assert_eq!(reading.refusals[0].kind, RefusalKind::BadJson, "{json}");
            assert!(reading.refusals[0].message.contains(words), "{}", reading.refusals[0].message);
        }
    }
}
