-- A page of somebody's notebook. `words`, sealed with the own key, hold what kind of page it is,
-- its text and the exact times; `number` is the order of one person's pages.
CREATE TABLE notebook_page (
    person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    number INTEGER NOT NULL,
    day INTEGER NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (person_id, id)
) STRICT;
CREATE UNIQUE INDEX notebook_page_number ON notebook_page (person_id, number);

-- Words that somebody typed and has not sent. `words`, sealed with the person key, hold the text
-- and which form it belongs to.
CREATE TABLE draft (
    person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    day INTEGER NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (person_id, id)
) STRICT;
