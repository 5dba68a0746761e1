//! Which body "it" or "the company" means.
//!
//! In: a pronoun or a noun for a body that opens a sentence or what a body says, and the sentence before. Out: the one body, or
//! country, that acts there, where nothing else that is named there can be meant, and the verb says what only a body does. A
//! thing that has no will of its own stays open. It does not know persons.

use std::ops::Range;

use super::deeds::Clause;
use super::draft::{Draft, Id};
use super::scenes::Scene;
use crate::annotate::lexicon::{self, Nominal};
use crate::annotate::{
    Annotations, EntityKind, Mention, MentionIndex, MentionKind, Pos, Sentence, VerbGroup,
};
use crate::span::Span;

/// How many tokens may stand between the pronoun and its verb.
const FURTHEST_VERB: usize = 4;

/// Among how many mentions before a noun the names of its body are looked for: a bound for a text that says "the company" without end.
const REMEMBERED: usize = 400;

/// A longer sentence is a list or a table.
const LONGEST: usize = 80;

/// Which body the mention `i` means, where it is "it" or "the company". `speaker` is whose words it opens, if it opens somebody's.
pub(super) fn resolve(
    draft: &Draft,
    layers: &Annotations,
    scenes: &[Scene],
    scene: &Scene,
    i: MentionIndex,
    speaker: Option<Id>,
) -> Option<Id> {
    let mention = draft.mentions.get(i).copied().filter(|_| draft.referent(i).is_none())?;
    if layers.quote_holding(mention.span.start).is_some() {
        return None;
    }
    let words = Words { draft, layers, clause: Clause { layers, report: draft.report } };
    let sentence = layers.sentences.get(scene.sentence)?;
    let tokens = layers.tokens_in(mention.span);
    if words.is_its(&mention) {
        return words.owner(scene, &mention);
    }
    if !words.is_it(&mention) {
        let noun = words.noun_of_body(&mention)?;
        let opens = words.opens(sentence, tokens.start);
        let acting = words.acting(scenes, scene, Rivals::WithAWill);
        return acting.filter(|id| opens && words.is_called(*id, &noun, i));
    }
    let group = words.verb_behind(tokens.end)?;
    if let Some(id) = speaker {
        return Some(id).filter(|_| words.is_willed(&group));
    }
    let willed = words.is_willed(&group);
    if !words.opens(sentence, tokens.start) || !willed && words.is_impersonal(sentence, &group) {
        return None;
    }
    let rivals = match scenes.last() {
        _ if !willed => Rivals::Things,
        Some(before) if words.goes_on(before, tokens.end, &group) => Rivals::None,
        _ => Rivals::WithAWill,
    };
    words.acting(scenes, scene, rivals)
}

/// What else in the sentence before a pronoun can mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rivals {
    /// Nothing: the pronoun goes on with what the subject does.
    None,
    /// Others who have a will.
    WithAWill,
    /// Things too.
    Things,
}

/// The words of a report.
struct Words<'a, 't> {
    draft: &'a Draft<'t>,
    layers: &'a Annotations,
    clause: Clause<'a>,
}

impl Words<'_, '_> {
    fn is_it(&self, mention: &Mention) -> bool {
        let words = self.draft.report.slice(mention.span);
        mention.kind == MentionKind::Pronoun && words.eq_ignore_ascii_case("it")
    }

    fn is_its(&self, mention: &Mention) -> bool {
        let words = self.draft.report.slice(mention.span);
        mention.kind == MentionKind::Pronoun && words.eq_ignore_ascii_case("its")
    }

    /// Whose the thing is that a body does something to: "Orvik will close its mills". Nothing but verbs stands between.
    fn owner(&self, scene: &Scene, its: &Mention) -> Option<Id> {
        let (verb, subject) = *scene.subjects.iter().rfind(|(verb, _)| *verb < its.span.start)?;
        let id = self.draft.referent(subject)?;
        let kind = self.draft.entities.get(id)?.kind;
        let tokens = self.layers.tokens_in(Span { start: verb, end: its.span.start });
        let acts = |i: usize| {
            let pos = self.clause.pos(i);
            pos.is_verb() || matches!(pos, Pos::MD | Pos::RB | Pos::TO | Pos::RP)
        };
        let body = matches!(kind, EntityKind::Organization | EntityKind::Place);
        (body && tokens.into_iter().all(acts)).then_some(id)
    }

