/** Will hold binary frames that are declared rather than coded, and compact encrypted links for them. */
@NullMarked
package dev.tramway.frames;

import org.jspecify.annotations.NullMarked;
