//! Whole reports, invented, with the entities that must come out of them.

use super::super::{Annotations, Annotator, Attribution, AttributionKind, Entity, Rules, testing};
use crate::report::RegionKind;
use crate::span::Span;

struct Read {
    report: crate::report::Report,
    layers: Annotations,
}

impl Read {
    fn of(text: &str) -> Self {
        let report = testing::report(text);
        let layers = Rules.annotate(&report);
        Read { report, layers }
    }

    fn entity(&self, name: &str) -> &Entity {
        self.layers
            .entities
            .iter()
            .find(|e| e.name == name)
            .unwrap_or_else(|| panic!("no {name} in {:?}", self.names()))
    }

    fn names(&self) -> Vec<&str> {
        self.layers.entities.iter().map(|e| e.name.as_str()).collect()
    }

    fn forms(&self, name: &str) -> Vec<&str> {
        let mentions = self.entity(name).mentions.iter();
        mentions.map(|i| self.report.slice(self.layers.mentions[*i].span)).collect()
    }

    fn roles(&self, name: &str) -> Vec<&str> {
        self.entity(name).roles.iter().map(|span| self.report.slice(*span)).collect()
    }

    fn party(&self, name: &str) -> Option<(&str, &str)> {
        let party = self.entity(name).party.as_ref()?;
        Some((party.name.as_str(), self.report.slice(party.evidence)))
    }
}

/// The speaker that an attribution of the words `content` to the words `source` gets.
fn speaker(text: &str, source: &str, content: &str) -> Option<String> {
    let report = testing::report(text);
    let mut layers = Rules.annotate(&report);
    let span = |words: &str| {
        let start = text.find(words).expect("the words stand in the text");
        Span::new(start..start + words.len())
    };
    layers.attributions = vec![told(span(source), span(content))];
    super::resolve(&report, &mut layers);
    layers.attributions[0].speaker.map(|i| layers.entities[i].name.clone())
}

/// What a source tells, without a cue.
fn told(source: Span, content: Span) -> Attribution {
    Attribution {
        source: vec![source],
        cue: Vec::new(),
        content: vec![content],
        kind: AttributionKind::Indirect,
        via: Vec::new(),
        speaker: None,
    }
}

#[test]
fn names_of_one_person_are_one_entity() {
    let read = Read::of(
        "President Oleksandr Dovhanskyy arrived in Oslo. Mr Dovhansky met Norwegian foreign minister Ingrid Hale. \
         Ms Hale thanked Dovhanskyy.",
    );
    assert_eq!(
        read.forms("Oleksandr Dovhanskyy"),
        ["President", "Oleksandr Dovhanskyy", "Mr Dovhansky", "Dovhanskyy"]
    );
    assert_eq!(read.forms("Ingrid Hale"), ["Norwegian foreign minister", "Ingrid Hale", "Ms Hale"]);
    assert_eq!(read.roles("Ingrid Hale"), ["Norwegian foreign minister"]);
    assert_eq!(read.party("Ingrid Hale"), Some(("Norway", "Norwegian")));
}

#[test]
fn two_of_one_surname_stay_two() {
    let read = Read::of("The award went to Anna Lind and to Peter Lind. Later Lind left. Mrs Lind stayed.");
    assert_eq!(read.forms("Anna Lind"), ["Anna Lind", "Mrs Lind"]);
    assert_eq!(read.forms("Peter Lind"), ["Peter Lind"]);
}

