//! How an editor writes what a record must hold.
//!
//! In: an item of a case. Out: its parts. It does not know the record.

/// An item taken apart: `position: Karsova rejects "the line", in A and B`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What stands before the colon: "position", "no position", "difference number, compatible".
    pub head: String,
    /// What stands behind it without the words in quotation marks and what is listed here: "Karsova rejects".
    pub rest: String,
    /// The words in quotation marks, normal.
    pub words: Vec<String>,
    /// `in A and B`: the letters of exactly those reports.
    pub reports: Vec<String>,
    /// `by Marek or Danova`: names.
    pub by: Vec<String>,
    /// `according to the police`: to whom the line is given; `nobody` where a report states it itself.
    pub according_to: Option<String>,
}

impl Item {
    /// Takes an item apart.
    pub fn parse(item: &str) -> Item {
        let (bare, words) = without_words(item);
        let (head, rest) = bare.split_once(':').unwrap_or((&bare, ""));
        let mut parsed = Item { head: head.trim().to_owned(), words, ..Item::default() };
        let mut kept = Vec::new();
        for part in rest.split(", ").map(str::trim) {
            if let Some(reports) = part.strip_prefix("in ") {
                parsed.reports = list(reports, " and ");
            } else if let Some(names) = part.strip_prefix("by ") {
                parsed.by = list(names, " or ");
            } else if let Some(source) = part.strip_prefix("according to ") {
                parsed.according_to = Some(source.to_owned());
            } else if !part.is_empty() {
                kept.push(part);
            }
        }
        parsed.rest = kept.join(", ").trim_end_matches(',').to_owned();
        parsed
    }

    /// The first word of the head behind "no": the list that it speaks of.
    pub fn list(&self) -> &str {
        let words = self.head.split([' ', ',']).filter(|w| !w.is_empty() && *w != "no");
        words.into_iter().next().unwrap_or_default()
    }

    /// Whether all its words in quotation marks stand in `text`.
    pub fn stands_in(&self, text: &str) -> bool {
        self.words.iter().all(|words| holds(text, words))
    }
}

fn list(text: &str, between: &str) -> Vec<String> {
    text.split(between).flat_map(|part| part.split(", ")).map(|part| part.trim().to_owned()).collect()
}

/// The item without what stands in quotation marks, and that.
fn without_words(item: &str) -> (String, Vec<String>) {
    let (mut bare, mut words) = (String::new(), Vec::new());
    for (n, part) in item.split(['"', '“', '”']).enumerate() {
        if n % 2 == 0 { bare += part } else { words.push(part.to_owned()) }
    }
    (bare, words)
}

/// Lower-case words and numbers alone, so that marks and case do not matter.
pub fn normal(text: &str) -> String {
    let text = text.to_lowercase().replace(['’', '\''], "");
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether `words` stand in `text`, as whole words in that order; a ` … ` between them leaves some out.
pub fn holds(text: &str, words: &str) -> bool {
    let text = format!(" {} ", normal(text));
    words.split('…').map(normal).all(|part| text.contains(&format!(" {part} ")) || part.is_empty())
}

#[test]
fn an_item_has_parts() {
    let item = Item::parse("position: Karsova rejects \"the new line\", in A and B");
    assert_eq!((item.head.as_str(), item.rest.as_str()), ("position", "Karsova rejects"));
    assert_eq!((item.words.join("|"), item.reports.join("|")), ("the new line".into(), "A|B".into()));
    let item = Item::parse("quotation: in A, C and B, truncated, by Ida Marek or ?");
    assert_eq!((item.reports.len(), item.by.join("|").as_str()), (1, "Ida Marek|?"));
    assert_eq!(Item::parse("no difference of number").list(), "difference");
    assert_eq!(Item::parse("difference number, compatible: 12 | 14").rest, "12 | 14");
}

#[test]
fn words_are_whole() {
    assert!(holds("At least 12 people died, he said.", "12 people"));
    assert!(holds("At least 12 people died, he said.", "at least … died"));
    assert!(!holds("112 people", "12 people") && !holds("12 people", "12 person"));
}
