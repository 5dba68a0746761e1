//! The entities of a report while they are being found.
//!
//! In: mentions. Out: the layer of entities. Ids are given in the order of discovery and turned into places in
//! the order of the text at the end.

use std::collections::{BTreeMap, BTreeSet};

use super::title_parts::TitleParts;
use crate::annotate::lexicon::{Gender, Known, countries_of, gender_of_honorific, is_peerage, known};
use crate::annotate::mentions::words::{Word, scan};
use crate::annotate::{Entity, EntityIndex, EntityKind, Mention, MentionIndex, MentionKind, Party};
use crate::report::Report;
use crate::span::Span;

/// An entity's number while entities are being found.
pub(super) type Id = usize;

/// What is known so far.
pub(super) struct Draft<'t> {
    pub report: &'t Report,
    pub mentions: Vec<Mention>,
    /// For each mention, its entity.
    pub referents: Vec<Option<Id>>,
    pub entities: Vec<DraftEntity>,
    /// The countries of which the report speaks.
    countries: BTreeSet<&'static str>,
}

/// One entity so far.
#[derive(Clone, Debug)]
pub(super) struct DraftEntity {
    pub kind: EntityKind,
    pub gender: Option<Gender>,
    /// What titles say of it, in order.
    pub roles: Vec<Role>,
    pub party: Option<Party>,
}

/// A title that somebody has in this report.
#[derive(Clone, Debug)]
pub(super) struct Role {
    /// Its words without a determiner.
    pub span: Span,
    pub parts: TitleParts,
}

/// The entities in the order of the text.
pub(super) struct Places {
    pub list: Vec<Entity>,
    places: BTreeMap<Id, EntityIndex>,
}

impl Places {
    /// Where the entity that was found as `id` stands in the layer.
    pub fn place_of(&self, id: Id) -> Option<EntityIndex> {
        self.places.get(&id).copied()
    }
}

impl<'t> Draft<'t> {
    pub fn new(report: &'t Report, mentions: &[Mention]) -> Self {
        let names = mentions.iter().filter(|m| m.kind == MentionKind::Name).map(|m| report.slice(m.span));
        Draft {
            report,
            mentions: mentions.to_vec(),
            referents: vec![None; mentions.len()],
            entities: Vec::new(),
            countries: countries_of(names),
        }
    }

    /// A new entity.
    pub fn add(&mut self, kind: EntityKind) -> Id {
        self.entities.push(DraftEntity { kind, gender: None, roles: Vec::new(), party: None });
        self.entities.len() - 1
    }

    /// Says that the mention refers to the entity.
    pub fn refer(&mut self, mention: MentionIndex, id: Id) {
        if let Some(referent) = self.referents.get_mut(mention) {
            *referent = Some(id);
        }
    }

    /// The entity of the mention.
    pub fn referent(&self, mention: MentionIndex) -> Option<Id> {
        self.referents.get(mention).copied().flatten()
    }

    /// Whether the entity is a person.
    pub fn is_person(&self, id: Id) -> bool {
        self.entities.get(id).is_some_and(|e| e.kind == EntityKind::Person)
    }

