/** Will hold the OneScript language and the TCP component whose events are handled in it. */
@NullMarked
package dev.tramway.onescript;

import org.jspecify.annotations.NullMarked;
