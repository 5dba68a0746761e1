//! Pages with what others marked on them.
//!
//! In: the folders of fundus' and Readability's tests. Out: a [`Page`] for each saved page with its body. It does not know how they are scored.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use dom_query::Document;
use rashomon::report::PublishedAt;
use serde::Deserialize;

use crate::corpus;

/// A saved page and what is right for it.
#[derive(Debug)]
pub struct Page {
    /// The saved page.
    pub path: PathBuf,
    /// Its body, a paragraph a line.
    pub body: String,
    /// Who wrote it; empty where nobody says.
    pub authors: Vec<String>,
    /// When it was published.
    pub published_at: Option<PublishedAt>,
    /// Its headline.
    pub title: Option<String>,
}

#[derive(Deserialize)]
struct Article {
    #[serde(default)]
    authors: Vec<String>,
    body: Option<Body>,
    publishing_date: Option<String>,
    title: Option<String>,
}

#[derive(Deserialize)]
struct Body {
    summary: Vec<String>,
    sections: Vec<Section>,
}

#[derive(Deserialize)]
struct Section {
    headline: Vec<String>,
    paragraphs: Vec<String>,
}

/// The pages of fundus: for each publisher its versions in the order of the saved pages' days.
pub fn fundus(folder: &Path) -> Result<Vec<Page>> {
    let files = corpus::files(folder)?;
    let mut pages = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "json")) {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let versions: BTreeMap<String, Article> =
            serde_json::from_str(&text).with_context(|| format!("cannot read {}", file.display()))?;
        let mut versions: Vec<_> = versions.into_iter().collect();
        versions.sort_by_key(|(name, _)| numbers(name));
        let publisher = format!("{}_2", file.file_stem().unwrap_or_default().to_string_lossy());
        let saved = files.iter().filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            path.parent() == file.parent() && name.starts_with(&publisher) && name.ends_with(".html.gz")
        });
        let saved: Vec<_> = saved.collect();
        ensure!(
            saved.len() == versions.len(),
            "{}: {} pages for {} versions",
            file.display(),
            saved.len(),
            versions.len()
        );
        pages.extend(saved.into_iter().zip(versions).filter_map(|(path, (_, article))| page(path, article)));
    }
    Ok(pages)
}

fn page(path: &Path, article: Article) -> Option<Page> {
    let body = article.body?;
    let sections =
        body.sections.into_iter().flat_map(|section| section.headline.into_iter().chain(section.paragraphs));
    let lines: Vec<String> = body.summary.into_iter().chain(sections).collect();
    Some(Page {
        path: path.to_owned(),
        body: lines.join("\n"),
        authors: article.authors,
        published_at: article.publishing_date.as_deref().and_then(PublishedAt::parse),
        title: article.title,
    })
}

/// "V1_1" has 1 and 1.
fn numbers(version: &str) -> Vec<u32> {
    version.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

/// The pages of Readability.
pub fn readability(folder: &Path) -> Result<Vec<Page>> {
    let files = corpus::files(folder)?;
    let expected = files.iter().filter(|file| file.file_name().is_some_and(|name| name == "expected.html"));
    expected
        .map(|file| {
            let html = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            Ok(Page {
                path: file.with_file_name("source.html"),
                // Not by the reader that is measured.
                body: Document::fragment(html).formatted_text().to_string(),
                authors: Vec::new(),
                published_at: None,
                title: None,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_sorted_as_numbers() {
        assert!(
            numbers("V1") < numbers("V1_1")
                && numbers("V1_9") < numbers("V1_10")
                && numbers("V1_10") < numbers("V2")
        );
    }
}
