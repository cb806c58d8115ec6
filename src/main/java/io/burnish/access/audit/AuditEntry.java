package io.burnish.access.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that was admitted and may have changed something.
 *
 * @param id grows with each entry
 * @param at when it was admitted
 * @param who name of the caller
 * @param role of the caller
 * @param owner of the caller
 * @param keyId the stored key that it used; null: it used none
 * @param operation method and template of the address, such as {@code POST /jobs/{id}/cancel}
 * @param address path of the request, without its query
 * @param source IP address of the connection
 * @param status of the response; null: it was not sent yet, or the client or the service left
 *     before, or the status could not be stored
 */
public record AuditEntry(
    long id,
    Instant at,
    String who,
    String role,
    String owner,
    @Nullable UUID keyId,
    String operation,
    String address,
    String source,
    @Nullable Integer status) {}
