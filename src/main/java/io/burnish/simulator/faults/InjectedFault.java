package io.burnish.simulator.faults;

/**
 * The faults that can be injected. Bodies as in Groq's error reference, and in public reports about
 * other providers and gateways, read 2026-11; docs/simulator.md names them.
 */
public enum InjectedFault {
  /** JSON without its end. */
  BROKEN_JSON(FaultStage.CONTENT),
  /** Correct JSON in a Markdown fence, with prose around it. */
  FENCED_JSON(FaultStage.CONTENT),
  /** A category that is not on the list, for the first record that the fault concerns. */
  WRONG_CATEGORY(FaultStage.CONTENT),
  /** A price that the text does not name, for the first record that the fault concerns. */
  PRICE_NOT_IN_TEXT(FaultStage.CONTENT),
  /** The price as text, for the first record that the fault concerns. */
  PRICE_AS_TEXT(FaultStage.CONTENT),
  /** All prices are null. */
  NO_PRICE(FaultStage.CONTENT),
  /** The first record that the fault concerns is not answered. */
  MISSING_REF(FaultStage.CONTENT),
  /** The first record that the fault concerns is answered under an unknown ref. */
  FOREIGN_REF(FaultStage.CONTENT),
  /** The first record that the fault concerns is answered twice, differently. */
  REPEATED_REF(FaultStage.CONTENT),
  /** Truncated at the maximum of tokens. */
  TRUNCATED(FaultStage.CONTENT),
  /** 400 json_validate_failed with the correct text. */
  JSON_VALIDATE_FAILED(FaultStage.FAILURE),
  /** 400 json_validate_failed: ran out of tokens. */
  RAN_OUT_OF_TOKENS(FaultStage.FAILURE),
  /** 429 on tokens per minute; retry in a second. */
  THROTTLED(FaultStage.REFUSAL),
  /** 429 on tokens per day; retry in an hour and a half. */
  THROTTLED_FOR_LONG(FaultStage.REFUSAL),
  /** 413: larger than the limit. */
  TOO_LARGE(FaultStage.REFUSAL),
  /** 498: no flex capacity. */
  NO_CAPACITY(FaultStage.REFUSAL),
  /** 500. */
  SERVER_ERROR(FaultStage.FAILURE),
  /** 502 with a proxy's page. */
  BAD_GATEWAY(FaultStage.FAILURE),
  /** 503: over capacity. */
  OVERLOADED(FaultStage.FAILURE),
  /** 401: invalid key. */
  KEY_REFUSED(FaultStage.REFUSAL),
  /** 400: a value in the request is not allowed. */
  REQUEST_REFUSED(FaultStage.REFUSAL),
  /** 400: the model is decommissioned. */
  DECOMMISSIONED(FaultStage.REFUSAL),
  /** 404: no such model. */
  MODEL_NOT_FOUND(FaultStage.REFUSAL),
  /** 400: the model's terms are not accepted. */
  TERMS_REQUIRED(FaultStage.REFUSAL),
  /** 200 with an error body. */
  ERROR_WITH_200(FaultStage.FAILURE),
  /** 200 with an empty text. */
  EMPTY(FaultStage.CONTENT),
  /** A correct answer after the latency of {@code slow}. */
  SLOW(FaultStage.TRANSFER),
  /** The connection is closed without a response. */
  HANG_UP(FaultStage.TRANSFER),

  /** 400 output_parse_failed with the correct text. */
  OUTPUT_PARSE_FAILED(FaultStage.FAILURE),
  /** 400 output_parse_failed with a text that is not a document. */
  OUTPUT_PARSE_FAILED_BAD(FaultStage.FAILURE),
  /** 400 tool_use_failed with the correct text. */
  TOOL_USE_FAILED(FaultStage.FAILURE),
  /** The content is a list of parts: thinking, text, an empty one, the rest of the text. */
  CONTENT_PARTS(FaultStage.SHAPE),
  /** A complete draft with wrong prices in think tags, then the correct answer. */
  THINK_DRAFT(FaultStage.CONTENT),
  /** The same in think tags that never end, truncated: no answer follows. */
  THINK_UNCLOSED(FaultStage.CONTENT),
  /** A complete draft with wrong prices in an analysis channel, then the correct answer. */
  CHANNEL_DRAFT(FaultStage.CONTENT),
  /** A complete draft with wrong prices, then prose, then the correct answer. */
  PROSE_DRAFT(FaultStage.CONTENT),
  /** A complete draft with wrong prices in the message's reasoning, beside the correct content. */
  REASONING_DRAFT(FaultStage.SHAPE),
  /** 200 without choices. */
  CHOICES_EMPTY(FaultStage.SHAPE),
  /** 200 with one choice that ended with an error. */
  FINISH_ERROR(FaultStage.SHAPE),
  /** 200 with null content; no token was written. */
  CONTENT_NULL(FaultStage.SHAPE),
  /**
   * 400 or 422 about a field of the request: one of the option {@code dislikes}, else an optional
   * one.
   */
  DISLIKED_FIELD(FaultStage.REFUSAL),
  /** 400 without a code, with the message of the option {@code bad-request-message}. */
  BAD_REQUEST(FaultStage.REFUSAL),
  /** 429 in the body of a 200. */
  THROTTLED_IN_200(FaultStage.REFUSAL),
  /** 429 because of a credit limit, without a wait. */
  CREDIT_LIMIT(FaultStage.REFUSAL),
  /** 429 because the account's quota is used up, without a wait. */
  INSUFFICIENT_QUOTA(FaultStage.REFUSAL),
  /** 429 as plain text, by the network in front of the provider. */
  CLOUDFLARE_1015(FaultStage.REFUSAL),
  /** A quarter of the records, always the same, is not answered in packs of more than two. */
  DROPS_REFS(FaultStage.CONTENT),
  /** A connection that carried a call before is closed when it is reused. */
  HANG_UP_IDLE(FaultStage.TRANSFER),
  /** A correct answer, compressed although the client did not accept it. */
  GZIP(FaultStage.TRANSFER),
  /** A correct answer after the blanks of the option {@code huge-body}. */
  HUGE_BODY(FaultStage.TRANSFER),
  /** A correct answer, one byte per second. */
  TRICKLE(FaultStage.TRANSFER),
  /** 200 with the page of a captive portal. */
  CAPTIVE_PAGE(FaultStage.REFUSAL),
  /** 204. */
  NO_CONTENT(FaultStage.REFUSAL),
  /** 301 to a login page. */
  REDIRECT(FaultStage.REFUSAL),
  /** A correct answer without usage. */
  USAGE_NONE(FaultStage.SHAPE),
  /** A correct answer with null usage. */
  USAGE_NULL(FaultStage.SHAPE),
  /** A correct answer with negative token counts. */
  USAGE_NEGATIVE(FaultStage.SHAPE),
  /** A correct answer with 10¹² tokens. */
  USAGE_ABSURD(FaultStage.SHAPE),
  /** A correct answer with token counts that have a fraction. */
  USAGE_FLOAT(FaultStage.SHAPE),
  /** A correct answer with token counts as strings. */
  USAGE_AS_TEXT(FaultStage.SHAPE),
  /** 400 content_filter. */
  CONTENT_FILTER(FaultStage.REFUSAL),
  /**
   * The records that the fault concerns get the same price each time, which the text does not name.
   */
  STUBBORN(FaultStage.CONTENT);

  private final FaultStage stage;

  InjectedFault(FaultStage stage) {
    this.stage = stage;
  }

  /** The stage at which it occurs. */
  public FaultStage stage() {
    return stage;
  }
}