    /// "company" of "the company".
    fn noun_of_body(&self, mention: &Mention) -> Option<String> {
        let words = self.draft.report.slice(mention.span).to_lowercase();
        let noun = words.strip_prefix("the ")?;
        let body = mention.kind == MentionKind::Nominal && mention.of == EntityKind::Organization;
        (body && !noun.contains(' ') && noun != "sides").then(|| noun.to_owned())
    }

    /// Whether nothing stands before token `at` in its sentence but what joins it and says when.
    fn opens(&self, sentence: &Sentence, at: usize) -> bool {
        let joins = |i: usize| {
            matches!(self.clause.pos(i), Pos::CC | Pos::RB | Pos::Punct)
                || self.clause.in_time(i)
                || self.clause.pos(i) == Pos::IN && self.clause.in_time(i + 1)
        };
        let quoted = || self.layers.quote_holding(sentence.span.start).is_some();
        at - sentence.tokens.start.min(at) < 8 && (sentence.tokens.start..at).all(joins) && !quoted()
    }

    /// The verb of which the token before `from` is the subject.
    fn verb_behind(&self, from: usize) -> Option<VerbGroup> {
        let verb = (from..from + FURTHEST_VERB)
            .find(|i| self.clause.pos(*i) != Pos::RB && !self.clause.in_time(*i))?;
        self.layers.verb_group_at(self.draft.report, verb).filter(|group| group.tense.is_finite())
    }

    /// Whether only somebody with a will does what the verb says.
    fn is_willed(&self, group: &VerbGroup) -> bool {
        self.layers.is_willed(self.draft.report, group)
    }

    /// Whether "it" may mean nothing before a verb of no will: "It is likely that", "It took years".
    fn is_impersonal(&self, sentence: &Sentence, group: &VerbGroup) -> bool {
        const IMPERSONAL: &[&str] = &[
            "be", "seem", "appear", "take", "happen", "turn", "emerge", "follow", "mean", "matter", "come",
            "cost", "look", "sound", "depend", "remain", "become", "make", "help", "go", "rain", "snow",
            "need", "require", "lie", "begin", "start", "end", "last", "include", "get", "do",
        ];
        let verb = self.clause.lemma(group.head);
        let opens = |i: usize| self.clause.word(i) == "that";
        group.passive
            || IMPERSONAL.contains(&verb.as_str())
            || (group.head + 1..sentence.tokens.end).take(3).any(opens)
    }

    /// Whether the verb behind a pronoun goes on with what the one who acts in the sentence before does: "It also wants", or "It said"
    /// behind what that one said.
    fn goes_on(&self, before: &Scene, from: usize, group: &VerbGroup) -> bool {
        const SAYING: &[&str] = &["say", "announce", "declare", "state", "warn", "insist", "deny"];
        let at = before.subjects.first().map(|(verb, _)| *verb);
        let verb = at.map(|at| self.layers.tokens.partition_point(|t| t.span.start < at));
        let Some(earlier) = verb.and_then(|i| self.layers.verb_group_at(self.draft.report, i)) else {
            return false;
        };
        let also = (from..group.head).any(|i| self.clause.word(i) == "also");
        let says = |group: &VerbGroup| SAYING.contains(&self.clause.lemma(group.head).as_str());
        also && self.is_willed(&earlier) && !earlier.passive || says(group) && says(&earlier)
    }

