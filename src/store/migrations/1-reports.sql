-- Schema 1: reports with all their versions, what was found in them, and the stories that they tell.
--
-- What a report says is kept as it was read and never changes: `report`, `version`. Everything else is derived from it and
-- can be made again (`rashomon rebuild`): `layers`, `words`, `utterance`, `membership`. What could not be read is in
-- `refusal`, and `change` is the diary of the stories.

-- One report of one outlet, whatever became of it since.
CREATE TABLE report (
    -- In order of arrival.
    number  INTEGER PRIMARY KEY,
    -- The id that a record cites it by.
    id      TEXT NOT NULL UNIQUE,
    -- What it is recognised by when it is read again: an address, an id with an outlet, or a file (src/intake/identity.rs).
    name    TEXT NOT NULL,
    -- The key of its newest version.
    newest  INTEGER REFERENCES version DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- Two reports may share a name: what an outlet puts at an old address may be quite another report.
CREATE INDEX report_by_name ON report (name);

-- What a report said when it was read.
CREATE TABLE version (
    key           INTEGER PRIMARY KEY,
    report        INTEGER NOT NULL REFERENCES report,
    -- 1 for the first, and on.
    number        INTEGER NOT NULL,
    -- SHA-256 of title and text: equal digests are one version.
    digest        BLOB NOT NULL,
    -- When it was read first (RFC 3339, UTC).
    retrieved_at  TEXT NOT NULL,
    -- Where: a path, path:line, or an address.
    source        TEXT NOT NULL,
    outlet        TEXT,
    title         TEXT,
    url           TEXT,
    -- EDTF, no more exact than the outlet gave it.
    published_at  TEXT,
    -- BCP 47.
    language      TEXT,
    text          TEXT NOT NULL,
    -- JSON, in bytes of the text: [{"kind", "span": {"start", "end"}}].
    regions       TEXT NOT NULL,
    -- JSON, in bytes of the text: [{"start", "end"}].
    credits       TEXT NOT NULL,
    -- JSON: ["…"].
    remarks       TEXT NOT NULL,
    UNIQUE (report, number)
) STRICT;

CREATE INDEX version_by_day ON version (published_at);

-- The annotations of a version, made once. They are made anew where `made_by` is another program than today's,
-- or where the bytes are no longer those that were written.
CREATE TABLE layers (
    version   INTEGER PRIMARY KEY REFERENCES version,
    made_by   TEXT NOT NULL,
    -- SHA-256 of `bytes`.
    digest    BLOB NOT NULL,
    -- The layers in postcard's encoding.
    bytes     BLOB NOT NULL
) STRICT;

-- The words of the newest version of each report, for searching. The texts themselves stand in `version` alone.
CREATE VIRTUAL TABLE words USING fts5 (
    title, text,
    content = 'version', content_rowid = 'key',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Who said something, and where it stands: one row for each attribution with a speaker in the newest version.
CREATE TABLE utterance (
    version  INTEGER NOT NULL REFERENCES version,
    -- Its place among the version's attributions.
    number   INTEGER NOT NULL,
    -- The fullest name that the report gives.
    speaker  TEXT NOT NULL,
    -- The last word of that name, the same for all its spellings (src/annotate/lexicon/given_names.rs).
    surname  TEXT NOT NULL,
    -- direct, mixed or indirect.
    kind     TEXT NOT NULL,
    -- JSON, in bytes of the text: [{"start", "end"}], what was said and the words that attribute it.
    content  TEXT NOT NULL,
    cue      TEXT NOT NULL,
    PRIMARY KEY (version, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX utterance_by_surname ON utterance (surname);

-- Which story a report tells.
CREATE TABLE membership (
    report  INTEGER PRIMARY KEY REFERENCES report,
    story   TEXT NOT NULL
) STRICT;

CREATE INDEX membership_by_story ON membership (story);

-- Every change of membership, as it happened.
CREATE TABLE change (
    number   INTEGER PRIMARY KEY,
    -- RFC 3339, UTC.
    at       TEXT NOT NULL,
    report   INTEGER NOT NULL REFERENCES report,
    -- NULL where the report is new.
    came_from TEXT,
    went_to   TEXT NOT NULL
) STRICT;

CREATE INDEX change_by_report ON change (report);

-- What could not be read, and why; the last time that it was tried.
CREATE TABLE refusal (
    source   TEXT NOT NULL,
    kind     TEXT NOT NULL,
    message  TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (source, kind)
) STRICT, WITHOUT ROWID;
