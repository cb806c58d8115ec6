package io.burnish.access.caller;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Optional;

/** Callers as identities of the framework, whose roles {@code @RolesAllowed} names. */
public final class Identities {

  private Identities() {}

  /** The identity of a caller, with the roles that its role includes. */
  public static SecurityIdentity of(Caller caller) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(caller)
        .addRoles(caller.role().included())
        .addAttribute(Caller.ATTRIBUTE, caller)
        .build();
  }

  /** The caller; empty when the identity has no role here. */
  public static Optional<Caller> caller(SecurityIdentity identity) {
    return Optional.ofNullable(identity.getAttribute(Caller.ATTRIBUTE));
  }
}
