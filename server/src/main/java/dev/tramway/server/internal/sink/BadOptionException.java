package dev.tramway.server.internal.sink;

/** An option of a sink is missing, wrong or unknown. */
public final class BadOptionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String option;
    private final String found;
    private final String expected;

    /**
     * Makes one.
     *
     * @param option its name
     * @param found what is wrong
     * @param expected what should stand there
     */
    public BadOptionException(String option, String found, String expected) {
        super(found + " (expected: " + expected + ")");
        this.option = option;
        this.found = found;
        this.expected = expected;
    }

    /** Name of the option, to find its place in the configuration; one that is missing has none. */
    public String option() {
        return option;
    }

    /** What is wrong. */
    public String found() {
        return found;
    }

    /** What should stand there. */
    public String expected() {
        return expected;
    }
}
