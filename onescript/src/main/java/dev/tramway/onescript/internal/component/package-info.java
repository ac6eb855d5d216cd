/**
 * The TCP component for servers in one script, on Tramway's core.
 *
 * <p>Event loops never run script code. What happens to connections becomes an
 * {@link dev.tramway.onescript.internal.component.Event} in an
 * {@link dev.tramway.onescript.internal.component.EventQueue}, which a thread of the script empties: by ПолучитьСобытие, or a
 * background job of a server. {@link dev.tramway.onescript.internal.component.Hub} holds what the objects of one engine share.
 */
@NullMarked
package dev.tramway.onescript.internal.component;

import org.jspecify.annotations.NullMarked;
