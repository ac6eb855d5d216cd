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

    /** What stands there. */
    public String found() {
        return parts()[0];
    }

    /** What should stand there. */
    public String expected() {
        String[] parts = parts();
        return parts.length < 2 ? "something else" : parts[1].substring(0, parts[1].length() - 1);
    }

    private String[] parts() {
        return String.valueOf(getMessage()).split(" \\(expected: ", 2);
    }
}
