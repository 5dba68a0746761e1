//! XML, a tag at a time.
//!
//! In: a string. Out: each element with its attributes as it begins, and its own words as it ends. It does not know what the
//! elements mean, and it drops namespaces: of `news:title` it gives `title`. Entities that a file declares are not expanded.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deeper than any list nests; beyond it a file is refused.
const MAX_DEPTH: usize = 256;

/// What was met.
#[derive(Debug)]
pub(super) enum Tag<'a> {
    /// An element begins.
    Open {
        /// Its local name.
        name: &'a str,
        /// By local name.
        attributes: BTreeMap<String, String>,
    },
    /// An element ends.
    Close {
        /// Its local name.
        name: &'a str,
        /// The words in it that stand in no other element.
        text: &'a str,
    },
}

/// Hands each tag of `xml` to `take`; says where it is broken. What stood before that has been handed over.
pub(super) fn walk(xml: &str, mut take: impl FnMut(Tag)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = false;
    let mut texts: Vec<String> = Vec::new();
    loop {
        let at = reader.buffer_position();
        let broken = |why: &dyn std::fmt::Display| format!("byte {at}: {why}");
        match reader.read_event().map_err(|error| broken(&error))? {
            Event::Start(tag) => {
                if texts.len() >= MAX_DEPTH {
                    return Err(broken(&"nested too deep"));
                }
                texts.push(String::new());
                open(&tag, &mut take);
            }
            Event::Empty(tag) => {
                open(&tag, &mut take);
                take(Tag::Close { name: local(&tag), text: "" });
            }
            Event::End(tag) => {
                let text = texts.pop().unwrap_or_default();
                let name = tag.local_name();
                take(Tag::Close { name: name.as_ref(), text: text.trim() });
            }
            Event::Text(text) => add(&mut texts, &text.xml10_content()),
            Event::CData(text) => add(&mut texts, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                let known = character
                    .or_else(|| quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned));
                add(&mut texts, &known.unwrap_or_default());
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn add(texts: &mut [String], text: &str) {
    if let Some(last) = texts.last_mut() {
        last.push_str(text);
    }
}

fn open(tag: &BytesStart, take: &mut impl FnMut(Tag)) {
    let mut attributes = BTreeMap::new();
    for attribute in tag.attributes().with_checks(false).flatten() {
        if let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) {
            let name: &str = attribute.key.local_name().into_inner();
            attributes.insert(name.to_owned(), value.trim().to_owned());
        }
    }
    take(Tag::Open { name: local(tag), attributes });
}

fn local<'a>(tag: &'a BytesStart) -> &'a str {
    let name: &str = tag.name().0;
    name.rsplit(':').next().unwrap_or(name)
}
