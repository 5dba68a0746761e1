//! Names from a network's scores.
//!
//! In: a reading, the mentions of the rules. Out: the mentions with better names. Where both see a name in the same words the
//! network says what it names, but for the finer kinds, which only the lexicons know; where the spans differ the
//! network's stands; a name that only one of them sees needs the network's consent. It does not know who bears a name.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rashomon_network::heads::NAMES;
use rashomon_network::matrix::{exp, softmax};
use rashomon_network::network::Reading;
use rashomon_network::viterbi;

use crate::annotate::lexicon::Known;
use crate::annotate::mentions::{Proposals, is_particle};
use crate::annotate::{Annotations, EntityKind, Mention, MentionKind, Pos, lexicon};
use crate::report::Report;
use crate::span::Span;

/// A name of the rules stays where the network's mean probability of "no name" is below this. The better of two
/// settings (0.9 with 0.6, 0.6 with 0.5) on CrossNER politics dev.
const SURE: f32 = 0.9;
/// A name that only the network sees must have this mean probability. Chosen with [`SURE`].
const LEAST: f32 = 0.6;

/// The kinds that the network tells apart, in the order of its labels.
const KINDS: [EntityKind; 5] =
    [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::Event, EntityKind::Other];

/// A name that the network reads.
struct Name {
    words: Range<usize>,
    kind: EntityKind,
    probability: f32,
}

impl Name {
    fn span(&self, layers: &Annotations) -> Span {
        layers.tokens[self.words.start].span.cover(layers.tokens[self.words.end - 1].span)
    }
}

/// Corrects the names among the mentions of `layers`.
pub fn correct(reading: &Reading, report: &Report, layers: &mut Annotations) {
    let text = report.text.as_str();
    let probabilities = probabilities(reading);
    let names = read(&probabilities, report, layers);
    let mut taken = vec![false; names.len()];
    let mut out: Vec<Mention> = Vec::new();
    for mention in &layers.mentions {
        if mention.kind != MentionKind::Name {
            out.push(*mention);
            continue;
        }
        let words = layers.tokens_in(mention.span);
        let over: Vec<usize> = (0..names.len()).filter(|i| overlap(&names[*i].words, &words)).collect();
        match over[..] {
            [] if none(&probabilities, &words) >= SURE && !is_party(report, layers, mention) => {}
            [] => out.push(*mention),
            [one] if !taken[one] && same(layers, text, &names[one].words, &words) => {
                taken[one] = true;
                out.push(Mention { of: kind(mention.of, &names[one]), ..*mention });
            }
            _ => {}
        }
    }
    for (name, taken) in names.iter().zip(taken) {
        let span = name.span(layers);
        let free = !layers.sentence_at(span.start).is_none_or(|s| layers.sentences[s].furniture)
            && !out.iter().any(|m| m.span.overlaps(span) && leaves_no_room(m.kind));
        if !taken && free && name.probability >= LEAST {
            let head = layers.tokens[name.words.end - 1].span;
            let head = if name.kind == EntityKind::Person { head } else { span };
            out.push(Mention { span, head, kind: MentionKind::Name, of: name.kind, entity: None });
        }
    }
    out.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.kind));
    layers.mentions = out;
}

/// Whether the lexicons know the name as that of a party's members, and no head of a sentence gives it its capital: "the opposition Conservatives".
fn is_party(report: &Report, layers: &Annotations, mention: &Mention) -> bool {
    let name = report.slice(mention.span);
    // "Democratic" is an adjective more often than not.
    let many = name.ends_with('s') && !name.contains(' ');
    let party =
        many && matches!(lexicon::known(name), Some(Known::Group(Some(_)) | Known::Organization { .. }));
    let sentence = layers.sentence_at(mention.span.start).map(|i| layers.sentences[i].span.start);
    party && sentence.is_some_and(|start| start < mention.span.start)
}

fn overlap(left: &Range<usize>, right: &Range<usize>) -> bool {
    left.start < right.end && right.start < left.end
}

