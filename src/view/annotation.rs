//! One report's layers as a line of JSON.
//!
//! In: a [`Report`] and its [`Annotations`]. Out: [`AnnotationLine`], in which every span has become code
//! points of the report's text. It does not know any other report.

use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::annotate::{Annotations, Chain, Entity, EntityIndex, Mention, MentionIndex, MentionKind};
use crate::report::{Report, Text};
use crate::span::Span;

/// A span in Unicode code points, end-exclusive: `[start, end]`.
pub type Range = [usize; 2];

/// What `rashomon annotate` prints for one report. Entities are told apart by their place in `entities`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnnotationLine {
    /// Path, or path:line.
    pub source: String,
    /// The report's id.
    pub id: String,
    /// SHA-256 of the report's text in UTF-8, in hexadecimal: what the offsets index.
    pub text_sha256: String,
    /// What annotated it: "accurate", "fast" or "rules".
    pub model: String,
    /// Sentences, in order.
    pub sentences: Vec<Range>,
    /// Stretches between quotation marks, in order.
    pub quotes: Vec<QuoteLine>,
    /// Whom and what the report speaks of.
    pub entities: Vec<EntityLine>,
    /// Who said, wrote, thinks or wants what.
    pub attributions: Vec<AttributionLine>,
    /// Expressions of time.
    pub times: Vec<TimeLine>,
    /// Numbers with what they count.
    pub quantities: Vec<QuantityLine>,
    /// What happened, by PLOVER type.
    pub events: Vec<EventLine>,
    /// Words that likely refer to one person or thing, two or more each, where the model reads that (`accurate`): no line of a
    /// record rests on it.
    pub chains: Vec<ChainLine>,
    /// What of the text is not the report.
    pub regions: Vec<RegionLine>,
}

/// A stretch between quotation marks.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuoteLine {
    /// First code point, that of the opening mark.
    pub start: usize,
    /// After the last code point, that of the closing mark.
    pub end: usize,
    /// The words between the marks.
    pub inner: Range,
    /// Whether a closing mark stands at its end.
    pub closed: bool,
}

/// A referent in one report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EntityLine {
    /// Its fullest name.
    pub name: String,
    /// person, organization, place, group, event, work, law or other.
    pub kind: String,
    /// Each as `[start, end, kind]`; the kind is name, title, pronoun or nominal.
    pub mentions: Vec<(usize, usize, String)>,
    /// The words that say what it does.
    pub roles: Vec<Range>,
    /// Whom it speaks for.
    pub party: Option<PartyLine>,
}

/// Whom an entity speaks for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PartyLine {
    /// "United States", "NATO".
    pub name: String,
    /// The words that say so.
    pub evidence: Range,
}

/// Who said, wrote, thinks or wants what. A role that is broken has several fragments.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AttributionLine {
    /// The words for whom it is given to.
    pub source: Vec<Range>,
    /// The words that attribute.
    pub cue: Vec<Range>,
    /// The words that are attributed, with their quotation marks.
    pub content: Vec<Range>,
    /// direct, mixed or indirect.
    pub kind: String,
    /// To or through whom it was told.
    pub via: Vec<Range>,
    /// The name of the entity whose words they are; null where that is ambiguous or unknown.
    pub speaker: Option<String>,
    /// Its place in `entities`.
    pub speaker_entity: Option<usize>,
}

/// An expression of time (TIMEX3).
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TimeLine {
    /// First code point.
    pub start: usize,
    /// After the last code point.
    pub end: usize,
    /// DATE, TIME, DURATION or SET.
    #[serde(rename = "type")]
    pub kind: String,
    /// EDTF, or an ISO 8601 duration; null where it cannot be resolved.
    pub value: Option<String>,
}

/// A number with its hedge and its unit.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuantityLine {
    /// First code point.
    pub start: usize,
    /// After the last code point.
    pub end: usize,
    /// The smallest number that it allows; null where there is none.
    pub low: Option<f64>,
    /// The largest number that it allows; null where there is none.
    pub high: Option<f64>,
    /// Whether the smallest itself is excluded.
    pub low_open: bool,
    /// Whether the largest itself is excluded.
    pub high_open: bool,
    /// "hour", "percent", an ISO 4217 code, or the lemma of what is counted; empty where nothing is said.
    pub unit: String,
}

/// An event.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EventLine {
    /// First code point of the clause that tells it.
    pub start: usize,
    /// After its last code point.
    pub end: usize,
    /// PLOVER root type.
    #[serde(rename = "type")]
    pub root: String,
    /// The word that names it.
    pub trigger: Range,
    /// Who does it.
    pub actor: Option<Range>,
    /// To or with whom.
    pub recipient: Option<Range>,
    /// EDTF.
    pub when: Option<String>,
    /// The words for the place.
    #[serde(rename = "where")]
    pub place: Option<Range>,
    /// affirmed or denied.
    pub polarity: String,
    /// asserted, future or possible.
    pub modality: String,
}

