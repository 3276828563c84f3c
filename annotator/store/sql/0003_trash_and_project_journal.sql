-- What is thrown away stays in the file, with the time it went, and what concerns more than one
-- annotation set has a journal of its own. An entry of a set that such an act made names the act.

ALTER TABLE documents ADD COLUMN removed TEXT;

ALTER TABLE annotation_sets ADD COLUMN removed TEXT;

ALTER TABLE people ADD COLUMN removed TEXT;

CREATE TABLE project_journal (
    seq    INTEGER PRIMARY KEY,
    act    TEXT NOT NULL CHECK (act IN ('do', 'undo', 'redo')),
    target INTEGER REFERENCES project_journal (seq),
    made   TEXT NOT NULL,
    body   TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 16),
    CHECK ((target IS NULL) = (act = 'do'))
) STRICT;

ALTER TABLE journal ADD COLUMN project INTEGER
      REFERENCES project_journal (seq) DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX journal_by_project ON journal (project) WHERE project IS NOT NULL;
