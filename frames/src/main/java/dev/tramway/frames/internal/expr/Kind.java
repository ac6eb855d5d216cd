package dev.tramway.frames.internal.expr;

/** What a value is. */
public enum Kind {
    /** A whole number of 64 bits. */
    INT("a whole number"),
    /** A number with a fraction. */
    NUM("a number"),
    /** True or false. */
    BOOL("true or false"),
    /** A text. */
    TEXT("a text"),
    /** Fields of its own; only its size can be asked for. */
    GROUP("a group of fields");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** What it is called in messages. */
    public String words() {
        return words;
    }

    /** True for both sorts of numbers. */
    public boolean isNumber() {
        return this == INT || this == NUM;
    }
}
