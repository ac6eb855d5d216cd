package dev.tramway.bench.script;

import java.util.List;

/** One measurement, made of a script and of plain Java one after the other. */
interface Row {
    /** Returns its name on the command line. */
    String key();

    /** Measures one of the two. Figures of both have the same texts in the same order. */
    List<Figure> measure(Kind kind, Lab lab);

    /** How a program under test is written. */
    enum Kind {
        SCRIPT,
        JAVA
    }
}
