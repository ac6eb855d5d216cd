/** Reads YAML into a tree that knows where everything stands, within limits, and collects what is wrong with it. */
@NullMarked
package dev.tramway.frames.internal.yaml;

import org.jspecify.annotations.NullMarked;
