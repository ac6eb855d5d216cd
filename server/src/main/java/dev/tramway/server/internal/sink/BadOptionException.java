package dev.tramway.server.internal.sink;

/** An option of a sink is missing, wrong or unknown. */
public final class BadOptionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String option;

    /**
     * Makes one.
     *
     * @param option its name
     * @param message what is wrong, and what was expected
     */
    public BadOptionException(String option, String message) {
        super(message);
        this.option = option;
    }

    /** Name of the option, to find its place in the configuration; one that is missing has none. */
    public String option() {
        return option;
    }
}
