-- Schema 3: what lists led to, and how far a rebuild came.

-- When a page was visited first (RFC 3339, UTC): the older it is, the more seldom it is asked for again.
ALTER TABLE page ADD COLUMN first_visited_at TEXT;

-- What a list led to, as JSON (src/store/pages.rs): where it did not change, its pages may have. NULL for a page.
ALTER TABLE page ADD COLUMN links TEXT;

-- How far a rebuild came that was stopped; no row where none was.
CREATE TABLE rebuild (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    -- Who makes the layers, as in `layers`.
    made_by  TEXT NOT NULL,
    -- The last report whose layers it made.
    report   INTEGER NOT NULL
) STRICT;
