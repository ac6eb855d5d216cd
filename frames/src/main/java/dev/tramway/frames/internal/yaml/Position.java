package dev.tramway.frames.internal.yaml;

import dev.tramway.frames.DefinitionProblem;

/**
 * Where something stands in a definition file.
 *
 * @param file name of the file
 * @param line from 1
 * @param column from 1
 */
public record Position(String file, int line, int column) {
    /** A place further right in the same line. */
    public Position right(int columns) {
        return new Position(file, line, column + columns);
    }

    /** An exception that says what is wrong here. */
    public Flaw flaw(String found, String expected, String remedy) {
        return new Flaw(new DefinitionProblem(file, line, column, found, expected, remedy));
    }
}
