//! What the shape of a name says of it.
//!
//! In: a run of words. Out: the kind that its own words say: "Ministry" heads a body, "Mr" leads a person. It does
//! not look at the words around it.

use super::runs::Run;
use super::unions;
use super::words::Word;
use crate::annotate::EntityKind;
use crate::annotate::lexicon;

/// The kind that the shape of the run says, where it says one.
pub(super) fn shape(words: &[Word], run: &Run) -> Option<EntityKind> {
    let inner = words.get(run.words.clone())?;
    let (first, last) = (inner.first()?, inner.last()?);
    if lexicon::gender_of_honorific(first.text).is_some() && inner.len() > 1 {
        return Some(EntityKind::Person);
    }
    if matches!(last.text, "election" | "elections" | "referendum") {
        return Some(EntityKind::Event);
    }
    let given = inner.len() >= 2 && lexicon::is_given_name(first.text);
    let of = inner.iter().position(|w| matches!(w.text, "of" | "for"));
    let head = of.and_then(|i| inner.get(i.checked_sub(1)?)).unwrap_or(last);
    let headed = lexicon::last_word(head.text);
    // "Jonah Hill" and "Doris Day" end like a place and an event.
    let surname = matches!(headed, Some(EntityKind::Place | EntityKind::Event | EntityKind::Law))
        || head.text == "Church";
    if given && of.is_none() && (headed.is_none() || (inner.len() == 2 && surname)) {
        return Some(EntityKind::Person);
    }
    if headed.is_some() && (inner.len() > 1 || of.is_some()) {
        return headed;
    }
    if inner.len() > 1 && unions::is_lead(first.text) {
        return Some(EntityKind::Organization);
    }
    let particle =
        inner.iter().skip(1).any(|w| matches!(w.text, "bin" | "ibn" | "bint" | "van" | "von" | "al"));
    let initial = inner.len() > 2 && inner.get(1).is_some_and(|w| w.text.len() == 2 && w.text.ends_with('.'));
    if particle || initial {
        return Some(EntityKind::Person);
    }
    let numeral =
        first.text.chars().all(|c| "IVX".contains(c)) || matches!(first.text, "LLC" | "LLP" | "PLC");
    if inner.len() == 1 && first.acronym() && !numeral && first.text.chars().count() <= 6 {
        return Some(EntityKind::Organization);
    }
    None
}

/// Whether the first word of a body's name is itself a common noun that the name's head follows, so that it alone is
/// another thing: the "Canal" is not the "Canal Authority", but the "Ministry" is the "Ministry of Defence".
pub(in crate::annotate) fn short_is_generic(name: &[Word]) -> bool {
    let of = name.get(1).is_some_and(|w| matches!(w.text, "of" | "for" | "on"));
    !of && name.first().is_some_and(|w| lexicon::last_word(w.text).is_some())
}

#[cfg(test)]
mod tests {
    use super::super::words::scan;
    use super::*;

    #[test]
    fn the_head_says_the_kind() {
        for (text, kind) in [
            ("Sylvan Academy of Arts", Some(EntityKind::Organization)),
            ("2003 Norwegian local elections", Some(EntityKind::Event)),
            ("Peter Hill", Some(EntityKind::Person)),
            ("Orvik Treaty", Some(EntityKind::Law)),
            ("Radio Orvik", Some(EntityKind::Organization)),
            ("Dockers’ Union", Some(EntityKind::Organization)),
            ("Orvik", None),
        ] {
            let words = scan(text);
            assert_eq!(shape(&words, &Run { words: 0..words.len(), known: None }), kind, "{text}");
        }
    }

    #[test]
    fn a_common_noun_before_the_head_is_no_short_form() {
        assert!(short_is_generic(&scan("Canal Authority")) && short_is_generic(&scan("Radio Orvik")));
        assert!(!short_is_generic(&scan("Ministry of Defence")) && !short_is_generic(&scan("Sylvan Fund")));
    }
}
