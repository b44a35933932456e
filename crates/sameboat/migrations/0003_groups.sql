-- A group. Everything that its people wrote stands elsewhere, under the group's key; the outside
-- name stands under the instance key, since reminders need it while nobody is signed in.
CREATE TABLE groups (
    group_id BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    begun_day INTEGER NOT NULL,
    outside BLOB NOT NULL,
    PRIMARY KEY (group_id)
) STRICT;

-- One key of the group, from one turn to the next: who has it, and where letters go. `tag` is a
-- MAC under the instance key over all of it.
CREATE TABLE epoch (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    day INTEGER NOT NULL,
    letterbox BLOB NOT NULL,
    key_check BLOB NOT NULL,
    roster BLOB NOT NULL,
    tag BLOB NOT NULL,
    PRIMARY KEY (group_id, number)
) STRICT;

-- Somebody in a group. No row says which person it is.
CREATE TABLE member (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    member_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('here', 'break', 'gone', 'frozen')),
    day INTEGER NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, member_id)
) STRICT;

-- An epoch's key, granted to a member: boxed by somebody else, later wrapped by themselves.
CREATE TABLE key_grant (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    member_id BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    boxed INTEGER NOT NULL CHECK (boxed IN (0, 1)),
    bytes BLOB NOT NULL,
    PRIMARY KEY (group_id, member_id, epoch)
) STRICT;
