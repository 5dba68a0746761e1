//! A reading of five invented reports, made by hand, for the tests of the views.
//!
//! In: nothing. Out: [`Sample`]. It does not know how a record is made: every line is written here, and only
//! its evidence is looked up in the reports.

use std::collections::BTreeMap;

use jiff::civil::date;

use crate::record::*;
use crate::report::{PublishedAt, Region, RegionKind, Report, Text};
use crate::span::Span;

/// A reading with the reports that it is of.
pub struct Sample {
    pub reading: Reading,
    pub reports: Vec<Report>,
}

const HARBOUR: &str = "Velmark and Ostria talk about the Karsk dam for more than four hours

By Rina Coll

LINDHOLM (Corval Press) — Delegations from Velmark and Ostria met in Lindholm on Tuesday for more than four hours to settle who may draw water from the Karsk reservoir.

“We will count every litre that leaves the valley,” Velmark’s water minister, Ilse Maren, told reporters after the meeting.

Her Ostrian counterpart, Tomas Brekke, said that his government would not sign anything before the summer. “A shared gauge is the first step, and a small one,” he said.

Sign up for our morning letter: all the news before breakfast.

The visit of governor Anna Solvik to Ostria was postponed to 2 April. Both sides agreed to name engineers for a joint commission.

“Nobody here wants the valley to run dry,” said one delegate.";

const LEDGER: &str = "Water talks end without a date

The two neighbours talked for four and a half hours in Lindholm about water from the Karsk reservoir.

Ilse Maren, who speaks for Velmark, said: “We will count each litre that leaves the valley.” She called on Ostria to open its sluices by May.

“A shared gauge is the first step,” Ms Maren added.

Governor Anna Solvik’s visit to Ostria has been cancelled, two officials said. The teams agreed to name engineers for a joint commission, which is to meet on 9 April.

Twelve villages below the dam have been without tap water since January.";

const MERIDIAN: &str = "Ostria rejects a deal before summer

Ostria will not sign anything before the summer, its chief negotiator Tomas Brekke said on Wednesday, a day after almost five hours of talks with Velmark.

Velmark demands that the sluices be opened by May and rejects any fee for the water.

Fourteen villages have been without tap water since January, the Karsk relief fund said.";

const NORTHERN: &str = "Karsk dam: neighbours meet

LINDHOLM (Corval Press) — Delegations from Velmark and Ostria met in Lindholm on Tuesday for more than four hours to settle who may draw water from the Karsk reservoir.

“We will count every litre that leaves the valley,” Velmark’s water minister, Ilse Maren, told reporters after the meeting.

Photo: Corval Press / Jon Aker";

const VALLEY: &str = "Before the talks: what is at stake on the Karsk

Delegations from Velmark and Ostria will meet in Lindholm on Tuesday. The reservoir fell to its lowest level on 3 February.";

/// The sample.
pub fn sample() -> Sample {
    let reports = reports();
    let reading = Reading {
        schema: SCHEMA.to_owned(),
        model: "rules".to_owned(),
        reports: reports.iter().map(summary).collect(),
        refusals: vec![RefusalSummary {
            source: "inbox/scan.pdf".to_owned(),
            kind: "binary".to_owned(),
            message: "not text: starts like a PDF document".to_owned(),
        }],
        stories: vec![story(&reports)],
    };
    Sample { reading, reports }
}

/// A report of the sample's kind.
pub fn report(id: &str, outlet: &str, day: i8, text: &str) -> Report {
    Report {
        id: id.to_owned(),
        source: format!("inbox/{id}.txt"),
        outlet: Some(outlet.to_owned()),
        title: text.lines().next().map(str::to_owned),
        url: None,
        published_at: Some(PublishedAt::day(date(2031, 3, day))),
        language: Some("en".to_owned()),
        credits: Vec::new(),
        text: Text::new(text),
        regions: Vec::new(),
        remarks: Vec::new(),
    }
}

/// The `n`th place where `words` stand in `report`.
pub fn at(report: &Report, words: &str, n: usize) -> Evidence {
    let (start, _) = report.text.as_str().match_indices(words).nth(n).expect(words);
    Evidence::new(report, Span::new(start..start + words.len()))
}

