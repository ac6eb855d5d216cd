/** Regular expressions of .NET on those of Java. */
@NullMarked
package dev.tramway.onescript.internal.library.regex;

import org.jspecify.annotations.NullMarked;