    /// The body that acts in the sentence before, if it stands near and no `rivals` stand there.
    fn acting(&self, scenes: &[Scene], here: &Scene, rivals: Rivals) -> Option<Id> {
        let scene = scenes.last().filter(|s| here.paragraph <= s.paragraph + 1)?;
        let sentence = self.layers.sentences.get(scene.sentence)?;
        if sentence.tokens.len() > LONGEST {
            return None;
        }
        let (_, subject) = *scene.subjects.first()?;
        let id = self.draft.referent(subject)?;
        let mention = *self.draft.mentions.get(subject)?;
        let kind = self.draft.entities.get(id)?.kind;
        let body = matches!(kind, EntityKind::Organization | EntityKind::Place | EntityKind::Other);
        if !body || kind != EntityKind::Organization && self.is_thing(&mention) {
            return None;
        }
        let own = self.layers.tokens_in(mention.span);
        let told = self.told_by_copula(sentence, &own);
        let of_subject = |j: MentionIndex| {
            let at = self.draft.mentions.get(j).map_or(0..0, |m| self.layers.tokens_in(m.span));
            told.start <= at.start && at.end <= told.end
        };
        let mut mentions = self.draft.mentions_in(sentence.span);
        let strict = rivals == Rivals::Things;
        let mut alone = || mentions.all(|j| of_subject(j) || !self.competes(j, id, &mention, strict));
        (rivals == Rivals::None || alone() && !self.names_another(sentence, &own, &told, strict))
            .then_some(id)
    }

    /// Whether a name of no body is that of a thing: "The Baltic Cup".
    fn is_thing(&self, mention: &Mention) -> bool {
        let words = self.draft.report.slice(mention.span);
        let last = words.split_whitespace().next_back().unwrap_or_default();
        mention.kind != MentionKind::Name && mention.kind != MentionKind::Pronoun
            || lexicon::last_word(last).is_some_and(|kind| kind != EntityKind::Organization)
    }

    /// Whether the mention `j` names something else than the entity `id`, whose subject is `own`, that a later "it" can mean.
    fn competes(&self, j: MentionIndex, id: Id, own: &Mention, strict: bool) -> bool {
        let Some(mention) = self.draft.mentions.get(j) else { return false };
        if self.draft.referent(j) == Some(id) || own.span.contains(mention.span) {
            return false;
        }
        match (mention.kind, mention.of) {
            (MentionKind::Pronoun | MentionKind::Title, _) | (_, EntityKind::Person | EntityKind::Group) => {
                false
            }
            (MentionKind::Name, EntityKind::Place) => !self.is_where(mention),
            (MentionKind::Name, EntityKind::Organization | EntityKind::Other) => true,
            (MentionKind::Nominal, _) => self.draft.report.slice(mention.head) != "sides",
            _ => strict,
        }
    }

    /// Whether a place only says where, or whose: "in Varn", "Varn’s".
    fn is_where(&self, place: &Mention) -> bool {
        let tokens = self.layers.tokens_in(place.span);
        let near = (tokens.start.saturating_sub(4)..tokens.start).rev();
        let part = |i: &usize| {
            self.clause.pos(*i).is_name()
                || self.clause.pos(*i) == Pos::DT
                || matches!(self.clause.word(*i).as_str(), "and" | ",")
        };
        let led = near.into_iter().find(|i| !part(i));
        let where_to = led.is_some_and(|i| {
            matches!(
                self.clause.word(i).as_str(),
                "in" | "at" | "near" | "from" | "outside" | "around" | "across" | "off" | "to" | "between"
            )
        });
        where_to || self.clause.pos(tokens.end) == Pos::POS
    }

    /// Whether a common noun of the sentence outside `own` and `told`, which are of the subject, names a body, or, where `strict`, any
    /// one thing.
    fn names_another(
        &self,
        sentence: &Sentence,
        own: &Range<usize>,
        told: &Range<usize>,
        strict: bool,
    ) -> bool {
        let other = |i: &usize| {
            !own.contains(i)
                && !told.contains(i)
                && self.clause.pos(*i) == Pos::NN
                && !self.clause.in_time(*i)
        };
        sentence.tokens.clone().filter(other).any(|i| strict || is_willed_noun(&self.clause.word(i)))
    }

