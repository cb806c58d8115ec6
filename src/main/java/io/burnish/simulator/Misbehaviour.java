package io.burnish.simulator;

/**
 * What the look-alike does wrong when it is asked to. Bodies after the reference of Groq's errors,
 * read 2026-11.
 */
public enum Misbehaviour {
  /** JSON with its end missing. */
  BROKEN_JSON,
  /** Good JSON in a Markdown fence, with prose around it. */
  FENCED_JSON,
  /** A category that is not on the list. */
  WRONG_CATEGORY,
  /** A price that the text does not have. */
  PRICE_NOT_IN_TEXT,
  /** The price as text. */
  PRICE_AS_TEXT,
  /** The first record is not answered. */
  MISSING_REF,
  /** The first record is answered under a number nobody asked for. */
  FOREIGN_REF,
  /** The first record is answered twice, differently. */
  REPEATED_REF,
  /** Cut off at the maximum of tokens. */
  TRUNCATED,
  /** 400 json_validate_failed, with the good text along. */
  JSON_VALIDATE_FAILED,
  /** 400 json_validate_failed: ran out of tokens. */
  RAN_OUT_OF_TOKENS,
  /** 429 on tokens per minute, to be tried again in a second. */
  THROTTLED,
  /** 429 on tokens per day, to be tried again in an hour and a half. */
  THROTTLED_FOR_LONG,
  /** 413: can never fit. */
  TOO_LARGE,
  /** 498: flex capacity is used up. */
  NO_CAPACITY,
  /** 500. */
  SERVER_ERROR,
  /** 502, a proxy's page. */
  BAD_GATEWAY,
  /** 503: over capacity. */
  OVERLOADED,
  /** 401: the key is not known. */
  KEY_REFUSED,
  /** 400: something in the request is not allowed. */
  REQUEST_REFUSED,
  /** 400: the model is shut down. */
  DECOMMISSIONED,
  /** 404: no such model. */
  MODEL_NOT_FOUND,
  /** 400: the model's terms were not accepted. */
  TERMS_REQUIRED,
  /** 200, and an error in it. */
  ERROR_WITH_200,
  /** 200, and an answer without text. */
  EMPTY,
  /** A good answer, after the settings' slow time. */
  SLOW,
  /** The connection is closed without an answer. */
  HANG_UP
}
