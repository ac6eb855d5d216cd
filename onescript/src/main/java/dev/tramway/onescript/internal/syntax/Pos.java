package dev.tramway.onescript.internal.syntax;

/** A place in the text, counted from 1. */
public record Pos(int line, int column) {}
