package dev.tramway.bench.program;

/** Sends a number of messages, each when the kernel has taken the one before; done when all have come back. */
final class WriteDriven extends Flow {
    private final long count;

    WriteDriven(int size, long count) {
        super(size);
        this.count = count;
    }

    @Override
    void ready(Link link) {
        written(link);
    }

    @Override
    void written(Link link) {
        if (sent() < count) {
            send(link);
        }
    }

    @Override
    void answered(Link link, long messages) {}

    @Override
    boolean done() {
        return messages() >= count;
    }
}
