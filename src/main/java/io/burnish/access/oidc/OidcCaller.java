package io.burnish.access.oidc;

import io.burnish.access.caller.AccessConfig;
import io.burnish.access.caller.AuthMode;
import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Identities;
import io.burnish.access.caller.Role;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Makes a caller of a token that the framework has verified: owner and role are claims of it. A
 * token without owner or role has no role here, and its requests are answered 403.
 */
@Singleton
class OidcCaller implements SecurityIdentityAugmentor {

  private final AccessConfig config;

  OidcCaller(AccessConfig config) {
    this.config = config;
  }

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    if (config.auth() == AuthMode.OIDC && identity.getPrincipal() instanceof JsonWebToken token) {
      return Uni.createFrom().item(caller(identity, token).map(Identities::of).orElse(identity));
    }
    return Uni.createFrom().item(identity);
  }

  private Optional<Caller> caller(SecurityIdentity identity, JsonWebToken token) {
    Optional<String> owner =
        words(claim(token, config.ownerClaim()))
            .filter(word -> !word.isBlank() && !word.equals(Caller.ALL_OWNERS))
            .findFirst();
    Stream<String> words =
        config.roleClaim().isPresent()
            ? words(claim(token, config.roleClaim().get()))
            : identity.getRoles().stream();
    Optional<Role> role =
        words.flatMap(word -> Role.of(word).stream()).max(Comparator.naturalOrder());
    String name = Optional.ofNullable(token.getName()).orElse("token");
    return owner.flatMap(of -> role.map(may -> new Caller(name, may, of)));
  }

  /** A claim by its whole name; else by a path of names, separated by dots. */
  private static @Nullable Object claim(JsonWebToken token, String path) {
    Object whole = token.getClaim(path);
    if (whole != null || !path.contains(".")) {
      return whole;
    }
    String[] names = path.split("\\.");
    Object value = token.getClaim(names[0]);
    for (int i = 1; i < names.length; i++) {
      value = value instanceof JsonObject object ? object.get(names[i]) : null;
    }
    return value;
  }

  private static Stream<String> words(@Nullable Object claim) {
    if (claim instanceof JsonArray array) {
      return array.stream().flatMap(OidcCaller::words);
    }
    if (claim instanceof Collection<?> all) {
      return all.stream().flatMap(OidcCaller::words);
    }
    if (claim instanceof JsonString text) {
      return Stream.of(text.getString());
    }
    return claim instanceof String text ? Stream.of(text) : Stream.empty();
  }
}
