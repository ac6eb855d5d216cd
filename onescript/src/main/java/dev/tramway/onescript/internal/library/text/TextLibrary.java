package dev.tramway.onescript.internal.library.text;

import dev.tramway.onescript.internal.bind.Library;

/** Reading and writing of text files. */
public final class TextLibrary {
    private TextLibrary() {}

    /** Declares them. */
    public static void declare(Library.Builder library) {
        library.type(TextReader.TYPE).type(TextWriter.TYPE).type(TextDocument.TYPE);
    }
}
