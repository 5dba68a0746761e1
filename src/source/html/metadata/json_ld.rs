//! What a page says in JSON-LD: schema.org's `NewsArticle` and its kin.
//!
//! In: the scripts of a parsed page. Out: what its article object says. It does not resolve contexts: every outlet writes
//! schema.org's own names.

use std::collections::HashMap;

use dom_query::NodeRef;
use serde_json::{Map, Value};

use super::{Metadata, authors, unescaped};
use crate::report::PublishedAt;

/// Types that are a report, the surest first.
const TYPES: [&str; 13] = [
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "LiveBlogPosting",
    "Article",
    "Report",
    "BlogPosting",
    "SocialMediaPosting",
    "ScholarlyArticle",
];

/// How deep an object is looked for. Outlets nest two or three levels.
const MAX_DEPTH: usize = 6;

type Object = Map<String, Value>;

/// What the article object in the page's `scripts` says.
pub(super) fn read(scripts: &[NodeRef]) -> Metadata {
    let roots: Vec<Value> = scripts.iter().filter_map(|script| parse(&script.text())).collect();
    let mut objects = Vec::new();
    roots.iter().for_each(|root| collect(root, 0, &mut objects));
    let by_id: HashMap<&str, &Object> =
        objects.iter().filter(|o| o.len() > 1).filter_map(|o| Some((o.get("@id")?.as_str()?, *o))).collect();
    let articles = objects.iter().filter_map(|object| Some((rank(object)?, *object)));
    let Some((_, article)) = articles.min_by_key(|(rank, _)| *rank) else { return Metadata::default() };
    Reader { by_id }.metadata(article)
}

/// Parses a script; some hold comments or line breaks within strings, which JSON forbids.
fn parse(script: &str) -> Option<Value> {
    let script =
        script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let spaced: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&spaced).ok()
    })
}

fn collect<'v>(value: &'v Value, depth: usize, objects: &mut Vec<&'v Object>) {
    match value {
        _ if depth > MAX_DEPTH => {}
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth + 1, objects)),
        Value::Object(object) => {
            objects.push(object);
            object
                .values()
                .filter(|v| v.is_object() || v.is_array())
                .for_each(|v| collect(v, depth + 1, objects));
        }
        _ => {}
    }
}

/// How surely `object` is the page's report; nothing where it is none. Of two alike the first is taken.
fn rank(object: &Object) -> Option<usize> {
    if !object.contains_key("headline") && !object.contains_key("datePublished") {
        return None;
    }
    let of = |name: &str| TYPES.iter().position(|known| *known == name.rsplit('/').next().unwrap_or(name));
    match object.get("@type")? {
        Value::String(name) => of(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).filter_map(of).min(),
        _ => None,
    }
}

struct Reader<'v> {
    by_id: HashMap<&'v str, &'v Object>,
}

impl<'v> Reader<'v> {
    fn metadata(&self, article: &'v Object) -> Metadata {
        let text = |key: &str| article.get(key).and_then(|v| self.name(v)).and_then(unescaped);
        let mut writers = Vec::new();
        for key in ["author", "creator"] {
            if writers.is_empty() {
                article.get(key).iter().for_each(|given| self.names(given, &mut writers));
            }
        }
        let published = article.get("datePublished").or_else(|| article.get("dateCreated"));
        Metadata {
            title: text("headline").or_else(|| text("name")),
            authors: authors::names(writers),
            outlet: text("publisher").or_else(|| text("sourceOrganization")).or_else(|| text("provider")),
            published_at: published.and_then(Value::as_str).and_then(PublishedAt::parse),
            language: article.get("inLanguage").and_then(|language| self.language(language)),
            url: article.get("url").or_else(|| article.get("mainEntityOfPage")).and_then(address),
            summary: text("description"),
            body: article.get("articleBody").and_then(first_string).map(str::to_owned),
        }
    }

    /// The names in an author: a string, an object, a reference to one, or several.
    fn names(&self, given: &'v Value, names: &mut Vec<&'v str>) {
        match given {
            Value::Array(all) => all.iter().for_each(|one| self.names(one, names)),
            one => names.extend(self.name(one)),
        }
    }

