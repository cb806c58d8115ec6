package io.burnish.api.input;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Query parameters that a resource method reads itself, besides those that are parameters of the
 * method. The method refuses all others, with its other violations.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface QueryNames {

  /** Names of parameters that may be given once. */
  String[] value();

  /** Names of parameters that may be given several times. */
  String[] repeatable() default {};
}
