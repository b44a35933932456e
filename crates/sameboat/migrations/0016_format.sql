-- The format of what is sealed here. 1: made by a build before formats were counted.
ALTER TABLE instance ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
