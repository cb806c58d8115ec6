package io.burnish.provider.fault;

import io.burnish.provider.wire.ChatAnswer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request, or the account, is refused. */
public final class Refused extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final boolean accountAtFault;
  private final transient @Nullable ChatAnswer billed;

  /** A refusal. */
  public Refused(String model, int httpStatus, String message, boolean accountAtFault) {
    super(model, httpStatus, message, null);
    this.accountAtFault = accountAtFault;
    this.billed = null;
  }

  /** A refusal of the content of a request, after tokens were generated. */
  public Refused(ChatAnswer answer, int httpStatus, String message) {
    super(answer.model(), httpStatus, message, null);
    this.accountAtFault = false;
    this.billed = answer.reportsUsage() ? answer : null;
  }

  @Override
  public Kind kind() {
    return Kind.REFUSED;
  }

  @Override
  public boolean accountAtFault() {
    return accountAtFault;
  }

  @Override
  public Optional<ChatAnswer> billedAnswer() {
    return Optional.ofNullable(billed);
  }
}
