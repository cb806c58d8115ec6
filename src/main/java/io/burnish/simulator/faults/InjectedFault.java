package io.burnish.simulator.faults;

/**
 * What the look-alike does wrong when it is asked to. Bodies after the reference of Groq's errors,
 * and after public reports about other providers and gateways, read 2026-11; docs/simulator.md
 * names them.
 */
public enum InjectedFault {
  /** JSON with its end missing. */
  BROKEN_JSON(FaultStage.CONTENT),
  /** Good JSON in a Markdown fence, with prose around it. */
  FENCED_JSON(FaultStage.CONTENT),
  /** A category that is not on the list. */
  WRONG_CATEGORY(FaultStage.CONTENT),
  /** A price that the text does not have. */
  PRICE_NOT_IN_TEXT(FaultStage.CONTENT),
  /** The price as text. */
  PRICE_AS_TEXT(FaultStage.CONTENT),
  /** The price of every record is null, whatever its text says. */
  NO_PRICE(FaultStage.CONTENT),
  /** The first record is not answered. */
  MISSING_REF(FaultStage.CONTENT),
  /** The first record is answered under a number nobody asked for. */
  FOREIGN_REF(FaultStage.CONTENT),
  /** The first record is answered twice, differently. */
  REPEATED_REF(FaultStage.CONTENT),
  /** Cut off at the maximum of tokens. */
  TRUNCATED(FaultStage.CONTENT),
  /** 400 json_validate_failed, with the good text along. */
  JSON_VALIDATE_FAILED(FaultStage.FAILURE),
  /** 400 json_validate_failed: ran out of tokens. */
  RAN_OUT_OF_TOKENS(FaultStage.FAILURE),
  /** 429 on tokens per minute, to be tried again in a second. */
  THROTTLED(FaultStage.REFUSAL),
  /** 429 on tokens per day, to be tried again in an hour and a half. */
  THROTTLED_FOR_LONG(FaultStage.REFUSAL),
  /** 413: can never fit. */
  TOO_LARGE(FaultStage.REFUSAL),
  /** 498: flex capacity is used up. */
  NO_CAPACITY(FaultStage.REFUSAL),
  /** 500. */
  SERVER_ERROR(FaultStage.FAILURE),
  /** 502, a proxy's page. */
  BAD_GATEWAY(FaultStage.FAILURE),
  /** 503: over capacity. */
  OVERLOADED(FaultStage.FAILURE),
  /** 401: the key is not known. */
  KEY_REFUSED(FaultStage.REFUSAL),
  /** 400: something in the request is not allowed. */
  REQUEST_REFUSED(FaultStage.REFUSAL),
  /** 400: the model is shut down. */
  DECOMMISSIONED(FaultStage.REFUSAL),
  /** 404: no such model. */
  MODEL_NOT_FOUND(FaultStage.REFUSAL),
  /** 400: the model's terms were not accepted. */
  TERMS_REQUIRED(FaultStage.REFUSAL),
  /** 200, and an error in it. */
  ERROR_WITH_200(FaultStage.FAILURE),
  /** 200, and an answer without text. */
  EMPTY(FaultStage.CONTENT),
  /** A good answer, after the settings' slow time. */
  SLOW(FaultStage.TRANSFER),
  /** The connection is closed without an answer. */
  HANG_UP(FaultStage.TRANSFER),

  /** 400 output_parse_failed, with the good text along. */
  OUTPUT_PARSE_FAILED(FaultStage.FAILURE),
  /** 400 output_parse_failed, with a text along that is no document. */
  OUTPUT_PARSE_FAILED_BAD(FaultStage.FAILURE),
  /** 400 tool_use_failed, with the good text along. */
  TOOL_USE_FAILED(FaultStage.FAILURE),
  /**
   * The message's content is a list of parts: thinking, text, an empty one, the rest of the text.
   */
  CONTENT_PARTS(FaultStage.SHAPE),
  /** A complete draft with wrong prices in think tags, then the good answer. */
  THINK_DRAFT(FaultStage.CONTENT),
  /**
   * The same, in think tags that never end, cut off at the maximum of tokens: no answer follows.
   */
  THINK_UNCLOSED(FaultStage.CONTENT),
  /** A complete draft with wrong prices in an analysis channel, then the good answer. */
  CHANNEL_DRAFT(FaultStage.CONTENT),
  /** A complete draft with wrong prices, then prose, then the good answer. */
  PROSE_DRAFT(FaultStage.CONTENT),
  /** A complete draft with wrong prices in the message's reasoning, beside the good content. */
  REASONING_DRAFT(FaultStage.SHAPE),
  /** 200 without choices. */
  CHOICES_EMPTY(FaultStage.SHAPE),
  /** 200 with one choice that ended with an error. */
  FINISH_ERROR(FaultStage.SHAPE),
  /** 200 with a message without content, and no token written. */
  CONTENT_NULL(FaultStage.SHAPE),
  /**
   * 400 or 422 about a field that the request has: of the settings' dislikes, or an optional one.
   */
  DISLIKED_FIELD(FaultStage.REFUSAL),
  /** 400 about nothing in particular, in the settings' words. */
  BAD_REQUEST(FaultStage.REFUSAL),
  /** 429 within a 200. */
  THROTTLED_IN_200(FaultStage.REFUSAL),
  /** 429 because of a limit of credit, without any wait. */
  CREDIT_LIMIT(FaultStage.REFUSAL),
  /** 429 because the account's quota is used up, without any wait. */
  INSUFFICIENT_QUOTA(FaultStage.REFUSAL),
  /** 429 as plain text, by the network before the provider. */
  CLOUDFLARE_1015(FaultStage.REFUSAL),
  /**
   * A quarter of the records, always the same ones, are not answered in company of more than two.
   */
  DROPS_REFS(FaultStage.CONTENT),
  /** A connection that had answered before is closed when it is used again. */
  HANG_UP_IDLE(FaultStage.TRANSFER),
  /** A good answer, compressed though nobody asked for that. */
  GZIP(FaultStage.TRANSFER),
  /** A good answer behind the settings' amount of blanks. */
  HUGE_BODY(FaultStage.TRANSFER),
  /** A good answer, a byte a second. */
  TRICKLE(FaultStage.TRANSFER),
  /** 200, and the page of a captive portal. */
  CAPTIVE_PAGE(FaultStage.REFUSAL),
  /** 204. */
  NO_CONTENT(FaultStage.REFUSAL),
  /** 301 to a login page. */
  REDIRECT(FaultStage.REFUSAL),
  /** A good answer without usage. */
  USAGE_NONE(FaultStage.SHAPE),
  /** A good answer whose usage is null. */
  USAGE_NULL(FaultStage.SHAPE),
  /** A good answer with numbers of tokens below zero. */
  USAGE_NEGATIVE(FaultStage.SHAPE),
  /** A good answer with a million million tokens. */
  USAGE_ABSURD(FaultStage.SHAPE),
  /** A good answer with numbers of tokens that have a fraction. */
  USAGE_FLOAT(FaultStage.SHAPE),
  /** A good answer with numbers of tokens as text. */
  USAGE_AS_TEXT(FaultStage.SHAPE),
  /** 400 content_filter. */
  CONTENT_FILTER(FaultStage.REFUSAL),
  /**
   * The records that it is about are given the same price each time, which the text does not have.
   */
  STUBBORN(FaultStage.CONTENT);

  private final FaultStage effect;

  InjectedFault(FaultStage effect) {
    this.effect = effect;
  }

  /** Where it shows. */
  public FaultStage effect() {
    return effect;
  }
}