    /// A string, or the name of an object, of one that is referred to, or of the first of several.
    fn name(&self, given: &'v Value) -> Option<&'v str> {
        match given {
            Value::String(name) => Some(name),
            Value::Array(all) => {
                all.first().and_then(|first| if first.is_array() { None } else { self.name(first) })
            }
            Value::Object(object) => {
                let own = object.get("name").and_then(first_string);
                own.or_else(|| {
                    let other = self.by_id.get(object.get("@id")?.as_str()?)?;
                    other.get("name").and_then(first_string)
                })
            }
            _ => None,
        }
    }

    fn language(&self, given: &'v Value) -> Option<String> {
        let tag = match given {
            Value::Object(object) => object.get("alternateName").and_then(first_string)?,
            other => first_string(other)?,
        };
        Some(tag.replace('_', "-"))
    }
}

fn first_string(value: &Value) -> Option<&str> {
    match value {
        Value::String(string) => Some(string),
        Value::Array(all) => all.first().and_then(Value::as_str),
        _ => None,
    }
}

fn address(value: &Value) -> Option<String> {
    let address = match value {
        Value::Object(object) => object.get("@id").or_else(|| object.get("url")).and_then(first_string)?,
        other => first_string(other)?,
    };
    Some(address.to_owned())
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::super::Seen;
    use super::*;

    fn ld(json: &str) -> Metadata {
        let page = format!("<script type=\"application/ld+json\">{json}</script>");
        let document = Document::from(page.as_str());
        read(&Seen::of(&document).scripts)
    }

    #[test]
    fn an_article_in_a_graph_is_read_with_what_it_refers_to() {
        let found = ld(r##"{"@context": "https://schema.org", "@graph": [
            {"@type": "WebPage", "@id": "https://example.org/1", "name": "Page", "datePublished": "2030-01-01"},
            {"@type": ["Article", "NewsArticle"], "headline": "Gates open &amp; close", "author": [{"@id": "#ana"}, "Jo Ray"],
             "publisher": {"@id": "#post"}, "datePublished": "2031-05-14T08:00:00+0200", "inLanguage": "en_GB",
             "mainEntityOfPage": {"@id": "https://example.org/1"}},
            {"@type": "Person", "@id": "#ana", "name": "Ana Brit"},
            {"@type": "Organization", "@id": "#post", "name": "Valley Post"}]}"##);
        assert_eq!(found.title.as_deref(), Some("Gates open & close"));
        assert_eq!(found.authors, ["Ana Brit", "Jo Ray"]);
        assert_eq!(found.outlet.as_deref(), Some("Valley Post"));
        assert_eq!(found.published_at.map(PublishedAt::edtf).as_deref(), Some("2031-05-14T08:00:00+02:00"));
        assert_eq!(found.language.as_deref(), Some("en-GB"));
        assert_eq!(found.url.as_deref(), Some("https://example.org/1"));
    }

    #[test]
    fn the_surest_type_is_the_report() {
        let found = ld(
            r#"[{"@type": "BlogPosting", "headline": "Other"}, {"@type": "http://schema.org/NewsArticle", "headline": "This"}]"#,
        );
        assert_eq!(found.title.as_deref(), Some("This"));
        assert_eq!(ld(r#"{"@type": "Product", "headline": "None"}"#), Metadata::default());
    }

    #[test]
    fn line_breaks_in_strings_are_forgiven_and_nonsense_is_nothing() {
        assert_eq!(
            ld("<!-- {\"@type\": \"NewsArticle\", \"headline\": \"Two\nlines\"}; -->").title.as_deref(),
            Some("Two lines")
        );
        for nonsense in [
            "",
            "{",
            "[[[[[[[[[]]]]]]]]]",
            r#"{"@type": 5, "headline": []}"#,
            r#"{"@type": "Article", "headline": {"a": 1}, "author": [[["x"]]], "datePublished": 7}"#,
        ] {
            let found = ld(nonsense);
            assert_eq!((found.title, found.published_at), (None, None), "{nonsense}");
        }
        assert!(ld(&"[".repeat(100_000)).title.is_none());
    }

    #[test]
    fn names_that_refer_in_a_circle_end() {
        let found = ld(r#"{"@type": "Article", "@id": "a", "headline": "x", "author": {"@id": "a"}}"#);
        assert!(found.authors.is_empty());
    }
}
