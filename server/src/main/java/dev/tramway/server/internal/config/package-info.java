/** The configuration file: read, checked, and turned into records. */
@NullMarked
package dev.tramway.server.internal.config;

import org.jspecify.annotations.NullMarked;
