//! Names that need no introduction: countries, their peoples and seats, organizations, places.
//!
//! In: a name as a report spells it. Out: what it names. It does not know which of two bearers of a name is
//! meant; the rules that ask must see whether the words around it allow the answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::entries;
use crate::annotate::EntityKind;

/// The longest name in the lexicons, in words.
pub(crate) const LONGEST_NAME: usize = 7;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// A country, by its canonical name.
    Country(&'static str),
    /// The adjective or the people of a country.
    Demonym(&'static str),
    /// The place whose name stands for a government, and whether it is an institution ("Kremlin").
    Seat { country: &'static str, institution: bool },
    /// An organization by its canonical name, and the country that it speaks for.
    Organization { name: &'static str, country: Option<&'static str> },
    /// Another place.
    Place,
    /// Another group, and the organization that it speaks for.
    Group(Option<&'static str>),
}

impl Known {
    /// What sort of thing it is.
    pub(crate) fn kind(self) -> EntityKind {
        match self {
            Known::Country(_) | Known::Place => EntityKind::Place,
            Known::Seat { institution: false, .. } => EntityKind::Place,
            Known::Seat { .. } | Known::Organization { .. } => EntityKind::Organization,
            Known::Demonym(_) | Known::Group(_) => EntityKind::Group,
        }
    }
}

static NAMES: LazyLock<BTreeMap<String, Known>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for line in entries(include_str!("groups.txt")) {
        let mut columns = line.split('|');
        let name = columns.next().unwrap_or_default();
        names.insert(key(name), Known::Group(columns.next()));
    }
    for line in entries(include_str!("organizations.txt")) {
        add_organization(&mut names, line);
    }
    for name in entries(include_str!("places.txt")) {
        names.insert(key(name), Known::Place);
    }
    for line in entries(include_str!("countries.txt")) {
        add_country(&mut names, line);
    }
    names
});

fn add_organization(names: &mut BTreeMap<String, Known>, line: &'static str) {
    let columns: Vec<&'static str> = line.split('|').collect();
    let [name, others, country] = columns[..] else { return };
    let country = (!country.is_empty()).then_some(country);
    for form in others.split(',').chain([name]).filter(|form| !form.is_empty()) {
        names.insert(key(form), Known::Organization { name, country });
    }
}

fn add_country(names: &mut BTreeMap<String, Known>, line: &'static str) {
    let columns: Vec<&'static str> = line.split('|').collect();
    let [name, others, peoples, seats] = columns.get(..4).and_then(|c| c.try_into().ok()).unwrap_or([""; 4]);
    let forms = |column: &'static str| column.split(',').filter(|form| !form.is_empty());
    for seat in forms(seats) {
        let form = seat.trim_start_matches('=').trim_end_matches('*');
        let known = if seat.ends_with('*') {
            Known::Place
        } else {
            Known::Seat { country: name, institution: seat.starts_with('=') }
        };
        names.insert(key(form), known);
    }
    names.extend(forms(peoples).map(|form| (key(form), Known::Demonym(name))));
    names.extend(forms(others).chain([name]).map(|form| (key(form), Known::Country(name))));
}

/// A name without what varies: stops, hyphens, the shape of the apostrophe.
fn key(name: &str) -> String {
    let plain = |c| match c {
        '-' | '‑' | '\u{a0}' => ' ',
        '’' | 'ʼ' => '\'',
        c => c,
    };
    name.chars().filter(|c| *c != '.').map(plain).collect()
}

/// What `name` names; "the" stands in it only where the name has it ("The Hague").
pub(crate) fn known(name: &str) -> Option<Known> {
    NAMES.get(&key(name)).or_else(|| NAMES.get(&key(&quiet(name)?))).copied()
}

/// A name that is written in capitals alone, as a dateline or a credit writes it: "WASHINGTON". Of fewer than five
/// letters it may be an acronym.
fn quiet(name: &str) -> Option<String> {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    if letters().count() < 5 || !letters().all(char::is_uppercase) {
        return None;
    }
    let mut inner = false;
    let low = |c: char| {
        let c = if inner { c.to_lowercase().next().unwrap_or(c) } else { c };
        inner = c.is_alphabetic();
        c
    };
    Some(name.chars().map(low).collect())
}

/// The country for which a place, its seat of government or its people's name stands: "Moscow", "Russian"
/// and "the Kremlin" stand for "Russia". `None` where the name is no country's, or not only a country's.
pub fn party_of_place(name: &str) -> Option<&'static str> {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The "));
    match known(name).or_else(|| known(bare?))? {
        Known::Country(country) | Known::Demonym(country) | Known::Seat { country, .. } => Some(country),
        Known::Organization { country, .. } => country,
        Known::Place | Known::Group(_) => None,
    }
}

