/**
 * The OneScript language, dialect 1.9, and servers in it.
 *
 * <p>A {@code ScriptEngine} compiles and runs scripts; an {@link dev.tramway.onescript.Access} bounds what they may touch.
 */
@NullMarked
package dev.tramway.onescript;

import org.jspecify.annotations.NullMarked;
