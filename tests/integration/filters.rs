//! `annotate`, `group` and `text`.

use crate::support::{FERRY, Test, with_ferry};

#[test]
fn annotate_has_the_keys_of_the_contract_and_offsets_in_code_points() {
    let run = with_ferry(&["annotate", "inbox", "--format", "jsonl"]).run();
    let lines = run.json_lines();
    assert_eq!(lines.len(), 2);
    let keys = ["source", "text_sha256", "sentences", "entities", "attributions", "times", "quantities"];
    for (line, (name, text)) in lines.iter().zip(FERRY) {
        assert_eq!(line["source"], name);
        assert!(keys.iter().all(|key| line.get(key).is_some()));
        let length = text.chars().count() as u64;
        for sentence in line["sentences"].as_array().expect("sentences") {
            let (start, end) = (sentence[0].as_u64().expect("start"), sentence[1].as_u64().expect("end"));
            assert!(start < end && end <= length);
        }
    }
}

#[test]
fn group_gives_each_report_its_story() {
    let line = |(id, text): (&str, &str)| serde_json::json!({"id": id, "text": text}).to_string();
    let lines = FERRY.map(line).join("\n");
    let run = Test::new(&["group", "reports.jsonl"]).file("reports.jsonl", lines).run();
    let grouped = run.json_lines();
    let ids: Vec<&str> = grouped.iter().filter_map(|line| line["id"].as_str()).collect();
    assert_eq!(ids, FERRY.map(|(id, _)| id));
    assert!(grouped.iter().all(|line| line["story"].is_string()));
}

#[test]
fn text_gives_the_body() {
    let run = with_ferry(&["text", "inbox"]).run();
    let line = &run.json_lines()[1];
    assert_eq!(line["source"], "inbox/island.txt");
    let keys = ["title", "byline", "published_at", "outlet", "language"];
    assert!(keys.iter().all(|key| line.get(key).is_some()));
    assert!(line["text"].as_str().expect("text").contains("The seamen of Marwick began a strike"));
}
