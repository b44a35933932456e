-- One sentence of a group about what its members want together, sealed: the words, how often they
-- were written, who wrote them last and when. The row stays when the sentence is taken away, so
-- that a form from before is known as old.
CREATE TABLE cause (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id)
) STRICT;
