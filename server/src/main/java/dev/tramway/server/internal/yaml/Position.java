package dev.tramway.server.internal.yaml;

/**
 * Where something stands.
 *
 * @param file name of the file, or of the environment variable that replaced what stood there
 * @param line from 1
 * @param column from 1
 */
public record Position(String file, int line, int column) {
    /** Nowhere. */
    public static final Position NONE = new Position("", 1, 1);

    /** A problem here that ends the reading of this part. */
    public Flaw flaw(String found, String expected, String hint) {
        return new Flaw(new Problem(this, found, expected, hint));
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
