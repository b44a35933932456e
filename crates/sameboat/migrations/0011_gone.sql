-- Who and what went for good, until it stands in the gone list outside: ids, no words. A backup
-- brings back neither.
CREATE TABLE gone (
    scope BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    day INTEGER NOT NULL,
    PRIMARY KEY (scope, id)
) STRICT;
