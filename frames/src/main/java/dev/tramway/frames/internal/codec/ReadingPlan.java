package dev.tramway.frames.internal.codec;

import dev.tramway.frames.internal.expr.Expr;
import org.jspecify.annotations.Nullable;

/**
 * How a value for the world outside is taken from a message.
 *
 * @param each list for each of whose items there is one; null for one in all
 * @param name gives its name
 * @param value gives its value
 * @param unit gives its unit
 * @param time gives its time in milliseconds since 1970, null for the time of arrival
 * @param quality gives its quality
 * @param when condition, null for always
 */
public record ReadingPlan(
        @Nullable ListNode each,
        Expr name,
        Expr value,
        Expr unit,
        @Nullable Expr time,
        Expr quality,
        @Nullable Expr when) {}
