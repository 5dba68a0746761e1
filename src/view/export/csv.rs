//! Rows as CSV (RFC 4180), with the names of the columns in the first line.
//!
//! In: rows. Out: lines. It does not know where they go.

use super::Row;

/// The first line.
pub fn head<R: Row>() -> Result<String, csv::Error> {
    line(|csv| csv.write_record(R::NAMES))
}

/// The line of `row`; a text in it may hold line breaks, between quotation marks.
pub fn row<R: Row>(row: &R) -> Result<String, csv::Error> {
    line(|csv| csv.serialize(row))
}

fn line(
    write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> Result<(), csv::Error>,
) -> Result<String, csv::Error> {
    let mut csv = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    write(&mut csv)?;
    let bytes = csv.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::ClaimRow;
    use super::*;
    use crate::view::sample;

    #[test]
    fn what_is_written_is_read_again() {
        let mut rows = ClaimRow::of(&sample::sample().reading);
        rows[0].text = "He said: “No”,\nand \"left\"".to_owned();
        let lines: Vec<String> = rows.iter().map(|r| row(r).expect("a line")).collect();
        let text = head::<ClaimRow>().expect("a line") + &lines.concat();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().expect("a head").iter().collect::<Vec<_>>(), ClaimRow::NAMES);
        let records: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a record")).collect();
        assert_eq!(records.len(), rows.len());
        assert_eq!(&records[0][2], rows[0].text);
        assert_eq!(records[0][10], rows[0].start.to_string());
    }
}
