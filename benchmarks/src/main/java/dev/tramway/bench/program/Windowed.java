package dev.tramway.bench.program;

/** Keeps a number of messages in flight: each that comes back is followed by another. */
final class Windowed extends Flow {
    private final long window;

    Windowed(int size, long window) {
        super(size);
        this.window = window;
    }

    @Override
    void ready(Link link) {
        answered(link, window);
    }

    @Override
    void answered(Link link, long messages) {
        for (long i = 0; i < messages; i++) {
            send(link);
        }
    }
}
