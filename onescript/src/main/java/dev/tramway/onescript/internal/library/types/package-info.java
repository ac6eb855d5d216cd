/** ОписаниеТипов with its qualifiers. */
@NullMarked
package dev.tramway.onescript.internal.library.types;

import org.jspecify.annotations.NullMarked;
