/** Text of scripts to a tree: {@code Lexer}, {@code Preprocessor}, {@code Parser}, and the tree, whose nodes are records with positions. */
@NullMarked
package dev.tramway.onescript.internal.syntax;

import org.jspecify.annotations.NullMarked;
