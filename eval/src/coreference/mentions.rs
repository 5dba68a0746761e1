//! Which mentions are compared, and by which words.
//!
//! In: a document of GUM, or the layers that the program made of its text. Out: clusters of spans. It does not know
//! how they are scored.
//!
//! By exact spans, a possessive "'s" does not count, and a title right before a name of the same entity is one mention
//! with it, as in GUM. Of what a record uses, a name is where its last word is, a title where its noun is, a pronoun
//! where it stands: how much of "the long-serving foreign minister of Norway, who left" belongs to a mention is GUM's
//! decision, and no matter for a record. Titles are common nouns of office, by the program's own list.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rashomon::annotate::{Annotations, EntityKind, Mention, MentionKind};
use rashomon::span::Span;

use super::metrics::Cluster;
use crate::entities::tally::without_leads;
use crate::gum::{self, Document};

/// Which mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// All, by their exact spans.
    All,
    /// Names, titles and pronouns of persons, organizations and places, by the words that tell them.
    Record,
}

/// The words that head the nouns of office ("secretary" of "secretary of state").
static OFFICES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../../src/annotate/lexicon/offices.txt").lines();
    let nouns = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    nouns.filter_map(|(_, noun)| noun.split(" of ").next()?.rsplit([' ', '-']).next()).collect()
});

/// The clusters of a document of GUM, in order of their first mentions.
pub fn of_gum(document: &Document, view: View) -> Vec<Cluster> {
    let mut mentions: Vec<&gum::Mention> = document.mentions.iter().collect();
    // Of two mentions with one key the outer one stands for both.
    mentions.sort_by_key(|m| (m.words.start, usize::MAX - m.words.end));
    let span = |mention: &gum::Mention| match view {
        View::All => Some(exact(document, mention)),
        View::Record => telling(document, mention),
    };
    clusters(mentions.into_iter().filter_map(|m| Some((span(m)?, m.entity.clone()))))
}

fn exact(document: &Document, mention: &gum::Mention) -> Span {
    let mut words = mention.words.clone();
    if words.len() > 1 && document.words[words.end - 1].tag == "POS" {
        words.end -= 1;
    }
    document.span(words)
}

/// The words that tell a mention that a record uses; `None` for others.
fn telling(document: &Document, mention: &gum::Mention) -> Option<Span> {
    let head = document.head(mention)?;
    let word = &document.words[head];
    if !matches!(mention.kind.as_str(), "person" | "organization" | "place") {
        return None;
    }
    match word.tag.as_str() {
        "PRP" | "PRP$" => Some(word.span),
        "NN" | "NNS" if mention.kind == "person" => {
            OFFICES.contains(word.lemma.to_lowercase().as_str()).then_some(word.span)
        }
        _ => document.name_in(mention).map(|words| document.words[words.end - 1].span),
    }
}

/// The clusters of the program's layers: its chains, where the annotator has them; else its mentions by their entities.
pub fn of_layers(text: &str, layers: &Annotations, view: View) -> Vec<Cluster> {
    if layers.chains.is_empty() { of_entities(text, layers, view) } else { of_chains(text, layers, view) }
}

fn of_chains(text: &str, layers: &Annotations, view: View) -> Vec<Cluster> {
    let span = |mention: &Mention| match view {
        View::All => Some(mention.span),
        View::Record => told_in_chain(text, layers, mention),
    };
    let chains = layers.chains.iter().enumerate();
    clusters(chains.flat_map(|(n, chain)| chain.mentions.iter().filter_map(move |m| Some((span(m)?, n)))))
}

/// A mention that refers to nothing known is alone.
pub fn of_entities(text: &str, layers: &Annotations, view: View) -> Vec<Cluster> {
    let mut keyed = Vec::new();
    for (index, mention) in layers.mentions.iter().enumerate() {
        // Negative for those that are alone.
        let entity = mention.entity.map_or(-1 - index as i64, |entity| entity as i64);
        let span = match view {
            View::All => layers.with_title(text, index),
            View::Record if layers.name_of_title(text, index).is_some() => None,
            View::Record => told(text, layers, mention),
        };
        keyed.extend(span.map(|span| (span, entity)));
    }
    clusters(keyed.into_iter())
}

/// The words that tell a mention that a record uses; `None` for others.
fn told(text: &str, layers: &Annotations, mention: &Mention) -> Option<Span> {
    let kind = mention.entity.map_or(mention.of, |entity| layers.entities[entity].kind);
    if !matches!(kind, EntityKind::Person | EntityKind::Organization | EntityKind::Place) {
        return None;
    }
    match mention.kind {
        MentionKind::Pronoun => Some(mention.span),
        MentionKind::Name => last_word(layers, without_leads(text, mention.span)),
        MentionKind::Title => noun(text, layers, mention.head),
        MentionKind::Nominal => None,
    }
}

