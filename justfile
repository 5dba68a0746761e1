# List the recipes.
_default:
    @just --list --unsorted

# Everything that CI runs.
check:
    .ci/run

# The tests, or those whose name holds FILTER.
test *filter:
    cargo test --workspace {{filter}}

# Format the code.
fmt:
    cargo fmt --all

# Accept what the golden reports give now; read the diff before you commit it.
bless:
    BLESS=1 cargo test --test golden
    git diff --stat -- tests/golden

# The literate cases that do not hold yet, and what comes out instead.
misses *filter:
    MISSES=1 cargo test --test cases {{filter}}

# Measure: `just eval attributions --bootstrap 500`, `just eval record examples/reservoir`.
eval *arguments="attributions":
    cargo run --release -p rashomon-eval -- {{arguments}}

# Hold the figures to their floors; `--update` raises them.
gate *arguments:
    cargo run --release -p rashomon-eval -- gate {{arguments}}

# Write today's figures into the README.
figures *arguments:
    cargo run --release -p rashomon-eval -- figures {{arguments}}

# Reports per second, start, memory, two cores; beside spaCy where SPACY_PYTHON names a Python that has it, and beside what a user would build to
# put reports into stories where PEER_PYTHON has scikit-learn and datasketch.
bench *filter:
    cargo bench --bench annotate -- {{filter}}
    cargo bench --bench beside_spacy
    cargo bench --bench cost
    cargo run --release -p rashomon-eval -- speed --peer "${PEER_PYTHON:-python3}"

# What keeping costs: reports a second, memory, bytes a report; and what an archive of pages costs.
bench-keep:
    cargo bench --bench keep
    cargo bench --bench archive

# Kill `add` two hundred times over ../shared's stream, and look whether anything was lost.
kills:
    cargo test --release --test integration killed -- --include-ignored

# Write a database of today's schema into tests/databases, once, before a new schema is shipped.
database:
    cargo test --test integration -- --ignored write_a_database

# Look for bytes that break a reader: `just fuzz html 600` (wants `cargo install cargo-fuzz`).
fuzz target="text" seconds="60":
    RUSTC_BOOTSTRAP=1 cargo fuzz run {{target}} --sanitizer none -- -max_total_time={{seconds}}

# The same without cargo-fuzz, by seeded mutations: `just mutate html 600` (text, html, feed, warc, json_lines).
mutate format="text" seconds="60" seed="47":
    FORMAT={{format}} SECONDS_EACH={{seconds}} SEED={{seed}} cargo test --release --test fuzzing -- --ignored --nocapture

# Write the JSON Schemas of the contract.
schema:
    cargo run --release -p rashomon -- schema > schema/rashomon-1.schema.json
    cargo run --release -p rashomon -- schema annotate > schema/annotation-1.schema.json
