//! ninjs, the IPTC's news in JSON: both ways.
//!
//! In: an object of ninjs 1 to 3, or a report. Out: the report, or an object of ninjs 3. It does not know photos, events or
//! planning: an item without words is refused.

use serde_json::{Map, Value, json};

use super::list::Told;
use super::{Draft, Item, has_words, html, layout::Layout, refusal};
use crate::report::{PublishedAt, RefusalKind, Report};

/// The version that is written.
const VERSION: &str = "3.1";

/// Whether `value` is an item of ninjs. `uri` is its only required key, so a second is asked for.
pub(super) fn is_item(value: &Value) -> bool {
    let Some(object) = value.as_object() else { return false };
    let telling = ["headlines", "bodies", "headline", "byline", "versioncreated", "versionCreated"];
    object.get("uri").is_some_and(Value::is_string)
        && object.keys().any(|key| {
            telling.contains(&key.as_str()) || key.starts_with("body_") || key.starts_with("headline_")
        })
}

/// The report of an item; `own` is its id where the item's address says nothing.
pub(super) fn report(place: &str, own: &str, item: &Value) -> Item {
    let empty = Map::new();
    let item = item.as_object().unwrap_or(&empty);
    let text = |keys: &[&str]| keys.iter().find_map(|key| item.get(*key)?.as_str()).map(str::to_owned);
    let uri = text(&["uri"]).filter(|uri| !uri.trim().is_empty());
    let id = alternative_id(item).or_else(|| uri.clone()).unwrap_or_else(|| own.to_owned());
    let title = first(item, "headlines", "headline");
    let byline = text(&["by", "byline"]);
    let given = text(&[
        "firstCreated",
        "firstcreated",
        "contentCreated",
        "contentcreated",
        "versionCreated",
        "versioncreated",
    ]);
    let (body, is_html) = match first_body(item) {
        Some(found) => found,
        None => return refusal(place, RefusalKind::Empty, "this item has no body"),
    };
    let told = Told {
        title: title.as_ref().map(|(title, _)| title.clone()),
        authors: byline.into_iter().collect(),
        outlet: source_name(item).or_else(|| text(&["copyrightHolder", "copyrightholder", "provider"])),
        published_at: given.as_deref().and_then(PublishedAt::parse),
        language: text(&["language"]),
    };
    let url = uri
        .as_deref()
        .and_then(|uri| url::Url::parse(uri).ok())
        .filter(|url| url.scheme().starts_with("http"));
    let read_at = html::Place { source: place, id: &id, url: url.as_ref(), content_type: None, told: &told };
    if is_html {
        return html::read_fragment(read_at, &body);
    }
    if !has_words(&body) {
        return refusal(place, RefusalKind::Empty, "its body has no words");
    }
    let mut layout = Layout::page(told.title.as_deref(), &told.authors, &[]);
    layout.append(&body);
    let draft = Draft {
        id,
        outlet: told.outlet,
        title: told.title,
        url: url.map(String::from),
        published_at: told.published_at,
        language: told.language,
        text: layout,
        remarks: Vec::new(),
    };
    Ok(draft.finish(place))
}

/// The id that Rashomon wrote beside the address.
fn alternative_id(item: &Map<String, Value>) -> Option<String> {
    let ids = item.get("altIds")?.as_array()?;
    let ours = ids.iter().find(|id| id.get("role").and_then(Value::as_str) == Some("rashomon"))?;
    ours.get("value")?.as_str().map(str::to_owned)
}

fn source_name(item: &Map<String, Value>) -> Option<String> {
    let sources =
        item.get("infoSources").or_else(|| item.get("infosources")).or_else(|| item.get("infosource"))?;
    sources.as_array()?.iter().find_map(|source| source.get("name")?.as_str()).map(str::to_owned)
}

/// The main value of `list` (ninjs 2 and 3), or of the key `stem` or `stem_main` (ninjs 1), and its media type.
fn first(item: &Map<String, Value>, list: &str, stem: &str) -> Option<(String, Option<String>)> {
    let values = item.get(list).and_then(Value::as_array);
    let of = |value: &Value| {
        let kind = ["contentType", "contenttype"].iter().find_map(|key| value.get(*key)?.as_str());
        Some((value.get("value")?.as_str()?.to_owned(), kind.map(str::to_owned)))
    };
    let main = |value: &&Value| value.get("role").and_then(Value::as_str) == Some("main");
    let found = values.and_then(|all| all.iter().find(main).or(all.first())).and_then(of);
    found.or_else(|| {
        let keys = [stem.to_owned(), format!("{stem}_main")];
        keys.iter().find_map(|key| item.get(key)?.as_str()).map(|value| (value.to_owned(), None))
    })
}

