package io.burnish.client.http;

import io.burnish.client.console.ClientException;

/** The service refused a request, and retries did not help. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient HttpRefusal refusal;

  RefusedException(HttpRefusal refusal) {
    super("HTTP " + refusal.status());
    this.refusal = refusal;
  }

  HttpRefusal refusal() {
    return refusal;
  }

  /**
   * The message for the user; a line per violation.
   *
   * @param what was refused
   */
  ClientException explained(String url, String what) {
    if (!refusal.isOfBurnish()) {
      return new ClientException(
          "%s answered %s with HTTP %d, not as Burnish does; is another server there, or a proxy before it?\n%s"
              .formatted(url, what, refusal.status(), refusal.reason()),
          this);
    }
    StringBuilder message =
        new StringBuilder(
            "Burnish refused %s (HTTP %d): %s".formatted(what, refusal.status(), refusal.reason()));
    refusal
        .problem()
        .path("violations")
        .forEach(
            violation ->
                message.append(
                    "\n  - %s: %s"
                        .formatted(
                            violation.path("field").asText(), violation.path("message").asText())));
    return new ClientException(message.toString(), this);
  }
}
