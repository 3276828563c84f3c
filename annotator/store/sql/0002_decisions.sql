-- Decisions about suggestions are records too. A constraint cannot be altered, so the table is made
-- anew with the same rows; nothing refers to it.

CREATE TABLE annotations_with_decisions (
    key        INTEGER PRIMARY KEY,
    set_key    INTEGER NOT NULL REFERENCES annotation_sets (key),
    id         TEXT NOT NULL CHECK (id <> ''),
    layer      TEXT NOT NULL
               CHECK (layer IN ('mention', 'entity', 'event', 'quote', 'status', 'decision')),
    span_start INTEGER,
    span_end   INTEGER,
    label      TEXT NOT NULL,
    body       TEXT NOT NULL,
    digest     BLOB NOT NULL CHECK (length(digest) = 16),
    UNIQUE (set_key, id),
    CHECK ((span_start IS NULL) = (span_end IS NULL)),
    CHECK ((span_start IS NULL) = (layer IN ('entity', 'status'))),
    CHECK (span_start IS NULL OR (span_start >= 0 AND span_end > span_start))
) STRICT;

INSERT INTO annotations_with_decisions
SELECT key, set_key, id, layer, span_start, span_end, label, body, digest FROM annotations;

DROP TABLE annotations;

ALTER TABLE annotations_with_decisions RENAME TO annotations;

-- What opening a document reads of every record, in order of creation, without touching the bodies.
CREATE INDEX annotations_by_creation
ON annotations (set_key, key, id, layer, span_start, span_end);
