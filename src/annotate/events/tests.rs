//! Events, a line each.

use super::super::testing::report;
use super::super::{Mention, Modality, Token, quotes, sentences, tagger, times, tokens};
use super::*;

/// Every run of capitalised words is a name: that is enough to test the roles.
fn names(report: &Report, tokens: &[Token]) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    for token in tokens.iter().filter(|t| t.pos.is_name()) {
        let span = token.span;
        let of = if report.slice(span) == "Oslo" { EntityKind::Place } else { EntityKind::Organization };
        match mentions.last_mut().filter(|m| m.span.end + 1 == span.start) {
            Some(mention) => (mention.span, mention.head) = (mention.span.cover(span), span),
            None => mentions.push(Mention { span, head: span, kind: MentionKind::Name, of, entity: None }),
        }
    }
    mentions
}

type Told = (&'static str, String, Option<String>, bool, Modality);

fn read(text: &str) -> Vec<Told> {
    let report = report(text);
    let mut layers = Annotations { tokens: tokens::find(&report), ..Annotations::default() };
    layers.quotes = quotes::find(&report);
    layers.sentences = sentences::find(&report, &layers);
    tagger::tag(&report, &mut layers);
    layers.times = times::find(&report, &layers);
    layers.mentions = names(&report, &layers.tokens);
    let name = |m: Option<MentionIndex>| m.map(|m| report.slice(layers.mentions[m].span).to_owned());
    let told = find(&report, &layers).into_iter();
    told.map(|e| (e.root, name(e.actor).unwrap_or_default(), name(e.recipient), e.happened, e.modality))
        .collect()
}

use Modality::{Asserted, Future, Possible};

#[test]
fn who_does_what_to_whom() {
    for (text, root, actor, recipient, happened, modality) in [
        ("Norway accused Sweden of theft.", "ACCUSE", "Norway", "Sweden", true, Asserted),
        ("Sweden was attacked by Norway.", "ASSAULT", "Norway", "Sweden", true, Asserted),
        // Cooperation that is to come is an agreement on it in PLOVER.
        ("Norway will meet Sweden in Oslo on Monday.", "AGREE", "Norway", "Sweden", true, Future),
        ("Norway may attack Sweden.", "ASSAULT", "Norway", "Sweden", true, Possible),
        ("Norway did not attack Sweden.", "ASSAULT", "Norway", "Sweden", false, Asserted),
        ("Norway held talks with Sweden.", "CONSULT", "Norway", "Sweden", true, Asserted),
        ("Norway plans to attack Sweden.", "ASSAULT", "Norway", "Sweden", true, Future),
        ("Norway has condemned Sweden.", "ACCUSE", "Norway", "Sweden", true, Asserted),
    ] {
        let found = read(text);
        let expected = (root, actor.to_owned(), Some(recipient.to_owned()), happened, modality);
        assert!(found.contains(&expected), "{text}: {found:?}");
    }
}

#[test]
fn no_actor_no_event() {
    for text in [
        "Sweden was attacked.",
        "The bridge met its deadline.",
        "Did Norway attack Sweden?",
        "The minister said: “Norway attacked Sweden.”",
        "Norway met the demand.",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}
