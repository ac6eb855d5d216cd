/** Reads YAML into a tree that knows where everything stands, and collects all that is wrong with it. */
@NullMarked
package dev.tramway.server.internal.yaml;

import org.jspecify.annotations.NullMarked;
