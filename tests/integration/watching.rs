//! `watch` and `add URL`: lists of feeds are followed, and what did not change is not asked for again.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rashomon::annotate::Model;
use rashomon::fetch::{Fetcher, Options, Private};
use rashomon::pipeline::add::{Keeper, News};
use rashomon::pipeline::{Meter, watch};
use rashomon::store::Store;

use crate::keeping::{Desk, became};
use crate::server::{Server, reply};

const PARAGRAPHS: &str = "<p>The gates of the Lumbe dam were opened on Tuesday after two dry months, the water ministry said in \
    a statement. Farmers downstream had asked for the water since March, and forty villages had been supplied by lorry.</p>\
    <p>“By Monday we had given up,” said Ilse Maren, who leads the council of Lumbe. The engineers of the dam said that the \
    gates would stay open until the end of June, whatever the level of the lake.</p>";

fn page(title: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{PARAGRAPHS}</article></body></html>"
    )
}

/// A feed with two pages, which says whether it changed.
fn news() -> Server {
    Server::new(|request, stream| match request.path.as_str() {
        "/feed.xml" if request.headers.get("if-none-match").is_some_and(|tag| tag == "\"1\"") => {
            reply(stream, "304 Not Modified", &[], b"");
        }
        "/feed.xml" => {
            let host = request.headers.get("host").cloned().unwrap_or_default();
            let item = |n| format!("<item><title>Gates {n}</title><link>http://{host}/{n}</link></item>");
            let feed = format!(
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Valley Ledger</title>{}{}</channel></rss>",
                item(1),
                item(2)
            );
            reply(stream, "200 OK", &["Content-Type: application/rss+xml", "ETag: \"1\""], feed.as_bytes());
        }
        "/1" | "/2" => {
            let title = format!("Gates of the Lumbe dam opened, part {}", &request.path[1..]);
            reply(stream, "200 OK", &["Content-Type: text/html; charset=utf-8"], page(&title).as_bytes());
        }
        _ => reply(stream, "404 Not Found", &[], b""),
    })
}

#[test]
fn what_did_not_change_is_not_asked_for_again() {
    let (desk, server) = (Desk::new("watch"), news());
    let list = format!(
        "<opml version=\"2.0\"><head/><body><outline type=\"rss\" text=\"Ledger\" xmlUrl=\"{}\"/></body></opml>",
        server.url("/feed.xml")
    );
    let list = desk.file("feeds.opml", &list);
    let round = || desk.lines(&["watch", &list, "--once", "--allow-private", "--pause", "0"]);
    assert_eq!(became(&round()), ["new", "new"]);
    assert_eq!(became(&round()), [""; 0]);
    let tags: Vec<_> =
        server.asked("/feed.xml").iter().map(|r| r.headers.get("if-none-match").cloned()).collect();
    assert_eq!(tags, [None, Some("\"1\"".to_owned())], "what the server said is known to the next run");
    assert_eq!((server.asked("/feed.xml").len(), server.asked("/1").len()), (2, 1));
    let first = desk.lines(&["search", "lorry"]);
    assert_eq!(first.len(), 2, "{first:?}");
}

#[test]
fn a_page_is_added_by_its_address() {
    let (desk, server) = (Desk::new("add-url"), news());
    let add = || desk.lines(&["add", &server.url("/1"), "--allow-private", "--pause", "0"]);
    assert_eq!(became(&add()), ["new"]);
    assert_eq!(became(&add()), ["known"]);
    let refused = desk.test(&["add", &server.url("/1")]).status(1);
    refused.stderr_has("private").run();
}

/// A feed that never changes, with a page that does (its text holds `edition`) and one that is gone.
fn corrected(edition: Arc<AtomicU32>) -> Server {
    Server::new(move |request, stream| {
        let edition = edition.load(Ordering::Relaxed);
        let tag = match request.path.as_str() {
            "/1" => format!("\"e{edition}\""),
            _ => "\"1\"".to_owned(),
        };
        if request.headers.get("if-none-match") == Some(&tag) {
            return reply(stream, "304 Not Modified", &[], b"");
        }
        let feed = "<rss version='2.0'><channel><title>Valley Ledger</title><item><link>/1</link></item>\
                    <item><link>/gone</link></item></channel></rss>";
        let page =
            page("Gates of the Lumbe dam opened").replace("forty villages", &format!("{edition} villages"));
        match request.path.as_str() {
            "/feed" => reply(
                stream,
                "200 OK",
                &["Content-Type: application/rss+xml", &format!("ETag: {tag}")],
                feed.as_bytes(),
            ),
            "/1" => reply(
                stream,
                "200 OK",
                &["Content-Type: text/html", &format!("ETag: {tag}")],
                page.as_bytes(),
            ),
            _ => reply(stream, "404 Not Found", &[], b""),
        }
    })
}

#[test]
fn a_page_is_asked_for_again_ever_more_seldom_though_its_list_is_as_it_was() {
    let (desk, edition) = (Desk::new("watch-again"), Arc::new(AtomicU32::new(40)));
    let server = corrected(Arc::clone(&edition));
    let store = Store::open(Path::new(&desk.path("news.db"))).expect("a database");
    let minutes = Cell::new(0);
    let begun: Timestamp = "2031-05-14T08:00:00Z".parse().expect("a time");
    let now = || (begun + SignedDuration::from_mins(minutes.get())).to_string();
    let keeper = Keeper { store: &store, annotator: Model::Rules.annotator(), now: &now, batch: 8 };
    let round = |at: i64| {
        minutes.set(at);
        // Each round is a run of its own: what is known from the last one is in the database.
        let web = Fetcher::new(Options {
            private: Private::Only(vec![server.address]),
            pause: Duration::ZERO,
            ..Options::default()
        });
        let mut news = Vec::new();
        let lists = [PathBuf::from(server.url("/feed"))];
        let done = watch::round(&keeper, &lists, &web, &Meter::default(), &mut |heard| {
            news.push(match heard {
                News::Kept(kept) => format!("{:?} {}", kept.became, kept.version),
                News::Refused(refusal) => refusal.message.clone(),
            });
            ControlFlow::Continue(())
        });
        done.expect("a round");
        news.sort();
        (news, server.asked("/1").len(), server.asked("/gone").len())
    };
    let gone = "the server replied 404 Not Found";
    let told = |news: &[&str]| news.iter().map(|n| (*n).to_owned()).collect::<Vec<String>>();
    assert_eq!(round(0), (told(&["New 1", gone]), 1, 1));
    assert_eq!(round(10), (told(&[]), 1, 1), "an hour is not over");
    edition.store(43, Ordering::Relaxed);
    assert_eq!(round(70), (told(&["Version 2", gone]), 2, 2));
    assert_eq!(round(130), (told(&[]), 2, 2), "it is asked for again when its age has doubled");
    assert_eq!(round(150), (told(&[gone]), 3, 3));
    let tags: Vec<_> = server.asked("/1").iter().map(|r| r.headers.get("if-none-match").cloned()).collect();
    assert_eq!(tags, [None, Some("\"e40\"".to_owned()), Some("\"e43\"".to_owned())]);
    assert_eq!(server.asked("/feed").len(), 5);
}
