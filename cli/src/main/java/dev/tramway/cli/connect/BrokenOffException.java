package dev.tramway.cli.connect;

/** A conversation that had begun did not end in order. */
final class BrokenOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenOffException(String why) {
        super(why);
    }
}
