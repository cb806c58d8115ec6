package io.burnish.simulator.faults;

/** The stage of a call at which a fault occurs. */
public enum FaultStage {
  /** An error before the limits are checked; the call takes nothing from them. */
  REFUSAL,
  /** An error after admission, instead of a completion. */
  FAILURE,
  /** A completion whose body has another shape than usual. */
  SHAPE,
  /** A completion with a wrong text. */
  CONTENT,
  /** A correct body that is sent late, in another encoding, or not at all. */
  TRANSFER
}
