package io.burnish.access.key;

import io.burnish.access.caller.KeyLimits;
import io.burnish.access.caller.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key to be created.
 *
 * @param name for people; 1 to 200 characters
 * @param role what it may do
 * @param owner whose jobs it sees and posts; 1 to 200 characters
 * @param limits what it may use
 * @param directories paths below the data directory that it may name, and all below them
 * @param expiresAt when it is refused from; null: never
 */
public record NewKey(
    String name,
    Role role,
    String owner,
    KeyLimits limits,
    List<String> directories,
    @Nullable Instant expiresAt) {}