#[test]
fn titles_beside_names_are_roles() {
    for (text, name, role, party) in [
        (
            "It was Bo Lund, the Finnish defence minister, who left.",
            "Bo Lund",
            "Finnish defence minister",
            Some(("Finland", "Finnish")),
        ),
        (
            "So Peru’s foreign minister, Rosa Quispe, left.",
            "Rosa Quispe",
            "Peru’s foreign minister",
            Some(("Peru", "Peru")),
        ),
        (
            "It was Ann Hale, a spokeswoman for the US State Department.",
            "Ann Hale",
            "spokeswoman for the US State Department",
            Some(("United States", "US State Department")),
        ),
        (
            "It was Bo Lund, the foreign affairs adviser to Finnish President Aino Salo.",
            "Bo Lund",
            "foreign affairs adviser to Finnish President Aino Salo",
            Some(("Finland", "Finnish")),
        ),
        (
            "So Republican senator Bo Lund left.",
            "Bo Lund",
            "Republican senator",
            Some(("Republican Party", "Republican")),
        ),
        ("So special envoy to Peru Bo Lund left.", "Bo Lund", "special envoy", None),
        (
            "So EU foreign policy chief Ann Hale left.",
            "Ann Hale",
            "EU foreign policy chief",
            Some(("European Union", "EU")),
        ),
    ] {
        let read = Read::of(text);
        if role != "special envoy" {
            assert_eq!(read.roles(name), [role], "{text}");
        }
        assert_eq!(read.party(name), party, "{text}");
    }
}

#[test]
fn an_adviser_speaks_for_whom_the_principal_does() {
    let read = Read::of("Finnish President Aino Salo came. With her was Salo’s chief of staff, Bo Lund.");
    assert_eq!(read.party("Bo Lund"), Some(("Finland", "Finnish")));
}

#[test]
fn a_title_that_is_a_subject_belongs_to_no_name_before_it() {
    let read = Read::of("Once praised by journalist Bo Lund, the Saudi leader has left.");
    assert_eq!(read.roles("Bo Lund"), ["journalist"]);
    let read = Read::of("With Finnish President Aino Salo's policy adviser Bo Lund, it ended.");
    assert_eq!(read.roles("Aino Salo"), ["Finnish President"]);
    assert_eq!(read.roles("Bo Lund"), ["Aino Salo's policy adviser"]);
}

#[test]
fn a_later_title_is_its_holder_where_one_has_it() {
    let text = "Finnish President Aino Salo met Peru’s president, Luis Quispe. The Finnish president left first. \
                The president said nothing.";
    let read = Read::of(text);
    assert_eq!(read.forms("Aino Salo"), ["Finnish President", "Aino Salo", "The Finnish president"]);
    assert!(!read.forms("Luis Quispe").contains(&"The president"));
}

#[test]
fn countries_seats_and_bodies() {
    let read = Read::of(
        "The United States and the European Union agreed. The US sent aid. Washington and the EU hope so, the Kremlin said. \
         Norway’s foreign ministry said so. The ministry added nothing.",
    );
    assert_eq!(read.forms("United States"), ["United States", "US"]);
    assert_eq!(read.forms("European Union"), ["European Union", "EU"]);
    assert_eq!(read.party("Washington"), Some(("United States", "Washington")));
    assert_eq!(read.party("United States"), None);
    assert_eq!(read.forms("Norway’s foreign ministry"), ["Norway’s foreign ministry", "The ministry"]);
    assert_eq!(read.party("Norway’s foreign ministry"), Some(("Norway", "Norway")));
}

#[test]
fn a_source_gives_its_head() {
    for (text, source, expected) in [
        ("Later Ann Hale, the US envoy, said it rained.", "Ann Hale, the US envoy", Some("Ann Hale")),
        ("Later a spokesman for Mr Hale said it rained.", "a spokesman for Mr Hale", None),
        ("Later Ann Hale and Bo Lund said it rained.", "Ann Hale and Bo Lund", None),
        ("Later the Kremlin said it rained.", "the Kremlin", Some("Kremlin")),
        (
            "Later Kremlin spokesman Ivan Orlov said it rained.",
            "Kremlin spokesman Ivan Orlov",
            Some("Ivan Orlov"),
        ),
        ("Ann Hale left Oslo. Later she said it rained.", "she", Some("Ann Hale")),
        ("Ann Hale met Eva Lund. Officials left. Later he said it rained.", "he", None),
        ("Later people close to Ann Hale said it rained.", "people close to Ann Hale", None),
        ("Later US officials said it rained.", "US officials", Some("US officials")),
    ] {
        assert_eq!(speaker(text, source, "it rained").as_deref(), expected, "{text}");
    }
}

