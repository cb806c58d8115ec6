package io.burnish.settings;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A size must not be smaller, nor so large that it does not fit a {@code long}. */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = AtLeast.Check.class)
public @interface AtLeast {

  /** Bytes. */
  long value();

  /** Not used: {@link Allowed} has the text. */
  String message() default "is too small";

  /** Not used. */
  Class<?>[] groups() default {};

  /** Not used. */
  Class<? extends Payload>[] payload() default {};

  /** Compares. */
  final class Check implements ConstraintValidator<AtLeast, MemorySize> {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private BigInteger least = BigInteger.ZERO;

    @Override
    public void initialize(AtLeast limit) {
      least = BigInteger.valueOf(limit.value());
    }

    @Override
    public boolean isValid(@Nullable MemorySize size, ConstraintValidatorContext context) {
      return size == null
          || (size.asBigInteger().compareTo(least) >= 0
              && size.asBigInteger().compareTo(MOST) <= 0);
    }
  }
}
