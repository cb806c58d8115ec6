package io.burnish.api.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.burnish.access.audit.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit.
 *
 * @param entries newest first
 * @param next the cursor of the next page; null on the last one
 */
@JsonInclude
public record AuditView(List<Entry> entries, @Nullable String next) {

  /**
   * A call that was admitted and may have changed something.
   *
   * @param at when
   * @param who name of the key or token
   * @param role of the caller
   * @param owner of the caller
   * @param keyId the stored key; null: none
   * @param operation method and template of the address
   * @param address path of the request
   * @param source IP address of the connection
   * @param status of the response; null: not known
   */
  @JsonInclude
  public record Entry(
      Instant at,
      String who,
      String role,
      String owner,
      @Nullable UUID keyId,
      String operation,
      String address,
      String source,
      @Nullable Integer status) {

    static Entry of(AuditEntry entry) {
      return new Entry(
          entry.at(),
          entry.who(),
          entry.role(),
          entry.owner(),
          entry.keyId(),
          entry.operation(),
          entry.address(),
          entry.source(),
          entry.status());
    }
  }
}
