package io.burnish.provider.fault;

import io.burnish.provider.wire.RequestField;

/**
 * The model or its endpoint refuses a field of the request that can be left out. Nothing was
 * generated; the same request without the field may be answered.
 */
public final class Unsupported extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final RequestField field;

  /** A refusal of a sent field. */
  public Unsupported(String model, int httpStatus, String message, RequestField field) {
    super(model, httpStatus, message, null);
    this.field = field;
  }

  /** The refused field. */
  public RequestField field() {
    return field;
  }

  /** The same as a refusal of the request, when the field was left out already. */
  public Refused asRefused() {
    return new Refused(model(), httpStatus(), String.valueOf(getMessage()), false);
  }

  @Override
  public Kind kind() {
    return Kind.UNSUPPORTED;
  }
}
