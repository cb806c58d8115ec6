package io.burnish.job.state;

/** The state of a job does not allow what was asked for. Nothing was changed. */
public class JobStateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String state;

  /**
   * @param state the state of the job, as the API shows it
   * @param message a sentence that names the state and says what to do
   */
  public JobStateException(String state, String message) {
    super(message);
    this.state = state;
  }

  /** The state of the job. */
  public String state() {
    return state;
  }
}
