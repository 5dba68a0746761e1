//! What the rules know of the world: names of countries, offices, given names.
//!
//! In: the plain text files beside this one, an entry a line. Out: look-ups. They hold general knowledge
//! that does not change from day to day; who holds an office is for a report to say, not for them.

mod fold;
mod given_names;
mod known;
mod offices;

pub use fold::fold;
pub(crate) use given_names::{
    Gender, gender_of_honorific, gender_of_name, is_given_name, is_peerage, is_rank,
};
pub use given_names::{same_given_name, same_surname_spelling, surname_key};
pub(crate) use known::{Known, LONGEST_NAME, countries_of, is_institution, known, last_word};
pub use known::{canonical, party_of_place};
pub(crate) use offices::{
    LONGEST_OFFICE, Nominal, Office, is_common_word, is_role, is_title_modifier, names_nobody, nominal,
    office,
};

/// The lines of a lexicon that are not comments.
fn entries(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
