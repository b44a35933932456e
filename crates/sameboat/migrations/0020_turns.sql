-- Up to which epoch the host asked that a group's key is turned; a member's next write does it.
ALTER TABLE groups ADD COLUMN turn_after INTEGER;
