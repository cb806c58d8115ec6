package io.burnish.simulator.faults;

/** At which point a misbehaviour shows. */
public enum FaultStage {
  /** An error before the limits are looked at; such a call takes nothing from them. */
  REFUSAL,
  /** An error after admission, instead of a completion. */
  FAILURE,
  /** A completion whose body has another shape than usual. */
  SHAPE,
  /** A completion whose text is not what it should be. */
  CONTENT,
  /** A good body that is sent late, in another form, or not at all. */
  TRANSFER
}
