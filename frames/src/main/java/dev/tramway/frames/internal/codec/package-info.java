/** The tree of nodes that a definition is compiled to, which decodes and encodes, and the tape that says where fields lie. */
@NullMarked
package dev.tramway.frames.internal.codec;

import org.jspecify.annotations.NullMarked;