#[test]
fn a_spokesman_is_not_whom_he_speaks_for() {
    let said = |source: &str| {
        let text = format!("Ann Hale said nothing. “The police were told,” {source} said.");
        speaker(&text, source, "The police were told,")
    };
    assert_eq!(said("Hale spokesman Jon Reed").as_deref(), Some("Jon Reed"));
    assert_eq!(said("Hale campaign manager Jon Reed").as_deref(), Some("Jon Reed"));
    assert_ne!(said("Hale and Jon Reed").as_deref(), Some("Jon Reed"));
    assert_ne!(said("a lawyer for Hale, Jon Reed,").as_deref(), Some("Ann Hale"));
}

#[test]
fn first_person_in_a_quotation_is_its_speaker() {
    let text = "Ann Hale spoke. “I will go, my friends,” she said.";
    let report = testing::report(text);
    let mut layers = Rules.annotate(&report);
    let span =
        |words: &str| text.find(words).map(|at| Span::new(at..at + words.len())).expect("it stands there");
    layers.attributions = vec![Attribution {
        source: vec![span("she")],
        cue: vec![span("said")],
        content: vec![span("“I will go, my friends,”")],
        kind: AttributionKind::Direct,
        via: Vec::new(),
        speaker: None,
    }];
    super::resolve(&report, &mut layers);
    let forms: Vec<&str> =
        layers.entities[0].mentions.iter().map(|i| report.slice(layers.mentions[*i].span)).collect();
    assert_eq!(forms, ["Ann Hale", "I", "my", "she"]);
    assert_eq!(layers.attributions[0].speaker, Some(0));
}

#[test]
fn a_pronoun_between_two_stays_open() {
    let read = Read::of(
        "Bo Lund met Peter Lind in Oslo, and later his car was stolen. Anna Salo saw Eva Lind, and her sister.",
    );
    assert_eq!(read.forms("Peter Lind"), ["Peter Lind"]);
    assert!(read.layers.entities.iter().all(|e| e.mentions.windows(2).all(|pair| pair[0] < pair[1])));
}

#[test]
fn the_subject_of_the_nearest_clause_is_meant() {
    let text = "Bo Lund told reporters that it was late, whereas Peter Hale said he believed in it.";
    let read = Read::of(text);
    assert_eq!(read.forms("Peter Hale"), ["Peter Hale", "he"]);
}

#[test]
fn a_surname_alone_means_whom_it_meant_before() {
    let read = Read::of("Peter Lind came. Lind spoke. His wife Anna Lind left. Later Lind spoke again.");
    assert_eq!(read.forms("Anna Lind"), ["Anna Lind"]);
    assert_eq!(read.forms("Peter Lind").len(), 4);
}

#[test]
fn a_title_right_after_its_bearers_words_is_the_speaker() {
    let text = "The envoy met his Peruvian counterpart, Rosa Quispe. Quispe said it rained. \
                Later the Peruvian foreign minister said it was late.";
    let report = testing::report(text);
    let mut layers = Rules.annotate(&report);
    let span =
        |words: &str| text.find(words).map(|at| Span::new(at..at + words.len())).expect("it stands there");
    let said = |source: &str, content: &str| told(span(source), span(content));
    layers.attributions =
        vec![said("Quispe said", "it rained"), said("the Peruvian foreign minister", "it was late")];
    layers.attributions[0].source = vec![Span::new(text.find("Quispe said").map_or(0..0, |at| at..at + 6))];
    super::resolve(&report, &mut layers);
    let name = |i: usize| layers.attributions[i].speaker.map(|e| layers.entities[e].name.as_str());
    assert_eq!((name(0), name(1)), (Some("Rosa Quispe"), Some("Rosa Quispe")));
}

