/**
 * What {@code README.md} shows: each of its Java blocks is a part of one of these files, word for word, so that it
 * compiles. A test compares them.
 */
@NullMarked
package dev.tramway.examples.readme;

import org.jspecify.annotations.NullMarked;
