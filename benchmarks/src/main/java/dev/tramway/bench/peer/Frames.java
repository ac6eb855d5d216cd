package dev.tramway.bench.peer;

import java.nio.ByteBuffer;

/** What a server by hand does with the bytes of a read: echoes them as they are, or frame by frame. */
final class Frames {
    private final boolean framed;
    private final Calls calls;

    Frames(Work work, Calls calls) {
        this.framed = work == Work.FRAMED;
        this.calls = calls;
    }

    /**
     * Answers what is whole.
     *
     * @param input from position to limit; left at the first byte that is not answered yet
     * @param output takes the answers; has as much room as the input has bytes
     */
    void answer(ByteBuffer input, ByteBuffer output) {
        if (!framed) {
            output.put(input);
            return;
        }
        while (input.remaining() >= Integer.BYTES) {
            int end = input.position() + Integer.BYTES + input.getInt(input.position());
            if (end > input.limit()) {
                return;
            }
            handle(input.slice(input.position() + Integer.BYTES, end - input.position() - Integer.BYTES), output);
            input.position(end);
        }
    }

    private void handle(ByteBuffer message, ByteBuffer output) {
        calls.count();
        output.putInt(message.remaining()).put(message);
    }
}
