//! What `read` and the filters take: pages, feeds, archives and ninjs as files, alone and in a folder.

use serde_json::Value;

use crate::support::Test;

const PAGE: &str = "<!DOCTYPE html><html lang='en'><head><title>Gates open</title>\
    <script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Gates of the Lumbe dam open\",\
    \"author\": {\"name\": \"Jo Ray\"}, \"publisher\": {\"name\": \"Valley Post\"}, \"datePublished\": \"2031-05-14T08:00:00+02:00\"}</script>\
    </head><body><nav><a href='/'>Home</a></nav><article><h1>Gates of the Lumbe dam open</h1>\
    <p>The gates of the Lumbe dam were opened on Tuesday after three weeks of rain, the ministry of water said.</p>\
    <p>“It was time,” said Ana Brit, the minister of water, who had come to watch the gates being opened.</p></article></body></html>";

const GERMAN: &str = "Die Tore des Damms von Lumbe wurden am Dienstag nach drei Wochen Regen geöffnet, teilte das Ministerium für Wasser \
    mit. „Es war Zeit“, sagte Ana Brit, die Ministerin, die gekommen war, um dabei zuzusehen. Niemand sei in Gefahr gewesen.";

fn lines(stdout: &str) -> Vec<Value> {
    stdout.lines().map(|line| serde_json::from_str(line).expect("json")).collect()
}

#[test]
fn a_folder_of_all_kinds_is_read_and_reaches_for_no_network() {
    let archive = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/gates\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}\r\n\r\n",
        PAGE.len() + 44
    );
    let feed = "<rss version='2.0'><channel><title>Herald</title><item><title>Gates</title><link>https://example.org/2</link>\
        <description>The gates opened.</description></item></channel></rss>";
    let ninjs = "{\"uri\": \"urn:x:1\", \"headlines\": [{\"value\": \"Gates\"}], \"bodies\": [{\"value\": \"The dam held.\"}]}";
    let run = Test::new(&["text", "inbox"])
        .file("inbox/a/page.html", PAGE)
        .file("inbox/b.warc", archive)
        .file("inbox/c.xml", feed)
        .file("inbox/d.json", ninjs)
        .file("inbox/e.opml", "<opml><body><outline xmlUrl='http://127.0.0.1:9/feed'/></body></opml>")
        .run();
    let lines = lines(&run.stdout);
    let ids: Vec<&str> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
    assert_eq!(ids, ["page", "example.org/gates", "example.org/2", "urn:x:1"]);
    let page = &lines[0];
    let said = |key: &str| page[key].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        ["title", "byline", "outlet", "published_at", "language"].map(said),
        ["Gates of the Lumbe dam open", "Jo Ray", "Valley Post", "2031-05-14T08:00:00+02:00", "en"]
    );
    assert!(
        said("text").starts_with("The gates of the Lumbe dam were opened") && !said("text").contains("Home")
    );
    assert_eq!(lines[1]["text"], page["text"], "the same page in an archive");
}

#[test]
fn evidence_of_a_page_indexes_its_frozen_text() {
    let run = Test::new(&["read", "page.html", "--format", "json"]).file("page.html", PAGE).run();
    let record: Value = serde_json::from_str(&run.stdout).expect("json");
    let quotation = &record["stories"][0]["quotations"][0];
    assert_eq!(quotation["speaker_name"], "Ana Brit");
    let evidence = &quotation["variants"][0]["evidence"];
    assert!(evidence["exact"].as_str().is_some_and(|exact| exact.contains("It was time")), "{quotation}");
    assert_eq!(record["reports"][0]["regions"][0]["kind"], "title");
}

#[test]
fn what_is_not_english_is_kept_and_grouped_but_not_annotated_and_the_record_says_so() {
    let run = Test::new(&["read", "de.txt", "--format", "json"]).file("de.txt", GERMAN).run();
    let record: Value = serde_json::from_str(&run.stdout).expect("json");
    assert_eq!(record["reports"][0]["language"], "de");
    let story = &record["stories"][0];
    assert_eq!(
        (story["reports"][0].as_str(), story["quotations"].as_array().map(Vec::len)),
        (Some("de"), Some(0))
    );
    let limits = story["limits"].as_array().expect("limits");
    assert!(
        limits.iter().any(|limit| limit == "de: it is not in English (de) and was not annotated."),
        "{limits:?}"
    );
    let again = GERMAN.replace("Niemand", "Keiner");
    let group = Test::new(&["group", "a.txt", "b.txt"]).file("a.txt", GERMAN).file("b.txt", again).run();
    let stories: Vec<Value> = lines(&group.stdout).iter().map(|line| line["story"].clone()).collect();
    assert_eq!(stories[0], stories[1]);
}
