//! CoNLL-U with GUM's mentions.
//!
//! In: a file's text. Out: the document, without its name. It does not know which mentions are names.

use std::sync::LazyLock;

use rashomon::span::Span;
use regex::Regex;

use super::{Document, Mention, Word};

/// GUM writes where a mention opens, "(3-person-…", and where one closes, "3)", at the word concerned; one that
/// opens and closes at the same word has no number at its end.
static BRACKETS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\(([^()]+)|([^()]*)\)").expect("a valid expression"));

/// A mention that has not ended yet.
struct Open {
    entity: String,
    kind: String,
    first: usize,
}

/// A contraction whose parts are still to come: "don't" before "do" and "n't".
struct Contraction {
    /// Number of its last part within the sentence.
    last: usize,
    /// The letters that no part has taken.
    rest: Span,
    space_after: bool,
}

#[derive(Default)]
struct Reader {
    document: Document,
    open: Vec<Open>,
    /// Number of words before the sentence.
    base: usize,
    contraction: Option<Contraction>,
}

/// Reads a document.
pub fn read(text: &str) -> Document {
    let mut reader = Reader::default();
    for sentence in text.split("\n\n") {
        reader.sentence(sentence);
    }
    let Document { text, .. } = &mut reader.document;
    text.truncate(text.trim_end().len());
    reader.document
}

impl Reader {
    fn sentence(&mut self, sentence: &str) {
        let text = &mut self.document.text;
        if !text.is_empty() {
            text.truncate(text.trim_end_matches(' ').len());
            text.push(if sentence.lines().any(|line| line.starts_with("# newpar")) { '\n' } else { ' ' });
        }
        (self.base, self.contraction) = (self.document.words.len(), None);
        for line in sentence.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let [number, form, lemma, _, tag, _, head, relation, _, misc] = columns[..] else { continue };
            if let Some((_, last)) = number.split_once('-') {
                self.contraction(last.parse().unwrap_or(0), form, misc);
            } else if let (Ok(number), Ok(head)) = (number.parse(), head.parse::<usize>()) {
                let (span, space) = self.place(number, form, misc);
                self.mentions(misc);
                let head = head.checked_sub(1).map(|head| self.base + head);
                let [tag, lemma, relation] = [tag, lemma, relation].map(str::to_owned);
                self.document.words.push(Word { span, tag, lemma, relation, head });
                if space {
                    self.document.text.push(' ');
                }
            }
        }
    }

    fn contraction(&mut self, last: usize, form: &str, misc: &str) {
        let rest = self.write(form);
        self.contraction = Some(Contraction { last, rest, space_after: !misc.contains("SpaceAfter=No") });
    }

    /// Where the word stands, and whether a space follows.
    fn place(&mut self, number: usize, form: &str, misc: &str) -> (Span, bool) {
        let text = &self.document.text;
        match self.contraction.as_mut().filter(|whole| number <= whole.last) {
            Some(whole) => {
                let letters = whole.rest.of(text);
                let mut ends = letters.char_indices().map(|(at, _)| at);
                let end = ends.nth(form.chars().count()).filter(|_| number < whole.last);
                let span = Span {
                    end: end.map_or(whole.rest.end, |end| whole.rest.start + end as u32),
                    ..whole.rest
                };
                whole.rest.start = span.end;
                (span, number == whole.last && whole.space_after)
            }
            None => (self.write(form), !misc.contains("SpaceAfter=No")),
        }
    }

    fn write(&mut self, form: &str) -> Span {
        let text = &mut self.document.text;
        let start = text.len();
        text.push_str(form);
        Span::new(start..text.len())
    }

    fn mentions(&mut self, misc: &str) {
        let word = self.document.words.len();
        let value = misc.split('|').find_map(|field| field.strip_prefix("Entity=")).unwrap_or_default();
        for bracket in BRACKETS.captures_iter(value) {
            if let Some(opening) = bracket.get(1) {
                let mut fields = opening.as_str().split('-').map(str::to_owned);
                let (entity, kind) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
                self.open.push(Open { entity, kind, first: word });
                continue;
            }
            let closing = bracket.get(2).map_or("", |closing| closing.as_str());
            let at = self.open.iter().rposition(|open| closing.is_empty() || open.entity == closing);
            if let Some(at) = at {
                let Open { entity, kind, first } = self.open.remove(at);
                self.document.mentions.push(Mention { words: first..word + 1, kind, entity });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;
    use super::*;

    #[test]
    fn mentions_nest_and_two_of_one_entity_close_in_turn() {
        let document = document(
            "the DT 2 det Entity=(1-person-new-x\nmayor NN 4 nsubj _\nOslo NNP 2 nmod Entity=(2-place-new)1)\n\
             thanked VBD 0 root _\nher PRP 4 obj Entity=(1-person-giv)",
        );
        let mentions = document.mentions.iter();
        let shown: Vec<_> = mentions
            .map(|m| (document.span(m.words.clone()).of(&document.text), m.entity.as_str()))
            .collect();
        assert_eq!(shown, [("Oslo", "2"), ("the mayor Oslo", "1"), ("her", "1")]);
        assert_eq!(document.mentions[0].kind, "place");
    }

    #[test]
    fn parts_of_a_contraction_share_its_letters() {
        let rows = "1-2\tdon’t\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tdo\tdo\tX\tVBP\t_\t0\troot\t_\t_\n\
                    2\tn’t\tnot\tX\tRB\t_\t1\tadvmod\t_\t_\n3\t.\t.\tX\t.\t_\t1\tpunct\t_\t_\n";
        let document = read(rows);
        assert_eq!(document.text, "don’t.");
        let words: Vec<&str> = document.words.iter().map(|word| word.span.of(&document.text)).collect();
        assert_eq!(words, ["do", "n’t", "."]);
        assert_eq!(document.words[1].head, Some(0));
    }

    #[test]
    fn a_paragraph_is_a_line() {
        let row = |word: &str| format!("1\t{word}\t{word}\tX\tNN\t_\t0\troot\t_\t_\n");
        let text = format!("# newpar\n{}\n{}\n# newpar\n{}", row("one"), row("two"), row("three"));
        assert_eq!(read(&text).text, "one two\nthree");
    }
}
