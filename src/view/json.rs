//! The reading as JSON.
//!
//! In: a [`Reading`]. Out: the object of the contract `rashomon/1`, and its JSON Schema. It adds nothing and leaves nothing out.

use schemars::schema_for;

use crate::record::Reading;

/// `reading` as one indented JSON object, with a newline at its end.
pub fn render(reading: &Reading) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(reading)? + "\n")
}

/// The JSON Schema of what [`render`] gives, with a newline at its end.
pub fn schema() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&schema_for!(Reading))? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_keeps_to_its_own_schema() {
        let schema: serde_json::Value = serde_json::from_str(&schema().expect("a schema")).expect("JSON");
        let validator = jsonschema::validator_for(&schema).expect("a valid schema");
        let reading = render(&crate::view::sample::sample().reading).expect("JSON");
        let mut reading: serde_json::Value = serde_json::from_str(&reading).expect("JSON");
        let errors: Vec<String> = validator.iter_errors(&reading).map(|e| e.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        reading["stories"][0]["claims"][0]["evidence"][0]["start"] = "four".into();
        assert!(!validator.is_valid(&reading));
    }
}
