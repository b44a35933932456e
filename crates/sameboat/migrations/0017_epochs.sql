-- `before` is the tag of the epoch before, which `tag` covers too. The current epoch is the highest
-- row whose tag holds: no column says so.
ALTER TABLE epoch ADD COLUMN before BLOB;
ALTER TABLE groups DROP COLUMN epoch;

-- A MAC under the instance key over group, member and epoch: who was granted what.
ALTER TABLE key_grant ADD COLUMN tag BLOB;