/// A coreference chain: mentions that likely refer to one person or thing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChainLine {
    /// Each as `[start, end, kind]`; the kind is name, title, pronoun or nominal.
    pub mentions: Vec<(usize, usize, String)>,
    /// Its place in `entities`, where the rules resolve one of its mentions.
    pub entity: Option<usize>,
}

/// A region that is not the report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RegionLine {
    /// What it is.
    pub kind: String,
    /// First code point.
    pub start: usize,
    /// After the last code point.
    pub end: usize,
}

/// The JSON Schema of a line of `rashomon annotate`, with a newline at its end.
pub fn schema() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&schema_for!(AnnotationLine))? + "\n")
}

/// Hexadecimal SHA-256 of `text`.
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl AnnotationLine {
    /// The layers of `report` in code points.
    pub fn new(report: &Report, layers: &Annotations, model: &str) -> Self {
        let edge = Edge { text: &report.text, layers };
        AnnotationLine {
            source: report.source.clone(),
            id: report.id.clone(),
            text_sha256: sha256(report.text.as_str()),
            model: model.to_owned(),
            sentences: layers.sentences.iter().map(|s| edge.range(s.span)).collect(),
            quotes: edge.quotes(),
            entities: layers.entities.iter().map(|e| edge.entity(e)).collect(),
            attributions: edge.attributions(),
            times: edge.times(),
            quantities: edge.quantities(),
            events: edge.events(),
            chains: layers.chains.iter().filter(|c| c.mentions.len() > 1).map(|c| edge.chain(c)).collect(),
            regions: edge.regions(report),
        }
    }
}

fn mention_kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name => "name",
        MentionKind::Title => "title",
        MentionKind::Pronoun => "pronoun",
        MentionKind::Nominal => "nominal",
    }
}

/// Where bytes become code points.
struct Edge<'a> {
    text: &'a Text,
    layers: &'a Annotations,
}