/// What the record says of `report` itself.
pub fn summary(report: &Report) -> ReportSummary {
    ReportSummary {
        id: report.id.clone(),
        source: report.source.clone(),
        outlet: report.outlet.clone(),
        title: report.title.clone(),
        byline: report.byline().map(str::to_owned),
        published_at: report.published_at.map(PublishedAt::edtf),
        language: report.language.clone(),
        words: report.text.as_str().split_whitespace().count(),
        credits: report.credits.iter().map(|span| Evidence::new(report, *span)).collect(),
        regions: Vec::new(),
    }
}

fn reports() -> Vec<Report> {
    let mut reports = vec![
        report("harbour", "The Harbour Post", 18, HARBOUR),
        report("ledger", "Lindholm Ledger", 18, LEDGER),
        report("meridian", "Meridian", 19, MERIDIAN),
        report("northern", "Northern Wire Daily", 18, NORTHERN),
        report("valley", "Valley Voice", 17, VALLEY),
    ];
    for report in &mut reports {
        let text = report.text.as_str();
        let furniture = [
            (RegionKind::Title, text.lines().next()),
            (RegionKind::Byline, text.lines().find(|l| l.starts_with("By "))),
            (RegionKind::Dateline, text.contains("LINDHOLM (").then_some("LINDHOLM (Corval Press) —")),
            (RegionKind::Appeal, text.lines().find(|l| l.starts_with("Sign up"))),
            (RegionKind::Credit, text.lines().find(|l| l.starts_with("Photo:"))),
        ];
        let region = |(kind, words): (RegionKind, Option<&str>)| {
            let start = text.find(words?)?;
            Some(Region { kind, span: Span::new(start..start + words?.len()) })
        };
        let regions = furniture.into_iter().filter_map(region).collect();
        let credit = text.find("Corval Press").map(|s| Span::new(s..s + "Corval Press".len()));
        report.regions = regions;
        report.credits = credit.into_iter().collect();
    }
    reports
}