#[test]
fn a_caption_interrupts_no_discourse() {
    let text = "Bo Lund said he believed in a truce.\nLund said there will be talks\nPHOTO AGENCY\nHe pleaded for calm.";
    let furniture =
        [(RegionKind::Caption, "Lund said there will be talks"), (RegionKind::Credit, "PHOTO AGENCY")];
    let report = testing::report_with(text, &furniture);
    let layers = Rules.annotate(&report);
    let pleading = text.find("He pleaded").expect("it stands there") as u32;
    let he = layers.mentions.iter().find(|m| m.span.start == pleading).expect("a pronoun");
    assert_eq!(he.entity.map(|e| layers.entities[e].name.as_str()), Some("Bo Lund"));
}

#[test]
fn a_pronoun_opens_a_paragraph_after_one_who_acts() {
    let one = "Ann Hale visited Oslo. Her staff left. Crowds came to see Eva Lind and Rosa Salo.\nShe arrived late.";
    assert!(Read::of(one).forms("Ann Hale").contains(&"She"));
    let two = "Ann Hale visited Oslo. Later Eva Lind left while Rosa Salo stayed.\nShe arrived late.";
    let read = Read::of(two);
    assert!(!read.forms("Ann Hale").contains(&"She") && !read.forms("Eva Lind").contains(&"She"));
}

#[test]
fn a_ministry_named_elsewhere_says_whose_spokesman_it_is() {
    let text = "The Norwegian defence ministry was silent. Ann Hale, defence ministry spokeswoman, left.";
    assert_eq!(Read::of(text).party("Ann Hale"), Some(("Norway", "Norwegian")));
    let two = "The Norwegian defence ministry and the Finnish defence ministry met. \
               Ann Hale, defence ministry spokeswoman, left.";
    assert_eq!(Read::of(two).party("Ann Hale"), None);
}

#[test]
fn roles_are_short_and_without_age() {
    let text = "It was Bo Lund, the 49-year-old head of the Sylvan Fund. With him was then-Finnish President Aino Salo.";
    let read = Read::of(text);
    assert_eq!(read.roles("Bo Lund"), ["head of the Sylvan Fund"]);
    assert_eq!(read.roles("Aino Salo"), ["Finnish President"]);
    let read = Read::of("President Aino Salo left. Finnish President Aino Salo came back.");
    assert_eq!(read.roles("Aino Salo"), ["Finnish President", "President"]);
}

#[test]
fn a_name_that_no_lexicon_holds_speaks() {
    for (text, source, expected) in [
        ("It rained, said Ilvane Dorrec, a survivor.", "Ilvane Dorrec, a survivor", Some("Ilvane Dorrec")),
        (
            "It rained, said Ilvane Dorrec, the operator’s chief engineer, on Monday.",
            "Ilvane Dorrec, the operator’s chief engineer",
            Some("Ilvane Dorrec"),
        ),
        ("It rained, said Dorrec, a survivor.", "Dorrec, a survivor", Some("Dorrec")),
        (
            "It rained, said Dorrec Marine, the operator of the pier.",
            "Dorrec Marine, the operator of the pier",
            Some("Dorrec Marine"),
        ),
        ("It rained, said Norway, the Netherlands and Peru.", "Norway, the Netherlands and Peru", None),
        ("It rained, said Dorrec officials.", "Dorrec officials", None),
    ] {
        assert_eq!(speaker(text, source, "It rained").as_deref(), expected, "{text}");
    }
}

#[test]
fn a_canal_is_not_its_authority() {
    let read =
        Read::of("So the Canal Authority left. So it was when the Canal was shut by the Canal Authority.");
    assert_eq!(read.forms("Canal Authority"), ["Canal Authority", "Canal Authority"]);
}

/// The speaker of a cue that has no source of its own.
fn unsourced(text: &str, cue: &str) -> Option<String> {
    let report = testing::report(text);
    let mut layers = Rules.annotate(&report);
    let at = text.find(cue).expect("the cue stands in the text");
    layers.attributions = vec![Attribution {
        source: Vec::new(),
        cue: vec![Span::new(at..at + cue.len())],
        content: vec![Span::new(at + cue.len() + 1..text.len() - 1)],
        kind: AttributionKind::Indirect,
        via: Vec::new(),
        speaker: None,
    }];
    super::resolve(&report, &mut layers);
    layers.attributions[0].speaker.map(|id| layers.entities[id].name.clone())
}

