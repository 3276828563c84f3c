-- The first project file. Offsets are code points; times are UTC in ISO 8601; bodies are canonical
-- JSON; a digest is the first 16 bytes of the SHA-256 of the body beside it.

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
    id    TEXT NOT NULL PRIMARY KEY CHECK (id GLOB 'a[1-9]*'),
    name  TEXT NOT NULL UNIQUE CHECK (name <> ''),
    added TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE schemes (
    key    INTEGER PRIMARY KEY,
    body   TEXT NOT NULL CHECK (body <> ''),
    digest BLOB NOT NULL CHECK (length(digest) = 16),
    added  TEXT NOT NULL
) STRICT;

-- Ids that differ only in the case of Latin letters are one id: exports make file names of them.
CREATE TABLE documents (
    key      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE COLLATE NOCASE
             CHECK (length(id) BETWEEN 1 AND 128 AND id NOT GLOB '*[^A-Za-z0-9_.-]*'),
    position INTEGER NOT NULL UNIQUE CHECK (position >= 1),
    title    TEXT,
    length   INTEGER NOT NULL CHECK (length >= 0),
    sha256   TEXT NOT NULL CHECK (length(sha256) = 64),
    text     TEXT NOT NULL,
    body     TEXT NOT NULL,
    digest   BLOB NOT NULL CHECK (length(digest) = 16),
    added    TEXT NOT NULL
) STRICT;

CREATE INDEX documents_by_text ON documents (sha256);

-- The counts follow from the annotations and are written with them, so that lists need not read
-- whole sets.
CREATE TABLE annotation_sets (
    key          INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (key),
    id           TEXT NOT NULL CHECK (id <> ''),
    kind         TEXT NOT NULL CHECK (kind IN ('annotator', 'adjudicated', 'prediction')),
    annotators   TEXT NOT NULL,
    adjudicator  TEXT REFERENCES people (id),
    derived_from TEXT NOT NULL,
    created      TEXT NOT NULL,
    modified     TEXT NOT NULL,
    last_numbers TEXT NOT NULL,
    status       TEXT NOT NULL
                 CHECK (status IN ('new', 'in_progress', 'complete', 'reviewed', 'approved')),
    mentions     INTEGER NOT NULL CHECK (mentions >= 0),
    events       INTEGER NOT NULL CHECK (events >= 0),
    quotes       INTEGER NOT NULL CHECK (quotes >= 0),
    UNIQUE (document_key, id)
) STRICT;

CREATE TABLE annotations (
    key        INTEGER PRIMARY KEY,
    set_key    INTEGER NOT NULL REFERENCES annotation_sets (key),
    id         TEXT NOT NULL CHECK (id <> ''),
    layer      TEXT NOT NULL CHECK (layer IN ('mention', 'entity', 'event', 'quote', 'status')),
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

CREATE TABLE journal (
    seq     INTEGER PRIMARY KEY,
    set_key INTEGER NOT NULL REFERENCES annotation_sets (key),
    act     TEXT NOT NULL CHECK (act IN ('do', 'undo', 'redo')),
    target  INTEGER REFERENCES journal (seq),
    joins   INTEGER NOT NULL CHECK (joins IN (0, 1)),
    made    TEXT NOT NULL,
    body    TEXT NOT NULL,
    digest  BLOB NOT NULL CHECK (length(digest) = 16),
    CHECK ((target IS NULL) = (act = 'do'))
) STRICT;

CREATE INDEX journal_by_set ON journal (set_key, seq);

CREATE TABLE places (
    document_key INTEGER NOT NULL REFERENCES documents (key),
    annotator_id TEXT NOT NULL REFERENCES people (id),
    anchor       INTEGER NOT NULL CHECK (anchor >= 0),
    caret        INTEGER NOT NULL CHECK (caret >= 0),
    PRIMARY KEY (document_key, annotator_id)
) STRICT, WITHOUT ROWID;
