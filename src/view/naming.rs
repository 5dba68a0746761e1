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
    let mut places: Vec<(usize, &str)> =
        pronouns.iter().filter(within).map(|p| (p.evidence.end() - at.start(), p.name.as_str())).collect();
    places.sort_unstable();
    let mut named = String::with_capacity(text.len() + 24 * places.len());
    let mut places = places.into_iter().peekable();
    for (n, c) in text.chars().enumerate() {
        while let Some((_, name)) = places.next_if(|(end, _)| *end == n) {
            named.push_str(" [");
            named.push_str(name);
            named.push(']');
        }
        named.push(c);
    }
    Cow::Owned(named)
}

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
    fn a_line_without_pronouns_is_left_as_it_is() {
        assert!(matches!(named("The council met.", &[], &[]), Cow::Borrowed(_)));
    }
}
