-- Things that bear no name: all items of one batch in one row of one size, sealed anew with every
-- save by any member of the group.
CREATE TABLE nameless (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    batch TEXT NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, batch)
) STRICT;

-- Somebody came in and may read earlier words, now or soon. When they came and which rule held
-- then stands sealed.
CREATE TABLE newcomer (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    member_id BLOB NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, member_id)
) STRICT;
