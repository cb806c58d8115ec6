package io.burnish.access.audit;

import io.burnish.access.caller.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Writes the audit of a call before it runs, and adds the status of its response once that is sent.
 */
@Singleton
public class AuditTrail {

  private static final Logger LOG = Logger.getLogger(AuditTrail.class);

  /** Attribute of the request that has the id of its row. */
  private static final String ROW = AuditTrail.class.getName();

  private final Audit audit;

  AuditTrail(Audit audit) {
    this.audit = audit;
  }

  /**
   * Adds the row of a call.
   *
   * @param operation method and template of the address
   * @return completes once it is stored; fails when it is not
   */
  public Uni<Void> add(RoutingContext request, String operation, Caller caller) {
    String source = String.valueOf(request.request().remoteAddress().hostAddress());
    return audit
        .add(caller, operation, request.normalizedPath(), source)
        .invoke(row -> request.put(ROW, row))
        .replaceWithVoid();
  }

  /**
   * Lets the row of the call, if it has one when the response was sent, get the status of the
   * response. To be called on the event loop of the request.
   */
  public void follow(RoutingContext request) {
    request.addEndHandler(
        sent -> {
          Long row = request.get(ROW);
          if (row != null && sent.succeeded()) {
            store(row, request.response().getStatusCode());
          }
        });
  }

  private void store(long row, int status) {
    audit
        .ended(row, status)
        .subscribe()
        .with(
            stored -> {},
            failure ->
                LOG.warnf(
                    "The status %d of entry %d of the audit was not stored, the entry stays without one: %s",
                    status, row, failure.getMessage()));
  }
}