/// The body, and whether it is HTML: with its paragraphs where there is a choice.
fn first_body(item: &Map<String, Value>) -> Option<(String, bool)> {
    let is_html = |kind: &str| kind.contains("html");
    let bodies = item.get("bodies").and_then(Value::as_array);
    let rich = bodies.and_then(|all| {
        all.iter().find(|body| {
            ["contentType", "contenttype"]
                .iter()
                .any(|key| body.get(*key).and_then(Value::as_str).is_some_and(is_html))
        })
    });
    let rich = rich.and_then(|body| body.get("value")?.as_str());
    let rich = rich.or_else(|| {
        ["body_xhtml", "body_html", "body_richtext"].iter().find_map(|key| item.get(*key)?.as_str())
    });
    if let Some(rich) = rich.filter(|rich| has_words(rich)) {
        return Some((rich.to_owned(), true));
    }
    let plain = first(item, "bodies", "body").map(|(value, _)| value);
    plain.or_else(|| item.get("body_text")?.as_str().map(str::to_owned)).map(|body| (body, false))
}

/// `report` as an item of ninjs 3. A time that is only a day, or has no zone, is left out: ninjs has none such.
pub fn item(report: &Report) -> Value {
    let mut item = Map::new();
    let mut put = |key: &str, value: Value| drop(item.insert(key.to_owned(), value));
    put("uri", json!(report.url.as_deref().unwrap_or(&report.id)));
    put(
        "standard",
        json!({"name": "ninjs", "version": VERSION, "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"}),
    );
    put("type", json!("text"));
    if let Some(at) = report.published_at.filter(|at| at.time.is_some() && at.offset_minutes.is_some()) {
        put("firstCreated", json!(at.edtf()));
        put("versionCreated", json!(at.edtf()));
    }
    if let Some(language) = &report.language {
        put("language", json!(language));
    }
    if let Some(title) = &report.title {
        put("headlines", json!([{"role": "main", "value": title}]));
    }
    if let Some(byline) = report.byline() {
        put("by", json!(byline));
    }
    if let Some(outlet) = &report.outlet {
        put("infoSources", json!([{"role": "origin", "name": outlet}]));
    }
    put("bodies", json!([{"role": "main", "contentType": "text/plain", "value": report.body()}]));
    put("altIds", json!([{"role": "rashomon", "value": report.id}]));
    Value::Object(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::read;

    #[test]
    fn a_report_goes_out_and_comes_back() {
        let page = "<html lang=en><head><meta property='og:site_name' content='Valley Post'><meta name=author content='Ana Brit'>\
            <meta property='article:published_time' content='2031-05-14T08:00:00+02:00'></head><body><h1>Gates open</h1>\
            <article><p>The gates of the dam were opened on Tuesday after three weeks of rain, the ministry said.</p>\
            <p>Nobody downstream was in danger at any moment, a spokesman for the ministry of water added later.</p></article>";
        let out = read("a.html", page.as_bytes()).reports.remove(0);
        let written = serde_json::to_string(&item(&out)).expect("json");
        let back = read("a.json", written.as_bytes()).reports.remove(0);
        assert_eq!(
            (&back.id, &back.title, &back.outlet, back.published_at),
            (&out.id, &out.title, &out.outlet, out.published_at)
        );
        assert_eq!((back.byline(), back.body()), (Some("Ana Brit"), out.body()));
        assert_eq!(item(&back), item(&out));
    }

    #[test]
    fn each_version_is_read() {
        let one = r#"{"uri": "urn:x:1", "byline": "Jo Ray", "headline_main": "Gates", "versioncreated": "2031-05-14T08:00:00Z", "body_main": "The dam held."}"#;
        let three = r#"{"uri": "https://example.org/1", "by": "Jo Ray", "headlines": [{"role": "short", "value": "G"}, {"role": "main", "value": "Gates"}],
            "versionCreated": "2031-05-14T08:00:00Z", "bodies": [{"role": "main", "contentType": "text/plain", "value": "One line."},
            {"role": "richtext", "contentType": "application/xhtml+xml", "value": "<p>The dam held.</p>"}]}"#;
        for (item, id) in [(one, "urn:x:1"), (three, "https://example.org/1")] {
            let report = read("a.json", item.as_bytes()).reports.remove(0);
            assert_eq!(
                (report.id.as_str(), report.title.as_deref(), report.byline()),
                (id, Some("Gates"), Some("Jo Ray"))
            );
            assert_eq!(report.text.as_str(), "Gates\n\nJo Ray\n\nThe dam held.");
            let line = item.replace('\n', " ");
            assert_eq!(read("a.jsonl", line.as_bytes()).reports[0].text, report.text);
        }
    }

    #[test]
    fn an_item_without_words_is_refused() {
        let photo = br#"{"uri": "urn:x:1", "type": "picture", "headline": "A dam"}"#;
        assert_eq!(read("a.json", photo).refusals[0].kind, RefusalKind::Empty);
    }

    #[test]
    fn a_day_is_no_time() {
        let report = read("a.txt", b" date 2031-05-14 The dam held.").reports.remove(0);
        assert_eq!(item(&report).get("firstCreated"), None);
    }
}
