package io.burnish.access.caller;

import io.burnish.database.DefaultOwner;
import io.vertx.ext.web.RoutingContext;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request.
 *
 * @param name for people: of the key, or of the token
 * @param role what it may do
 * @param owner whose jobs it sees and posts
 * @param keyId the stored key that it used; null: it used none
 * @param limits of that key
 * @param directories paths below the data directory that it may name, and all below them; an
 *     administrator may name any
 */
public record Caller(
    String name,
    Role role,
    String owner,
    @Nullable UUID keyId,
    KeyLimits limits,
    List<String> directories)
    implements Principal {

  /** In a query, stands for all owners; no owner has this name. */
  public static final String ALL_OWNERS = "*";

  /** Every caller under {@code BURNISH_AUTH=none}. */
  public static final Caller ANYONE = new Caller("anyone", Role.ADMIN, DefaultOwner.NAME);

  /** The caller who sends {@code BURNISH_ADMIN_KEY}. */
  public static final Caller ADMIN_KEY =
      new Caller("BURNISH_ADMIN_KEY", Role.ADMIN, DefaultOwner.NAME);

  /** Name of the attribute of the identity and of the request that has the caller. */
  static final String ATTRIBUTE = Caller.class.getName();

  /** A caller without a stored key, and so without limits. */
  public Caller(String name, Role role, String owner) {
    this(name, role, owner, null, KeyLimits.NONE, List.of());
  }

  @Override
  public String getName() {
    return name;
  }

  /**
   * Who sent this request.
   *
   * @throws IllegalStateException when the request was not admitted
   */
  public static Caller of(RoutingContext request) {
    return find(request)
        .orElseThrow(() -> new IllegalStateException("the caller of this request is not known"));
  }

  /** Who sent this request; empty when it was not admitted, or needs no access. */
  public static Optional<Caller> find(RoutingContext request) {
    return Optional.ofNullable(request.get(ATTRIBUTE));
  }

  /** Stores the caller of an admitted request, for {@link #of}. */
  public void attach(RoutingContext request) {
    request.put(ATTRIBUTE, this);
  }

  /** The owner whose jobs the caller sees; empty: it sees the jobs of all owners. */
  public Optional<String> onlyOwner() {
    return role == Role.ADMIN ? Optional.empty() : Optional.of(owner);
  }
}
