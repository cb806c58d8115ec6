package io.burnish.api.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Role;
import io.burnish.api.input.CommandBody;
import io.burnish.api.input.CommandBody.Command;
import io.burnish.api.input.QueryValues;
import io.burnish.api.problem.Problem;
import io.burnish.api.view.JobLookup;
import io.burnish.api.view.JobView;
import io.burnish.job.control.JobControl;
import io.burnish.job.stored.Job;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Controls jobs. Each call is idempotent, and answers with the job as it is afterwards. */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.SUBMITS)
@Blocking
public class ControlResource {

  private final JobControl control;
  private final JobLookup jobs;
  private final JobCommands commands;

  ControlResource(JobControl control, JobLookup jobs, JobCommands commands) {
    this.control = control;
    this.jobs = jobs;
    this.commands = commands;
  }

  @POST
  @Path("/{id}/cancel")
  public JobView cancel(@RestPath String id) {
    UUID job = jobs.id(id);
    return after(id, control.cancel(job));
  }

  @POST
  @Path("/{id}/pause")
  public JobView pause(@RestPath String id) {
    return after(id, control.pause(jobs.id(id), jobs.callerName()));
  }

  @POST
  @Path("/{id}/resume")
  public JobView resume(@RestPath String id) {
    return after(id, control.resume(jobs.id(id)));
  }

  @POST
  @Command
  @Path("/{id}/retry")
  @Consumes(MediaType.APPLICATION_JSON)
  public JobView retry(
      @RestPath String id,
      @RestQuery @Nullable String code,
      @RestQuery @Nullable String file,
      @RestQuery @Nullable List<String> rulesOff,
      @Context RoutingContext routing) {
    Job job = jobs.job(id);
    RetryCommand command =
        RetryCommand.of(CommandBody.of(routing), code, file, rulesOff, job.spec().profile());
    return after(id, commands.retry(job.id(), command));
  }

  @PATCH
  @Command
  @Path("/{id}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  public JobView change(@RestPath String id, @Context RoutingContext routing) {
    UUID job = jobs.id(id);
    ObjectNode changes = CommandBody.of(routing);
    if (changes.has("maxCost") && Caller.of(routing).limits().costPerDay() != null) {
      throw Problem.forbidden(
          "the cost of this key is limited, so it can't change maxCost; another key can",
          Role.ADMIN);
    }
    return after(id, commands.change(job, changes));
  }

  @DELETE
  @Path("/{id}")
  public void delete(@RestPath String id, @RestQuery @Nullable String tracking) {
    if (!control.delete(jobs.id(id), QueryValues.isTrue("tracking", tracking))) {
      throw JobLookup.noSuchJob(id);
    }
  }

  @POST
  @Command
  @Path("/actions")
  @Consumes(MediaType.APPLICATION_JSON)
  public ActionCommand.Result act(@Context RoutingContext routing) {
    return commands.act(ActionCommand.of(CommandBody.of(routing)));
  }

  private JobView after(String id, boolean found) {
    if (!found) {
      throw JobLookup.noSuchJob(id);
    }
    return jobs.view(id);
  }
}
