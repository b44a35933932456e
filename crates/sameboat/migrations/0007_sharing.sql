-- Something that a member shared. `words` are sealed with the group key, or with an envelope's key
-- where fewer may read them; the text, what answer is wanted, to whom, and the exact times.
CREATE TABLE share (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    number INTEGER NOT NULL,
    day INTEGER NOT NULL,
    member_id BLOB NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('group', 'one', 'facilitator')),
    newcomers INTEGER NOT NULL CHECK (newcomers IN (0, 1)),
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, id)
) STRICT;
CREATE UNIQUE INDEX share_number ON share (group_id, number);

-- An answer to a share. “Heard” and “thanks” lie in envelopes that the share's writer opens.
CREATE TABLE answer (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    share_id BLOB NOT NULL,
    id BLOB NOT NULL,
    number INTEGER NOT NULL,
    day INTEGER NOT NULL,
    member_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('heard', 'thanks', 'words')),
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, share_id, id)
) STRICT;

-- What a member told the facilitator because a share worries them, in an envelope.
CREATE TABLE worry (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    day INTEGER NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, id)
) STRICT;

-- What a member does not want to see, under their own key.
CREATE TABLE hidden (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    member_id BLOB NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id, member_id)
) STRICT;

-- The key of one item that is for fewer than the group, for one of its readers: boxed by somebody
-- else, later wrapped by themselves.
CREATE TABLE envelope (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    item_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    boxed INTEGER NOT NULL CHECK (boxed IN (0, 1)),
    bytes BLOB NOT NULL,
    PRIMARY KEY (group_id, item_id, member_id)
) STRICT;
CREATE INDEX envelope_member ON envelope (group_id, member_id, boxed);
