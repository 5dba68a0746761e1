//! `rashomon export`.

use serde::Serialize;

use crate::pipeline::export::{self, Wanted};
use crate::record::Reading;
use crate::store::Store;
use crate::view::export::{ClaimRow, QuotationRow, Row, csv, ninjs};

use super::keep_args::{ExportArgs, ExportFormat, ExportOf};
use super::output::Output;
use super::{Outcome, database};

/// Prints what is kept, for other programs.
pub fn run(args: ExportArgs) -> anyhow::Result<Outcome> {
    let store = args.database.open_to_read()?;
    let wanted = Wanted {
        story: args.story.clone(),
        outlet: args.outlet.clone(),
        from: args.days.from.map(|d| d.to_string()),
        to: args.days.to.map(|d| d.to_string()),
    };
    match (args.of, args.format) {
        (ExportOf::Reports, ExportFormat::Ninjs) => {
            let mut items = List::begin(&args, Brackets::None)?;
            export::reports(&store, &wanted, |row| items.item(&ninjs::item(&row)))?;
            items.end()?;
        }
        (ExportOf::Reports, _) => {
            let mut table = table(&args)?;
            export::reports(&store, &wanted, |row| table.row(&row))?;
            table.end()?;
        }
        (ExportOf::Quotations, _) => tellings(&store, &wanted, &args, QuotationRow::of)?,
        (ExportOf::Claims, _) => tellings(&store, &wanted, &args, ClaimRow::of)?,
        (ExportOf::Stories, _) => {
            let mut readings = list(&args)?;
            export::stories(&store, &wanted, database::annotator(&store, None)?, |reading| {
                readings.item(&reading)
            })?;
            readings.end()?;
        }
    }
    Ok(Outcome::Read)
}

fn tellings<R: Row>(
    store: &Store,
    wanted: &Wanted,
    args: &ExportArgs,
    rows: impl Fn(&Reading) -> Vec<R>,
) -> anyhow::Result<()> {
    let mut table = table(args)?;
    export::stories(store, wanted, database::annotator(store, None)?, |reading| {
        rows(&reading).iter().try_for_each(|row| table.row(row))
    })?;
    table.end()
}

/// Rows on their way out.
trait Table<R> {
    fn row(&mut self, row: &R) -> anyhow::Result<()>;
    fn end(self: Box<Self>) -> anyhow::Result<()>;
}

fn table<R: Row>(args: &ExportArgs) -> anyhow::Result<Box<dyn Table<R>>> {
    Ok(match args.format {
        ExportFormat::Csv => Box::new(Csv::begin::<R>(args)?),
        ExportFormat::Parquet => parquet_file(args)?,
        ExportFormat::Json | ExportFormat::Jsonl | ExportFormat::Ninjs => Box::new(list(args)?),
    })
}

struct Csv(Output);

impl Csv {
    fn begin<R: Row>(args: &ExportArgs) -> anyhow::Result<Self> {
        let mut out = Output::open(args.output.as_deref())?;
        out.write(&csv::head::<R>()?)?;
        Ok(Csv(out))
    }
}

impl<R: Row> Table<R> for Csv {
    fn row(&mut self, row: &R) -> anyhow::Result<()> {
        self.0.write(&csv::row(row)?)
    }

    fn end(self: Box<Self>) -> anyhow::Result<()> {
        Ok(())
    }
}

/// What stands around a list of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Brackets {
    /// It is one array.
    Array,
    /// It is a value a line.
    None,
}

/// A list of JSON on its way out.
struct List {
    out: Output,
    brackets: Brackets,
    empty: bool,
}

/// The list that the format means; what is no table of rows is only to be had as JSON.
fn list(args: &ExportArgs) -> anyhow::Result<List> {
    match args.format {
        ExportFormat::Json => List::begin(args, Brackets::Array),
        ExportFormat::Jsonl => List::begin(args, Brackets::None),
        ExportFormat::Ninjs => anyhow::bail!("only reports are items of ninjs; say `--of reports`"),
        ExportFormat::Csv | ExportFormat::Parquet => {
            anyhow::bail!("a record is no table; say `--of quotations` or `--of claims`, or `--format json`")
        }
    }
}

impl List {
    fn begin(args: &ExportArgs, brackets: Brackets) -> anyhow::Result<Self> {
        let mut out = Output::open(args.output.as_deref())?;
        if brackets == Brackets::Array {
            out.write("[")?;
        }
        Ok(List { out, brackets, empty: true })
    }

    fn item(&mut self, item: &impl Serialize) -> anyhow::Result<()> {
        let json = serde_json::to_string(item)?;
        let line = match (self.brackets, std::mem::replace(&mut self.empty, false)) {
            (Brackets::None, _) => format!("{json}\n"),
            (Brackets::Array, true) => format!("\n{json}"),
            (Brackets::Array, false) => format!(",\n{json}"),
        };
        self.out.write(&line)
    }

    fn end(mut self) -> anyhow::Result<()> {
        if self.brackets == Brackets::Array { self.out.write("\n]\n") } else { Ok(()) }
    }
}

impl<R: Row> Table<R> for List {
    fn row(&mut self, row: &R) -> anyhow::Result<()> {
        self.item(row)
    }

    fn end(self: Box<Self>) -> anyhow::Result<()> {
        (*self).end()
    }
}

#[cfg(not(feature = "parquet"))]
fn parquet_file<R: Row>(_: &ExportArgs) -> anyhow::Result<Box<dyn Table<R>>> {
    anyhow::bail!(
        "this program was built without Parquet; `cargo install --path . --features parquet` builds one with it"
    )
}

#[cfg(feature = "parquet")]
fn parquet_file<R: Row + 'static>(args: &ExportArgs) -> anyhow::Result<Box<dyn Table<R>>> {
    use anyhow::Context;

    let to: Box<dyn std::io::Write + Send> = match &args.output {
        Some(path) => Box::new(std::fs::File::create(path).with_context(|| path.display().to_string())?),
        None => Box::new(std::io::stdout()),
    };
    Ok(Box::new(Parquet(crate::view::export::parquet::Writer::new(to)?)))
}

#[cfg(feature = "parquet")]
struct Parquet<R: Row>(crate::view::export::parquet::Writer<R, Box<dyn std::io::Write + Send>>);

#[cfg(feature = "parquet")]
impl<R: Row> Table<R> for Parquet<R> {
    fn row(&mut self, row: &R) -> anyhow::Result<()> {
        Ok(self.0.write(row)?)
    }

    fn end(self: Box<Self>) -> anyhow::Result<()> {
        Ok(self.0.end()?)
    }
}
