//! How much of a content stands between quotation marks.
//!
//! In: its fragments. Out: its [`Class`]. It does not know single quotation marks, as `SCORER.md` does not count them.

use super::words::{Fragment, is_space};

const MARKS: &str = "\"“”„‟«»″";
const AFTER_A_MARK: &str = ".,;:!?)… ";

/// How much of it is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Every fragment begins and ends with a mark.
    Direct,
    /// Some mark stands in it.
    Mixed,
    /// None does.
    Indirect,
}

/// The class of `fragments`, from the double quotation marks in them or touching them.
pub fn class(chars: &[char], fragments: &[Fragment]) -> Class {
    let stretched: Vec<&[char]> = fragments.iter().map(|&fragment| stretch(chars, fragment)).collect();
    if !stretched.iter().any(|chars| has_mark(chars)) {
        Class::Indirect
    } else if stretched.iter().all(|chars| is_enclosed(chars)) {
        Class::Direct
    } else {
        Class::Mixed
    }
}

/// The fragment with the marks that touch it.
fn stretch(chars: &[char], (start, end): Fragment) -> &[char] {
    let before = start > 0 && is_mark(chars[start - 1]);
    let after = end < chars.len() && is_mark(chars[end]);
    &chars[start - usize::from(before)..end + usize::from(after)]
}

fn is_mark(c: char) -> bool {
    MARKS.contains(c)
}

fn has_mark(chars: &[char]) -> bool {
    let doubled = |pair: &[char]| pair == ['`', '`'] || pair == ['\'', '\''];
    chars.iter().any(|&c| is_mark(c)) || chars.windows(2).any(doubled)
}

fn is_enclosed(chars: &[char]) -> bool {
    let begins = chars.iter().find(|&&c| !is_space(c)).is_some_and(|&c| is_mark(c));
    let mut from_end = chars.iter().rev().skip_while(|&&c| is_space(c));
    let ends = from_end.clone().next().is_some_and(|&c| is_mark(c));
    let ends_but_for_stops = from_end.find(|&&c| !AFTER_A_MARK.contains(c)).is_some_and(|&c| is_mark(c));
    begins && (ends || ends_but_for_stops)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class_of(text: &str, fragments: &[Fragment]) -> Class {
        class(&text.chars().collect::<Vec<_>>(), fragments)
    }

    #[test]
    fn classes() {
        assert_eq!(class_of("he said “never”.", &[(8, 15)]), Class::Direct);
        assert_eq!(class_of("he said “never”.", &[(9, 14)]), Class::Direct);
        assert_eq!(class_of("he said “never”.", &[(8, 16)]), Class::Direct);
        assert_eq!(class_of("that it was “odd”", &[(0, 17)]), Class::Mixed);
        assert_eq!(class_of("“No,” he said, and left", &[(0, 5), (15, 23)]), Class::Mixed);
        assert_eq!(class_of("that it was 'odd'", &[(0, 17)]), Class::Indirect);
        assert_eq!(class_of("``No'' he said", &[(0, 6)]), Class::Mixed);
    }
}