#[test]
fn a_participle_goes_on_with_the_subject() {
    let hale = Some("Ann Hale".to_owned());
    assert_eq!(unsourced("Ann Hale left the hall, saying the vote was lost.", "saying"), hale);
    assert_eq!(
        unsourced("Bo Lund learned that Ann Hale had called him a fool, saying he knew nothing.", "saying"),
        hale
    );
    // Hale may have said it, or Lund.
    assert_eq!(unsourced("Bo Lund believed that Ann Hale had left, saying it was late.", "saying"), None);
}

#[test]
fn a_sentence_without_a_subject_goes_on_with_the_one_before() {
    let text = "Ann Hale voted for the bridge. But then changed course, saying it cost too much.";
    assert_eq!(unsourced(text, "saying"), Some("Ann Hale".to_owned()));
    let parted = "Ann Hale voted for the bridge.\n\nBut then changed course, saying it cost too much.";
    assert_eq!(unsourced(parted, "saying"), None);
}

#[test]
fn a_local_title_right_after_somebody_is_that_person() {
    let text = "Robin Hale stopped short of calling it a crime. The Ohio senator said it was wrong.";
    assert_eq!(speaker(text, "The Ohio senator", "it was wrong"), Some("Robin Hale".to_owned()));
    let other = format!("Earlier Senator Kim Lund of Ohio spoke. {text}");
    assert_ne!(speaker(&other, "The Ohio senator", "it was wrong"), Some("Robin Hale".to_owned()));
    let field = "Robin Hale opposed the plan. The Ohio health minister said it was wrong.";
    assert_eq!(speaker(field, "The Ohio health minister", "it was wrong"), None);
}

#[test]
fn somebody_without_a_name_keeps_the_pronoun() {
    let means = |sentence: &str| {
        let text = format!("Mayor Ann Hale spoke on Friday. {sentence}");
        let read = Read::of(&text);
        read.forms("Ann Hale").contains(&"her")
    };
    assert!(means("The storm hit her house."));
    assert!(!means("A young woman died when a tree fell on her car."));
    assert!(means("Hale, a doctor, said the storm hit her house."));
}

#[test]
fn one_of_a_pair_is_seldom_he() {
    let text =
        "Robin Hale and Kim Lind were attacked by Bo Lund, also in a letter in which he said they should go.";
    assert_eq!(speaker(text, "he", "they should go"), Some("Bo Lund".to_owned()));
}

#[test]
fn an_apposition_with_an_adjective_of_nation_says_what_the_source_is() {
    let text =
        "MEDRA, the Norwegian group that was to host Robin Hale and Kim Lind in Oslo, said it was wrong.";
    let source = "MEDRA, the Norwegian group that was to host Robin Hale and Kim Lind in Oslo";
    assert_eq!(speaker(text, source, "it was wrong"), Some("MEDRA".to_owned()));
    let list = "Norway, the European Union and Peru said it was wrong.";
    assert_eq!(speaker(list, "Norway, the European Union and Peru", "it was wrong"), None);
}

#[test]
fn a_local_party_member_right_after_somebody_is_that_person() {
    let text = "Robin Hale called it a snub. The Ohio Democrat, long a friend of Peru, called it sad.";
    let source = "The Ohio Democrat, long a friend of Peru,";
    assert_eq!(speaker(text, source, "it sad"), Some("Robin Hale".to_owned()));
    let other = text.replace("Robin Hale called", "Republican senator Robin Hale called");
    assert_eq!(speaker(&other, source, "it sad"), None);
}

#[test]
fn a_bare_title_is_the_holder_at_home() {
    let text = "President Robin Hale met Peruvian President Kim Lund. The president said it was late.";
    assert_eq!(speaker(text, "The president", "it was late"), Some("Robin Hale".to_owned()));
    let abroad =
        "Finnish President Robin Hale met Peruvian President Kim Lund. The president said it was late.";
    assert_eq!(speaker(abroad, "The president", "it was late"), None);
}

