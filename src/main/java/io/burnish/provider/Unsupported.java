package io.burnish.provider;

/**
 * The model, or its endpoint, does not take a field of the request that can be left out. Nothing
 * was generated. The same request without the field may be answered.
 */
public final class Unsupported extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final RequestField field;

  /** A refusal of a field that was sent. */
  public Unsupported(String model, int httpStatus, String message, RequestField field) {
    super(model, httpStatus, message, null);
    this.field = field;
  }

  /** What was refused. */
  public RequestField field() {
    return field;
  }

  /** The same as a refusal of the request, for when the field was left out already. */
  public Refused asRefused() {
    return new Refused(model(), httpStatus(), String.valueOf(getMessage()), false);
  }

  @Override
  public Kind kind() {
    return Kind.UNSUPPORTED;
  }
}
