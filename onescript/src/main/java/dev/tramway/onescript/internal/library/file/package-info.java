/** Files and directories: names as scripts write them, attributes, search, copying. */
@NullMarked
package dev.tramway.onescript.internal.library.file;

import org.jspecify.annotations.NullMarked;
