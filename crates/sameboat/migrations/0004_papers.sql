-- What a group agreed on, whole, version by version: purpose, names, shape, safety card, clauses.
CREATE TABLE paper (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('working', 'proposed', 'holds', 'passed')),
    day INTEGER NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, number)
) STRICT;

-- What one member says to one version, clause by clause.
CREATE TABLE stance (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    member_id BLOB NOT NULL,
    day INTEGER NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, number, member_id)
) STRICT;

-- Answers on the way to a new group, under the person key of whoever begins it.
CREATE TABLE founding (
    person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (person_id)
) STRICT;

-- A host's leave to begin one group; its id comes from the link itself.
CREATE TABLE start_link (
    id BLOB NOT NULL,
    day INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
