/** The machine that a script runs on: console, other programs, environment, time zones; and random numbers. */
@NullMarked
package dev.tramway.onescript.internal.library.system;

import org.jspecify.annotations.NullMarked;
