package io.burnish.api.body;

/** The bodies that endpoints accept which spool them, as the details of problems name them. */
public final class AcceptedBodies {

  /** Of a new job. */
  public static final String JOB =
      "post application/json, application/x-ndjson, or multipart/form-data with parts named file; "
          + "plain, or compressed with gzip";

  /** Of a state file. */
  public static final String STATE_FILE =
      "send a groq_tracking_state.json, which is JSON; plain, or compressed with gzip";

  private AcceptedBodies() {}
}
