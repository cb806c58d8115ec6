package io.burnish.simulator;

/**
 * What the look-alike does wrong when it is asked to. Bodies after the reference of Groq's errors,
 * and after public reports about other providers and gateways, read 2026-11; docs/simulator.md
 * names them.
 */
public enum InjectedFault {
  /** JSON with its end missing. */
  BROKEN_JSON(Effect.CONTENT),
  /** Good JSON in a Markdown fence, with prose around it. */
  FENCED_JSON(Effect.CONTENT),
  /** A category that is not on the list. */
  WRONG_CATEGORY(Effect.CONTENT),
  /** A price that the text does not have. */
  PRICE_NOT_IN_TEXT(Effect.CONTENT),
  /** The price as text. */
  PRICE_AS_TEXT(Effect.CONTENT),
  /** The price of every record is null, whatever its text says. */
  NO_PRICE(Effect.CONTENT),
  /** The first record is not answered. */
  MISSING_REF(Effect.CONTENT),
  /** The first record is answered under a number nobody asked for. */
  FOREIGN_REF(Effect.CONTENT),
  /** The first record is answered twice, differently. */
  REPEATED_REF(Effect.CONTENT),
  /** Cut off at the maximum of tokens. */
  TRUNCATED(Effect.CONTENT),
  /** 400 json_validate_failed, with the good text along. */
  JSON_VALIDATE_FAILED(Effect.FAILURE),
  /** 400 json_validate_failed: ran out of tokens. */
  RAN_OUT_OF_TOKENS(Effect.FAILURE),
  /** 429 on tokens per minute, to be tried again in a second. */
  THROTTLED(Effect.REFUSAL),
  /** 429 on tokens per day, to be tried again in an hour and a half. */
  THROTTLED_FOR_LONG(Effect.REFUSAL),
  /** 413: can never fit. */
  TOO_LARGE(Effect.REFUSAL),
  /** 498: flex capacity is used up. */
  NO_CAPACITY(Effect.REFUSAL),
  /** 500. */
  SERVER_ERROR(Effect.FAILURE),
  /** 502, a proxy's page. */
  BAD_GATEWAY(Effect.FAILURE),
  /** 503: over capacity. */
  OVERLOADED(Effect.FAILURE),
  /** 401: the key is not known. */
  KEY_REFUSED(Effect.REFUSAL),
  /** 400: something in the request is not allowed. */
  REQUEST_REFUSED(Effect.REFUSAL),
  /** 400: the model is shut down. */
  DECOMMISSIONED(Effect.REFUSAL),
  /** 404: no such model. */
  MODEL_NOT_FOUND(Effect.REFUSAL),
  /** 400: the model's terms were not accepted. */
  TERMS_REQUIRED(Effect.REFUSAL),
  /** 200, and an error in it. */
  ERROR_WITH_200(Effect.FAILURE),
  /** 200, and an answer without text. */
  EMPTY(Effect.CONTENT),
  /** A good answer, after the settings' slow time. */
  SLOW(Effect.TRANSFER),
  /** The connection is closed without an answer. */
  HANG_UP(Effect.TRANSFER),

  /** 400 output_parse_failed, with the good text along. */
  OUTPUT_PARSE_FAILED(Effect.FAILURE),
  /** 400 output_parse_failed, with a text along that is no document. */
  OUTPUT_PARSE_FAILED_BAD(Effect.FAILURE),
  /** 400 tool_use_failed, with the good text along. */
  TOOL_USE_FAILED(Effect.FAILURE),
  /**
   * The message's content is a list of parts: thinking, text, an empty one, the rest of the text.
   */
  CONTENT_PARTS(Effect.SHAPE),
  /** A complete draft with wrong prices in think tags, then the good answer. */
  THINK_DRAFT(Effect.CONTENT),
  /**
   * The same, in think tags that never end, cut off at the maximum of tokens: no answer follows.
   */
  THINK_UNCLOSED(Effect.CONTENT),
  /** A complete draft with wrong prices in an analysis channel, then the good answer. */
  CHANNEL_DRAFT(Effect.CONTENT),
  /** A complete draft with wrong prices, then prose, then the good answer. */
  PROSE_DRAFT(Effect.CONTENT),
  /** A complete draft with wrong prices in the message's reasoning, beside the good content. */
  REASONING_DRAFT(Effect.SHAPE),
  /** 200 without choices. */
  CHOICES_EMPTY(Effect.SHAPE),
  /** 200 with one choice that ended with an error. */
  FINISH_ERROR(Effect.SHAPE),
  /** 200 with a message without content, and no token written. */
  CONTENT_NULL(Effect.SHAPE),
  /**
   * 400 or 422 about a field that the request has: of the settings' dislikes, or an optional one.
   */
  DISLIKED_FIELD(Effect.REFUSAL),
  /** 400 about nothing in particular, in the settings' words. */
  BAD_REQUEST(Effect.REFUSAL),
  /** 429 within a 200. */
  THROTTLED_IN_200(Effect.REFUSAL),
  /** 429 because of a limit of credit, without any wait. */
  CREDIT_LIMIT(Effect.REFUSAL),
  /** 429 because the account's quota is used up, without any wait. */
  INSUFFICIENT_QUOTA(Effect.REFUSAL),
  /** 429 as plain text, by the network before the provider. */
  CLOUDFLARE_1015(Effect.REFUSAL),
  /**
   * A quarter of the records, always the same ones, are not answered in company of more than two.
   */
  DROPS_REFS(Effect.CONTENT),
  /** A connection that had answered before is closed when it is used again. */
  HANG_UP_IDLE(Effect.TRANSFER),
  /** A good answer, compressed though nobody asked for that. */
  GZIP(Effect.TRANSFER),
  /** A good answer behind the settings' amount of blanks. */
  HUGE_BODY(Effect.TRANSFER),
  /** A good answer, a byte a second. */
  TRICKLE(Effect.TRANSFER),
  /** 200, and the page of a captive portal. */
  CAPTIVE_PAGE(Effect.REFUSAL),
  /** 204. */
  NO_CONTENT(Effect.REFUSAL),
  /** 301 to a login page. */
  REDIRECT(Effect.REFUSAL),
  /** A good answer without usage. */
  USAGE_NONE(Effect.SHAPE),
  /** A good answer whose usage is null. */
  USAGE_NULL(Effect.SHAPE),
  /** A good answer with numbers of tokens below zero. */
  USAGE_NEGATIVE(Effect.SHAPE),
  /** A good answer with a million million tokens. */
  USAGE_ABSURD(Effect.SHAPE),
  /** A good answer with numbers of tokens that have a fraction. */
  USAGE_FLOAT(Effect.SHAPE),
  /** A good answer with numbers of tokens as text. */
  USAGE_AS_TEXT(Effect.SHAPE),
  /** 400 content_filter. */
  CONTENT_FILTER(Effect.REFUSAL),
  /**
   * The records that it is about are given the same price each time, which the text does not have.
   */
  STUBBORN(Effect.CONTENT);

  private final Effect effect;

  InjectedFault(Effect effect) {
    this.effect = effect;
  }

  /** Where it shows. */
  Effect effect() {
    return effect;
  }
}
