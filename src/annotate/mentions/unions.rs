//! Bodies that are named after their people.
//!
//! In: words. Out: whether a possessive in the plural goes on to the head of a body ("Dockers’ Union" is one name),
//! and whether a word leads a body's name ("Radio Orvik"). It does not know which bodies there are.

use super::words::Word;

/// How many words may stand between the possessive and the head: "Dockers’ and" ends it, "Dockers’ National Union"
/// does not.
const REACH: usize = 3;

/// Whether the word at `at` goes on with the name that the possessive before it begins: "Dockers’ | Union".
pub(super) fn goes_on(words: &[Word], at: usize) -> bool {
    let Some((people, first)) = at.checked_sub(1).and_then(|i| words.get(i)).zip(words.get(at)) else {
        return false;
    };
    if !people.possessive || !people.capitalised() || !first.touches(people) || !is_people(people.text) {
        return false;
    }
    let rest = words.get(at..).unwrap_or_default();
    let follows = |i: usize, w: &Word| {
        let before = i.checked_sub(1).and_then(|b| rest.get(b));
        w.capitalised() && before.is_none_or(|before| w.follows(before))
    };
    let mut run = rest.iter().enumerate().take(REACH).take_while(|(i, w)| follows(*i, w));
    run.any(|(_, w)| is_union(w.text))
}

/// Whether the word is of people in the plural: "Dockers", "Journalists", "Women". A surname that ends so heads no
/// union of his.
fn is_people(word: &str) -> bool {
    let lower = word.to_lowercase();
    let ending = ["ers", "ors", "ists", "men", "ants", "ents", "ees", "icians"];
    ending.iter().any(|ending| lower.ends_with(ending))
        || matches!(
            lower.as_str(),
            "people" | "children" | "pilots" | "nurses" | "artists" | "scouts" | "veterans"
        )
}

fn is_union(word: &str) -> bool {
    matches!(
        word,
        "Union"
            | "Unions"
            | "Association"
            | "Federation"
            | "Confederation"
            | "Guild"
            | "League"
            | "Alliance"
            | "Council"
            | "Society"
            | "Cooperative"
            | "Co-operative"
            | "Party"
            | "Forum"
            | "Institute"
            | "Syndicate"
            | "Club"
            | "Congress"
            | "Hospital"
    )
}

/// Whether the word at `at` leads the name of a body, which its own name follows: "Radio Orvik".
pub(super) fn leads(words: &[Word], at: usize) -> bool {
    let pair = words.get(at).zip(words.get(at + 1));
    pair.is_some_and(|(lead, name)| is_lead(lead.text) && name.capitalised() && name.follows(lead))
}

/// Whether a name of several words that begins so is a body's.
pub(super) fn is_lead(word: &str) -> bool {
    matches!(word, "Radio" | "Banco" | "Banque" | "Télé" | "Grupo" | "Groupe")
}

#[cfg(test)]
mod tests {
    use super::super::words::scan;
    use super::*;

    #[test]
    fn a_plural_possessive_goes_on_to_its_union() {
        for (text, whole) in [
            ("Dockers’ Union", true),
            ("Skippers' National Union", true),
            ("Women’s Institute", true),
            ("Pilots’ Union", true),
            ("Dockers’ Harbour", false),
            ("Hale’s Union", false),
            ("States’ Union", false),
            ("Dockers’ union", false),
            ("Dockers Union", false),
            ("Dockers’ Orvik, Union", false),
        ] {
            assert_eq!(goes_on(&scan(text), 1), whole, "{text}");
        }
        assert!(!goes_on(&scan("Dockers’ Union"), 0) && !goes_on(&[], 1));
    }

    #[test]
    fn a_station_is_led_by_its_sort() {
        assert!(leads(&scan("Radio Orvik"), 0));
        assert!(
            !leads(&scan("Radio waves"), 0) && !leads(&scan("Radio"), 0) && !leads(&scan("Radio, Orvik"), 0)
        );
    }
}
