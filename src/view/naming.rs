//! Whom the pronouns of a line mean, in brackets behind them, as an editor would put it.
//!
//! In: the words of a line, its evidence and its pronouns. Out: the words for a page: "she [Mira Dost] blamed". The
//! record itself keeps the words as they stand. It does not know how a referent was found.

use std::borrow::Cow;

use crate::record::{Evidence, Pronoun};

/// `text` with a name behind each of its `pronouns`; `text` is the words of one of `evidence`.
pub(super) fn named<'a>(text: &'a str, evidence: &[Evidence], pronouns: &[Pronoun]) -> Cow<'a, str> {
    let at = evidence.iter().find(|e| e.exact() == text);
    let Some(at) = at.filter(|_| !pronouns.is_empty()) else { return Cow::Borrowed(text) };
    let within = |p: &&Pronoun| p.evidence.report() == at.report() && p.evidence.start() >= at.start();
    let mut places: Vec<(usize, &str, bool)> = pronouns
        .iter()
        .filter(within)
        .map(|p| {
            let end = p.evidence.end() - at.start();
            let owns = is_possessive(p.evidence.exact(), text.chars().skip(end));
            (end, p.name.as_str(), owns)
        })
        .collect();
    places.sort_unstable();
    let mut named = String::with_capacity(text.len() + 24 * places.len());
    let mut places = places.into_iter().peekable();
    for (n, c) in text.chars().enumerate() {
        let mut before = " [";
        let mut after = "";
        while let Some((_, name, owns)) = places.next_if(|(end, ..)| *end == n) {
            named.push_str(before);
            named.push_str(name);
            // "they [Norway and Japan]"
            before = " and ";
            after = if owns { "’s]" } else { "]" };
        }
        named.push_str(after);
        named.push(c);
    }
    Cow::Owned(named)
}

/// Whether a pronoun says whose the noun is that follows it: "his party", "her plan", but not "told her that".
fn is_possessive(pronoun: &str, rest: impl Iterator<Item = char>) -> bool {
    match pronoun.to_lowercase().as_str() {
        "his" | "their" | "its" | "my" | "our" => true,
        "her" => {
            let next: String = rest.skip(1).take_while(|c| c.is_alphanumeric()).collect();
            !next.is_empty() && !FOLLOW_AN_OBJECT.contains(&next.as_str())
        }
        _ => false,
    }
}

/// Words that stand after "her" where it is an object and no possessive.
const FOLLOW_AN_OBJECT: [&str; 34] = [
    "a", "about", "after", "again", "and", "as", "at", "because", "before", "but", "by", "for", "from",
    "how", "if", "in", "into", "of", "on", "or", "since", "that", "the", "this", "to", "until", "what",
    "when", "where", "which", "while", "who", "why", "with",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn a_pronoun_is_named_in_the_line_and_nowhere_else() {
        let text = "Mira Dost spoke. Später blamed she the ministry, and she left.";
        let report = crate::source::read("a.txt", text.as_bytes()).reports.remove(0);
        let start = text.find("Später").unwrap_or_default();
        let she = text.find("she").unwrap_or_default();
        let line = Evidence::new(&report, Span::new(start..text.len()));
        let pronoun = Pronoun {
            name: "Mira Dost".to_owned(),
            entity: "e1".to_owned(),
            evidence: Evidence::new(&report, Span::new(she..she + 3)),
        };
        let words = line.exact().to_owned();
        let named = named(&words, &[line], &[pronoun]);
        assert_eq!(named, "Später blamed she [Mira Dost] the ministry, and she left.");
    }

    #[test]
    fn whose_something_is_is_said_in_the_genitive() {
        let text = "Mira Dost told them that his party and her plan pleased her and others.";
        let report = crate::source::read("a.txt", text.as_bytes()).reports.remove(0);
        let pronoun = |words: &str, name: &str| {
            let start = text.find(words).unwrap_or_default();
            let evidence = Evidence::new(&report, Span::new(start..start + 3));
            Pronoun { name: name.to_owned(), entity: "e1".to_owned(), evidence }
        };
        let pronouns =
            [pronoun("his party", "Jo Rey"), pronoun("her plan", "Ana Brit"), pronoun("her and", "Ana Brit")];
        let line = Evidence::new(&report, Span::new(0..text.len()));
        let words = line.exact().to_owned();
        assert_eq!(
            named(&words, &[line], &pronouns),
            "Mira Dost told them that his [Jo Rey’s] party and her [Ana Brit’s] plan pleased her [Ana Brit] and others."
        );
    }

    #[test]
    fn a_line_without_pronouns_is_left_as_it_is() {
        assert!(matches!(named("The council met.", &[], &[]), Cow::Borrowed(_)));
    }
}