/// Whether two names are one but for an article or a mark at an end.
fn same(layers: &Annotations, text: &str, left: &Range<usize>, right: &Range<usize>) -> bool {
    let bare = |range: &Range<usize>| -> Vec<usize> {
        let plain = |i: &usize| {
            let token = layers.tokens[*i];
            let word = token.span.of(text);
            let honorific =
                matches!(word, "Mr" | "Mr." | "Mrs" | "Mrs." | "Ms" | "Ms." | "Dr" | "Dr." | "Sir");
            !matches!(token.pos, Pos::DT | Pos::Punct | Pos::POS) && !honorific
        };
        range.clone().filter(plain).collect()
    };
    bare(left) == bare(right)
}

/// The network's kind where it is sure, the rules' where it is not. Groups, works and laws are told by lexicons; the
/// network knows them as "other".
fn kind(rule: EntityKind, name: &Name) -> EntityKind {
    let finer = name.kind == EntityKind::Other && rule != EntityKind::Other;
    let sure = rule == EntityKind::Other || name.probability >= SURE;
    if sure && !finer { name.kind } else { rule }
}

fn probabilities(reading: &Reading) -> Vec<f32> {
    let mut rows = reading.names.values.clone();
    rows.chunks_exact_mut(NAMES).for_each(softmax);
    rows
}

/// The mean probability that the words are no name.
fn none(probabilities: &[f32], words: &Range<usize>) -> f32 {
    let total: f32 = words.clone().map(|word| probabilities[word * NAMES]).sum();
    total / words.len().max(1) as f32
}

fn read(probabilities: &[f32], report: &Report, layers: &Annotations) -> Vec<Name> {
    let text = report.text.as_str();
    let scores: Vec<f32> = probabilities.iter().map(|p| p.max(exp(-30.0)).ln()).collect();
    let starts: Vec<bool> = starts(layers);
    let change = |word: usize, from: usize, to: usize| {
        let inside = to > 0 && to.is_multiple_of(2);
        let goes_on = inside && (from == to || from == to - 1) && !starts[word];
        if inside && !goes_on { f32::NEG_INFINITY } else { 0.0 }
    };
    let labels = viterbi::best(&scores, NAMES, change);
    let mut names: Vec<Name> = Vec::new();
    for (word, label) in labels.iter().enumerate().filter(|(_, label)| **label > 0) {
        let probability = probabilities[word * NAMES + label];
        match names.last_mut().filter(|_| label % 2 == 0) {
            Some(name) => {
                let before = name.words.len() as f32;
                name.probability = (name.probability * before + probability) / (before + 1.0);
                name.words.end = word + 1;
            }
            None => names.push(Name { words: word..word + 1, kind: KINDS[(label - 1) / 2], probability }),
        }
    }
    let titles: Vec<Range<usize>> = layers
        .mentions
        .iter()
        .filter(|m| m.kind == MentionKind::Title)
        .map(|m| layers.tokens_in(m.span))
        .collect();
    names = names.into_iter().flat_map(|name| parted(name, &titles)).collect();
    // "President Ann Hale" is a title and a name.
    for name in names.iter_mut().filter(|name| name.kind == EntityKind::Person) {
        let title =
            titles.iter().find(|title| title.contains(&name.words.start) && title.end < name.words.end);
        name.words.start = title.map_or(name.words.start, |title| title.end);
    }
    names.iter_mut().for_each(|name| trim(name, text, layers));
    let proposals = Proposals::of(report, layers);
    for name in names.iter_mut().filter(|name| name.words.len() > 1) {
        name.words.start += usize::from(proposals.is_described(name.span(layers)));
    }
    let mut names = widened(names, text, layers);
    // An honorific or an office alone is nobody's name.
    names.retain(|name| !name.words.is_empty() && !is_bare_title(name, text, layers));
    agree(&mut names, text, layers);
    peoples(&mut names, text, layers);
    impersonal(&mut names, &proposals, layers);
    names
}

