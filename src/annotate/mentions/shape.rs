//! What the shape of a name says of it.
//!
//! In: a run of words. Out: the kind that its own words say: "Ministry" heads a body, "Mr" leads a person. It does
//! not look at the words around it.

use super::runs::Run;
use super::unions;
use super::words::{Word, singular};
use crate::annotate::{EntityKind, lexicon, tagger};

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
    if inner.iter().skip(1).any(|w| w.gap == " & ") {
        return Some(EntityKind::Organization);
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

/// Whether the first `length` words of a body's name are short for all of it: where what is left out says "of" what, or
/// only what sort of firm it is ("Sylvan" for "Sylvan Holdings"). The "Canal" is not the "Canal Authority", "Orvik" not
/// "Radio Orvik" nor "Orvik University", and "Talvik" not "Talvik Nordane".
pub(in crate::annotate) fn is_short_for_whole(name: &[Word], length: usize) -> bool {
    let Some((short, rest)) = name.split_at_checked(length) else { return false };
    let (Some(first), Some(last), Some(next)) = (short.first(), short.last(), rest.first()) else {
        return false;
    };
    if matches!(next.text, "of" | "for" | "on") {
        return lexicon::last_word(last.text).is_some();
    }
    let firm = |w: &Word| is_sort_of_firm(w.text) || (length > 1 && lexicon::last_word(w.text).is_some());
    lexicon::last_word(first.text).is_none() && rest.iter().all(firm)
}

/// Whether the word ends the names of companies of one legal form: "Orvik SA".
pub(super) fn is_legal_form(word: &str) -> bool {
    let forms = [
        "AB", "AG", "ASA", "GmbH", "NV", "Oyj", "SA", "SE", "SpA", "plc", "PLC", "Ltd", "LLC", "Inc", "Corp",
    ];
    forms.contains(&word.trim_end_matches('.'))
}

/// Whether the word only says what sort of firm a name is of. A town has its own university, but no "Holdings".
fn is_sort_of_firm(word: &str) -> bool {
    let products = singular(word).is_some_and(|thing| tagger::is_ordinary(&thing));
    let local =
        ["News", "Times", "Services", "Schools", "Forces", "Guards", "Rangers", "Railways", "Records"];
    let sorts = [
        "Group",
        "Bank",
        "Inc",
        "Corp",
        "Corporation",
        "Co",
        "Company",
        "Ltd",
        "Limited",
        "LLC",
        "LLP",
        "PLC",
        "AG",
        "SA",
        "NV",
        "AB",
        "Oy",
        "GmbH",
        "Holding",
        "Shipping",
        "Petroleum",
        "Insurance",
        "Entertainment",
        "Party",
        "Movement",
        "Alliance",
        "Coalition",
        "Federation",
    ];
    let plain = word.trim_end_matches('.');
    sorts.contains(&plain) || plain.eq_ignore_ascii_case("plc") || (products && !local.contains(&word))
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
    fn a_name_is_short_for_one_that_only_adds_a_sort() {
        let short = |name: &str, length: usize| is_short_for_whole(&scan(name), length);
        for name in
            ["Ministry of Defence", "Sylvan Holdings", "Norvik Dairies", "Orvik Bank", "Orvik Group plc"]
        {
            assert!(short(name, 1), "{name}");
        }
        for name in [
            "Canal Authority",
            "Radio Orvik",
            "Orvik Radio",
            "Orvik University",
            "Talvik Nordane",
            "Orvik Times",
        ] {
            assert!(!short(name, 1), "{name}");
        }
        assert!(short("Orvik Chamber of Commerce", 2) && !short("Orvik Chamber of Commerce", 1));
        assert!(!short("Orvik", 1) && !short("", 1));
    }
}
