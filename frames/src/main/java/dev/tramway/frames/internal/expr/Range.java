package dev.tramway.frames.internal.expr;

/**
 * A run of fields.
 *
 * @param first where it begins
 * @param last where it ends
 * @param includesLast true if the last field belongs to it
 */
public record Range(Operand first, Operand last, boolean includesLast) {
    /** Bit at which it begins; -1 if a field is absent. */
    public int start(Scope scope) {
        return first.start(scope);
    }

    /** Bit at which it ends; -1 if a field is absent. */
    public int end(Scope scope) {
        return includesLast ? last.end(scope) : last.start(scope);
    }

    /** Its size in whole bytes, 0 if a field is absent. */
    public long size(Scope scope) {
        int start = start(scope);
        int end = end(scope);
        return start < 0 || end < start ? 0 : (end - start) / 8;
    }
}