/// The names with the words that are a part of them: "Hart & Stone" is one, and so are "the Competition and Markets
/// Authority", "the Prosecutor’s Office" and "Great Lake Lines".
fn widened(names: Vec<Name>, text: &str, layers: &Annotations) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    for mut name in names {
        let floor = out.last().map_or(0, |before| before.words.end);
        let joined = name.words.start == floor + 1 && is_ampersand(floor, text, layers);
        let persons = |before: &Name| {
            let both = before.kind == EntityKind::Person && name.kind == EntityKind::Person;
            both && before.words.len() + name.words.len() > 2
        };
        let firm = |before: &&mut Name| joined && !before.words.is_empty() && !persons(before);
        if let Some(before) = out.last_mut().filter(firm) {
            before.words.end = name.words.end;
            before.kind = EntityKind::Organization;
            before.probability = before.probability.max(name.probability);
            continue;
        }
        if !name.words.is_empty() {
            name.words.start = body_start(&name, text, layers).max(floor);
        }
        out.push(name);
    }
    out
}

fn is_ampersand(i: usize, text: &str, layers: &Annotations) -> bool {
    layers.tokens.get(i).is_some_and(|token| token.span.of(text) == "&")
}

/// Where the name of a body begins that a network read without its first words.
fn body_start(name: &Name, text: &str, layers: &Annotations) -> usize {
    let start = name.words.start;
    let word = |back: usize| {
        start.checked_sub(back).and_then(|i| layers.tokens.get(i)).map_or("", |token| token.span.of(text))
    };
    let capital = |back: usize| word(back).starts_with(char::is_uppercase);
    let pos = |back: usize| start.checked_sub(back).and_then(|i| layers.tokens.get(i)).map(|token| token.pos);
    let last = layers.tokens.get(name.words.end - 1).map_or("", |token| token.span.of(text));
    let body = name.kind == EntityKind::Organization;
    let fields = matches!(
        last,
        "Authority" | "Commission" | "Agency" | "Board" | "Council" | "Committee" | "Ministry"
    ) && word(1) == "and"
        && capital(2)
        && matches!(pos(2), Some(Pos::NN | Pos::NNS))
        && word(3).eq_ignore_ascii_case("the");
    if body && name.words.len() > 1 && fields {
        return start - 2;
    }
    if name.words.len() == 1 && last == "Office" && pos(1) == Some(Pos::POS) && capital(2) {
        let owner = (2..6).take_while(|back| capital(*back) && pos(*back).is_some_and(Pos::is_noun)).last();
        return owner.map_or(start, |back| start - back);
    }
    // Of the adjectives that open such names, these are read as words of the sentence.
    let adjective =
        matches!(word(1), "Great" | "Grand" | "Royal" | "Common") && pos(1).is_some_and(Pos::is_adjective);
    if body && adjective { start - 1 } else { start }
}

/// What leaves no room for a name: another one, and a pronoun.
fn leaves_no_room(kind: MentionKind) -> bool {
    matches!(kind, MentionKind::Name | MentionKind::Pronoun)
}

/// What the report as a whole shows to be no person is none, whatever the words right around it are like.
fn impersonal(names: &mut [Name], proposals: &Proposals, layers: &Annotations) {
    let spans: Vec<Span> = names.iter().map(|name| name.span(layers)).collect();
    for (name, kind) in names.iter_mut().zip(proposals.impersonal(&spans)) {
        // A medal and a law are no body, though their names are made of ordinary words.
        let unknown = name.kind == EntityKind::Other && name.words.len() == 1;
        let open = name.kind == EntityKind::Person || unknown;
        name.kind = kind.filter(|_| open).unwrap_or(name.kind);
    }
}

