-- A session may be opened by an OpenID Connect provider: then it has the caller itself, because there is no key to look
-- up. Compatible with the version before, which finds no key of such a session, and refuses it.

ALTER TABLE access_session
  ADD COLUMN who   text, -- name of the caller, from the ID token; null: a key opened the session
  ADD COLUMN role  text, -- from the ID token
  ADD COLUMN owner text; -- from the ID token

ALTER TABLE access_session DROP CONSTRAINT access_session_check;
ALTER TABLE access_session
  ADD CONSTRAINT access_session_one_origin CHECK (num_nonnulls(secret_sha256, admin_proof, owner) = 1),
  ADD CONSTRAINT access_session_whole_caller CHECK (num_nonnulls(who, role, owner) IN (0, 3));
