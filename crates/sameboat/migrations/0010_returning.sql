-- Somebody lost everything, and a member who has met them gave them a link to come back by.
-- `link_id` is the invitation, `new_id` the seat they came in with, `until_at` when the old seat
-- loses its keys if nobody stops it. Who says so stands sealed.
CREATE TABLE coming_back (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    member_id BLOB NOT NULL,
    link_id BLOB NOT NULL,
    new_id BLOB,
    until_at INTEGER,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, member_id)
) STRICT;
CREATE INDEX coming_back_until ON coming_back (until_at);

-- Somebody is to be frozen, or is. Who says so, and what they could read, stands sealed.
CREATE TABLE freezing (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    member_id BLOB NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, member_id)
) STRICT;
