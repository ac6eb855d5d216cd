/**
 * How types and global functions written in Java are declared, so that scripts see them in Russian and in English.
 *
 * <h2>To add a type</h2>
 *
 * <ol>
 *   <li>Write a class that extends {@link dev.tramway.onescript.internal.bind.BslObject} (or
 *       {@link dev.tramway.onescript.internal.bind.BslCollection}, where it has elements), with a constant {@code TYPE} that
 *       {@code type()} returns. The model is {@link dev.tramway.onescript.internal.library.BslArray}.
 *   <li>Declare constructors and members by {@link dev.tramway.onescript.internal.bind.NativeType#declare}: both names,
 *       {@link dev.tramway.onescript.internal.bind.Params how many arguments}, and a function of the object and the
 *       {@link dev.tramway.onescript.internal.bind.Call}, whose methods read, convert and check the arguments. Everything
 *       declared after {@code requires(permission)} needs that permission; declaring without is an error. A built-in with a
 *       subject (a path, a host) also asks for exactly that: {@code call.context().require(READ_FILES, path)}.
 *   <li>Access by index, iteration and names known at run time only are methods of {@code BslObject} to override.
 *   <li>Add it in a class with a method {@code declare(Library.Builder)}: {@code library.type(BslThing.TYPE)}, and list
 *       that class in {@link dev.tramway.onescript.internal.library.StandardLibrary}. Global functions, properties and
 *       enumerations are declared there in the same way.
 * </ol>
 *
 * <p>A function returns its value, a procedure nothing; scripts may not use a procedure as a function. Values are those of
 * {@code internal.value}: whole numbers as {@code Long} (never {@code Integer}), none as {@code Empty.UNDEFINED}
 * (never null). Errors are {@link dev.tramway.onescript.internal.value.ScriptError}, made by {@code Errors}; any other
 * {@code RuntimeException} reaches the script as an error with its message. Whoever makes strings or collections grow says so
 * by {@code call.context().grow(bytes)}, who loops over much says {@code call.context().work(steps)}, so that limits hold.
 */
@NullMarked
package dev.tramway.onescript.internal.bind;

import org.jspecify.annotations.NullMarked;
