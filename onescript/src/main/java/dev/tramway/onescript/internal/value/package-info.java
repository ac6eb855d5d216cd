/**
 * Values as scripts see them. Each is a Java object that is never null and mostly immutable:
 *
 * <table><caption>Representation</caption>
 * <tr><td>Неопределено, Null</td><td>{@link dev.tramway.onescript.internal.value.Empty}</td></tr>
 * <tr><td>Булево</td><td>{@code Boolean}</td></tr>
 * <tr><td>Строка</td><td>{@code String}</td></tr>
 * <tr><td>Число</td><td>{@code Long} where it is whole and fits, otherwise {@code BigDecimal}; made by
 * {@link dev.tramway.onescript.internal.value.Numbers}, which keeps to the limits of System.Decimal</td></tr>
 * <tr><td>Дата</td><td>{@link dev.tramway.onescript.internal.value.BslDate}</td></tr>
 * <tr><td>Тип and everything with members</td><td>classes of {@code internal.bind}</td></tr>
 * </table>
 *
 * <p>{@link dev.tramway.onescript.internal.value.Values} converts, compares and prints them.
 */
@NullMarked
package dev.tramway.onescript.internal.value;

import org.jspecify.annotations.NullMarked;
