//! The words of a report as they are compared.
//!
//! In: a report and its tokens. Out: for each token its word in lower case and its dictionary form, each made once: the parts of the
//! alignment ask for them a hundred times. It does not know what a word means.

use crate::annotate::{Annotations, lemma};
use crate::report::Report;

/// The forms of the tokens of a report.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    /// All of them, one behind the other.
    text: String,
    /// Where those of each token begin: its word, its dictionary form; and where the last ends.
    starts: Vec<[usize; 2]>,
}

impl Forms {
    /// The forms of the words of `report`.
    pub fn of(report: &Report, layers: &Annotations) -> Self {
        let mut forms = Forms::default();
        for token in &layers.tokens {
            let word = report.slice(token.span).to_lowercase();
            let start = forms.text.len();
            forms.text.push_str(&word);
            forms.starts.push([start, forms.text.len()]);
            forms.text.push_str(&lemma(&word, token.pos).to_lowercase());
        }
        forms.starts.push([forms.text.len(); 2]);
        forms
    }

    /// The word of token `i`, in lower case; empty behind the last.
    pub fn word(&self, i: usize) -> &str {
        self.starts.get(i).map_or("", |[word, lemma]| &self.text[*word..*lemma])
    }

    /// The dictionary form of token `i`, in lower case; empty behind the last.
    pub fn lemma(&self, i: usize) -> &str {
        let ends = self.starts.get(i).zip(self.starts.get(i + 1));
        ends.map_or("", |([_, lemma], [end, _])| &self.text[*lemma..*end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Annotator, Rules};

    #[test]
    fn each_word_has_its_forms() {
        let report = crate::source::read("a.txt", "Two Ferries sank.".as_bytes()).reports.remove(0);
        let forms = Forms::of(&report, &Rules.annotate(&report));
        let words: Vec<[&str; 2]> = (0..5).map(|i| [forms.word(i), forms.lemma(i)]).collect();
        assert_eq!(words, [["two", "two"], ["ferries", "ferry"], ["sank", "sink"], [".", "."], ["", ""]]);
        assert_eq!(Forms::default().word(0), "");
    }
}
