//! Getting pages from a server that misbehaves: nothing hangs, and each refusal says why.

use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use flate2::{Compression, write::GzEncoder};
use rashomon::fetch::{Fetcher, Options, Outcome, Page, Private, Validators};
use rashomon::report::{Refusal, RefusalKind};

use crate::server::{Request, Server, drip, reply};
use crate::support::Test;

/// What the misbehaving server does, by path.
fn misbehave(request: &Request, stream: &mut TcpStream) {
    match request.path.as_str() {
        "/robots.txt" => reply(stream, "404 Not Found", &[], b""),
        "/page" => reply(
            stream,
            "200 OK",
            &["Content-Type: text/html; charset=utf-8", "ETag: \"7\""],
            b"<p>It rained.",
        ),
        "/silent" => thread::sleep(Duration::from_secs(20)),
        "/slow" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            drip(stream, Duration::from_millis(50));
        }
        "/slow-head" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX-Slow: ");
            drip(stream, Duration::from_millis(50));
        }
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&[b'x'; 4096]).is_ok() {}
        }
        "/endless-head" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            while stream.write_all(b"X-More: more and more\r\n").is_ok() {}
        }
        "/cut" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nIt rai");
        }
        "/bomb" => reply(stream, "200 OK", &["Content-Encoding: gzip"], &bomb()),
        "/not-gzip" => reply(stream, "200 OK", &["Content-Encoding: gzip"], b"It rained."),
        "/not-brotli" => reply(stream, "200 OK", &["Content-Encoding: br"], b"\xff\xff\xff\xffIt rained."),
        "/garbage" => {
            let _ = stream.write_all(b"\x00\x01\x02 what is this\r\n\r\n");
        }
        "/nothing" => {}
        "/circle" => reply(stream, "302 Found", &["Location: /circle"], b""),
        "/moved" => reply(stream, "301 Moved Permanently", &["Location: page"], b""),
        "/moved-nowhere" => reply(stream, "302 Found", &[], b""),
        "/moved-to-nonsense" => reply(stream, "302 Found", &["Location: http://[::"], b""),
        "/moved-to-a-file" => reply(stream, "302 Found", &["Location: file:///etc/passwd"], b""),
        "/moved-inside" => reply(stream, "302 Found", &["Location: http://169.254.169.254/latest/"], b""),
        "/moved-inside-by-name" => reply(stream, "302 Found", &["Location: http://localhost:1/"], b""),
        "/moved-inside-by-six" => {
            reply(stream, "302 Found", &["Location: http://[::ffff:127.0.0.1]:1/"], b"")
        }
        "/gone" => reply(stream, "410 Gone", &[], b""),
        "/later" => reply(stream, "503 Service Unavailable", &["Retry-After: 3600"], b""),
        _ => reply(stream, "500 Internal Server Error", &[], b""),
    }
}

/// Four MiB of blanks, compressed twenty-fold and more.
fn bomb() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; 4 << 20]).expect("memory");
    encoder.finish().expect("memory")
}

/// A hurried fetcher that may connect to `server`, and to nothing else that is private.
fn hurried(server: &Server) -> Options {
    Options {
        private: Private::Only(vec![server.address]),
        pause: Duration::ZERO,
        timeout: Duration::from_millis(2500),
        backoff: Duration::from_millis(1),
        max_bytes: 1 << 20,
        ..Options::default()
    }
}

fn get(fetcher: &Fetcher, url: &str) -> Outcome {
    fetcher.get(&url.parse().expect(url), &Validators::default())
}

fn page(fetcher: &Fetcher, url: &str) -> Page {
    match get(fetcher, url) {
        Outcome::Page(page) => page,
        other => panic!("{url}: {other:?}"),
    }
}

fn refusal(fetcher: &Fetcher, url: &str) -> Refusal {
    match get(fetcher, url) {
        Outcome::Refused(refusal) => refusal,
        other => panic!("{url}: {other:?}"),
    }
}

