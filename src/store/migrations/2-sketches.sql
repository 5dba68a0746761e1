-- Schema 2: what `group` compares, what a person said of stories, and what servers said of pages.

-- What is kept of a report to compare it with others; made again from the report where it is missing.
CREATE TABLE sketch (
    report  INTEGER PRIMARY KEY REFERENCES report,
    -- In the encoding of src/group/sketch.rs, which knows its own number.
    bytes   BLOB NOT NULL
) STRICT;

-- What a person said that the program has to heed.
CREATE TABLE repair (
    number      INTEGER PRIMARY KEY,
    -- RFC 3339, UTC.
    at          TEXT NOT NULL,
    who         TEXT NOT NULL,
    why         TEXT NOT NULL,
    -- move, join, split, same, different.
    kind        TEXT NOT NULL,
    -- What it was said of, as it was typed: JSON, ["…"].
    said_of     TEXT NOT NULL,
    -- The newest version when it was said: a rebuild heeds it after that one.
    after       INTEGER NOT NULL,
    -- When it was taken back; NULL where it holds.
    undone_at   TEXT
) STRICT;

-- What a repair means for pairs: of reports (by id), or of places or names in the reports of one story.
CREATE TABLE repair_pair (
    repair    INTEGER NOT NULL REFERENCES repair,
    -- reports, claims or entities.
    of        TEXT NOT NULL,
    one       TEXT NOT NULL,
    other     TEXT NOT NULL,
    -- 1 where they are together or the same, 0 where they are not.
    together  INTEGER NOT NULL
) STRICT;

CREATE INDEX repair_pair_by_repair ON repair_pair (repair);

-- What a server said of a page, so that the next visit can ask whether it changed.
CREATE TABLE page (
    address        TEXT PRIMARY KEY,
    etag           TEXT,
    last_modified  TEXT,
    -- RFC 3339, UTC.
    visited_at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