/// "Hale spokesman Jon Reed" is two people: whose spokesman, and who. So are "Bergen Mayor Jon Reed" a town and a person.
fn parted(name: Name, titles: &[Range<usize>]) -> Vec<Name> {
    let words = name.words.clone();
    let within = |title: &&Range<usize>| words.start < title.start && title.end < words.end;
    let Some(title) = titles.iter().find(within).filter(|_| name.kind == EntityKind::Person) else {
        return vec![name];
    };
    // What the title belongs to may be a person, a place or a body: its other uses decide.
    let owner = Name { words: words.start..title.start, probability: LEAST, kind: EntityKind::Other };
    let holder = Name { words: title.end..words.end, ..name };
    vec![owner, holder]
}

/// Leaves out words at either end that can neither begin nor end a name, "Ann Hale of", and where somebody is from: "Ann Hale
/// of Ohio".
fn trim(name: &mut Name, text: &str, layers: &Annotations) {
    let of = name.words.clone().skip(2).find(|word| layers.tokens[*word].span.of(text) == "of");
    if let Some(of) = of.filter(|_| name.kind == EntityKind::Person) {
        name.words.end = of;
    }
    if name.kind == EntityKind::Person {
        go_on(name, text, layers);
        name.words.start += membership(name, text, layers);
    }
    while !name.words.is_empty() && is_loose(name.words.end - 1, text, layers) {
        name.words.end -= 1;
    }
    while !name.words.is_empty() && is_loose(name.words.start, text, layers) {
        name.words.start += 1;
    }
}

/// Words for members of parties, which may stand before a name.
const MEMBERS: &[&str] = &[
    "social democrat",
    "liberal democrat",
    "christian democrat",
    "free democrat",
    "democrat",
    "republican",
    "conservative",
    "socialist",
    "communist",
    "tory",
];

/// How many words at the head of a person's name only say of which party that person is: "Social Democrat Jonas Field".
fn membership(name: &Name, text: &str, layers: &Annotations) -> usize {
    let head = |count: usize| {
        let words = name.words.clone().take(count).map(|i| layers.tokens[i].span.of(text).to_lowercase());
        words.collect::<Vec<_>>().join(" ")
    };
    let fits = |count: &usize| name.words.len() >= count + 2 && MEMBERS.contains(&head(*count).as_str());
    [2, 1].into_iter().find(fits).unwrap_or(0)
}

/// Whether a word can neither begin nor end a name: a small word, a pronoun, and a verb without a capital ("he told").
fn is_loose(word: usize, text: &str, layers: &Annotations) -> bool {
    let token = layers.tokens[word];
    match token.pos {
        Pos::IN | Pos::TO | Pos::CC | Pos::POS => true,
        Pos::PRP | Pos::PRPS => !token.span.of(text).chars().all(char::is_uppercase),
        pos => pos.is_verb() && token.span.of(text).starts_with(char::is_lowercase),
    }
}

/// "Maarten van" goes on with "der Berg": a surname does not end with its particle.
fn go_on(name: &mut Name, text: &str, layers: &Annotations) {
    let word = |i: usize| layers.tokens.get(i).map_or("", |token| token.span.of(text));
    let particles = (name.words.end - 1..).take_while(|i| is_particle(word(*i))).count();
    let surname = name.words.end - 1 + particles;
    if particles > 0 && word(surname).starts_with(char::is_uppercase) {
        name.words.end = surname + 1;
    }
}

fn is_bare_title(name: &Name, text: &str, layers: &Annotations) -> bool {
    let words = || name.words.clone().map(|word| layers.tokens[word].span.of(text));
    let office = words().collect::<Vec<_>>().join(" ").to_lowercase();
    let office =
        matches!(name.kind, EntityKind::Person | EntityKind::Other) && lexicon::office(&office).is_some();
    office || words().all(is_honorific)
}

