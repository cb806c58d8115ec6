package io.burnish.api.status;

import io.burnish.access.caller.Role;
import io.burnish.profile.Profiles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** Lists the profiles: the kinds of records, and their rules. */
@Path("/profiles")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READS)
public class ProfileResource {

  @GET
  public List<ProfileView> all() {
    return Profiles.names().stream()
        .map(Profiles::named)
        .flatMap(Optional::stream)
        .map(ProfileView::of)
        .toList();
  }
}
