-- What calls used, minute by minute, so that the cost of a day is known without reading its calls. Compatible with the version
-- before: what its calls used is added up as well.

-- Rows are added once, when the minute is over for a minute; calls write nothing here. Retention deletes rows after eight days.
CREATE TABLE usage_minute (
  minute            timestamptz NOT NULL, -- its start
  model             text        NOT NULL,
  calls             bigint      NOT NULL,
  prompt_tokens     bigint      NOT NULL,
  completion_tokens bigint      NOT NULL,
  cached_tokens     bigint      NOT NULL, -- part of the prompt tokens
  PRIMARY KEY (minute, model)
);

-- Calls are appended in the order of their time, so an index of page ranges finds the last minutes. It costs a call nothing.
CREATE INDEX provider_call_at ON provider_call USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
