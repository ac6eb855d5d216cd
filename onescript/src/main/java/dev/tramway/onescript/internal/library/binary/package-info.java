/**
 * Bytes: buffers, binary data, streams, readers and writers, encodings of text, hashes. A stream is a
 * {@link dev.tramway.onescript.internal.library.binary.Storage} seen through rights to read and to write.
 */
@NullMarked
package dev.tramway.onescript.internal.library.binary;

import org.jspecify.annotations.NullMarked;