impl Known {
    /// Whether it is a house of government, which other countries may call so too: the "White House".
    pub(crate) fn is_institution(self) -> bool {
        matches!(self, Known::Seat { institution: true, .. })
    }
}

/// Whether `name` is of a house of government, which other countries may call so too.
pub(crate) fn is_institution(name: &str) -> bool {
    known(name).is_some_and(Known::is_institution)
}

/// The countries that `names` show a text to be about: it names them, their people, their capital, or more than one of
/// their institutions.
pub(crate) fn countries_of<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<&'static str> {
    let mut houses: BTreeMap<&'static str, BTreeSet<&'a str>> = BTreeMap::new();
    let mut countries = BTreeSet::new();
    for name in names {
        match known(name) {
            Some(Known::Country(country) | Known::Demonym(country)) => _ = countries.insert(country),
            Some(Known::Seat { country, institution: false }) => _ = countries.insert(country),
            Some(Known::Seat { country, .. } | Known::Organization { country: Some(country), .. }) => {
                houses.entry(country).or_default().insert(name);
            }
            _ => {}
        }
    }
    countries.extend(houses.into_iter().filter(|(_, houses)| houses.len() > 1).map(|(country, _)| country));
    countries
}

/// The one name of a country or organization that has several: "the U.S." is "United States", "EU" is
/// "European Union". A seat of government is not its country here. `None` where the lexicons hold no such name.
pub fn canonical(name: &str) -> Option<&'static str> {
    match known(name)? {
        Known::Country(name) | Known::Organization { name, .. } => Some(name),
        Known::Demonym(_) | Known::Seat { .. } | Known::Place | Known::Group(_) => None,
    }
}

static LAST_WORDS: LazyLock<BTreeMap<&str, EntityKind>> = LazyLock::new(|| {
    let organizations = entries(include_str!("organization_heads.txt"));
    let things = entries(include_str!("things.txt")).filter_map(|line| line.split_once(' '));
    let kind = |name: &str| match name {
        "place" => EntityKind::Place,
        "event" => EntityKind::Event,
        "law" => EntityKind::Law,
        _ => EntityKind::Other,
    };
    let things = things.map(|(of, word)| (word, kind(of)));
    organizations.map(|word| (word, EntityKind::Organization)).chain(things).collect()
});

/// What a run of capitalised words that ends in `word` names: "Ministry" an organization, "Treaty" a law.
pub(crate) fn last_word(word: &str) -> Option<EntityKind> {
    LAST_WORDS.get(word.trim_end_matches('.')).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_and_a_people_stand_for_their_country() {
        for (name, country) in [
            ("Moscow", "Russia"),
            ("the Kremlin", "Russia"),
            ("Kiev", "Ukraine"),
            ("U.S.", "United States"),
            ("White House", "United States"),
            ("Downing Street", "United Kingdom"),
            ("Emirati", "United Arab Emirates"),
        ] {
            assert_eq!(party_of_place(name), Some(country), "{name}");
        }
        for name in ["Brussels", "Europe", "us", "Georgetown", ""] {
            assert_eq!(party_of_place(name), None, "{name}");
        }
    }

    #[test]
    fn a_house_alone_names_no_country() {
        let of = |names: &[&'static str]| countries_of(names.iter().copied()).into_iter().collect::<Vec<_>>();
        assert_eq!(of(&["White House", "Orvik"]), [""; 0]);
        assert_eq!(of(&["White House", "US"]), ["United States"]);
        assert_eq!(of(&["White House", "Pentagon"]), ["United States"]);
        assert!(is_institution("White House") && !is_institution("Washington"));
    }

    #[test]
    fn a_name_in_capitals_is_known() {
        assert_eq!(known("NORWAY"), known("Norway"));
        assert_eq!(known("NEW ZEALAND"), known("New Zealand"));
        assert_eq!(known("CHAD"), None);
    }

    #[test]
    fn no_name_is_longer_than_the_window() {
        assert!(NAMES.keys().all(|name| name.split(' ').count() <= LONGEST_NAME));
        assert!(NAMES.len() > 1000);
    }
}
