-- Two containers may have one name and one process id: only on the same machine, in the same space of process ids, does a
-- process id say anything. machine: boot of the machine and space of process ids; process_started: clock ticks from the
-- boot to the start of the process. Null where the operating system does not tell, and for workers of older versions.
ALTER TABLE worker ADD COLUMN machine text, ADD COLUMN process_started bigint;
