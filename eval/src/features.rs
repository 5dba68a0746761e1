//! What the networks are told about texts, for training them.
//!
//! In: texts, a JSON line each (`id`, `text`). Out: a JSON line each with the tokens as code points, the numbers of
//! each and the attributions that the rules propose. It does not know what is learnt from them.

use std::io::{BufRead, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use rashomon::annotate::neural::features;
use rashomon::annotate::{Annotator, Rules};
use rashomon::report::{Report, Text, mark_regions};
use serde::{Deserialize, Serialize};

/// Where to read and write.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Texts, JSON Lines with `id` and `text`.
    pub input: PathBuf,
    /// Where the features go.
    #[arg(short, long)]
    pub output: PathBuf,
}

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
}

#[derive(Serialize)]
struct Output {
    id: String,
    /// `[start, end]` of each token in code points.
    tokens: Vec<(usize, usize)>,
    /// The columns of [`features::WordFeatures`] for each token.
    words: Vec<features::WordFeatures>,
    /// Cue, content and source of each attribution of the rules, as ranges of tokens.
    proposals: Vec<[Vec<(usize, usize)>; 3]>,
}

/// Writes the features of each text.
pub fn run(options: &Options) -> Result<()> {
    let name = || options.input.display().to_string();
    let input = std::fs::File::open(&options.input).with_context(name)?;
    let output =
        std::fs::File::create(&options.output).with_context(|| options.output.display().to_string())?;
    let mut output = BufWriter::new(output);
    for line in std::io::BufReader::new(input).lines() {
        let Input { id, text } = serde_json::from_str(&line.with_context(name)?).with_context(name)?;
        serde_json::to_writer(&mut output, &of(id, text))?;
        output.write_all(b"\n")?;
    }
    Ok(output.flush()?)
}

fn of(id: String, text: String) -> Output {
    let text = Text::new(text);
    let report = Report {
        source: id.clone(),
        id,
        outlet: None,
        title: None,
        url: None,
        published_at: None,
        language: None,
        credits: Vec::new(),
        regions: mark_regions(&text),
        text,
        remarks: Vec::new(),
    };
    let layers = Rules.annotate(&report);
    let ranges = |r: Vec<std::ops::Range<usize>>| r.into_iter().map(|r| (r.start, r.end)).collect();
    let proposals = features::proposals(&layers).into_iter();
    Output {
        tokens: layers.tokens.iter().map(|t| report.text.code_points(t.span)).collect(),
        words: features::words(&report, &layers),
        proposals: proposals.map(|p| [ranges(p.cue), ranges(p.content), ranges(p.source)]).collect(),
        id: report.id,
    }
}
