/** Will hold broadcast, groups, sending by id and presence across machines. */
@NullMarked
package dev.tramway.cluster;

import org.jspecify.annotations.NullMarked;
