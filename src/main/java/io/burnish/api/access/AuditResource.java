package io.burnish.api.access;

import io.burnish.access.audit.Audit;
import io.burnish.access.audit.AuditEntry;
import io.burnish.access.caller.Role;
import io.burnish.api.input.Cursor;
import io.burnish.api.input.QueryValues;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Lists the calls that may have changed something. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTERS)
@Blocking
public class AuditResource {

  private static final String LIST = "audit";
  private static final int LARGEST_PAGE = 200;
  private static final int PAGE = 50;

  private final Audit audit;

  AuditResource(Audit audit) {
    this.audit = audit;
  }

  @GET
  public AuditView list(@RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
    QueryValues values = new QueryValues();
    int most = values.number("limit", limit, 1, LARGEST_PAGE, PAGE);
    Long before = values.cursor(cursor, LIST, Long::valueOf);
    values.check();
    List<AuditEntry> found = audit.newest(before, most + 1);
    List<AuditEntry> shown = found.subList(0, Math.min(most, found.size()));
    return new AuditView(
        shown.stream().map(AuditView.Entry::of).toList(),
        found.size() > most ? Cursor.of(LIST, shown.get(most - 1).id()) : null);
  }
}
