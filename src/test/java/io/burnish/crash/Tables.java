package io.burnish.crash;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tables of one installation of the service: a database of a server. */
record Tables(Database server, String database) {

  private static final String HELD =
      "SELECT count(*) FROM item WHERE worker_id = ? AND state = 'running'";

  private static final String SUCCEEDED =
      """
      SELECT p.record::json ->> 'title' FROM item i JOIN item_payload p ON p.item_id = i.id
      WHERE i.job_id = ? AND i.state = 'succeeded'
      """;

  /** The setting by which a replica uses them. */
  Map<String, String> settings() {
    return Map.of("QUARKUS_DATASOURCE_JDBC_URL", Database.url(server.port(), database));
  }

  /** The one number that a query has. */
  long number(String sql, Object... values) {
    return server.number(database, sql, values);
  }

  /** Items that the replica has claimed and not given back. */
  int held(Replica replica) {
    return (int) number(HELD, UUID.fromString(replica.worker()));
  }

  /** Titles of the job's records that have a result. */
  List<String> succeeded(String job) {
    return server.texts(database, SUCCEEDED, UUID.fromString(job));
  }
}
