package dev.tramway.frames;

/**
 * One thing that is wrong with a definition file.
 *
 * @param file name of the file
 * @param line line, from 1
 * @param column column, from 1
 * @param found what stands there
 * @param expected what should stand there
 * @param remedy what to write instead
 */
public record DefinitionProblem(String file, int line, int column, String found, String expected, String remedy) {
    /** The problem in one line, as compilers print it. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + found + " (expected: " + expected + "); " + remedy;
    }
}