/// One kind for all uses of a name in the report: the one that they give together. A surname alone is what the whole
/// name is, and so is the first word of a body's ("Orvik" behind "Orvik Motors"), unless it is somebody's or a place.
fn agree(names: &mut [Name], text: &str, layers: &Annotations) {
    let words = |name: &Name| name.span(layers).of(text);
    let mut votes: BTreeMap<&str, [f32; 5]> = BTreeMap::new();
    let mut surnames: BTreeSet<&str> = BTreeSet::new();
    // Of whom it is less sure that they are somebody too, and with straight apostrophes.
    let mut borne: BTreeSet<String> = BTreeSet::new();
    for name in names.iter() {
        votes.entry(words(name)).or_default()[place(name.kind)] += name.probability;
        let surname = words(name).rsplit_once(' ').filter(|_| name.kind == EntityKind::Person);
        if let Some((_, surname)) = surname {
            borne.insert(surname.replace('’', "'"));
            surnames.extend(Some(surname).filter(|_| name.probability >= SURE));
        }
    }
    let most = |form: &str| {
        let votes = votes.get(form).copied().unwrap_or_default();
        KINDS[(0..KINDS.len()).max_by(|a, b| votes[*a].total_cmp(&votes[*b])).unwrap_or_default()]
    };
    let of_bodies = names.iter().map(words).filter(|form| most(form) == EntityKind::Organization);
    let bodies: BTreeSet<&str> =
        of_bodies.filter_map(|form| form.split_once(' ')).map(|(first, _)| first).collect();
    let kinds: Vec<EntityKind> = names
        .iter()
        .map(|name| {
            let form = words(name);
            let single = !form.contains(' ');
            let known = lexicon::known(form).is_some() || lexicon::is_given_name(form);
            let body = single && bodies.contains(form) && !known && !borne.contains(&form.replace('’', "'"));
            match most(form) {
                _ if single && surnames.contains(form) => EntityKind::Person,
                EntityKind::Person | EntityKind::Other if body => EntityKind::Organization,
                kind => kind,
            }
        })
        .collect();
    for (name, kind) in names.iter_mut().zip(kinds) {
        name.kind = kind;
    }
}

/// "Ruritania" beside "Ruritanian": one is a country, the other its people, though no lexicon knows them.
fn peoples(names: &mut [Name], text: &str, layers: &Annotations) {
    let word = |name: &Name| layers.tokens[name.words.start].span.of(text);
    let single = |name: &&Name| name.words.len() == 1 && word(name).chars().count() > 3;
    let whole = |name: &&Name| name.kind == EntityKind::Person && name.words.len() > 1;
    let surnames: BTreeSet<&str> =
        names.iter().filter(whole).map(|name| layers.tokens[name.words.end - 1].span.of(text)).collect();
    let forms: BTreeSet<&str> = names.iter().filter(single).map(word).collect();
    let endings = ["n", "an", "ian", "ese"];
    let has = |form: &str| endings.iter().any(|end| forms.contains(format!("{form}{end}").as_str()));
    let countries: BTreeSet<&str> =
        forms.iter().filter(|form| !surnames.contains(*form) && has(form)).copied().collect();
    for name in names.iter_mut().filter(|name| name.words.len() == 1) {
        let form = word(name);
        let people = endings.iter().any(|end| form.strip_suffix(end).is_some_and(|f| countries.contains(f)));
        if people {
            name.kind = EntityKind::Group;
        } else if countries.contains(form) {
            name.kind = EntityKind::Place;
        }
    }
}

fn place(kind: EntityKind) -> usize {
    KINDS.iter().position(|known| *known == kind).unwrap_or(KINDS.len() - 1)
}

fn is_honorific(word: &str) -> bool {
    matches!(word, "Mr" | "Mr." | "Mrs" | "Mrs." | "Ms" | "Ms." | "Dr" | "Dr." | "Sir" | ".")
        || lexicon::is_rank(word)
}

