//! Who wrote it.
//!
//! In: what a page gives as its author: a name, several names in one string, an address, an outlet. Out: the names. It
//! does not know who they are.

use super::unescaped;

/// A name is no longer than this, in characters; what is longer is a sentence about somebody.
const MAX_NAME: usize = 60;

/// More names than any byline has.
const MAX_NAMES: usize = 20;

/// The names in the strings that a page gives, in order, each once.
pub(super) fn names<'a>(given: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in given
        .into_iter()
        .filter_map(unescaped)
        .filter(|given| !is_address(given))
        .flat_map(|given| split(&given))
    {
        let known = names.iter().any(|known| known.eq_ignore_ascii_case(&name));
        if !known && names.len() < MAX_NAMES {
            names.push(name);
        }
    }
    names
}

/// An address would come apart at its slashes into what looks like names.
fn is_address(given: &str) -> bool {
    given.contains("://") || given.starts_with("www.")
}

/// "By Ana Brit, Jo Ray and Al Moss" has three names.
fn split(given: &str) -> Vec<String> {
    let lower = given.to_ascii_lowercase();
    let prefix = ["by: ", "by ", "written by ", "posted by "].iter().find(|p| lower.starts_with(**p));
    let rest = &given[prefix.map_or(0, |p| p.len())..];
    let parts =
        rest.split([',', ';', '|', '/']).flat_map(|part| part.split(" and ")).flat_map(|p| p.split(" & "));
    parts
        .map(|part| part.trim().trim_start_matches("and ").trim_matches(['.', '-', '–', ' ']))
        .filter(|p| is_name(p))
        .map(str::to_owned)
        .collect()
}

fn is_name(part: &str) -> bool {
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && part.chars().count() <= MAX_NAME && !part.contains(['@', '{', '<', '='])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_and_each_stands_once() {
        let given = ["By Ana Brit, Jo Ray and Al Moss", "ANA BRIT", "Ed O&#39;Neil"];
        assert_eq!(names(given), ["Ana Brit", "Jo Ray", "Al Moss", "Ed O'Neil"]);
        assert_eq!(names(["Ana Brit, and Jo Ray"]), ["Ana Brit", "Jo Ray"]);
    }

    #[test]
    fn what_is_no_name_is_left_out() {
        let given = ["https://example.org/ana", "ana@example.org", "", "{{author}}", &"word ".repeat(30)];
        assert!(names(given).is_empty());
    }
}
