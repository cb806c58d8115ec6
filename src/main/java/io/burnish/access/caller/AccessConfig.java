package io.burnish.access.caller;

import io.burnish.settings.Allowed;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** How callers identify themselves. */
@ConfigMapping(prefix = "burnish.access")
public interface AccessConfig {

  /** {@code BURNISH_AUTH}. */
  AuthMode auth();

  /**
   * A key with the role admin that is not stored ({@code BURNISH_ADMIN_KEY}). Unset: only stored
   * keys are valid.
   */
  @Allowed(
      "32 to 200 characters out of A-Z, a-z, 0-9, . _ ~ + / = and -, such as of openssl rand -hex 32")
  Optional<@Pattern(regexp = "[A-Za-z0-9._~+/=-]{32,200}") String> adminKey();

  /** Claim of a token that has the owner ({@code BURNISH_OIDC_OWNER_CLAIM}). */
  @NotBlank
  String ownerClaim();

  /**
   * Claim of a token that has the role ({@code BURNISH_OIDC_ROLE_CLAIM}): read, submit or admin, or
   * a list with one of them. A dot leads into an object. Unset: the roles of the token as Quarkus
   * finds them.
   */
  Optional<String> roleClaim();
}