#[test]
fn an_office_is_taken_whole() {
    for (text, name, role) in [
        (
            "So Peruvian Deputy Foreign Minister Rosa Quispe left.",
            "Rosa Quispe",
            "Peruvian Deputy Foreign Minister",
        ),
        ("So captain Tom Bell left.", "Tom Bell", "captain"),
        ("A spokeswoman, Mia Lund, left.", "Mia Lund", "spokeswoman"),
        ("Orvik’s commerce secretary, Bo Lund, left.", "Bo Lund", "Orvik’s commerce secretary"),
        ("Then the council’s negotiator, Rosa Quispe, left.", "Rosa Quispe", "the council’s negotiator"),
        ("Union secretary Jan Lund left.", "Jan Lund", "Union secretary"),
    ] {
        assert_eq!(Read::of(text).roles(name), [role], "{text}");
    }
}

#[test]
fn its_leader_alone_is_no_role() {
    let read = Read::of(
        "The Civic Alliance left. Its leader, Viktor Stahl, stayed. Then the Civic Alliance leader slept.",
    );
    assert_eq!(read.roles("Viktor Stahl"), [""; 0]);
    let read = Read::of("Then the party’s leader, Rosa Quispe, left. “No,” said party leader Rosa Quispe.");
    assert_eq!(read.roles("Rosa Quispe"), ["party leader"]);
}

#[test]
fn members_of_another_party_are_not_of_the_known_one() {
    for text in [
        "It was Lea Lund, leader of the Free Democrats, who left.",
        "It was Lea Lund, leader of the Social Democrats, who left.",
    ] {
        let party = Read::of(text);
        let known = party.party("Lea Lund").map(|(name, _)| name.to_owned());
        assert!(!matches!(known.as_deref(), Some("Democratic Party" | "Labour Party")), "{text}: {known:?}");
    }
    let read = Read::of("It was Lea Lund, leader of the House Democrats, who left.");
    assert_eq!(read.party("Lea Lund"), Some(("Democratic Party", "Democrats")));
}

#[test]
fn a_house_of_government_is_of_a_country_that_the_report_names() {
    let read = Read::of("Orvik is calm. White House spokesman Bo Lund left.");
    assert_eq!(read.party("Bo Lund"), Some(("White House", "White House")));
    let read = Read::of("The US is calm. White House spokesman Bo Lund left.");
    assert_eq!(read.party("Bo Lund"), Some(("United States", "White House")));
}

#[test]
fn a_firm_a_town_and_its_radio_are_three() {
    let read = Read::of(
        "Talvik and Nordane form Talvik Nordane. Talvik left. Varn Radio said so. It rained in Varn.",
    );
    assert_eq!(read.forms("Talvik Nordane"), ["Talvik Nordane"]);
    assert_eq!(read.forms("Talvik"), ["Talvik", "Talvik"]);
    assert_eq!(read.forms("Varn"), ["Varn"]);
    let read = Read::of("Orvik Holdings left. Then Orvik said its plant was shut.");
    assert_eq!(read.forms("Orvik Holdings"), ["Orvik Holdings", "Orvik", "its"]);
}

#[test]
fn it_is_the_body_that_acts_before() {
    let last = |text: &str, body: &str| {
        let read = Read::of(text);
        let mut forms = read.forms(body);
        forms.pop().unwrap_or_default().to_owned()
    };
    for (text, last_form) in [
        ("The Rail Safety Office met. It fined the crew.", "It"),
        ("The Rail Safety Office met. It is cold.", "Rail Safety Office"),
        ("The Rail Safety Office met a rival. It fined the crew.", "Rail Safety Office"),
        ("The Rail Safety Office wants the Orvik Council to pay. It also wants rain.", "It"),
        ("The Rail Safety Office met. If it fines the crew, all will leave.", "Rail Safety Office"),
        ("The Rail Safety Office wrote a report. It said so.", "Rail Safety Office"),
        ("The Rail Safety Office will close its yard.", "its"),
    ] {
        assert_eq!(last(text, "Rail Safety Office"), last_form, "{text}");
    }
}

