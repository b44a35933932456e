-- Where a group says that it is, sealed: the stage, who named it and when.
CREATE TABLE stage (
    group_id BLOB NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    words BLOB NOT NULL,
    PRIMARY KEY (group_id)
) STRICT;