#[test]
fn each_misbehaviour_is_refused_in_time_and_says_why() {
    let server = Server::new(misbehave);
    let fetcher = Fetcher::new(Options { retries: 0, ..hurried(&server) });
    use RefusalKind::{BadUrl, HttpStatus, Network, PrivateAddress, Redirects, TimedOut, TooLarge};
    let cases = [
        ("/silent", TimedOut, "no reply within 2.5 s"),
        ("/slow", TimedOut, "no reply within"),
        ("/slow-head", TimedOut, "no reply within"),
        ("/endless", TooLarge, "larger than 1 MiB"),
        ("/endless-head", Network, "too many headers"),
        ("/cut", Network, ""),
        ("/bomb", TooLarge, "larger than 1 MiB, decompressed"),
        ("/not-gzip", Network, "cannot be decompressed"),
        ("/not-brotli", Network, "cannot be decompressed"),
        ("/garbage", Network, ""),
        ("/nothing", Network, ""),
        ("/circle", Redirects, "more than 5 redirects"),
        ("/moved-nowhere", Redirects, "302 names no place"),
        ("/moved-to-nonsense", Redirects, "no address"),
        ("/moved-to-a-file", BadUrl, "“file” is neither http nor https"),
        ("/moved-inside", PrivateAddress, "169.254.169.254 is a private"),
        ("/moved-inside-by-name", PrivateAddress, "localhost is a private"),
        ("/moved-inside-by-six", PrivateAddress, "is a private"),
        ("/gone", HttpStatus, "410 Gone"),
        ("/later", HttpStatus, "503"),
    ];
    // All at once: each of them may use up its whole time.
    thread::scope(|scope| {
        for (path, kind, words) in cases {
            let (fetcher, url) = (&fetcher, server.url(path));
            scope.spawn(move || {
                let begun = Instant::now();
                let refusal = refusal(fetcher, &url);
                let said = &refusal.message;
                assert_eq!(refusal.kind, kind, "{path}: {said}");
                assert!(said.contains(words) && said.len() > 3, "{path}: {said}");
                assert_eq!(refusal.source, url, "the address that was asked for");
                assert!(begun.elapsed() < Duration::from_secs(20), "{path} took {:?}", begun.elapsed());
            });
        }
    });
}

#[test]
fn a_page_comes_with_its_last_address_and_is_asked_for_again_with_its_validators() {
    let server = Server::new(|request, stream| match request.headers.get("if-none-match") {
        Some(etag) if etag == "\"7\"" && request.path == "/page" => {
            reply(stream, "304 Not Modified", &[], b"")
        }
        _ => misbehave(request, stream),
    });
    let fetcher = Fetcher::new(hurried(&server));
    let first = page(&fetcher, &server.url("/moved"));
    assert_eq!(
        (first.final_url.as_str(), first.bytes.as_slice()),
        (server.url("/page").as_str(), &b"<p>It rained."[..])
    );
    assert_eq!(first.content_type.as_deref(), Some("text/html; charset=utf-8"));
    assert_eq!(first.validators, Validators { etag: Some("\"7\"".to_owned()), last_modified: None });
    assert!(matches!(fetcher.get(&first.final_url, &first.validators), Outcome::NotModified));
    let agent = &server.asked("/page")[0].headers["user-agent"];
    assert!(agent.starts_with("rashomon/"), "{agent}");
}

#[test]
fn nothing_private_is_asked_without_leave() {
    let server = Server::new(misbehave);
    let fetcher = Fetcher::new(Options { private: Private::Refused, ..hurried(&server) });
    let by_name = server.url("/page").replace("127.0.0.1", "localhost");
    for url in [server.url("/page"), by_name] {
        assert_eq!(refusal(&fetcher, &url).kind, RefusalKind::PrivateAddress, "{url}");
    }
    assert!(server.asked("/page").is_empty() && server.asked("/robots.txt").is_empty());
}

#[test]
fn a_passing_failure_is_tried_again_and_a_lasting_one_is_not() {
    let server = Server::new(misbehave);
    let fetcher = Fetcher::new(Options { retries: 2, ..hurried(&server) });
    assert_eq!(
        refusal(&fetcher, &server.url("/broken")).message,
        "the server replied 500 Internal Server Error"
    );
    assert_eq!(refusal(&fetcher, &server.url("/gone")).kind, RefusalKind::HttpStatus);
    // An hour is longer than anybody waits.
    assert_eq!(refusal(&fetcher, &server.url("/later")).kind, RefusalKind::HttpStatus);
    let times = |path| server.asked(path).len();
    assert_eq!((times("/broken"), times("/gone"), times("/later")), (3, 1, 1));
}

#[test]
fn robots_txt_is_obeyed() {
    let server = Server::new(|request, stream| match request.path.as_str() {
        "/robots.txt" => reply(stream, "200 OK", &[], b"User-agent: rashomon\nDisallow: /drafts\n"),
        _ => misbehave(request, stream),
    });
    let fetcher = Fetcher::new(hurried(&server));
    assert_eq!(page(&fetcher, &server.url("/page")).bytes, b"<p>It rained.");
    let forbidden = refusal(&fetcher, &server.url("/drafts/1"));
    assert_eq!(forbidden.kind, RefusalKind::Robots);
    assert!(server.asked("/drafts/1").is_empty());
    assert_eq!(server.asked("/robots.txt").len(), 1);
}

#[test]
fn where_robots_txt_cannot_be_had_nothing_is_read() {
    let server = Server::new(|request, stream| match request.path.as_str() {
        "/robots.txt" => reply(stream, "500 Internal Server Error", &[], b""),
        _ => misbehave(request, stream),
    });
    let refusal = refusal(&Fetcher::new(hurried(&server)), &server.url("/page"));
    assert_eq!(refusal.kind, RefusalKind::Robots);
    assert!(refusal.message.contains("500"), "{}", refusal.message);
    assert!(server.asked("/page").is_empty());
}

