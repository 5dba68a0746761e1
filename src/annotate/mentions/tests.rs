//! Whole sentences, invented, with the mentions that must come out of them.

use super::*;
use crate::report::Text;

fn report(text: &str) -> Report {
    Report {
        id: "r".into(),
        source: "r.txt".into(),
        outlet: None,
        title: None,
        url: None,
        published_at: None,
        language: None,
        credits: Vec::new(),
        text: Text::new(text),
        regions: Vec::new(),
        remarks: Vec::new(),
    }
}

fn names(text: &str) -> Vec<(String, EntityKind)> {
    let report = report(text);
    let found = find(&report, &Annotations::default()).into_iter();
    let names = found.filter(|m| m.kind == MentionKind::Name);
    names.map(|m| (report.slice(m.span).to_owned(), m.of)).collect()
}

fn texts(text: &str, kind: MentionKind) -> Vec<String> {
    let report = report(text);
    let found = find(&report, &Annotations::default()).into_iter();
    found.filter(|m| m.kind == kind).map(|m| report.slice(m.span).to_owned()).collect()
}

#[test]
fn names_have_kinds() {
    use EntityKind::*;
    let expected =
        |list: &[(&str, EntityKind)]| list.iter().map(|(n, k)| ((*n).to_owned(), *k)).collect::<Vec<_>>();
    for (text, list) in [
        (
            "On Monday the U.S. envoy met Mr. Hale in Kyiv.",
            &[("U.S.", Place), ("Mr. Hale", Person), ("Kyiv", Place)][..],
        ),
        ("Yesterday Prince Omar bin Rashid Al Nouri spoke.", &[("Omar bin Rashid Al Nouri", Person)]),
        ("So the Sylvan Direct Lending Fund paid.", &[("Sylvan Direct Lending Fund", Organization)]),
        (
            "So the Ministry of Defence and Nato-led troops left.",
            &[("Ministry of Defence", Organization), ("Nato", Organization)],
        ),
        ("So US-Russia talks began.", &[("US", Place), ("Russia", Place)]),
        ("So Anna Al-Basri’s plan failed.", &[("Anna Al-Basri", Person)]),
        (
            "However, officials left. Later Norway’s Ann Ford spoke to Ford.",
            &[("Norway", Place), ("Ann Ford", Person), ("Ford", Person)],
        ),
    ] {
        assert_eq!(names(text), expected(list), "{text}");
    }
}

#[test]
fn a_sentence_does_not_make_a_name() {
    assert_eq!(names("Leading the march, workers sang. Everybody left on Tuesday. I did too."), []);
}

#[test]
fn pronouns_and_nominals() {
    let text = "He told the two sides that US officials and their lawyers, not the company, were right.";
    assert_eq!(texts(text, MentionKind::Pronoun), ["He", "their"]);
    assert_eq!(
        texts(text, MentionKind::Nominal),
        ["the two sides", "US officials", "their lawyers", "the company"]
    );
}

#[test]
fn titles_and_names_beside_each_other() {
    let text = "Then US Secretary of State Ann Hale met Russian Foreign Minister Prince Ivan Orlov.";
    assert_eq!(
        texts(text, MentionKind::Title),
        ["US Secretary of State", "Russian Foreign Minister", "Prince"]
    );
    assert_eq!(texts(text, MentionKind::Name), ["US", "Ann Hale", "Russian", "Ivan Orlov"]);
}

#[test]
fn order_and_bounds_hold_for_odd_texts() {
    for text in [
        "",
        "\u{feff}",
        "A",
        "’s ’s",
        "THE END",
        "É. É.-É",
        "President",
        "the head of",
        "Mr.",
        "U.S.-",
        "King’s",
    ] {
        let report = report(text);
        let found = find(&report, &Annotations::default());
        assert!(found.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start), "{text}");
        assert!(found.iter().all(|m| m.span.contains(m.head)), "{text}");
    }
}

#[test]
fn known_words_begin_longer_names() {
    use EntityKind::*;
    for (text, name, kind) in [
        (
            "It was the Norwegian Academy of Sciences that paid.",
            "Norwegian Academy of Sciences",
            Organization,
        ),
        ("So the Supreme Court of Norway ruled.", "Supreme Court of Norway", Organization),
        ("He lost the 2003 Norwegian local elections there.", "2003 Norwegian local elections", Event),
    ] {
        assert_eq!(names(text), [(name.to_owned(), kind)], "{text}");
    }
}

#[test]
fn labels_and_common_nouns_are_no_names() {
    assert_eq!(
        names("PHOTO: a boat. So Clemency and More were read, and the clemency was denied #OrvikNow."),
        []
    );
    assert_eq!(names("They marched For Our Lives on Tuesday."), []);
}

#[test]
fn bodies_are_named_after_people_and_stations() {
    use EntityKind::*;
    for (text, name) in [
        ("So the Dockers’ Union left.", "Dockers’ Union"),
        ("So the National Weavers’ Union left.", "National Weavers’ Union"),
        ("Skippers’ Union boats left.", "Skippers’ Union"),
        ("So the Skippers’ Union leader left.", "Skippers’ Union"),
        ("Radio Orvik went off the air.", "Radio Orvik"),
    ] {
        assert_eq!(names(text), [(name.to_owned(), Organization)], "{text}");
    }
}
