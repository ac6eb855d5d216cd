package dev.tramway.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A test of behaviour, run once for each {@link Wire} of this machine, which is its only parameter. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(Wires.class)
public @interface OverWires {
    /** Which wires. */
    enum Kind {
        /** Plain TCP and TLS. */
        BOTH,
        /** Plain TCP only. */
        PLAIN,
        /** TLS only. */
        TLS
    }

    /** Plain, TLS, or both. */
    Kind value() default Kind.BOTH;

    /** True to run over {@code ::1} as well. */
    boolean ipv6() default false;
}
