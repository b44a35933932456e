-- Somebody is asked to leave, and the others decide. Who asked and who said yes stands sealed.
CREATE TABLE asking (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    member_id BLOB NOT NULL,
    day INTEGER NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, member_id)
) STRICT;

-- The reason, in an envelope to whoever was asked: they read it even after they are out.
CREATE TABLE farewell (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    member_id BLOB NOT NULL,
    id BLOB NOT NULL,
    box BLOB NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, member_id)
) STRICT;

-- Somebody went: how, in words for those who were there. The reason never stands here.
CREATE TABLE departure (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    member_id BLOB NOT NULL,
    day INTEGER NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, member_id)
) STRICT;
