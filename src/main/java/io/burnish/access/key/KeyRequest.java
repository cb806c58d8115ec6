package io.burnish.access.key;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A key of a request, as the client sent it. */
public final class KeyRequest extends BaseAuthenticationRequest {

  private final String secret;

  /** A request to identify the caller by the secret of a key. */
  public KeyRequest(String secret) {
    this.secret = secret;
  }

  String secret() {
    return secret;
  }
}
