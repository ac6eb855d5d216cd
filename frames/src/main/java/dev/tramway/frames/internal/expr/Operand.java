package dev.tramway.frames.internal.expr;

/** A field that an expression names. */
public interface Operand {
    /** What its value is. */
    Kind kind();

    /** Its value, 0 if it is absent. */
    long integer(Scope scope);

    /** Its value, 0 if it is absent. */
    double real(Scope scope);

    /** Its value, empty if it is absent. */
    String text(Scope scope);

    /** True if the frame has it. */
    boolean present(Scope scope);

    /** Where it begins, in bits from the start of the frame; -1 if it is absent. */
    int start(Scope scope);

    /** Where it ends. */
    int end(Scope scope);

    /** How many items it has; 1 for what is no list. */
    int count(Scope scope);
}
