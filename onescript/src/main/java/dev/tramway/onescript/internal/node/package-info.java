/** Trees that run, and what they run in: frames, methods, modules. Nothing here knows text of scripts. */
@NullMarked
package dev.tramway.onescript.internal.node;

import org.jspecify.annotations.NullMarked;