/// The same for a mention of a chain, whose name may be part of it ("Ann Hale, the mayor").
fn told_in_chain(text: &str, layers: &Annotations, mention: &Mention) -> Option<Span> {
    let office = mention.head.of(text).to_lowercase();
    let office = OFFICES.contains(office.strip_suffix('s').unwrap_or(&office));
    match mention.kind {
        MentionKind::Name => told(text, layers, &Mention { span: mention.head, ..*mention }),
        MentionKind::Nominal => (office && mention.of == EntityKind::Person).then_some(mention.head),
        _ => told(text, layers, mention),
    }
}

/// The word that heads a noun of office: "minister" of "prime minister", "secretary" of "secretary of state".
fn noun(text: &str, layers: &Annotations, office: Span) -> Option<Span> {
    let words = layers.tokens_in(office).map(|token| layers.tokens[token].span);
    words.take_while(|word| word.of(text) != "of").last()
}

fn last_word(layers: &Annotations, span: Span) -> Option<Span> {
    layers.tokens_in(span).next_back().map(|token| layers.tokens[token].span)
}

/// Spans by what they refer to. The first claim to a span stands.
fn clusters<E: Ord + Clone>(mentions: impl Iterator<Item = (Span, E)>) -> Vec<Cluster> {
    let mut seen = BTreeSet::new();
    let mut by_entity: BTreeMap<E, Cluster> = BTreeMap::new();
    for (span, entity) in mentions.filter(|(span, _)| !span.is_empty()) {
        if seen.insert(span) {
            by_entity.entry(entity).or_default().insert(span);
        }
    }
    let mut clusters: Vec<Cluster> = by_entity.into_values().collect();
    clusters.sort_by(|a, b| a.first().cmp(&b.first()));
    clusters
}

#[cfg(test)]
mod tests {
    use rashomon::annotate::{Annotator, Rules};

    use super::*;
    use crate::gum::tests::document;
    use crate::tagger::gold::report;

    fn shown(text: &str, clusters: &[Cluster]) -> Vec<Vec<String>> {
        clusters.iter().map(|cluster| cluster.iter().map(|m| m.of(text).to_owned()).collect()).collect()
    }

    const LINES: &str = "\
        the DT 2 det Entity=(1-person-x\n\
        mayor NN 6 nsubj _\n\
        of IN 4 case _\n\
        Oslo NNP 2 nmod Entity=(2-place-x\n\
        's POS 4 case Entity=2)1)\n\
        lost VBD 0 root _\n\
        her PRP$ 8 nmod:poss Entity=(3-object-x(1-person-x)\n\
        keys NNS 6 obj Entity=3)";

    #[test]
    fn exact_spans_leave_the_possessive_out() {
        let document = document(LINES);
        let clusters = shown(&document.text, &of_gum(&document, View::All));
        assert_eq!(clusters, [vec!["the mayor of Oslo", "her"], vec!["Oslo"], vec!["her keys"]]);
    }

    #[test]
    fn a_record_uses_names_titles_and_pronouns() {
        let document = document(LINES);
        let clusters = shown(&document.text, &of_gum(&document, View::Record));
        assert_eq!(clusters, [vec!["mayor", "her"], vec!["Oslo"]]);
    }

    #[test]
    fn a_title_before_a_name_is_one_mention_with_it() {
        let text = "Foreign minister Ann Hale left Oslo on Monday. She will not return.";
        let layers = Rules.annotate(&report(text));
        let all = shown(text, &of_layers(text, &layers, View::All));
        assert!(all.contains(&vec!["Foreign minister Ann Hale".to_owned(), "She".to_owned()]), "{all:?}");
        let record = shown(text, &of_layers(text, &layers, View::Record));
        assert!(record.contains(&vec!["Hale".to_owned(), "She".to_owned()]), "{record:?}");
        assert!(record.contains(&vec!["Oslo".to_owned()]), "{record:?}");
    }

    #[test]
    fn an_office_is_where_its_noun_is() {
        for (text, noun) in
            [("The prime minister left.", "minister"), ("The secretary of state left.", "secretary")]
        {
            let layers = Rules.annotate(&report(text));
            let record = shown(text, &of_layers(text, &layers, View::Record));
            assert_eq!(record, [vec![noun.to_owned()]]);
        }
    }

    #[test]
    fn a_span_is_in_one_cluster_only() {
        let span = Span::new(0..3);
        let found = clusters([(span, 1), (span, 2), (Span::new(4..5), 2)].into_iter());
        assert_eq!(found.iter().map(Cluster::len).collect::<Vec<_>>(), [1, 1]);
    }
}