    /// The words of `span`, with spans in the report.
    pub fn words(&self, span: Span) -> Vec<Word<'t>> {
        let mut words = scan(self.report.slice(span));
        for word in &mut words {
            word.span = Span { start: word.span.start + span.start, end: word.span.end + span.start };
        }
        words
    }

    /// The words of a name, without an honorific.
    pub fn name_words(&self, mention: &Mention) -> Vec<Word<'t>> {
        let mut words = self.words(mention.span);
        if words.len() > 1 && words.first().is_some_and(|w| gender_of_honorific(w.text).is_some()) {
            words.remove(0);
        }
        words
    }

    /// The words of a name; "Lord" belongs to a surname that stands alone with it.
    fn name_with_peerage(&self, mention: &Mention) -> Vec<Word<'t>> {
        let (all, name) = (self.words(mention.span), self.name_words(mention));
        let peer = all.first().is_some_and(|w| is_peerage(w.text));
        if peer && name.len() == 1 && all.len() == 2 { all } else { name }
    }

    /// What stands between two spans; `None` where they overlap.
    pub fn between(&self, left: Span, right: Span) -> Option<&'t str> {
        (left.end <= right.start).then(|| self.report.slice(Span { start: left.end, end: right.start }))
    }

    /// The text from `offset` on, at most a few characters.
    pub fn after(&self, offset: u32) -> &'t str {
        let rest = self.report.text.as_str().get(offset as usize..).unwrap_or_default();
        let end = rest.char_indices().nth(12).map_or(rest.len(), |(i, _)| i);
        rest.get(..end).unwrap_or_default()
    }

    /// Whether a line of a record may rest on `span`.
    pub fn is_evidence(&self, span: Span) -> bool {
        self.report.region_at(span).is_none()
    }

    /// The mentions that start within `span`, as indices.
    pub fn mentions_in(&self, span: Span) -> std::ops::Range<MentionIndex> {
        let start = self.mentions.partition_point(|m| m.span.start < span.start);
        let end = self.mentions.partition_point(|m| m.span.start < span.end);
        start..end.max(start)
    }

    /// The title that `name` stands in: "Orvik" in "Orvik Defence Minister".
    pub fn titled(&self, name: Span) -> Option<Mention> {
        // A title is seldom longer.
        let near = Span { start: name.start.saturating_sub(80), end: name.end };
        let mut titles = self.mentions_in(near).filter_map(|i| self.mentions.get(i));
        titles.find(|m| m.kind == MentionKind::Title && m.span.contains(name)).copied()
    }

    /// Whether the report speaks of `country`, and not only of a house or an office that other countries may have too.
    pub fn speaks_of(&self, country: &str) -> bool {
        self.countries.contains(country)
    }

    /// The layer of entities, and each mention's place in it.
    pub fn finish(self) -> (Places, Vec<Option<EntityIndex>>) {
        let mut mentions_of: BTreeMap<Id, Vec<MentionIndex>> = BTreeMap::new();
        let mut order = Vec::new();
        for (mention, id) in self.referents.iter().enumerate().filter_map(|(i, id)| Some((i, (*id)?))) {
            let list = mentions_of.entry(id).or_insert_with(|| {
                order.push(id);
                Vec::new()
            });
            list.push(mention);
        }
        let places: BTreeMap<Id, EntityIndex> =
            order.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let list = order.iter().filter_map(|id| self.entity(*id, mentions_of.remove(id)?)).collect();
        let referents = self.referents.iter().map(|id| places.get(&(*id)?).copied()).collect();
        (Places { list, places }, referents)
    }

    fn entity(&self, id: Id, mentions: Vec<MentionIndex>) -> Option<Entity> {
        let draft = self.entities.get(id)?;
        let mut wordings = BTreeSet::new();
        let named =
            draft.roles.iter().filter(|role| role.parts.noun != "counterpart" && !self.is_hollow(role));
        let evident = named.filter(|role| self.is_evidence(role.span));
        let mut roles: Vec<&Role> =
            evident.filter(|role| wordings.insert(self.report.slice(role.span).to_lowercase())).collect();
        roles.sort_by_key(|role| self.clumsiness(role.span));
        Some(Entity {
            name: self.fullest_name(&mentions),
            kind: draft.kind,
            roles: roles.iter().map(|role| role.span).collect(),
            party: draft.party.clone(),
            mentions,
        })
    }

    /// "its leader", "the party’s leader": of what is named elsewhere, so that the noun says nothing.
    fn is_hollow(&self, role: &Role) -> bool {
        let words = self.words(role.span);
        role.parts.leads_something()
            && (role.parts.owned && words.len() == 1 || super::title_parts::is_of_nominal(&words))
    }

    /// The order of roles: a noun alone says too little, what belongs to something without a name not much more, somebody
    /// else's name too much; of the others the shortest.
    fn clumsiness(&self, role: Span) -> (bool, bool, bool, usize) {
        let words = self.words(role);
        let mut inside = self.mentions_in(role).filter_map(|i| self.mentions.get(i));
        let named = inside.any(|m| m.kind == MentionKind::Name && m.of == EntityKind::Person);
        (words.len() == 1, super::title_parts::is_of_nominal(&words), named, words.len())
    }

    /// The name of a country where a mention spells it as the lexicon does.
    fn canonical(&self, mention: MentionIndex) -> Option<&'t str> {
        let text = self.report.slice(self.mentions.get(mention)?.span);
        matches!(known(text), Some(Known::Country(name)) if name == text).then_some(text)
    }

    /// The name with most words, of those the longest, of those the first.
    fn fullest_name(&self, mentions: &[MentionIndex]) -> String {
        if let Some(country) = mentions.iter().find_map(|i| self.canonical(*i)) {
            return country.to_owned();
        }
        let forms = mentions.iter().filter_map(|i| self.mentions.get(*i)).filter_map(|mention| {
            let words = match mention.kind {
                MentionKind::Name => self.name_with_peerage(mention),
                _ => super::title_parts::without_determiner(self.words(mention.span)),
            };
            let span = words.first()?.span.cover(words.last()?.span);
            let name = self.report.slice(span);
            // "China’s finance ministry" is no "it".
            let pronoun = mention.kind == MentionKind::Pronoun;
            Some((
                (pronoun, mention.kind),
                std::cmp::Reverse((words.len(), name.chars().count())),
                mention.span.start,
                name,
            ))
        });
        let fullest = forms.min_by_key(|(kind, size, start, _)| (*kind, *size, *start));
        let name = fullest.map(|(.., name)| name).unwrap_or_default();
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
