//! The trained annotators.
//!
//! In: a report. Out: its layers: the rules' with the names and attributions that a network reads. The network is
//! told what the rules found, and corrects it. It knows no other report. The networks themselves are [`rashomon_network`].

pub mod features;

mod attributions;
pub mod meanings;
mod names;
mod reconciled;
mod references;
mod trained;

use std::sync::OnceLock;

use rashomon_network::network::Network;

use attributions::Weighing;
use references::References;
use trained::Second;
pub use trained::Trained;

/// The pieces of words that MiniLM was trained with; both networks read them.
static PIECES: &str = include_str!("../../../models/accurate/vocab.txt");

/// The weights of the accurate network.
static ACCURATE_FILE: &[u8] = include_bytes!("../../../models/accurate/model.safetensors");

/// The weights of the heads that read who and what is meant off the accurate network.
static REFERENCES_FILE: &[u8] = include_bytes!("../../../models/accurate/references.safetensors");

/// The weights of the fast network.
static FAST_FILE: &[u8] = include_bytes!("../../../models/fast/model.safetensors");

/// The accurate annotator: a fine-tuned transformer, for a record of a few reports; the fast network is its second opinion. Loaded
/// once.
pub fn accurate() -> &'static Trained {
    static ACCURATE: OnceLock<Trained> = OnceLock::new();
    ACCURATE.get_or_init(|| Trained {
        name: "accurate",
        network: Network::new(ACCURATE_FILE, PIECES),
        second: Some(Second { annotator: fast, share: 0.3 }),
        references: Some(References::new(REFERENCES_FILE)),
        weighing: Weighing {
            caution: -0.9,
            broken_quote: 8.0,
            eager_source: 2.0,
            least: 0.18,
            least_alone: 0.38,
        },
    })
}

/// The fast annotator: convolutions that learnt from the accurate one, for streams and archives. Loaded once.
pub fn fast() -> &'static Trained {
    static FAST: OnceLock<Trained> = OnceLock::new();
    FAST.get_or_init(|| Trained {
        name: "fast",
        network: Network::new(FAST_FILE, PIECES),
        second: None,
        references: None,
        weighing: Weighing {
            caution: -0.7,
            broken_quote: 8.0,
            eager_source: 2.0,
            least: 0.36,
            least_alone: 0.46,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{report, report_with};
    use super::*;
    use crate::annotate::Annotator;
    use crate::report::RegionKind;

    const TEXTS: [&str; 7] = [
        "",
        "“",
        "said said said said",
        "“We will go,” Anna Dunn said. “And soon.”\n\nNobody believed that she meant it.",
        "\u{0}\u{ad}東京 “\u{200b}x\u{301}” he said",
        "A B C D E F G H I J K L M N O P",
        "((((((((((((((((((((((((((((((((((",
    ];

    #[test]
    fn both_networks_take_any_text() {
        for text in TEXTS.iter().flat_map(|text| [text.to_string(), text.repeat(60)]) {
            for annotator in [accurate(), fast()] {
                let report = report(&text);
                let layers = annotator.annotate(&report);
                for attribution in &layers.attributions {
                    let spans = attribution.content.iter().chain(&attribution.source).chain(&attribution.cue);
                    assert!(
                        spans.clone().all(|span| !report.slice(*span).is_empty()),
                        "{}",
                        annotator.name()
                    );
                    assert!(!attribution.content.is_empty());
                }
            }
        }
    }

    #[test]
    fn both_networks_read_a_plain_quotation() {
        let text = "The bridge will stay shut, officials said on Monday.\n\n“We found cracks in two pillars,” Anna Dunn, the city engineer, said.";
        for annotator in [accurate(), fast()] {
            let report = report(text);
            let layers = annotator.annotate(&report);
            let quoted = layers.attributions.iter().find(|a| report.slice(a.content[0]).contains("cracks"));
            let quoted = quoted.unwrap_or_else(|| panic!("{} finds the quotation", annotator.name()));
            assert_eq!(report.slice(quoted.content[0]), "“We found cracks in two pillars,”");
            let speaker = quoted.speaker.map(|id| layers.entities[id].name.as_str());
            assert_eq!(speaker, Some("Anna Dunn"), "{}", annotator.name());
        }
    }

    #[test]
    fn a_headline_says_nothing_of_the_report() {
        let body = "The government ordered an inquiry into the release of water from the dam on Tuesday.";
        for title in
            ["Death toll rises to 71, minister says", "Ferry sank after door was left open, inquiry finds"]
        {
            for annotator in [accurate(), fast()] {
                let text = format!("{title}\n\n{body}");
                let report = report_with(&text, &[(RegionKind::Title, title)]);
                let layers = annotator.annotate(&report);
                let within = |a: &crate::annotate::Attribution| {
                    let parts = || a.source.iter().chain(&a.cue).chain(&a.content);
                    let border = title.len() as u32;
                    parts().all(|part| part.end <= border) || parts().all(|part| part.start > border)
                };
                assert!(layers.attributions.iter().all(within), "{} {title}", annotator.name());
            }
        }
    }

    #[test]
    fn the_same_text_gives_the_same_layers() {
        let report = report(TEXTS[3]);
        assert_eq!(accurate().annotate(&report), accurate().annotate(&report));
    }
}