fn story(reports: &[Report]) -> Story {
    let [harbour, ledger, meridian, northern, valley] = reports else { panic!("five reports") };
    let met = "Delegations from Velmark and Ostria met in Lindholm on Tuesday for more than four hours to settle \
               who may draw water from the Karsk reservoir.";
    let villages = "villages";
    let claims = vec![
        claim(
            "c1",
            2,
            None,
            &[
                at(harbour, met, 0),
                at(
                    ledger,
                    "The two neighbours talked for four and a half hours in Lindholm about water from the Karsk reservoir.",
                    0,
                ),
                at(northern, met, 0),
            ],
        ),
        claim(
            "c2",
            2,
            None,
            &[
                at(harbour, "Both sides agreed to name engineers for a joint commission.", 0),
                at(ledger, "The teams agreed to name engineers for a joint commission", 0),
            ],
        ),
        claim(
            "c3",
            2,
            Some("e2"),
            &[
                at(harbour, "his government would not sign anything before the summer", 0),
                at(meridian, "Ostria will not sign anything before the summer", 0),
            ],
        ),
        claim(
            "c4",
            2,
            None,
            &[
                at(ledger, "Twelve villages below the dam have been without tap water since January.", 0),
                at(meridian, "Fourteen villages have been without tap water since January", 0),
            ],
        ),
        claim("c5", 1, None, &[at(valley, "The reservoir fell to its lowest level on 3 February.", 0)]),
    ];
    Story {
        id: "s-karsk".to_owned(),
        title: "Water talks end without a date".to_owned(),
        from: Some("2031-03-17".to_owned()),
        to: Some("2031-03-19".to_owned()),
        reports: reports.iter().map(|r| r.id.clone()).collect(),
        entities: entities(harbour, ledger, meridian),
        quotations: quotations(harbour, ledger, northern),
        coverage: claims.iter().map(|c| coverage(c, reports)).collect(),
        claims,
        differences: vec![
            difference(
                "d1",
                "duration",
                "how long the talks lasted",
                Some(true),
                [
                    (
                        "more than 4 hours",
                        vec![at(harbour, "more than four hours", 1), at(northern, "more than four hours", 0)],
                    ),
                    ("4.5 hours", vec![at(ledger, "four and a half hours", 0)]),
                    ("less than 5 hours", vec![at(meridian, "almost five hours", 0)]),
                ]
                .into(),
            ),
            difference(
                "d2",
                "status",
                "the visit of governor Anna Solvik to Ostria",
                Some(false),
                [
                    ("postponed", vec![at(harbour, "was postponed to 2 April", 0)]),
                    ("cancelled", vec![at(ledger, "has been cancelled", 0)]),
                ]
                .into(),
            ),
            difference(
                "d3",
                "number",
                villages,
                None,
                [
                    ("12", vec![at(ledger, "Twelve villages below the dam", 0)]),
                    ("14", vec![at(meridian, "Fourteen villages", 0)]),
                ]
                .into(),
            ),
        ],
        positions: vec![
            position(
                "Velmark",
                "the sluices be opened by May",
                "demands",
                vec![
                    at(meridian, "the sluices be opened by May", 0),
                    at(ledger, "open its sluices by May", 0),
                ],
            ),
            position(
                "Ostria",
                "sign anything before the summer",
                "rejects",
                vec![
                    at(harbour, "sign anything before the summer", 0),
                    at(meridian, "sign anything before the summer", 0),
                ],
            ),
            position(
                "Velmark",
                "any fee for the water",
                "rejects",
                vec![at(meridian, "any fee for the water", 0)],
            ),
        ],
        agreements: vec![Agreement {
            parties: vec!["Velmark".to_owned(), "Ostria".to_owned()],
            text: "Both sides agreed to name engineers for a joint commission.".to_owned(),
            evidence: vec![
                at(harbour, "Both sides agreed to name engineers for a joint commission.", 0),
                at(ledger, "The teams agreed to name engineers for a joint commission", 0),
            ],
            attributed_to: None,
            source: None,
        }],
        next: vec![Next {
            text: "a joint commission, which is to meet on 9 April".to_owned(),
            when: Some("2031-04-09".to_owned()),
            status: "planned".to_owned(),
            who: vec!["Velmark".to_owned(), "Ostria".to_owned()],
            evidence: vec![at(ledger, "a joint commission, which is to meet on 9 April", 0)],
            pronouns: Vec::new(),
            attributed_to: None,
            source: None,
            before: Vec::new(),
        }],
        timeline: vec![
            moment(
                "2031-01",
                "have been without tap water since January",
                vec![
                    at(ledger, "have been without tap water since January", 0),
                    at(meridian, "have been without tap water since January", 0),
                ],
            ),
            moment(
                "2031-02-03",
                "The reservoir fell to its lowest level",
                vec![at(valley, "The reservoir fell to its lowest level", 0)],
            ),
            moment(
                "2031-03-18",
                "Delegations from Velmark and Ostria met in Lindholm",
                vec![
                    at(harbour, "Delegations from Velmark and Ostria met in Lindholm", 0),
                    at(northern, "Delegations from Velmark and Ostria met in Lindholm", 0),
                ],
            ),
            moment(
                "2031-04-02",
                "The visit of governor Anna Solvik to Ostria was postponed to 2 April",
                vec![at(harbour, "The visit of governor Anna Solvik to Ostria was postponed to 2 April", 0)],
            ),
            moment(
                "2031-04-09",
                "a joint commission, which is to meet on 9 April",
                vec![at(ledger, "a joint commission, which is to meet on 9 April", 0)],
            ),
        ],
        events: Vec::new(),
        copies: vec![
            copy(at(harbour, met, 0), at(northern, met, 0)),
            copy(
                at(harbour, "told reporters after the meeting.", 0),
                at(northern, "told reporters after the meeting.", 0),
            ),
        ],
        versions: Vec::new(),
        foldings: Vec::new(),
        limits: vec!["“the two officials” in ledger stays open: nobody by name fits it.".to_owned()],
    }
}

fn entities(harbour: &Report, ledger: &Report, meridian: &Report) -> Vec<Entity> {
    let entity = |id: &str, name: &str, role: Evidence, party: Option<PartyOf>| Entity {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: "person".to_owned(),
        aliases: Vec::new(),
        roles: vec![Role { text: role.exact().to_owned(), evidence: role }],
        party,
        mentions: 4,
    };
    let velmark = PartyOf { name: "Velmark".to_owned(), evidence: at(ledger, "speaks for Velmark", 0) };
    vec![
        entity("e1", "Ilse Maren", at(harbour, "Velmark’s water minister", 0), Some(velmark)),
        entity("e2", "Tomas Brekke", at(meridian, "chief negotiator", 0), None),
    ]
}

