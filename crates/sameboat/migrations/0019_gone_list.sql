-- How many lines the gone list has, so that one that was cut off is known as such.
CREATE TABLE gone_list (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    lines INTEGER NOT NULL
) STRICT;
