package io.burnish.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Query parameters that a method of a resource reads by itself, besides those that are parameters
 * of the method. The method refuses all others, among its other mistakes.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface QueryNames {

  /** Names of those that may be given once. */
  String[] value();

  /** Names of those that may be given several times. */
  String[] repeatable() default {};
}
