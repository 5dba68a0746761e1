//! The trained annotators.
//!
//! In: a report. Out: its layers: those of the rules, with the attributions that a network reads. The network is
//! told what the rules found, and corrects it. It knows no other report.

pub mod features;

mod attributions;
mod convolution;
mod heads;
mod kernel;
mod matrix;
mod names;
mod network;
mod trained;
mod transformer;
mod viterbi;
mod weights;
mod window;
mod wordpiece;

use std::sync::OnceLock;

use attributions::Weighing;
use network::Network;
pub use trained::Trained;

/// The pieces of words that MiniLM was trained with.
static PIECES: &str = include_str!("../../../models/accurate/vocab.txt");

/// The accurate annotator: a fine-tuned transformer, for a record of a few reports. Loaded once.
pub fn accurate() -> &'static Trained {
    static ACCURATE: OnceLock<Trained> = OnceLock::new();
    static FILE: &[u8] = include_bytes!("../../../models/accurate/model.safetensors");
    ACCURATE.get_or_init(|| Trained {
        name: "accurate",
        network: match std::env::var("MODEL_FILE") {
            Ok(f) => Network::new(&std::fs::read(f).expect("file"), PIECES),
            _ => Network::new(FILE, PIECES),
        },
        weighing: weighing(),
    })
}

fn weighing() -> Weighing {
    let env = |n: &str, d: f32| std::env::var(n).ok().and_then(|v| v.parse().ok()).unwrap_or(d);
    Weighing { caution: env("CAUTION", 0.0), broken_quote: env("BROKEN", 3.0), least: env("LEAST", 0.3) }
}
