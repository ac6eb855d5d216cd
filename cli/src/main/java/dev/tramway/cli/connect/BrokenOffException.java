package dev.tramway.cli.connect;

import dev.tramway.TramwayException;

/** A conversation that had begun did not end in order. */
final class BrokenOffException extends TramwayException {
    private static final long serialVersionUID = 1L;

    BrokenOffException(String why) {
        super(why);
    }
}
