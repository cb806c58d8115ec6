package io.burnish.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What can be set, by one name everywhere: {@code --name value} on the command line, {@code
 * burnish.simulator.name} in the application, {@code "name":"value"} at the control API.
 */
enum Option {
  /** Where to listen. */
  PORT("0", "port on the loopback address; 0: any free one; only at the start"),
  /** Base limits. */
  PLAN("unlimited", "free, developer or unlimited: the limits of models not named by limits"),
  /** Limits that differ. */
  LIMITS("", "model=rpm/rpd/tpm/tpd, several by ';', '*' for every other model, '-' for none"),
  /** Which dimension refuses first. */
  ORDER("rpm,rpd,tpm,tpd", "order in which limits are looked at; the first exhausted refuses"),
  /** How full buckets are. */
  OPENING("1", "share of each bucket that is there at the start, 0 to 1"),
  /** Refunds. */
  SETTLE("true", "whether reserved tokens that were not used are given back"),
  /** What good responses tell. */
  HEADERS(
      "response",
      "x-ratelimit headers of the moment of the response, of admission, openai, past, infinity or off"),
  /** What refusals tell. */
  REASONS("true", "whether a 429 tells its dimension and its wait"),
  /** Others. */
  CO_TENANT("", "share%/tokens@from..to: another caller of the same organization; several by ';'"),
  /** Request validation. */
  CHECKS("true", "whether requests are checked before the limits are looked at"),
  /** Models that do not exist. */
  UNKNOWN_MODELS("accept", "accept or refuse (404) models that the provider has not"),
  /** Models that are no more. */
  DECOMMISSIONED(
      "default", "models that are shut down, by ','; default: those that the provider shut down"),
  /** Fields of requests that are refused. */
  DISLIKES(
      "",
      "field=style, several by ',': requests with it are refused as openai, openai-parameter, pydantic, fastapi, vllm, azure or groq does"),
  /** Words of an error. */
  BAD_REQUEST_MESSAGE("Bad Request", "message of the 400 that bad-request is"),
  /** Longest answers. */
  MAX_OUTPUT("", "model=tokens: most tokens of an answer where it differs; several by ';'"),
  /** How tokens are counted. */
  TOKENS(
      "o200k", "o200k: a real tokenizer; characters: a quarter of them, where speed is measured"),
  /** Cached prefixes. */
  CACHING("true", "whether a repeated system message and schema are not counted again"),
  /** Thinking. */
  REASONING("20", "tokens that gpt-oss thinks at low effort, once and for each record; 0: none"),
  /** How long answers take. */
  LATENCY("0s", "20ms; or 400ms..2s: p50 and p99, lognormal; or 50ms+500t/s: by tokens written"),
  /** How long slow answers take. */
  SLOW("2s", "time of an answer that is slow on request"),
  /** Large calls. */
  SLOW_ABOVE("0", "calls of more records than this are slow; 0: none"),
  /** Answers that do not get better. */
  STUBBORN("0%", "share of the records that get the same false price each time"),
  /** What answers tell of tokens. */
  USAGE("exact", "tokens are told exact, none, null, negative, absurd, float or as-text"),
  /** Large answers. */
  HUGE_BODY("200MB", "blanks before an answer that is huge on request; kB, MB or GB"),
  /** When nothing works. */
  DOWN("", "refused@from..to or overloaded@from..to; several by ';'"),
  /** Waits that errors name. */
  OVERLOAD_WAIT("0s", "retry-after of 498 and 503; 0s: none, as documented"),
  /** What goes wrong for a time. */
  TROUBLE("", "kind@from..to: every call goes wrong in that way; several by ';'"),
  /** What goes wrong by chance. */
  FAULTS("", "kind=percent, several by ',': how often a call goes wrong in that way"),
  /** Chance. */
  SEED("1", "of everything that is left to chance"),
  /** Memory. */
  KEEP("2000", "how many calls are remembered with their records; totals count all"),
  /** Witness on disk. */
  LOG("", "file to which every call is appended as one JSON line");

  private final String usual;
  private final String help;

  Option(String usual, String help) {
    this.usual = usual;
    this.help = help;
  }

  /** As it is written. */
  String written() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The value when nothing is said. */
  String usual() {
    return usual;
  }

  String help() {
    return help;
  }

  /**
   * The option of this name.
   *
   * @throws IllegalArgumentException when there is none; its message names all
   */
  static Option named(String name) {
    return Arrays.stream(values())
        .filter(option -> option.written().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no option of the simulator; there are %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Option::written)
                                .collect(Collectors.joining(", ")))));
  }
}
