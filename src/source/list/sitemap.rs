//! Sitemaps, and what Google News adds to them.
//!
//! In: its XML. Out: a link to each page, or of an index to each further sitemap. It does not know whether a page has a report.

use url::Url;

use super::{LeadsTo, Link, MAX_LINKS, Told, said, web};
use crate::report::PublishedAt;
use crate::source::xml::{Tag, walk};

/// The pages or sitemaps that a sitemap names.
pub(super) fn read(xml: &str, base: Option<&Url>) -> Result<Vec<Link>, String> {
    let mut links = Vec::new();
    let mut place = Place::default();
    walk(xml, |tag| match tag {
        Tag::Open { name: "url" | "sitemap", .. } => place = Place::default(),
        Tag::Close { name: name @ ("url" | "sitemap"), .. } => {
            let place = std::mem::take(&mut place);
            let leads_to = if name == "url" { LeadsTo::Page } else { LeadsTo::List };
            if let Some(url) = place.url.filter(|_| links.len() < MAX_LINKS) {
                links.push(Link { url, leads_to, told: place.told });
            }
        }
        Tag::Open { .. } => {}
        Tag::Close { name, text } => place.say(name, text, base),
    })?;
    Ok(links)
}

#[derive(Default)]
struct Place {
    url: Option<Url>,
    told: Told,
}

impl Place {
    /// Takes what an element within a place says. `lastmod` is no date of publication, and is not taken for one.
    fn say(&mut self, name: &str, text: &str, base: Option<&Url>) {
        match name {
            // Pictures have a `loc` of their own, after the page's.
            "loc" if self.url.is_none() => self.url = web(text, base),
            "publication_date" => self.told.published_at = PublishedAt::parse(text),
            "title" if self.told.title.is_none() => self.told.title = said(text),
            "name" => self.told.outlet = said(text),
            "language" => self.told.language = said(text),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_news_sitemap_tells_of_its_pages() {
        let xml = r#"<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
            xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://example.org/1 </loc><lastmod>2031-06-01</lastmod>
            <news:news><news:publication><news:name>Valley Post</news:name><news:language>en</news:language></news:publication>
            <news:publication_date>2031-05-14T08:00:00+02:00</news:publication_date><news:title>Gates &amp; <![CDATA[dams]]></news:title></news:news>
            <image:image><image:loc>https://example.org/1.jpg</image:loc></image:image></url>
            <url><loc>/2</loc></url><url><lastmod>2031-05-14</lastmod></url></urlset>"#;
        let base = Url::parse("https://example.org/news.xml").expect("url");
        let links = read(xml, Some(&base)).expect("a sitemap");
        assert_eq!(links.len(), 2);
        let told = &links[0].told;
        assert_eq!(
            (links[0].url.as_str(), told.title.as_deref()),
            ("https://example.org/1", Some("Gates & dams"))
        );
        assert_eq!((told.outlet.as_deref(), told.language.as_deref()), (Some("Valley Post"), Some("en")));
        assert_eq!(told.published_at.map(PublishedAt::edtf).as_deref(), Some("2031-05-14T08:00:00+02:00"));
        assert_eq!((links[1].url.as_str(), &links[1].told), ("https://example.org/2", &Told::default()));
    }

    #[test]
    fn an_index_leads_to_further_sitemaps() {
        let xml = "<sitemapindex><sitemap><loc>https://example.org/a.xml</loc></sitemap></sitemapindex>";
        let links = read(xml, None).expect("an index");
        assert_eq!((links[0].url.as_str(), links[0].leads_to), ("https://example.org/a.xml", LeadsTo::List));
    }
}
