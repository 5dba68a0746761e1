//! What the reports of one story say together.
//!
//! In: the [`Account`]s of one story. Out: its [`Story`]. Pure and deterministic: the order in which the
//! accounts come does not matter. It does not know any other story.
//!
//! The parts stand in the order in which they build on each other: who is who ([`cast`]), what each report
//! states ([`statements`]), what was copied ([`copies`]), and then the lines of the record.

mod acts;
mod agreements;
mod assertions;
mod bodies;
mod cast;
mod claims;
mod concepts;
mod contrast;
pub mod copies;
mod counts;
mod dates;
mod differences;
mod edges;
mod events;
mod forms;
mod limits;
mod main_clauses;
mod next;
mod omissions;
mod pairs;
mod positions;
mod predicates;
pub mod propositions;
mod quotations;
mod repairs;
mod shared_words;
mod statements;
mod statuses;
mod terms;
mod timeline;
mod title;
mod versions;
mod voices;
mod wholeness;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::annotate::{Annotations, Mention, Pos, TimeExpression};
use crate::record::{Claim, Coverage, Evidence, Pronoun, Story};
use crate::report::{PublishedAt, Report};
use crate::span::Span;
use cast::Cast;
use concepts::concept;
use copies::Copies;
use forms::Forms;
use predicates::Predicate;
use statements::Statement;
use terms::Terms;

pub use claims::Compared;
pub use repairs::{Repairs, Said, Words};
pub use versions::version;

/// One report with what was found in it: one account of the story.
#[derive(Clone, Debug)]
pub struct Account {
    /// The report.
    pub report: Report,
    /// Its layers.
    pub layers: Annotations,
    forms: OnceLock<Forms>,
}

impl Account {
    /// What was found in a report, and the report. Neither may change afterwards.
    pub fn new(layers: Annotations, report: Report) -> Self {
        Account { report, layers, forms: OnceLock::new() }
    }

    fn forms(&self) -> &Forms {
        self.forms.get_or_init(|| Forms::of(&self.report, &self.layers))
    }

    /// The word at token `i`, in lower case; empty behind the last.
    fn word(&self, i: usize) -> &str {
        self.forms().word(i)
    }

    /// The part of speech of token `i`.
    fn pos(&self, i: usize) -> Pos {
        self.layers.tokens[i].pos
    }

    /// The dictionary form of the word at token `i`.
    fn lemma_at(&self, i: usize) -> &str {
        self.forms().lemma(i)
    }

    /// The concept of the word at token `i`.
    fn concept_at(&self, i: usize) -> &str {
        concept(self.lemma_at(i))
    }

    /// The mention that stands for whom a phrase means: of "the winner of the Tour" not the Tour.
    fn head_mention(&self, phrase: Span) -> Option<&Mention> {
        let mentions = || self.layers.mentions_in(phrase);
        match self.head_noun(phrase).map(|i| self.layers.tokens[i].span) {
            Some(noun) => mentions().filter(|m| m.span.contains(noun)).last(),
            None => mentions().last(),
        }
    }

    /// The last noun of a phrase before its first preposition or comma: "driver" of "the driver of the train".
    fn head_noun(&self, phrase: Span) -> Option<usize> {
        let tokens = self.layers.tokens_in(phrase);
        let ends = |i: &usize| {
            matches!(self.pos(*i), Pos::IN | Pos::WP | Pos::WDT | Pos::WRB) || self.word(*i) == ","
        };
        let end = tokens.clone().skip(1).find(ends).unwrap_or(tokens.end);
        (tokens.start..end).rfind(|i| self.pos(*i).is_noun())
    }
}

/// With how many members of a group a new one is compared: what the first are alike to, the rest are, and a story of five
/// hundred reports costs no more for each.
const COMPARED: usize = 8;

/// What happened so many days before a report is its background.
const BACKGROUND_DAYS: i32 = 30;

/// A place in one of the accounts of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Spot {
    /// Index of the account.
    account: usize,
    /// Where in its text.
    span: Span,
}

/// What every part of the alignment looks at.
struct Context<'a> {
    accounts: &'a [&'a Account],
    /// The day of the last report.
    latest: Option<Date>,
    cast: Cast,
    terms: Terms,
    /// For each account, who does what in its clauses.
    predicates: Vec<Vec<Predicate>>,
    statements: Vec<Statement>,
    copies: Copies,
}

