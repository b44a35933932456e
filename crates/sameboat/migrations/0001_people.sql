-- What keeps a wrong instance key from starting.
CREATE TABLE instance (
    one INTEGER NOT NULL CHECK (one = 1),
    key_number INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    PRIMARY KEY (one)
) STRICT;

-- Keys of forms that were used up.
CREATE TABLE used_once (
    id BLOB NOT NULL,
    day INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX used_once_day ON used_once (day);

-- Somebody with a sign-in. `name_tag` is an HMAC of the sign-in name, `passphrase` the person key
-- wrapped by the passphrase, `words` what only this person reads about themselves.
CREATE TABLE person (
    id BLOB NOT NULL,
    name_tag BLOB NOT NULL,
    public_key BLOB NOT NULL,
    passphrase BLOB NOT NULL,
    keyring BLOB NOT NULL,
    words BLOB NOT NULL,
    joined_day INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE UNIQUE INDEX person_name_tag ON person (name_tag);

-- The way back by the recovery sheet; its id comes from the code itself.
CREATE TABLE recovery (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    wrap BLOB NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE UNIQUE INDEX recovery_person ON recovery (person_id);

-- A device that is signed in; its id comes from the cookie itself.
CREATE TABLE sign_in (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    wrap BLOB NOT NULL,
    own_device INTEGER NOT NULL CHECK (own_device IN (0, 1)),
    limit_at INTEGER NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX sign_in_person ON sign_in (person_id, id);
CREATE INDEX sign_in_limit ON sign_in (limit_at);

-- What happened to somebody's sign-ins, boxed to their public half.
CREATE TABLE sign_in_event (
    person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    day INTEGER NOT NULL,
    box BLOB NOT NULL,
    PRIMARY KEY (person_id, number)
) STRICT;
