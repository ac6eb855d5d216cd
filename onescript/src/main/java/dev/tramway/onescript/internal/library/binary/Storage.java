package dev.tramway.onescript.internal.library.binary;

import java.io.IOException;

/** Where the bytes of a stream are, with a current position if they can be reached in any order. */
interface Storage {
    boolean canSeek();

    /** Tells whether what is written takes up memory. */
    boolean inMemory();

    /** Reads at least one byte, waiting if need be, unless none is asked for; returns how many, 0 at the end. */
    int read(byte[] to, int offset, int count) throws IOException;

    void write(byte[] from, int offset, int count) throws IOException;

    long size() throws IOException;

    /** Cuts the contents, or extends them by zeros. */
    void size(long size) throws IOException;

    long position() throws IOException;

    /** Goes to a position, maybe behind the end. */
    void position(long position) throws IOException;

    void flush() throws IOException;

    /** Closes it; everything but closing again fails from now on. */
    void close() throws IOException;
}
