/** СписокЗначений, ТаблицаЗначений, ДеревоЗначений. */
@NullMarked
package dev.tramway.onescript.internal.library.table;

import org.jspecify.annotations.NullMarked;
