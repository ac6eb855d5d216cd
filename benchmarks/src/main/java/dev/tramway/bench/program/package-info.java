/**
 * The scenario programs of the founding documents: plain bytes on the wire, so each pairs with the program of the same
 * name there, in both directions.
 */
@NullMarked
package dev.tramway.bench.program;

import org.jspecify.annotations.NullMarked;
