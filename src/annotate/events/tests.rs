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
        ("Norway launched an attack on Sweden.", "ASSAULT", "Norway", "Sweden", true, Asserted),
        (
            "Norway carried out more than forty raids on Sweden.",
            "ASSAULT",
            "Norway",
            "Sweden",
            true,
            Asserted,
        ),
        ("Norway opened an inquiry into Sweden.", "ACCUSE", "Norway", "Sweden", true, Asserted),
        ("Norway and Sweden agreed to a truce.", "AGREE", "Norway", "Sweden", true, Asserted),
        ("Norway found Sweden guilty of theft.", "ACCUSE", "Norway", "Sweden", true, Asserted),
    ] {
        let found = read(text);
        let expected = (root, actor.to_owned(), Some(recipient.to_owned()), happened, modality);
        assert!(found.contains(&expected), "{text}: {found:?}");
    }
}

/// Words, tagged, with names; `participle` is tagged as one.
fn layers(report: &Report, participle: &str) -> Annotations {
    let mut layers = Annotations { tokens: tokens::find(report), ..Annotations::default() };
    layers.sentences = sentences::find(report, &layers);
    tagger::tag(report, &mut layers);
    let word = |token: &Token| report.slice(token.span) == participle;
    layers.tokens.iter_mut().filter(|t| word(t)).for_each(|token| token.pos = Pos::VBN);
    layers.times = times::find(report, &layers);
    layers.mentions = names(report, &layers.tokens);
    layers
}

#[test]
fn a_participle_with_subject_and_object_is_a_past_tense() {
    for (text, passive) in [
        ("The union freed the forty sailors on Monday.", false),
        ("The sailors freed by the union sang.", true),
        ("The sailors freed last week are home.", true),
    ] {
        let report = report(text);
        let layers = layers(&report, "freed");
        let reading = Reading::new(&report, &layers, &layers.sentences[0]);
        let verb = reading.verbs()[0];
        assert_eq!(reading.group(verb).map(|group| group.passive), Some(passive), "{text}");
    }
}

#[test]
fn a_phrase_hangs_on_its_verb_by_what_joins_it() {
    for (text, phrase, path) in [
        ("Norway opened an inquiry into the port of Varn.", "Norway", "subject|"),
        ("Norway opened an inquiry into the port of Varn.", "inquiry", "object|"),
        ("Norway opened an inquiry into the port of Varn.", "Varn", "of<into<object|"),
        ("Norway opened more than 40 camps.", "camps", "object|"),
        ("Norway and Varn opened a camp.", "Varn", "and<subject|"),
        ("Norway opened Varn's camps.", "Varn", "'s<object|"),
    ] {
        let report = report(text);
        let layers = layers(&report, "");
        let reading = Reading::new(&report, &layers, &layers.sentences[0]);
        let verb = reading.verbs()[0];
        let is_it = |p: &Phrase| report.slice(layers.tokens[p.head].span) == phrase;
        let index = reading.phrases.iter().position(is_it).expect("a phrase");
        let found = reading.links.path(index, verb).map(|path| path.labels);
        assert_eq!(found.as_deref(), Some(path), "{phrase} in {text}");
    }
}

#[test]
fn conditions_of_the_lexicon() {
    for (text, root) in [
        ("Norway put its guards on alert.", Some("MOBILIZE")),
        ("Norway put its guards on trains.", None),
        ("Norway returned the ring to Varn.", Some("YIELD")),
        ("Norway returned to Varn.", None),
        ("Norway said that Varn must leave.", Some("REQUEST")),
        ("Norway said that Varn left.", None),
        ("Norway mounted an offensive.", Some("ASSAULT")),
        ("Norway mounted a plaque.", None),
    ] {
        let report = report(text);
        let layers = layers(&report, "");
        let reading = Reading::new(&report, &layers, &layers.sentences[0]);
        assert_eq!(reading.lexical_root(reading.verbs()[0]), root, "{text}");
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
        "Norway launched a website.",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn who_tells_of_a_deed_has_not_done_it() {
    use super::super::{Annotator, Rules};
    let text = "Minister Rashid Temur recalled that the rebels had shelled the market of Sarbaz, murdering 19 people.";
    let report = report(text);
    let events = Rules.annotate(&report).events;
    let actors: Vec<&str> = events.iter().filter_map(|e| e.actor_words).map(|w| report.slice(w)).collect();
    assert!(actors.iter().all(|actor| !actor.contains("Temur")), "{actors:?}");
}

#[test]
fn a_date_is_of_both_verbs_only_where_it_stands_outside_both() {
    let dated = |text: &str| -> Vec<String> {
        let report = report(text);
        let mut layers = Annotations { tokens: tokens::find(&report), ..Annotations::default() };
        layers.sentences = sentences::find(&report, &layers);
        tagger::tag(&report, &mut layers);
        layers.times = times::find(&report, &layers);
        layers.mentions = names(&report, &layers.tokens);
        let events = find(&report, &layers).into_iter().filter(|e| e.when.is_some());
        events.map(|e| report.slice(e.trigger).to_owned()).collect()
    };
    assert_eq!(dated("On Friday Norland attacked Varnia and bombed Salvia."), ["attacked", "bombed"]);
    assert_eq!(dated("Norland attacked Varnia on Friday and has bombed Salvia since."), ["attacked"]);
    assert_eq!(dated("Norland attacked Varnia on Friday and bombed Salvia."), ["attacked"]);
}
