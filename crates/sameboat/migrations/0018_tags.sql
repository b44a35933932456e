-- Tags under the instance key over what stands in clear and decides who reads, or until when.
ALTER TABLE member ADD COLUMN tag BLOB;
ALTER TABLE invitation ADD COLUMN tag BLOB;
ALTER TABLE coming_back ADD COLUMN tag BLOB;
ALTER TABLE parting ADD COLUMN tag BLOB;
ALTER TABLE start_link ADD COLUMN tag BLOB;