/// Whether a sentence begins at each token.
fn starts(layers: &Annotations) -> Vec<bool> {
    let mut starts = vec![false; layers.tokens.len()];
    for sentence in &layers.sentences {
        starts.get_mut(sentence.tokens.start).into_iter().for_each(|start| *start = true);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::report;
    use super::*;
    use crate::annotate::{Annotator, Rules};

    #[test]
    fn whose_spokesman_somebody_is_is_no_part_of_his_name() {
        let text = "Ann Hale said nothing. The police were told, Hale spokesman Jon Reed said.";
        for model in [super::super::accurate(), super::super::fast()] {
            let layers = model.annotate(&report(text));
            let people: Vec<&str> = layers.entities.iter().map(|entity| entity.name.as_str()).collect();
            assert_eq!(people, ["Ann Hale", "Jon Reed"], "{}", model.name);
            let speaker = layers.attributions.last().and_then(|a| a.speaker);
            assert_eq!(speaker.map(|speaker| people[speaker]), Some("Jon Reed"), "{}", model.name);
        }
    }

    /// Names of `words` (first word, last word, kind), trimmed and agreed.
    fn settled(text: &str, names: &[(&str, &str, EntityKind)]) -> Vec<(String, EntityKind)> {
        let report = report(text);
        let layers = Rules::propose(&report);
        let word = |form: &str, from: usize| {
            let rest = layers.tokens.iter().skip(from).position(|t| t.span.of(text) == form);
            from + rest.expect("the word stands in the text")
        };
        let mut from = 0;
        let read = |(first, last, kind): &(&str, &str, EntityKind)| {
            let start = word(first, from);
            from = word(last, start) + 1;
            Name { words: start..from, kind: *kind, probability: SURE }
        };
        let mut names: Vec<Name> = names.iter().map(read).collect();
        names.iter_mut().for_each(|name| trim(name, text, &layers));
        names.retain(|name| !name.words.is_empty() && !is_bare_title(name, text, &layers));
        agree(&mut names, text, &layers);
        peoples(&mut names, text, &layers);
        names.iter().map(|name| (name.span(&layers).of(text).to_owned(), name.kind)).collect()
    }

    #[test]
    fn a_name_ends_before_its_preposition_and_an_office_is_none() {
        use EntityKind::Person;
        let text = "Then President Ann Hale of Ohio spoke.";
        let found = settled(text, &[("President", "President", Person), ("Ann", "Ohio", Person)]);
        assert_eq!(found, [("Ann Hale".to_owned(), Person)]);
    }

    #[test]
    fn a_pronoun_and_a_verb_are_no_name_and_a_particle_ends_none() {
        use EntityKind::Person;
        let text = "Jon Reed said no. He told Maarten van der Berg that she left.";
        let read = [
            ("Jon", "said", Person),
            ("He", "told", Person),
            ("Maarten", "van", Person),
            ("she", "she", Person),
        ];
        let found: Vec<String> = settled(text, &read).into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, ["Jon Reed", "Maarten van der Berg"]);
        let text = "Social Democrat Jonas Field met Conservative Ann Hale.";
        let read = [("Social", "Field", Person), ("Conservative", "Hale", Person)];
        let found: Vec<String> = settled(text, &read).into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, ["Jonas Field", "Ann Hale"]);
    }

    #[test]
    fn a_people_tells_its_country() {
        use EntityKind::{Group, Person, Place};
        let text = "Tamira paid. The Tamiran premier met Ann Lunda. Lunda left; Lundan wit stayed.";
        let read = [
            ("Tamira", "Tamira", Person),
            ("Tamiran", "Tamiran", Person),
            ("Ann", "Lunda", Person),
            ("Lunda", "Lunda", Person),
        ];
        let kinds: Vec<EntityKind> = settled(text, &read).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [Place, Group, Person, Person]);
    }

    #[test]
    fn uses_of_one_name_agree_on_its_kind() {
        use EntityKind::{Organization, Person, Place};
        let text = "MEDRA met Ann Lund. MEDRA left. MEDRA won. Lund stayed.";
        let read = [
            ("MEDRA", "MEDRA", Organization),
            ("Ann", "Lund", Person),
            ("MEDRA", "MEDRA", Person),
            ("MEDRA", "MEDRA", Organization),
            ("Lund", "Lund", Place),
        ];
        let kinds: Vec<EntityKind> = settled(text, &read).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [Organization, Person, Organization, Organization, Person]);
    }
}
