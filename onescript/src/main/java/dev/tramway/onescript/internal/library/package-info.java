/**
 * Types and global functions that every script has. Each class {@code …Library} declares one subject; how to add to them says
 * {@code internal.bind}.
 */
@NullMarked
package dev.tramway.onescript.internal.library;

import org.jspecify.annotations.NullMarked;
