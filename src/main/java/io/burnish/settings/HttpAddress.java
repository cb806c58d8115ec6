package io.burnish.settings;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A URI must be an absolute http or https address with a host. */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = HttpAddress.Check.class)
public @interface HttpAddress {

  /** Not used: {@link Allowed} has the text. */
  String message() default "is no http or https address";

  /** Not used. */
  Class<?>[] groups() default {};

  /** Not used. */
  Class<? extends Payload>[] payload() default {};

  /** Checks scheme and host. */
  final class Check implements ConstraintValidator<HttpAddress, URI> {

    @Override
    public boolean isValid(@Nullable URI address, ConstraintValidatorContext context) {
      return address == null
          || (address.getHost() != null
              && ("http".equalsIgnoreCase(address.getScheme())
                  || "https".equalsIgnoreCase(address.getScheme())));
    }
  }
}