impl Context<'_> {
    /// Whether the sentence around `span` tells of a time long before its report; where the report has no date,
    /// before the story's last report.
    fn is_background(&self, account: usize, span: Span) -> bool {
        let layers = &self.accounts[account].layers;
        let sentence = layers.sentence_at(span.start).map(|i| layers.sentences[i].span);
        let Some(sentence) = sentence else { return false };
        // "the 2016 election" dates the noun, not what the sentence tells.
        let dates_a_noun = |t: &TimeExpression| {
            let tokens = layers.tokens_in(t.span);
            let next = layers.tokens.get(tokens.end);
            let before = tokens.start.checked_sub(1).and_then(|i| layers.tokens.get(i));
            t.value.as_ref().is_some_and(|v| v.len() == 4)
                && next.is_some_and(|t| t.pos.is_noun())
                && before.is_some_and(|t| t.pos == Pos::DT)
        };
        let mut told_at = layers.times.iter().filter(|t| sentence.contains(t.span) && !dates_a_noun(t));
        told_at.any(|t| self.is_long_before(account, t))
    }

    /// Whether a time lies long before its report; where the report has no date, before the story's last report.
    fn is_long_before(&self, account: usize, time: &TimeExpression) -> bool {
        let told = self.published(account).or(self.latest);
        let days = time.days.zip(told);
        days.is_some_and(|((_, last), told)| {
            last.until(told).is_ok_and(|before| before.get_days() > BACKGROUND_DAYS)
        })
    }

    /// The day on which a report was published.
    fn published(&self, account: usize) -> Option<Date> {
        self.accounts[account].report.published_at.map(|at| at.date)
    }

    /// The predicate of a statement's main verb.
    fn main_predicate(&self, of: &Statement) -> Option<&Predicate> {
        let main = of.main?;
        let predicates = &self.predicates[of.spot.account];
        let first = predicates.partition_point(|p| p.verb.start < main.start);
        predicates[first..].iter().take_while(|p| p.verb.start == main.start).find(|p| p.verb == main)
    }

    fn text(&self, spot: Spot) -> &str {
        self.accounts[spot.account].report.slice(spot.span)
    }

    fn evidence(&self, spot: Spot) -> Evidence {
        Evidence::new(&self.accounts[spot.account].report, spot.span)
    }

    /// Evidence in order of the reports, each place once.
    fn evidence_of(&self, spots: impl IntoIterator<Item = Spot>) -> Vec<Evidence> {
        let mut spots: Vec<Spot> = spots.into_iter().collect();
        spots.sort();
        spots.dedup();
        spots.into_iter().map(|spot| self.evidence(spot)).collect()
    }

    /// Whom the pronouns of a line mean that neither it nor the name beside it says.
    fn pronouns(&self, spot: Spot, known: Option<cast::MemberIndex>) -> Vec<Pronoun> {
        let found = wording::referents(self.accounts, &self.cast, spot, known);
        let pronoun = |r: wording::Referent| Pronoun {
            name: self.cast.name(r.member).to_owned(),
            entity: self.cast.id(r.member),
            evidence: self.evidence(Spot { account: spot.account, span: r.span }),
        };
        found.into_iter().map(pronoun).collect()
    }

    /// Whether a line that begins at `spot` begins with a pronoun of which nobody knows whom it means.
    fn opens_with_an_open_pronoun(&self, spot: Spot) -> bool {
        !wording::opening_is_known(self.accounts[spot.account], spot.span)
    }

    /// The number of independent tellings among `spots`.
    fn origins(&self, spots: &[Spot]) -> usize {
        self.copies.origins(&tellings(spots))
    }

    /// The number of tellings among `spots` that are independent whoever owns their outlets.
    fn origins_at_least(&self, spots: &[Spot]) -> usize {
        self.copies.origins_at_least(&tellings(spots))
    }
}

fn tellings(spots: &[Spot]) -> Vec<(usize, Span)> {
    spots.iter().map(|spot| (spot.account, spot.span)).collect()
}

/// The record of the story that `accounts` tell. An empty slice gives an empty story.
pub fn align(accounts: &[&Account]) -> Story {
    align_repaired(accounts, &Repairs::default())
}

/// The same, as a person repaired it.
pub fn align_repaired(accounts: &[&Account], repairs: &Repairs) -> Story {
    let mut accounts = accounts.to_vec();
    accounts.sort_by(|a, b| (&a.report.source, &a.report.id).cmp(&(&b.report.source, &b.report.id)));
    write(&read(&accounts, repairs), repairs)
}

