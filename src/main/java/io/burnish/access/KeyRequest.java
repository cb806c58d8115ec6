package io.burnish.access;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A key of a request, as the client sent it. */
final class KeyRequest extends BaseAuthenticationRequest {

  private final String secret;

  KeyRequest(String secret) {
    this.secret = secret;
  }

  String secret() {
    return secret;
  }
}
