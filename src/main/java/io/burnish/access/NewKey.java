package io.burnish.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key to be created.
 *
 * @param name for people; 1 to 200 characters
 * @param role what it may do
 * @param owner whose jobs it sees and posts; 1 to 200 characters
 * @param expiresAt when it is refused from; null: never
 */
public record NewKey(String name, Role role, String owner, @Nullable Instant expiresAt) {}
