/** The engine: contexts of threads, loading of modules, jobs, events. */
@NullMarked
package dev.tramway.onescript.internal.runtime;

import org.jspecify.annotations.NullMarked;
