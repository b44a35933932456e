-- Somebody whose place was frozen has left for good. What hung on them goes with the next write of
-- a member: only a member has the key that it needs.
CREATE TABLE parting (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    member_id BLOB NOT NULL,
    words TEXT NOT NULL CHECK (words IN ('with-name', 'without-name', 'removed')),
    PRIMARY KEY (group_id, member_id)
) STRICT;