impl Edge<'_> {
    fn range(&self, span: Span) -> Range {
        let (start, end) = self.text.code_points(span);
        [start, end]
    }

    fn ranges(&self, spans: &[Span]) -> Vec<Range> {
        spans.iter().map(|s| self.range(*s)).collect()
    }

    fn mention(&self, mention: Option<MentionIndex>) -> Option<Range> {
        self.layers.mentions.get(mention?).map(|m| self.range(m.span))
    }

    fn name(&self, entity: Option<EntityIndex>) -> Option<String> {
        self.layers.entities.get(entity?).map(|e| e.name.clone())
    }

    fn entity(&self, entity: &Entity) -> EntityLine {
        let mentions = entity.mentions.iter().filter_map(|i| self.layers.mentions.get(*i));
        let mentions = mentions.map(|m| self.with_kind(m)).collect();
        let party = entity.party.as_ref();
        EntityLine {
            name: entity.name.clone(),
            kind: entity.kind.name().to_owned(),
            mentions,
            roles: self.ranges(&entity.roles),
            party: party.map(|p| PartyLine { name: p.name.clone(), evidence: self.range(p.evidence) }),
        }
    }

    fn chain(&self, chain: &Chain) -> ChainLine {
        ChainLine {
            mentions: chain.mentions.iter().map(|m| self.with_kind(m)).collect(),
            entity: chain.entity(),
        }
    }

    fn with_kind(&self, mention: &Mention) -> (usize, usize, String) {
        let [start, end] = self.range(mention.span);
        (start, end, mention_kind(mention.kind).to_owned())
    }

    fn quotes(&self) -> Vec<QuoteLine> {
        let line = |q: &crate::annotate::Quote| {
            let [start, end] = self.range(q.outer);
            QuoteLine { start, end, inner: self.range(q.inner), closed: q.closed }
        };
        self.layers.quotes.iter().map(line).collect()
    }

    fn attributions(&self) -> Vec<AttributionLine> {
        let attributions = self.layers.attributions.iter();
        attributions
            .map(|a| AttributionLine {
                source: self.ranges(&a.source),
                cue: self.ranges(&a.cue),
                content: self.ranges(&a.content),
                kind: a.kind.name().to_owned(),
                via: self.ranges(&a.via),
                speaker: self.name(a.speaker),
                speaker_entity: a.speaker,
            })
            .collect()
    }

    fn times(&self) -> Vec<TimeLine> {
        let times = self.layers.times.iter().map(|t| (self.range(t.span), t));
        times
            .map(|([start, end], t)| TimeLine {
                start,
                end,
                kind: t.kind.name().to_owned(),
                value: t.value.clone(),
            })
            .collect()
    }

    fn quantities(&self) -> Vec<QuantityLine> {
        let bound = |n: f64| n.is_finite().then_some(n);
        let quantities = self.layers.quantities.iter().map(|q| (self.range(q.span), q));
        quantities
            .map(|([start, end], q)| QuantityLine {
                start,
                end,
                low: bound(q.interval.low),
                high: bound(q.interval.high),
                low_open: q.interval.low_open,
                high_open: q.interval.high_open,
                unit: q.unit.clone(),
            })
            .collect()
    }

    fn events(&self) -> Vec<EventLine> {
        let when = |time: Option<usize>| self.layers.times.get(time?)?.value.clone();
        let events = self.layers.events.iter().map(|e| (self.range(e.span), e));
        events
            .map(|([start, end], e)| EventLine {
                start,
                end,
                root: e.root.to_owned(),
                trigger: self.range(e.trigger),
                actor: self.mention(e.actor),
                recipient: self.mention(e.recipient),
                when: when(e.when),
                place: self.mention(e.place),
                polarity: if e.happened { "affirmed" } else { "denied" }.to_owned(),
                modality: e.modality.name().to_owned(),
            })
            .collect()
    }

    fn regions(&self, report: &Report) -> Vec<RegionLine> {
        let line = |r: &crate::report::Region| {
            let [start, end] = self.range(r.span);
            RegionLine { kind: r.kind.name().to_owned(), start, end }
        };
        report.regions.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{
        Attribution, AttributionKind, EntityKind, Interval, Mention, Quantity, TimeExpression, TimeKind,
    };
    use crate::view::sample;
    use serde_json::json;

    fn span(report: &Report, words: &str) -> Span {
        let start = report.text.as_str().find(words).expect(words);
        Span::new(start..start + words.len())
    }

    fn annotated() -> (Report, Annotations) {
        let report = sample::report("é", "Über", 18, "🌊 Ağa said: “Nò” – on Friday, for over 4 hours.");
        let mention = |words, kind| Mention {
            span: span(&report, words),
            head: span(&report, words),
            kind,
            of: EntityKind::Person,
            entity: Some(0),
        };
        let over_four = Interval { low: 4.0, low_open: true, high: f64::INFINITY, high_open: false };
        let layers = Annotations {
            mentions: vec![mention("Ağa", MentionKind::Name)],
            entities: vec![Entity {
                name: "Ağa".to_owned(),
                kind: EntityKind::Person,
                roles: vec![],
                party: None,
                mentions: vec![0],
            }],
            attributions: vec![Attribution {
                source: vec![span(&report, "Ağa")],
                cue: vec![span(&report, "said")],
                content: vec![span(&report, "“Nò”")],
                kind: AttributionKind::Direct,
                via: vec![],
                speaker: Some(0),
            }],
            times: vec![TimeExpression {
                span: span(&report, "Friday"),
                kind: TimeKind::Date,
                value: Some("2031-03-14".to_owned()),
                days: None,
            }],
            quantities: vec![Quantity {
                span: span(&report, "over 4 hours"),
                number: span(&report, "4"),
                interval: over_four,
                unit: "hour".to_owned(),
                of: None,
            }],
            ..Annotations::default()
        };
        (report, layers)
    }

    #[test]
    fn bytes_become_code_points() {
        let (report, layers) = annotated();
        let line = serde_json::to_value(AnnotationLine::new(&report, &layers, "rules")).expect("JSON");
        assert_eq!(
            line["attributions"][0],
            json!({"source": [[2, 5]], "cue": [[6, 10]], "content": [[12, 16]], "kind": "direct", "via": [],
                   "speaker": "Ağa", "speaker_entity": 0})
        );
        assert_eq!(line["entities"][0]["mentions"], json!([[2, 5, "name"]]));
        assert_eq!(line["times"], json!([{"start": 22, "end": 28, "type": "DATE", "value": "2031-03-14"}]));
        assert_eq!(
            line["quantities"][0],
            json!({"start": 34, "end": 46, "low": 4.0, "high": null, "low_open": true, "high_open": false,
                   "unit": "hour"})
        );
    }

    #[test]
    fn a_line_keeps_to_its_own_schema() {
        let schema: serde_json::Value = serde_json::from_str(&schema().expect("a schema")).expect("JSON");
        let validator = jsonschema::validator_for(&schema).expect("a valid schema");
        let (report, layers) = annotated();
        let line = serde_json::to_value(AnnotationLine::new(&report, &layers, "rules")).expect("JSON");
        assert_eq!(
            validator.iter_errors(&line).map(|e| e.to_string()).collect::<Vec<_>>(),
            Vec::<String>::new()
        );
    }

    #[test]
    fn the_hash_is_of_the_text() {
        assert_eq!(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
