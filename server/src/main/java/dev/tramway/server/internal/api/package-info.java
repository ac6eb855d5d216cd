/**
 * The page and the interface for programs, over HTTP: {@link dev.tramway.server.internal.api.ApiServer} listens, {@link
 * dev.tramway.server.internal.api.Gate} lets in, {@link dev.tramway.server.internal.api.Routes} names what there is.
 */
@NullMarked
package dev.tramway.server.internal.api;

import org.jspecify.annotations.NullMarked;
