//! The documents of GUM as plain texts.
//!
//! In: CoNLL-U with the mentions of entities. Out: each document's text, a paragraph a line, its words with their
//! syntax and its mentions with the entity that each refers to. It does not know what is measured on them.

mod names;
mod read;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rashomon::span::Span;

/// The folder of its documents, within the data.
pub const CORPUS: &str = "gum";

/// A word of the treebank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it is. The parts of a contraction share its letters; one for which none are left is empty.
    pub span: Span,
    /// Its Penn tag, as the treebank writes it.
    pub tag: String,
    /// Its dictionary form.
    pub lemma: String,
    /// Its relation to its head.
    pub relation: String,
    /// The word that it depends on; `None` for a root.
    pub head: Option<usize>,
}

impl Word {
    /// Whether it is a proper noun.
    pub fn is_name(&self) -> bool {
        matches!(self.tag.as_str(), "NNP" | "NNPS")
    }
}

/// Words that refer to somebody or something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its words, as indices into [`Document::words`].
    pub words: Range<usize>,
    /// What it refers to: "person", "organization", "place", "abstract", …
    pub kind: String,
    /// The entity's number within the document.
    pub entity: String,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its name: "GUM_news_nasa".
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its words, in order.
    pub words: Vec<Word>,
    /// Its mentions, in the order in which they end.
    pub mentions: Vec<Mention>,
}

impl Document {
    /// The span of `words`; empty where there are none.
    pub fn span(&self, words: Range<usize>) -> Span {
        let words = &self.words[words];
        words.first().zip(words.last()).map(|(first, last)| first.span.cover(last.span)).unwrap_or_default()
    }

    /// The word of a mention that depends on something outside it; `None` where there are several.
    pub fn head(&self, mention: &Mention) -> Option<usize> {
        let inside = |word: usize| self.words[word].head.is_some_and(|head| mention.words.contains(&head));
        let mut heads = mention.words.clone().filter(|word| !inside(*word));
        heads.next().filter(|_| heads.next().is_none())
    }
}

/// The documents of one part of GUM's splits ("dev", "test") that lie in `data`.
pub fn documents(data: &Path, part: &str) -> Result<Vec<Document>> {
    files(data, part)?.iter().map(|file| document(file)).collect()
}

fn document(file: &Path) -> Result<Document> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Document { name, ..read::read(&text) })
}

/// The files of one part of GUM's `splits.md`, in its order.
pub fn files(data: &Path, part: &str) -> Result<Vec<PathBuf>> {
    let list =
        fs::read_to_string(data.join(CORPUS).join("splits.md")).context("cannot read gum/splits.md")?;
    let section = list.split("## ").find(|s| s.lines().next() == Some(part)).unwrap_or_default();
    let names = section.lines().filter_map(|l| l.trim().strip_prefix("* "));
    // Documents in a licence that we leave out are in the list, but not in the folder.
    let files = names.map(|n| data.join(CORPUS).join(format!("{n}.conllu"))).filter(|f| f.exists());
    Ok(files.collect())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::read;
    use super::*;

    /// The document of lines `form tag head relation misc`, an empty line between sentences.
    pub(crate) fn document(lines: &str) -> Document {
        let sentences = lines.trim().split("\n\n").map(|sentence| {
            let rows = sentence.trim().lines().enumerate().map(|(i, line)| {
                let [form, tag, head, relation, misc] = line.split_whitespace().collect::<Vec<_>>()[..]
                else {
                    panic!("five columns: {line}")
                };
                format!("{}\t{form}\t{form}\tX\t{tag}\t_\t{head}\t{relation}\t_\t{misc}\n", i + 1)
            });
            rows.collect::<String>()
        });
        read::read(&sentences.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn the_head_is_the_one_word_that_depends_on_something_outside() {
        let document = document(
            "the DT 2 det Entity=(1-person-x\nminister NN 4 nsubj _\nhere RB 2 advmod Entity=1)\nleft VBD 0 root _",
        );
        let mention = &document.mentions[0];
        assert_eq!(document.head(mention), Some(1));
        let two = Mention { words: 1..4, ..mention.clone() };
        assert_eq!(document.head(&two), Some(3), "what depends on nothing depends on nothing inside");
        let apart = Mention { words: 2..4, ..mention.clone() };
        assert_eq!(document.head(&apart), None);
    }
}
