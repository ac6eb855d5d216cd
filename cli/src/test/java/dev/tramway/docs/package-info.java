/** Tests of what is written: that the names in the documents exist, and that the modules keep their layers. */
@NullMarked
package dev.tramway.docs;

import org.jspecify.annotations.NullMarked;
