package dev.tramway.server.internal.simulate;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;

/** Cuts what is received as another framing does, and sends bytes as they are: whoever damages frames makes them himself. */
record ReadOnly(Framing received) implements Framing {
    @Override
    public FrameReader newReader() {
        return received.newReader();
    }

    @Override
    public FrameWriter newWriter() {
        return Framing.raw().newWriter();
    }

    @Override
    public boolean sharesFrames() {
        return true;
    }
}
