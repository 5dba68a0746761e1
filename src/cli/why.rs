//! `rashomon why`.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::align::Account;
use crate::annotate::{Annotator, Rules};
use crate::group;
use crate::pipeline;
use crate::report::Report;
use crate::view::why::WhyLine;

use super::Outcome;
use super::output::Output;

/// Prints why two reports are of one event or not.
pub fn run(one: &str, other: &str) -> anyhow::Result<Outcome> {
    let account = |name: &str| -> anyhow::Result<Account> {
        let report = report(name)?;
        Ok(Account::new(Rules.annotate(&report), report))
    };
    let (a, b) = (account(one)?, account(other)?);
    let line = WhyLine::new(&group::why(&a, &b), &a.report, &b.report);
    Output::stdout().write_line(&line)?;
    Ok(Outcome::Read)
}

/// The report that `name` names: a file that holds one, or `FILE:LINE` of JSON Lines.
fn report(name: &str) -> anyhow::Result<Report> {
    let (path, line) = match name.rsplit_once(':') {
        Some((path, line)) if !Path::new(name).exists() && line.parse::<usize>().is_ok() => {
            (path, Some(line))
        }
        _ => (name, None),
    };
    let read = pipeline::inputs::collect(&[PathBuf::from(path)]);
    let found = read.reports.len();
    let mut reports: Vec<Report> =
        read.reports.into_iter().filter(|r| line.is_none_or(|_| r.source == name)).collect();
    match (reports.len(), line) {
        (1, _) => Ok(reports.remove(0)),
        (0, None) => {
            let reason = read.refusals.first().map(|r| r.message.clone());
            bail!("{name}: {}", reason.unwrap_or_else(|| "no report in it".to_owned()))
        }
        (_, Some(line)) => None.with_context(|| format!("{path}: no report in line {line}")),
        (_, None) => bail!("{name}: {found} reports in it; say which, as {path}:LINE"),
    }
}
