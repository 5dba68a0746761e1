//! The head of a source or cue.
//!
//! In: its fragments. Out: one of its words, by a rule of thumb. It does not know dependencies: the Python
//! scorer uses CoreNLP's where a file of them stands beside the text, and the same rule where none does.

use super::words::{Fragment, Words};

const AUXILIARIES: &str = "has have had is was were be been being am are will would could should may might must do does did \
     not also to t s d ll ve re";
const PREPOSITIONS: &str = "of for from in at who which that with on by to whose whom";

/// The first word of a cue that is not an auxiliary, or else its first word.
pub fn of_cue(words: &Words, fragments: &[Fragment]) -> Vec<Fragment> {
    let found = words.within(fragments);
    let main = found.iter().find(|&&word| !is_one_of(AUXILIARIES, &words.lower(word)));
    one_or(main.or(found.first()), fragments)
}

/// The last word of a source before its first comma or preposition.
pub fn of_source(words: &Words, fragments: &[Fragment]) -> Vec<Fragment> {
    let found = words.within(fragments);
    let ends = |pair: &[Fragment]| {
        words.chars()[pair[0].1..pair[1].0].contains(&',') || is_one_of(PREPOSITIONS, &words.lower(pair[1]))
    };
    let last = found.windows(2).position(ends).unwrap_or(found.len().saturating_sub(1));
    one_or(found.get(last), fragments)
}

/// Whether `word` is in the list of words of speech.
pub fn is_speech(word: &str) -> bool {
    include_str!("speech.txt").lines().any(|entry| entry == word)
}

fn is_one_of(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|entry| entry == word)
}

/// A span without a word is its own head.
fn one_or(word: Option<&Fragment>, fragments: &[Fragment]) -> Vec<Fragment> {
    word.map_or_else(|| fragments.to_vec(), |&word| vec![word])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str, of: fn(&Words, &[Fragment]) -> Vec<Fragment>) -> String {
        let words = Words::new(text);
        let heads = of(&words, &words.normalise(&[(0, text.chars().count() as i64)]));
        heads.iter().map(|&head| words.lower(head)).collect()
    }

    #[test]
    fn sources() {
        assert_eq!(head("Mayor Ada Brandt", of_source), "brandt");
        assert_eq!(head("a spokesman for the harbour board", of_source), "spokesman");
        assert_eq!(head("Ada Brandt, the mayor", of_source), "brandt");
        assert_eq!(head("by the board", of_source), "board");
        assert_eq!(head("“?”", of_source), "“?”");
    }

    #[test]
    fn cues() {
        assert_eq!(head("has also said", of_cue), "said");
        assert_eq!(head("would have", of_cue), "would");
    }
}