    /// The words that say what the subject is: "the country’s rail regulator" behind "The Rail Office is".
    fn told_by_copula(&self, sentence: &Sentence, own: &Range<usize>) -> Range<usize> {
        let copula = matches!(self.clause.word(own.end).as_str(), "is" | "was");
        let phrase = |i: &usize| {
            let pos = self.clause.pos(*i);
            pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::POS | Pos::PRPS | Pos::CD)
        };
        let start = own.end + 1;
        let end = (start..sentence.tokens.end).take_while(phrase).last().map_or(start, |i| i + 1);
        if copula { start..end } else { own.end..own.end }
    }

    /// Whether a body can be called by the noun again at the mention `here`: a union no ministry, a company no council.
    fn is_called(&self, id: Id, noun: &str, here: MentionIndex) -> bool {
        const ANY: &[&str] = &[
            "company",
            "firm",
            "group",
            "organisation",
            "organization",
            "regulator",
            "watchdog",
            "agency",
            "charity",
            "broadcaster",
            "newspaper",
            "airline",
            "club",
            "team",
        ];
        let of = |i: &MentionIndex| self.draft.referent(*i) == Some(id);
        let names =
            (here.saturating_sub(REMEMBERED)..here).filter(of).filter_map(|i| self.draft.mentions.get(i));
        let heads: Vec<String> = names
            .filter(|m| m.kind == MentionKind::Name)
            .map(|m| head_of_name(self.draft.report.slice(m.span)))
            .collect();
        let organization = self.draft.entities.get(id).is_some_and(|e| e.kind == EntityKind::Organization);
        let another = |head: &String| head != noun && lexicon::nominal(head) == Some(Nominal::Body);
        let public = |head: &String| is_public(head);
        match () {
            () if heads.iter().any(|head| head == noun) => true,
            () if !organization || heads.is_empty() || heads.iter().any(another) => false,
            () => {
                ANY.contains(&noun)
                    && (matches!(noun, "regulator" | "watchdog" | "agency") || !heads.iter().any(public))
            }
        }
    }
}

/// The noun that says what a name names: "office" of "Rail Safety Office", "ministry" of "Ministry of Health".
pub(super) fn head_of_name(name: &str) -> String {
    let head = name.split(" of ").next().unwrap_or_default().split(" for ").next().unwrap_or_default();
    head.split_whitespace().next_back().unwrap_or_default().to_lowercase()
}

/// Whether the noun at the end of a name is of a body that is no company.
fn is_public(head: &str) -> bool {
    const PUBLIC: &[&str] = &[
        "office",
        "authority",
        "bureau",
        "service",
        "commission",
        "council",
        "court",
        "ministry",
        "department",
        "senate",
        "congress",
        "assembly",
        "parliament",
        "tribunal",
        "police",
        "federation",
        "league",
        "board",
        "institute",
        "directorate",
        "inspectorate",
        "secretariat",
    ];
    PUBLIC.contains(&head)
}

/// Whether a common noun means a body that can act, or what speaks in its stead: "It said that" may as well be of the report.
fn is_willed_noun(noun: &str) -> bool {
    const SPEAKING: &[&str] = &[
        "report",
        "statement",
        "letter",
        "survey",
        "study",
        "article",
        "filing",
        "ruling",
        "document",
        "memo",
        "notice",
        "lawsuit",
        "complaint",
        "petition",
        "bill",
        "law",
        "resolution",
        "email",
        "editorial",
        "poll",
    ];
    const ACTING: &[&str] = &[
        "rival",
        "operator",
        "owner",
        "maker",
        "supplier",
        "lender",
        "insurer",
        "retailer",
        "carrier",
        "publisher",
        "producer",
        "authority",
        "state",
        "city",
        "subsidiary",
        "competitor",
        "regulator",
        "manufacturer",
        "contractor",
        "developer",
        "startup",
        "start-up",
        "buyer",
        "bidder",
        "partner",
        "coalition",
        "cabinet",
        "opposition",
        "league",
        "federation",
        "association",
        "foundation",
        "office",
    ];
    ACTING.contains(&noun) || SPEAKING.contains(&noun) || lexicon::nominal(noun) == Some(Nominal::Body)
}