/// What the parts of the alignment look at.
fn read<'a>(accounts: &'a [&'a Account], repairs: &Repairs) -> Context<'a> {
    let cast = Cast::assemble(accounts, repairs);
    let terms = Terms::collect(accounts, &cast);
    let predicates: Vec<Vec<Predicate>> =
        accounts.iter().enumerate().map(|(i, account)| predicates::find(i, account)).collect();
    let statements = statements::find(accounts, &cast, &terms, &predicates);
    let copies = Copies::of(accounts);
    let latest = accounts.iter().filter_map(|a| a.report.published_at).map(|at| at.date).max();
    Context { accounts, latest, cast, terms, predicates, statements, copies }
}

/// A statement of a report, for learning and measuring.
pub struct Asserted {
    /// Index of the account.
    pub account: usize,
    /// Where in its text.
    pub span: Span,
    /// The words that say what is done, the main verb first.
    pub acts: Vec<Span>,
    /// Whether it is only a part of another.
    pub part: bool,
}

/// What the reports of a story state, which of it is taken for one, and what was compared.
pub struct Assertions {
    /// All statements.
    pub statements: Vec<Asserted>,
    /// Those that are taken for one, as indices.
    pub groups: Vec<Vec<usize>>,
    /// The pairs that were compared.
    pub compared: Vec<Compared>,
    /// For each group what it shares with each account that holds any of its terms.
    pub elsewhere: Vec<BTreeMap<usize, omissions::Likeness>>,
    /// For each group the accounts that may state it elsewhere, and where.
    pub unclear: Vec<omissions::Unclear>,
}

/// What `accounts` state, in their order; what was compared has its features by `model`.
pub fn assertions(accounts: &[&Account], model: &propositions::model::Model) -> Assertions {
    let repairs = Repairs::default();
    let context = read(accounts, &repairs);
    let asserted = |s: &Statement| {
        let acts: Vec<Span> = assertions::acts_of(&context, s).into_iter().map(|(span, _)| span).collect();
        Asserted { account: s.spot.account, span: s.spot.span, acts, part: s.part }
    };
    let joined = claims::join(&context, &repairs);
    let sentences = omissions::Sentences::of(&context);
    Assertions {
        statements: context.statements.iter().map(asserted).collect(),
        compared: claims::compared(&context, model),
        elsewhere: joined.groups.iter().map(|group| sentences.likeness(group)).collect(),
        unclear: omissions::unclear(&context, &joined),
        groups: joined.groups,
    }
}

fn write(context: &Context, repairs: &Repairs) -> Story {
    let utterances = quotations::join(context);
    let told = claims::write(context, &claims::join(context, repairs));
    let coverage = told.iter().map(|(claim, unclear)| coverage(context, claim, unclear)).collect();
    let claims: Vec<Claim> = told.into_iter().map(|(claim, _)| claim).collect();
    let plans = next::find(context);
    let published: Vec<PublishedAt> = context.accounts.iter().filter_map(|a| a.report.published_at).collect();
    Story {
        id: crate::group::story_id(context.accounts.iter().map(|a| &a.report)),
        title: title::find(context, &claims),
        from: published.iter().min().map(|p| p.edtf()),
        to: published.iter().max().map(|p| p.edtf()),
        reports: context.accounts.iter().map(|a| a.report.id.clone()).collect(),
        entities: context.cast.write(context.accounts),
        quotations: quotations::write(context, &utterances),
        differences: differences::find(context, &utterances),
        positions: positions::find(context),
        agreements: agreements::find(context),
        timeline: timeline::find(context, &plans),
        next: plans.next,
        events: events::find(context),
        coverage,
        copies: context.copies.write(context.accounts),
        versions: Vec::new(),
        foldings: context.copies.foldings(context.accounts),
        limits: limits::find(context),
        claims,
    }
}

/// How many reports that leave a claim out are listed always, and how many for each that carries it: so the lists grow with
/// what is told, and not with claims times reports.
const ABSENT_ALWAYS: usize = 50;
const ABSENT_FOR_EACH: usize = 4;

/// Whether the reports that leave a claim out are listed: `absent` leave it out, `carrying` state it.
fn is_listed(absent: usize, carrying: usize) -> bool {
    absent <= ABSENT_ALWAYS.max(ABSENT_FOR_EACH * carrying)
}

fn coverage(context: &Context, claim: &Claim, unclear: &omissions::Unclear) -> Coverage {
    let carrying: BTreeSet<&str> = claim.evidence.iter().map(Evidence::report).collect();
    let id = |account: usize| context.accounts[account].report.id.as_str();
    let (carried, others): (Vec<usize>, Vec<usize>) =
        (0..context.accounts.len()).partition(|account| carrying.contains(id(*account)));
    let (unsure, mut absent_from): (Vec<usize>, Vec<usize>) =
        others.into_iter().partition(|account| unclear.contains_key(account));
    let absent = absent_from.len();
    if !is_listed(absent, carried.len()) {
        absent_from.clear();
    }
    let ids = |accounts: &[usize]| accounts.iter().map(|account| id(*account).to_owned()).collect();
    Coverage {
        claim: claim.id.clone(),
        carried_by: ids(&carried),
        absent_from: ids(&absent_from),
        absent,
        unclear: ids(&unsure),
        nearest: unsure.iter().map(|a| Evidence::new(&context.accounts[*a].report, unclear[a])).collect(),
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! Accounts for tests, read and annotated as in life.

    use super::Account;
    use crate::annotate::{Annotator, Rules};
    use crate::report::PublishedAt;

    /// One account a text, of outlets A, B, …, all of one day.
    pub fn accounts(texts: &[&str]) -> Vec<Account> {
        let account = |(i, text): (usize, &&str)| {
            let name = char::from(b'A' + i as u8).to_string();
            let mut read = crate::source::read(&format!("{name}.txt"), text.as_bytes());
            let mut report = read.reports.remove(0);
            report.outlet = Some(name);
            report.published_at = PublishedAt::parse("2031-05-14");
            Account::new(Rules.annotate(&report), report)
        };
        texts.iter().enumerate().map(account).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 3] = [
        "The ferry Halka sank off Ostervik on Monday. “We had no warning at all from the harbour,” said Captain Lena Voss.",
        "Twelve people died when the ferry Halka sank off Ostervik, the police said. Lena Voss, the captain, said: “We had no warning at all from the harbour.”",
        "The ferry Halka sank off Ostervik on Monday. At least 14 people died, a minister said.",
    ];

    #[test]
    fn the_order_of_the_accounts_changes_nothing() {
        let accounts = testing::accounts(&TEXTS);
        let [a, b, c] = &accounts[..] else { panic!("three accounts") };
        let print = |accounts: &[&Account]| serde_json::to_string(&align(accounts)).expect("a story is JSON");
        let first = print(&[a, b, c]);
        assert!(first.len() > 1000);
        assert_eq!(first, print(&[c, a, b]));
        assert_eq!(first, print(&[b, c, a]));
    }

    #[test]
    fn every_line_has_evidence_that_stands_there() {
        let accounts = testing::accounts(&TEXTS);
        let story = align(&accounts.iter().collect::<Vec<_>>());
        let text = |id: &str| accounts.iter().find(|a| a.report.id == id).map(|a| a.report.text.as_str());
        let evidence: Vec<&Evidence> = story.claims.iter().flat_map(|c| &c.evidence).collect();
        assert!(!evidence.is_empty());
        for e in evidence {
            let words: String = text(e.report())
                .expect("a report")
                .chars()
                .skip(e.start())
                .take(e.end() - e.start())
                .collect();
            assert_eq!(words, e.exact());
        }
        assert!(story.claims.iter().all(|c| !c.evidence.is_empty()));
    }

    #[test]
    fn in_a_large_story_who_leaves_a_claim_out_is_counted_and_not_listed() {
        let of_last = |reports: usize| {
            let mut texts = vec!["The ferry Halka sank off Ostervik on Monday."; reports];
            texts[reports - 1] = "The harbour of Ostervik bought two tugs in March.";
            let accounts = testing::accounts(&texts);
            let story = align(&accounts.iter().collect::<Vec<_>>());
            let claim = story.claims.iter().find(|claim| claim.text.contains("two tugs")).expect("a claim");
            let coverage = story.coverage.iter().find(|c| c.claim == claim.id).expect("its coverage");
            (coverage.carried_by.len(), coverage.absent, coverage.absent_from.len())
        };
        assert_eq!(of_last(ABSENT_ALWAYS), (1, ABSENT_ALWAYS - 1, ABSENT_ALWAYS - 1));
        assert_eq!(of_last(ABSENT_ALWAYS + 2), (1, ABSENT_ALWAYS + 1, 0));
    }

    #[test]
    fn a_report_that_tells_it_in_passing_is_not_said_to_leave_a_claim_out() {
        let accounts = testing::accounts(&TEXTS);
        let story = align(&accounts.iter().collect::<Vec<_>>());
        let coverage =
            story.coverage.iter().find(|c| c.carried_by.len() == 2).expect("A and C tell of the sinking");
        assert_eq!(
            (coverage.carried_by.join(""), coverage.absent_from.join(""), coverage.unclear.join("")),
            ("AC".to_owned(), String::new(), "B".to_owned())
        );
        let nearest: Vec<(&str, &str)> =
            coverage.nearest.iter().map(|evidence| (evidence.report(), evidence.exact())).collect();
        assert_eq!(nearest, [("B", "Twelve people died when the ferry Halka sank off Ostervik")]);
    }

    #[test]
    fn no_account_makes_an_empty_story() {
        let story = align(&[]);
        assert!(story.reports.is_empty() && story.claims.is_empty() && story.title.is_empty());
    }
}
