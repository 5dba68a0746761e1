//! What the record cannot say, and why.
//!
//! In: everything that stayed open. Out: sentences for a reader.

use super::Context;
use crate::annotate::{AttributionKind, MentionKind};
use crate::record::Folding;

/// The limits of the story's record.
pub fn find(context: &Context) -> Vec<String> {
    let mut limits = Vec::new();
    for of in context.accounts {
        let report = &of.report;
        limits.extend(report.remarks.iter().map(|remark| format!("{}: {remark}.", report.id)));
        if report.published_at.is_none() {
            let open = of.layers.times.iter().filter(|t| t.value.is_none()).count();
            let without = count(open, "expression of time", "expressions of time");
            let times = if open > 0 { format!("; no value for {without}") } else { String::new() };
            limits.push(format!("{}: it gives no date of its own{times}.", report.id));
        }
        if !report.may_be_english() {
            let language = report.language.as_deref().unwrap_or_default();
            limits.push(format!("{}: it is not in English ({language}) and was not annotated.", report.id));
        }
        let open = unresolved_speakers(of);
        if open > 0 {
            let without = count(open, "quotation", "quotations");
            limits.push(format!("{}: no speaker for {without}: who is meant is not certain.", report.id));
        }
        let pronouns = of
            .layers
            .mentions
            .iter()
            .filter(|m| m.kind == MentionKind::Pronoun && m.entity.is_none())
            .count();
        if pronouns > 0 {
            limits.push(format!(
                "{}: no referent for {}.",
                report.id,
                count(pronouns, "pronoun", "pronouns")
            ));
        }
    }
    let nameless = context.accounts.iter().filter(|a| a.report.outlet.is_none()).count();
    if nameless > 1 {
        limits.push(format!(
            "{nameless} reports name no outlet: each is counted as an outlet of its own, and “up to” stands where that is open."
        ));
    }
    limits.extend(owners(context));
    if context.accounts.len() == 1 {
        limits.push("One report only: nothing can be compared.".to_owned());
    }
    limits.push(
        "An indirect telling is joined with the words that it renders only where it keeps most of them."
            .to_owned(),
    );
    limits
}

/// Whose outlets count as one telling, and of which outlets nobody here knows the owner.
fn owners(context: &Context) -> Vec<String> {
    let foldings = context.copies.foldings(context.accounts);
    let of_kind = |kind: &'static str| foldings.iter().filter(move |folding| folding.kind == kind);
    let one = |folding: &Folding| {
        format!("{}: their outlets belong to {} and count as one.", folding.reports.join(", "), folding.name)
    };
    let mut said: Vec<String> = of_kind("owner").map(one).collect();
    let unknown: Vec<&str> = of_kind("unknown owner").map(|folding| folding.name.as_str()).collect();
    if unknown.len() > 1 {
        let names = unknown.join(", ");
        said.push(format!(
            "{names}: their owners are not known here; “up to” says how many tellings are independent if all differ."
        ));
    }
    said
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn unresolved_speakers(of: &super::Account) -> usize {
    let quoted = of.layers.attributions.iter().filter(|a| a.kind != AttributionKind::Indirect);
    quoted.filter(|a| a.speaker.is_none()).count()
}
