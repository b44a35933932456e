-- A meeting: planned, open, or closed. Its time stands in clear. `words` is the place, the roles,
-- the running order and, when it is closed, the harvest; `coming` who said that they come;
-- `running` the circle and the round while it is open. Both are gone when it is closed.
CREATE TABLE meeting (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed')),
    starts_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    words BLOB NOT NULL,
    coming BLOB,
    running BLOB,
    PRIMARY KEY (group_id, id)
) STRICT;
CREATE INDEX meeting_starts_at ON meeting (group_id, state, starts_at);