#[test]
fn requests_to_one_host_stand_apart() {
    let server = Server::new(|request, stream| match request.path.as_str() {
        "/robots.txt" => reply(stream, "200 OK", &[], b"User-agent: *\nCrawl-delay: 0.2\n"),
        _ => misbehave(request, stream),
    });
    let fetcher = Fetcher::new(hurried(&server));
    for _ in 0..3 {
        page(&fetcher, &server.url("/page"));
    }
    let asked = server.asked("/page");
    for pair in asked.windows(2) {
        assert!(pair[1].at - pair[0].at >= Duration::from_millis(150), "{:?}", pair[1].at - pair[0].at);
    }
}

/// A page as an outlet would serve it.
fn news(title: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>{title} | Valley Post</title></head><body><nav><a href=/>Home</a></nav>\
         <article><h1>{title}</h1><p>The gates of the Lumbe dam were opened on Tuesday after three weeks of rain, the ministry said.</p>\
         <p>“It was time,” said Ana Brit, the minister of water, who had come to watch the gates being opened.</p></article></body></html>"
    )
}

/// A feed with all that is wrong with feeds, its pages, and a list that names it.
fn outlet(request: &Request, stream: &mut TcpStream) {
    match request.path.as_str() {
        "/feed" => {
            let item =
                |n: &str, date: &str| format!("<item><title>{n}</title><link>/{n}</link>{date}</item>");
            let items = [
                item("dated", "<pubDate>Wed, 14 May 2031 08:00:00 +0200</pubDate>"),
                item("future", "<pubDate>Tue, 01 Jan 2199 00:00:00 GMT</pubDate>"),
                item("undated", ""),
                item("wrongly-encoded", "<pubDate>the day before yesterday</pubDate>"),
                item("missing", ""),
                item("circle", ""),
                item("dated", ""),
            ];
            let feed = format!(
                "<rss version='2.0'><channel><title>Valley Post</title>{}</channel></rss>",
                items.concat()
            );
            reply(stream, "200 OK", &["Content-Type: application/rss+xml"], feed.as_bytes());
        }
        "/broken-feed" => {
            reply(stream, "200 OK", &[], b"<rss version='2.0'><channel><item><title>x</item></rss>")
        }
        "/wrongly-encoded" => {
            let page = news("Caf\u{e9} floods")
                .chars()
                .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
                .collect::<Vec<u8>>();
            reply(stream, "200 OK", &["Content-Type: text/html; charset=utf-8"], &page);
        }
        "/missing" => reply(stream, "404 Not Found", &[], b""),
        "/circle" => reply(stream, "302 Found", &["Location: /circle"], b""),
        "/robots.txt" => reply(stream, "404 Not Found", &[], b""),
        path => reply(
            stream,
            "200 OK",
            &["Content-Type: text/html"],
            news(&format!("Gates {}", &path[1..])).as_bytes(),
        ),
    }
}

#[test]
fn a_list_of_feeds_is_followed_to_its_pages_and_the_rest_goes_on() {
    let server = Server::new(outlet);
    let opml = format!(
        "<opml version='2.0'><body><outline text='Post' xmlUrl='{}'/><outline text='Broken' xmlUrl='{}'/></body></opml>",
        server.url("/feed"),
        server.url("/broken-feed")
    );
    let leave = format!("--allow-private={}", server.address);
    let run = Test::new(&["text", "feeds.opml", "--pause=0", &leave])
        .file("feeds.opml", opml)
        .status(2)
        .stderr_has("/missing: the server replied 404")
        .stderr_has("/circle: more than 5 redirects")
        .stderr_has("/broken-feed: ")
        .run();
    let lines: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("json")).collect();
    let read: Vec<_> =
        lines.iter().map(|line| (line["title"].as_str(), line["published_at"].as_str())).collect();
    assert_eq!(
        read,
        [
            (Some("Gates dated"), Some("2031-05-14T08:00:00+02:00")),
            (Some("Gates future"), Some("2199-01-01T00:00:00Z")),
            (Some("Gates undated"), None),
            (Some("Caf\u{e9} floods"), None),
        ]
    );
    assert!(
        lines[0]["text"]
            .as_str()
            .is_some_and(|text| text.starts_with("The gates of the Lumbe dam") && !text.contains("Home"))
    );
}

#[test]
fn an_address_is_refused_without_leave_and_nothing_is_asked() {
    let server = Server::new(outlet);
    Test::new(&["read", &server.url("/dated")]).status(1).stderr_has("private, loopback or link-local").run();
    assert!(server.asked("/dated").is_empty());
}
