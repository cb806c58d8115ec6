package io.burnish.access.key;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A key of a request, as the client sent it. */
public final class KeyRequest extends BaseAuthenticationRequest {

  private final String secret;

  public KeyRequest(String secret) {
    this.secret = secret;
  }

  String secret() {
    return secret;
  }
}
