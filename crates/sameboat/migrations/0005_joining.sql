-- A link for one newcomer; its id comes from the link itself. `copy` is the join card and the
-- agreement of one version, sealed with the link's own secret; `words` who made it, for the group.
CREATE TABLE invitation (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    made_day INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    used INTEGER NOT NULL CHECK (used IN (0, 1)),
    version INTEGER NOT NULL,
    copy BLOB NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, id)
) STRICT;
CREATE UNIQUE INDEX invitation_id ON invitation (id);

-- Somebody at the door. `id` is the member id that they will have; no row says which person it is.
-- `letter` is put into the letter-box of `epoch`; once taken in by a member, it is sealed for the
-- group. `tag` is a MAC under the instance key over a letter in the box.
CREATE TABLE door (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    invitation_id BLOB NOT NULL,
    day INTEGER NOT NULL,
    boxed INTEGER NOT NULL CHECK (boxed IN (0, 1)),
    epoch INTEGER NOT NULL,
    letter BLOB NOT NULL,
    tag BLOB NOT NULL,
    PRIMARY KEY (group_id, id)
) STRICT;
CREATE INDEX door_day ON door (day);

-- Whom a member must not meet. Every member has a row of one size, whether they named anybody.
CREATE TABLE must_not_meet (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    member_id BLOB NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, member_id)
) STRICT;
