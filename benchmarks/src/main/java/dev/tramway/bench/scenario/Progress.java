package dev.tramway.bench.scenario;

/** Hears how far a comparison has come. */
public interface Progress {
    /** A trial begins. */
    void begin(String what);

    /** A trial is over, or was not needed. */
    void step();

    /** Something that a reader of the report needs not know. */
    void tell(String text);
}
