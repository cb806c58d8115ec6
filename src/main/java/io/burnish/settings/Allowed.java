package io.burnish.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The allowed values of a setting in words: the end of the sentence "It must be". Without it, the
 * type and the limits of the setting make the sentence.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Allowed {

  /** The end of the sentence, without a full stop. */
  String value();
}