#[test]
fn a_source_is_nobody_whom_its_own_words_name() {
    for (text, content, expected) in [
        (
            "Bo Lund regretted the strike. Peter Hale had been ready to talk, he said.",
            "Peter Hale had been ready to talk",
            Some("Bo Lund"),
        ),
        (
            "Bo Lund thanked President Peter Hale. The president will travel, he said.",
            "The president will travel",
            Some("Bo Lund"),
        ),
        (
            "The head of the delegation, Deputy Prime Minister Bo Lund, spoke. Peter Hale was wrong, he said.",
            "Peter Hale was wrong",
            Some("Bo Lund"),
        ),
        ("Peter Hale came. Peter Hale was wrong, he said.", "Peter Hale was wrong,", None),
        ("Bo Lund spoke. He would stay, he said.", "He would stay", Some("Bo Lund")),
    ] {
        assert_eq!(speaker(text, "he said", content).as_deref(), expected, "{text}");
    }
}

#[test]
fn whoever_spoke_goes_on_though_without_a_name() {
    let said = |before: &str| {
        let text = format!("{before} The plan was off, she said.");
        let report = testing::report(&text);
        let mut layers = Rules.annotate(&report);
        let span = |words: &str| {
            let start = text.rfind(words).expect("the words stand in the text");
            Span::new(start..start + words.len())
        };
        let attribution = |source: &str, content: &str| told(span(source), span(content));
        layers.attributions = vec![attribution("she", "The plan was off")];
        let earlier = before.rsplit(". ").next().and_then(|last| last.split_once(" said "));
        layers.attributions.extend(earlier.map(|(source, content)| attribution(source, content)));
        super::resolve(&report, &mut layers);
        layers.attributions[0].speaker.map(|i| layers.entities[i].name.clone())
    };
    assert_eq!(said("Eva Lind said it rained."), Some("Eva Lind".to_owned()));
    for text in [
        "Eva Lind left. An Alden spokeswoman said it rained.",
        "Eva Lind left. A woman in the queue said it rained.",
        "Eva Lind left. The judge said it rained.",
    ] {
        assert_eq!(said(text), None, "{text}");
    }
    // Ministries and men are no "she".
    for text in [
        "Eva Lind left. The ministry said it rained.",
        "Eva Lind left. A spokesman for the town said it rained.",
    ] {
        assert_eq!(said(text), Some("Eva Lind".to_owned()), "{text}");
    }
}

#[test]
fn a_spokeswoman_who_says_that_she_is_sorry_speaks_of_herself() {
    let read = Read::of("Eva Lind left the hall. A spokeswoman said she was sorry.");
    assert!(!read.forms("Eva Lind").contains(&"she"));
}

#[test]
fn a_title_before_a_title_and_a_name_is_its_bearer_and_their_leader_another() {
    let text = "The ministers will resign, its leader, Farm Minister Jens Lund, said. The crowd left. \
                Their leader, Bo Hale, stayed. Its leader slept.";
    let read = Read::of(text);
    assert!(read.forms("Jens Lund").contains(&"its leader"));
    assert_eq!(read.forms("Bo Hale"), ["Their leader", "Bo Hale"]);
}

#[test]
fn a_role_is_taken_whole_before_a_name() {
    for (text, name, role) in [
        ("So Bank of Orvik Governor Ann Hale left.", "Ann Hale", "Bank of Orvik Governor"),
        ("Left Alliance leader Bo Lund left.", "Bo Lund", "Left Alliance leader"),
        ("VKF chief Bo Lund left.", "Bo Lund", "VKF chief"),
        ("But shop owner Bo Lund left.", "Bo Lund", "shop owner"),
    ] {
        assert_eq!(Read::of(text).roles(name), [role], "{text}");
    }
}
