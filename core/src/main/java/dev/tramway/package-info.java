/** Asynchronous TCP, TLS and UDP servers and clients. */
@NullMarked
package dev.tramway;

import org.jspecify.annotations.NullMarked;
