-- How much of each claim a job gets, beside the others. What is old counts as more (see Claim). The default stays: a
-- replica of the version before, which knows of no priority, goes on storing jobs while the others are replaced.
ALTER TABLE job ADD COLUMN priority text NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high'));
