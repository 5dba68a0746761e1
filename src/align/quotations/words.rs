//! The words of a quotation, in the form in which they are compared.
//!
//! In: quoted stretches of one report. Out: their [`Word`]s. It does not know the other tellings.

use std::collections::HashSet;

use crate::align::Account;
use crate::annotate::{Pos, Token, lemma};
use crate::span::Span;

/// A word of a telling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its lemma with contractions spelt out, for comparing.
    pub form: String,
    /// What it weighs in comparing: words that carry content more than the others.
    pub weight: u32,
    /// Where it stands.
    pub span: Span,
    /// Whether the report says that words are left out before it: an ellipsis, or the end of a stretch.
    pub after_cut: bool,
    /// Whether it stands in an editor's brackets.
    pub inserted: bool,
    /// Whether it is a preposition or a particle.
    pub particle: bool,
}

/// What a word weighs that carries content.
pub const CONTENT: u32 = 3;
/// What another word weighs.
pub const FUNCTION: u32 = 1;

impl Word {
    /// Whether it carries content.
    pub fn is_content(&self) -> bool {
        self.weight == CONTENT
    }
}

/// The words of `stretches`.
pub fn of(account: &Account, stretches: &[Span]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (n, stretch) in stretches.iter().enumerate() {
        let mut of_stretch = in_stretch(account, *stretch);
        if let Some(first) = of_stretch.first_mut().filter(|_| n > 0) {
            first.after_cut = true;
        }
        words.append(&mut of_stretch);
    }
    words
}

fn in_stretch(account: &Account, stretch: Span) -> Vec<Word> {
    let Account { report, layers, .. } = account;
    let mut words: Vec<Word> = Vec::new();
    let (mut after_cut, mut brackets) = (false, 0_i32);
    for token in &layers.tokens[layers.tokens_in(stretch)] {
        let text = report.slice(token.span);
        brackets += i32::from(text == "[") - i32::from(text == "]");
        after_cut |= text.starts_with('…') || text.starts_with("..");
        if token.pos == Pos::Punct {
            continue;
        }
        let word = Word { after_cut, inserted: brackets > 0, ..word(text, token) };
        if !word.form.starts_with(char::is_alphanumeric) {
            continue;
        }
        after_cut = false;
        match words.last_mut() {
            // "[I]mmigration": an editor's capital is no word of its own.
            Some(last)
                if report.slice(last.span.cover(word.span)).contains(']')
                    && last.span.end + 1 == word.span.start =>
            {
                let (form, span) = (format!("{}{}", last.form, word.form), last.span.cover(word.span));
                *last = Word { form, span, after_cut: last.after_cut, inserted: false, ..word };
            }
            _ => words.push(word),
        }
    }
    words
}

fn word(text: &str, token: &Token) -> Word {
    let content =
        token.pos.is_noun() || token.pos.is_adjective() || token.pos.is_verb() || token.pos == Pos::CD;
    let plain = text.replace('’', "'").replace('.', "");
    let form = expanded(&base(if plain.is_empty() { text } else { &plain }, token.pos)).to_owned();
    let weight = if content && form != "be" && form != "have" { CONTENT } else { FUNCTION };
    let particle = matches!(token.pos, Pos::IN | Pos::RP | Pos::TO);
    Word { form, weight, span: token.span, after_cut: false, inserted: false, particle }
}

/// Joins two words of one telling that another writes as one ("good will", "goodwill").
pub fn join_compounds(words: &mut Vec<Word>, known: &HashSet<String>) {
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    for word in words.drain(..) {
        if let Some(last) = joined.last_mut().filter(|_| !word.after_cut) {
            let both = format!("{}{}", last.form, word.form);
            if both.chars().count() >= SHORTEST_COMPOUND && known.contains(&both) {
                let (span, weight) = (last.span.cover(word.span), CONTENT);
                *last = Word { form: both, span, weight, particle: false, ..last.clone() };
                continue;
            }
        }
        joined.push(word);
    }
    *words = joined;
}

/// The fewest letters of a compound that is also written as two words.
const SHORTEST_COMPOUND: usize = 7;

/// The lemma of a word whatever its tag: "waiting" is one form as a noun and as a verb, and so are the spellings
/// of one word on both sides of the Atlantic.
fn base(word: &str, pos: Pos) -> String {
    let word = word.to_lowercase();
    let verbal = [("ing", Pos::VBG), ("ed", Pos::VBD)].into_iter().find(|(ending, _)| word.ends_with(ending));
    let lemma = lemma(&word, verbal.map_or(pos, |(_, pos)| pos)).to_lowercase();
    SPELLINGS.iter().fold(lemma, |lemma, (british, american)| match lemma.strip_suffix(british) {
        Some(stem) if stem.chars().count() > 2 => format!("{stem}{american}"),
        _ => lemma,
    })
}

/// British endings and their American ones.
const SPELLINGS: &[(&str, &str)] = &[
    ("our", "or"),
    ("ramme", "ram"),
    ("isation", "ization"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("tre", "ter"),
    ("ence", "ense"),
];

/// Contractions spelt out; forms of "be" are one.
fn expanded(form: &str) -> &str {
    match form {
        "'s" | "'re" | "'m" | "is" | "are" | "was" | "were" | "am" => "be",
        "n't" => "not",
        "'ll" => "will",
        "'ve" => "have",
        "'d" => "would",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_are_one() {
        assert_eq!(base("waiting", Pos::NN), base("waiting", Pos::VBG));
        assert_eq!(base("labour", Pos::NN), base("labor", Pos::NN));
        assert_eq!(base("programme", Pos::NN), base("program", Pos::NN));
        assert_eq!(base("hour", Pos::NN), "hour");
    }

    #[test]
    fn what_is_left_out_and_what_is_put_in() {
        let accounts = crate::align::testing::accounts(&["“The U.N. gave … no [good] sign,” she said."]);
        let quote = accounts[0].layers.quotes[0].inner;
        let words = of(&accounts[0], &[quote]);
        let said: Vec<(&str, bool, bool)> =
            words.iter().map(|w| (w.form.as_str(), w.after_cut, w.inserted)).collect();
        let expected = [
            ("the", false, false),
            ("un", false, false),
            ("give", false, false),
            ("no", true, false),
            ("good", false, true),
            ("sign", false, false),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn two_words_that_others_write_as_one() {
        let word = |form: &str| Word {
            form: form.to_owned(),
            weight: CONTENT,
            span: Span::default(),
            after_cut: false,
            inserted: false,
            particle: false,
        };
        let mut words: Vec<Word> = ["a", "good", "will", "sign"].map(word).into();
        join_compounds(&mut words, &HashSet::from(["goodwill".to_owned()]));
        assert_eq!(words.iter().map(|w| w.form.as_str()).collect::<Vec<_>>(), ["a", "goodwill", "sign"]);
    }
}
