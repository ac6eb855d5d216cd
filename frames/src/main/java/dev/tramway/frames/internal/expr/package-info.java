/** The typed, total expression language of definitions: compiled once, evaluated without loops and without exceptions. */
@NullMarked
package dev.tramway.frames.internal.expr;

import org.jspecify.annotations.NullMarked;
