//! The schemas: the committed files are what the types say, and what is printed keeps to them.

use std::fs;

use serde_json::Value;

use crate::support::{Test, with_ferry};

/// The file of a schema, the arguments that print it, and a run that must keep to it.
const SCHEMAS: [(&str, &[&str], &[&str]); 2] = [
    ("rashomon-1.schema.json", &["schema"], &["read", "inbox", "--format", "json"]),
    ("annotation-1.schema.json", &["schema", "annotate"], &["annotate", "inbox"]),
];

fn committed(file: &str) -> String {
    let path = format!("{}/schema/{file}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).expect(&path)
}

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    for (file, args, _) in SCHEMAS {
        let said = Test::new(args).run();
        assert!(committed(file) == said.stdout, "write `rashomon {}` to schema/{file}", args.join(" "));
    }
}

#[test]
fn what_is_printed_keeps_to_its_schema() {
    for (file, _, args) in SCHEMAS {
        let schema: Value = serde_json::from_str(&committed(file)).expect(file);
        let validator = jsonschema::validator_for(&schema).expect(file);
        let run = with_ferry(args).run();
        let values = if args.contains(&"json") { vec![run.json()] } else { run.json_lines() };
        assert!(!values.is_empty());
        for value in values {
            let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new());
        }
    }
}