fn quotations(harbour: &Report, ledger: &Report, northern: &Report) -> Vec<Quotation> {
    let count = "We will count every litre that leaves the valley";
    let gauge = "A shared gauge is the first step";
    vec![
        quotation(
            "q1",
            Some("e1"),
            "direct",
            &["wording"],
            vec![
                variant(at(harbour, count, 0), "direct", Some("e1")),
                variant(at(northern, count, 0), "direct", Some("e1")),
                variant(
                    at(ledger, "We will count each litre that leaves the valley", 0),
                    "direct",
                    Some("e1"),
                ),
            ],
        ),
        quotation(
            "q2",
            Some("e2"),
            "indirect",
            &[],
            vec![variant(
                at(harbour, "his government would not sign anything before the summer", 0),
                "indirect",
                Some("e2"),
            )],
        ),
        quotation(
            "q3",
            None,
            "direct",
            &["speaker", "truncated"],
            vec![
                variant(at(ledger, gauge, 0), "direct", Some("e1")),
                variant(
                    at(harbour, "A shared gauge is the first step, and a small one", 0),
                    "direct",
                    Some("e2"),
                ),
            ],
        ),
        quotation(
            "q4",
            None,
            "direct",
            &[],
            vec![variant(at(harbour, "Nobody here wants the valley to run dry", 0), "direct", None)],
        ),
    ]
}

fn quotation(
    id: &str,
    speaker: Option<&str>,
    kind: &str,
    differs: &[&str],
    variants: Vec<Variant>,
) -> Quotation {
    Quotation {
        id: id.to_owned(),
        speaker: speaker.map(str::to_owned),
        speaker_name: None,
        kind: kind.to_owned(),
        origins: variants.len(),
        origins_at_least: variants.len(),
        variants,
        differs: differs.iter().map(|d| (*d).to_owned()).collect(),
    }
}

fn variant(evidence: Evidence, kind: &str, speaker: Option<&str>) -> Variant {
    Variant {
        kind: kind.to_owned(),
        text: evidence.exact().to_owned(),
        cue: None,
        via: None,
        speaker: speaker.map(str::to_owned),
        fragments: vec![evidence.clone()],
        evidence,
    }
}

fn claim(id: &str, origins: usize, attributed_to: Option<&str>, evidence: &[Evidence]) -> Claim {
    Claim {
        id: id.to_owned(),
        text: evidence[0].exact().to_owned(),
        origins,
        origins_at_least: origins,
        evidence: evidence.to_vec(),
        attributed_to: attributed_to.map(str::to_owned),
        source: None,
        disputed: None,
        pronouns: Vec::new(),
    }
}

fn coverage(claim: &Claim, reports: &[Report]) -> Coverage {
    let carries = |r: &&Report| claim.evidence.iter().any(|e| e.report() == r.id);
    let (carried, absent): (Vec<&Report>, Vec<&Report>) = reports.iter().partition(carries);
    let ids = |reports: &[&Report]| reports.iter().map(|r| r.id.clone()).collect();
    Coverage {
        claim: claim.id.clone(),
        carried_by: ids(&carried),
        absent_from: ids(&absent),
        absent: absent.len(),
        unclear: Vec::new(),
        nearest: Vec::new(),
    }
}

fn difference(
    id: &str,
    kind: &str,
    about: &str,
    compatible: Option<bool>,
    readings: Vec<(&str, Vec<Evidence>)>,
) -> Difference {
    let reading = |(value, evidence): (&str, Vec<Evidence>)| DifferenceReading {
        value: value.to_owned(),
        text: evidence[0].exact().to_owned(),
        evidence,
    };
    Difference {
        id: id.to_owned(),
        kind: kind.to_owned(),
        about: about.to_owned(),
        compatible,
        over_time: false,
        readings: readings.into_iter().map(reading).collect(),
    }
}

fn position(party: &str, issue: &str, stance: &str, evidence: Vec<Evidence>) -> Position {
    Position {
        before: None,
        lapsed: None,
        party: party.to_owned(),
        issue: issue.to_owned(),
        stance: stance.to_owned(),
        verb: None,
        on: Some("2031-03-18".to_owned()),
        evidence,
    }
}

fn moment(when: &str, text: &str, evidence: Vec<Evidence>) -> TimelineEntry {
    TimelineEntry {
        when: when.to_owned(),
        text: text.to_owned(),
        evidence,
        pronouns: Vec::new(),
        attributed_to: None,
        source: None,
    }
}

fn copy(one: Evidence, other: Evidence) -> Copy {
    let share = BTreeMap::from([(one.report().to_owned(), 0.41), (other.report().to_owned(), 0.63)]);
    Copy {
        passages: vec![one, other],
        share,
        kind: "copy".to_owned(),
        origin: Some("Corval Press".to_owned()),
        reason: "both credit it".to_owned(),
    }
}
