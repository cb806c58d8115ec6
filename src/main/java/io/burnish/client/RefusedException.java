package io.burnish.client;

/** The service refused a request: for good, or for longer than the client waits. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    super("HTTP " + refusal.status());
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }

  /**
   * For the user, several lines where the service names several mistakes.
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
