//! Given names, honorifics and the ways in which one name is spelled.
//!
//! In: a name. Out: whether it is a given name, whose gender it says, and whether two spellings are one
//! name. It does not know any person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{entries, fold};

/// What a name or an honorific says of a person's gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Male,
    Female,
}

static GIVEN: LazyLock<BTreeMap<&str, Option<Gender>>> = LazyLock::new(|| {
    let lines = entries(include_str!("given_names.txt"));
    lines.filter_map(|line| line.split_once(' ')).map(|(name, gender)| (name, gender_of(gender))).collect()
});

static HONORIFICS: LazyLock<BTreeMap<&str, Option<Gender>>> = LazyLock::new(|| {
    let lines = entries(include_str!("honorifics.txt")).filter_map(|line| line.split_once('|'));
    lines.filter(|(_, mark)| *mark != "T").map(|(name, mark)| (name, gender_of(mark))).collect()
});

static RANKS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let lines = entries(include_str!("honorifics.txt")).filter_map(|line| line.split_once('|'));
    lines.filter(|(_, mark)| *mark == "T").map(|(name, _)| name).collect()
});

/// For each folded form, the numbers of the lines that it stands on.
static NICKNAMES: LazyLock<BTreeMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut lines_of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, line) in entries(include_str!("nicknames.txt")).enumerate() {
        for form in line.split(' ') {
            lines_of.entry(fold(form)).or_default().push(i);
        }
    }
    lines_of
});

fn gender_of(mark: &str) -> Option<Gender> {
    match mark {
        "M" => Some(Gender::Male),
        "F" => Some(Gender::Female),
        _ => None,
    }
}

/// Whether `word` is a given name that people have.
pub(crate) fn is_given_name(word: &str) -> bool {
    GIVEN.contains_key(word)
}

/// The gender that the given name `word` says, if it says one.
pub(crate) fn gender_of_name(word: &str) -> Option<Gender> {
    GIVEN.get(word).copied().flatten()
}

/// `Some` where `word` is an honorific ("Mr"), with the gender that it says, if it says one.
pub(crate) fn gender_of_honorific(word: &str) -> Option<Option<Gender>> {
    HONORIFICS.get(word.trim_end_matches('.')).copied()
}

/// Whether `word` is a rank of nobility that stands before a surname as a given name does: "Lord Hale".
pub(crate) fn is_peerage(word: &str) -> bool {
    matches!(word, "Lord" | "Lady" | "Baron" | "Baroness")
}

/// Whether `word` is an abbreviated title ("Sen", "Gen").
pub(crate) fn is_rank(word: &str) -> bool {
    RANKS.contains(word.trim_end_matches('.'))
}

/// What all transliterations of one surname have in common: diacritics are folded, and endings in
/// -y, -i, -iy, -yy, -yi, -ij become one.
///
/// ```
/// use rashomon::annotate::lexicon::surname_key;
/// assert_eq!(surname_key("Zelenskyy"), surname_key("Zelensky"));
/// ```
pub fn surname_key(name: &str) -> String {
    let folded = fold(name);
    let stem = folded.trim_end_matches(['y', 'i', 'j']);
    if stem.len() < folded.len() && stem.len() >= 3 { format!("{stem}i") } else { folded }
}

/// Whether `a` and `b` are spellings of one surname: "Erdogan" and "Erdoğan". Long ones may differ by a letter.
pub fn same_surname_spelling(a: &str, b: &str) -> bool {
    let (a, b) = (surname_key(a), surname_key(b));
    // From eight letters on, two surnames of one story that differ by a letter are one that was transliterated
    // twice; shorter ones (Miller, Millar) are often two families.
    a == b || (a.len().min(b.len()) >= 8 && within_one_edit(&a, &b))
}

/// Whether `a` and `b` are forms of one given name: "Mike" and "Michael", "Sergei" and "Sergey".
pub fn same_given_name(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    // "Alexey" and "Aleksey": one letter of another alphabet, transcribed twice.
    let plain = |name: &str| surname_key(&name.replace('x', "ks"));
    if plain(&a) == plain(&b) {
        return true;
    }
    let initial = |short: &str, long: &str| {
        let short = short.trim_end_matches('.');
        short.chars().count() == 1 && long.starts_with(short)
    };
    if initial(&a, &b) || initial(&b, &a) {
        return true;
    }
    match (NICKNAMES.get(&a), NICKNAMES.get(&b)) {
        (Some(a), Some(b)) if a.iter().any(|line| b.contains(line)) => true,
        _ => a.len().min(b.len()) >= 7 && within_one_edit(&a, &b),
    }
}

/// Whether one insertion, deletion or substitution turns `a` into `b`.
fn within_one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = |v: &[char], skip: usize| v.get(same + skip..).map(<[char]>::to_vec).unwrap_or_default();
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Less => tail(&a, 0) == tail(&b, 1),
        std::cmp::Ordering::Greater => tail(&a, 1) == tail(&b, 0),
        std::cmp::Ordering::Equal => tail(&a, 1) == tail(&b, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_of_a_surname_are_one() {
        for (a, b) in [("Kovalskyy", "Kovalsky"), ("Kovalskiy", "Kovalski"), ("Erdoğan", "Erdogan")] {
            assert!(same_surname_spelling(a, b), "{a} {b}");
        }
        for (a, b) in [("Miller", "Millar"), ("Lee", "Li"), ("Hall", "Hill"), ("Ivanov", "Ivanova")] {
            assert!(!same_surname_spelling(a, b), "{a} {b}");
        }
    }

    #[test]
    fn short_forms_of_a_given_name_are_one() {
        for (a, b) in [("Mike", "Michael"), ("Sergei", "Sergey"), ("J.", "John"), ("Bill", "William")] {
            assert!(same_given_name(a, b), "{a} {b}");
        }
        for (a, b) in [("Mark", "Mary"), ("John", "Joan"), ("Anna", "Hanna")] {
            assert!(!same_given_name(a, b), "{a} {b}");
        }
    }

    #[test]
    fn honorifics_say_gender() {
        assert_eq!(gender_of_honorific("Mrs."), Some(Some(Gender::Female)));
        assert_eq!(gender_of_honorific("Dr"), Some(None));
        assert_eq!(gender_of_honorific("Minister"), None);
        assert!(is_rank("Sen.") && !is_rank("Mr"));
    }
}
