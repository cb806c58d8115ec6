/**
 * What cases may ask for: a job that is completed before they begin.
 *
 * @param job its id; it has one file, {@code known.json}
 * @param key of its only record
 */
record Known(String job, String key) {

  /** Of no job: to list cases. */
  static final Known NONE = new Known("00000000-0000-7000-8000-000000000000", "known");
}
