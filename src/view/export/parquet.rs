//! Rows as Parquet, through arrow.
//!
//! In: rows. Out: a Parquet file, a group of rows at a time. It does not know where it is written to.

use std::io::Write;
use std::marker::PhantomData;
use std::sync::Arc;

use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::errors::{ParquetError, Result};
use serde_json::Value;

use super::Row;

/// Rows that are held before they are written.
const GROUP: usize = 1024;

/// Writes rows to a Parquet file.
pub struct Writer<R, W: Write + Send> {
    file: ArrowWriter<W>,
    schema: Arc<Schema>,
    rows: Vec<Value>,
    of: PhantomData<R>,
}

impl<R: Row, W: Write + Send> Writer<R, W> {
    /// Begins the file.
    pub fn new(to: W) -> Result<Self> {
        let kind = |name: &&str| if R::NUMBERS.contains(name) { DataType::Int64 } else { DataType::Utf8 };
        let fields: Vec<Field> = R::NAMES.iter().map(|name| Field::new(*name, kind(name), true)).collect();
        let schema = Arc::new(Schema::new(fields));
        let file = ArrowWriter::try_new(to, Arc::clone(&schema), None)?;
        Ok(Writer { file, schema, rows: Vec::new(), of: PhantomData })
    }

    /// Adds a row.
    pub fn write(&mut self, row: &R) -> Result<()> {
        self.rows.push(serde_json::to_value(row).map_err(|error| ParquetError::External(error.into()))?);
        if self.rows.len() >= GROUP { self.flush() } else { Ok(()) }
    }

    /// Ends the file.
    pub fn end(mut self) -> Result<()> {
        self.flush()?;
        self.file.close().map(|_| ())
    }

    fn flush(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Ok(());
        }
        let columns: Vec<ArrayRef> = R::NAMES.iter().map(|name| column::<R>(&rows, name)).collect();
        self.file.write(&RecordBatch::try_new(Arc::clone(&self.schema), columns)?)
    }
}

fn column<R: Row>(rows: &[Value], name: &str) -> ArrayRef {
    if R::NUMBERS.contains(&name) {
        let mut numbers = Int64Builder::new();
        rows.iter().for_each(|row| numbers.append_option(row[name].as_i64()));
        Arc::new(numbers.finish())
    } else {
        let mut texts = StringBuilder::new();
        rows.iter().for_each(|row| texts.append_option(row[name].as_str()));
        Arc::new(texts.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::super::ClaimRow;
    use super::*;
    use crate::view::sample;

    #[test]
    fn what_is_written_is_read_again() {
        let rows = ClaimRow::of(&sample::sample().reading);
        let mut file = Vec::new();
        let mut writer = Writer::new(&mut file).expect("a file");
        rows.iter().for_each(|row| writer.write(row).expect("a row"));
        writer.end().expect("an end");
        let reader =
            parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(bytes::Bytes::from(file), 1024);
        let batches: Vec<RecordBatch> = reader.expect("a file").map(|batch| batch.expect("rows")).collect();
        assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), rows.len());
        let names: Vec<String> = batches[0].schema().fields().iter().map(|f| f.name().clone()).collect();
        assert_eq!(names, ClaimRow::NAMES);
    }
}
