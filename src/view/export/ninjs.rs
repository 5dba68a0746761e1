//! A report as IPTC ninjs 3.0.
//!
//! In: a row of a report. Out: the item. It does not know the standard's other parts: pictures, places, subjects.

use serde_json::{Value, json};

use super::ReportRow;

const SCHEMA: &str = "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json";

/// The item of `report`. Its story is an event in it, by its id.
pub fn item(report: &ReportRow) -> Value {
    let mut item = json!({
        "uri": report.url.clone().unwrap_or_else(|| format!("urn:rashomon:{}", report.id)),
        "standard": { "name": "ninjs", "version": "3.0", "schema": SCHEMA },
        "type": "text",
        "representationtype": "complete",
        "pubstatus": "usable",
        "altids": [{ "role": "rashomon", "value": report.id }],
        "bodies": [{
            "role": "main",
            "contenttype": "text/plain",
            "charcount": report.text.chars().count(),
            "wordcount": report.text.split_whitespace().count(),
            "value": report.text,
        }],
    });
    let mut add = |key: &str, value: Option<Value>| {
        if let (Some(value), Some(item)) = (value, item.as_object_mut()) {
            item.insert(key.to_owned(), value);
        }
    };
    add("language", report.language.clone().map(Value::from));
    add("by", report.byline.clone().map(Value::from));
    add("headlines", report.title.as_ref().map(|title| json!([{ "role": "main", "value": title }])));
    add("infosources", report.outlet.as_ref().map(|outlet| json!([{ "role": "publisher", "name": outlet }])));
    add("events", report.story.as_ref().map(|story| json!([{ "literal": story }])));
    // The standard wants a time with its zone; a day alone would be a guess.
    let exact = report.published_at.as_ref().filter(|at| at.len() > 19);
    add("versioncreated", exact.cloned().map(Value::from));
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(published_at: &str) -> ReportRow {
        ReportRow {
            id: "r7".to_owned(),
            outlet: Some("Valley Ledger".to_owned()),
            title: Some("Gates open".to_owned()),
            url: None,
            published_at: Some(published_at.to_owned()),
            retrieved_at: "2031-05-14T12:00:00Z".to_owned(),
            version: 1,
            language: Some("en".to_owned()),
            byline: None,
            source: "desk.jsonl:1".to_owned(),
            story: Some("s1".to_owned()),
            text: "The gâtes opened.".to_owned(),
        }
    }

    #[test]
    fn an_item_says_what_is_known_and_no_more() {
        let item = item(&row("2031-05-14T10:00:00+02:00"));
        assert_eq!(item["uri"], "urn:rashomon:r7");
        assert_eq!(item["bodies"][0]["charcount"], 17);
        assert_eq!(item["headlines"][0]["value"], "Gates open");
        assert_eq!(item["versioncreated"], "2031-05-14T10:00:00+02:00");
        assert_eq!(item.get("by"), None);
        assert_eq!(super::item(&row("2031-05-14")).get("versioncreated"), None);
    }
}
