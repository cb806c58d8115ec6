-- The same name is another model at another endpoint. '' stands for rows of versions that knew only one provider; they count
-- for Groq's own address.
ALTER TABLE model_state ADD COLUMN endpoint text NOT NULL DEFAULT '', ADD COLUMN forgotten_at timestamptz;
ALTER TABLE model_state DROP CONSTRAINT model_state_pkey, ADD PRIMARY KEY (endpoint, model);

-- A 404 says that a model "does not exist or you do not have access": a wrong key or address was taken for the end of it.
DELETE FROM model_state WHERE decommissioned_at IS NOT NULL AND COALESCE(gone_reason, '') NOT ILIKE '%decommissioned%';

-- Fields of a request that a model refuses. They are left out for a day after refused_at, then tried again.
CREATE TABLE model_capability (
  endpoint   text        NOT NULL,
  model      text        NOT NULL,
  -- as in io.burnish.provider.RequestField, such as temperature or response_format.json_schema
  field      text        NOT NULL,
  -- in the provider's words
  reason     text        NOT NULL,
  refused_at timestamptz NOT NULL,
  PRIMARY KEY (endpoint, model, field)
);
