package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import dev.tramway.IoService;
import dev.tramway.TcpServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An echo with a framing of its own: netstrings, such as {@code 5:hello,}. */
public final class CustomFraming {
    private CustomFraming() {}

    /**
     * Runs the example.
     *
     * @param args port (5559)
     */
    public static void main(String[] args) {
        int port = number(args, 0, 5559);
        try (IoService io = IoService.start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(port)
                        .framing(new Netstrings(65_536))
                        .onMessage((session, message) -> session.send(message))
                        .onDisconnect((session, reason) -> say("Session ended: " + reason))
                        .start()) {
            say("Server listens on port " + server.port());
            Terminal.runServer(() -> server.restart().join(), line -> server.broadcast(line));
            step("Server stopping", server::close);
        }
    }

    /**
     * Length in decimal digits, a colon, the message, a comma. Without state, so one object reads and writes for all
     * sessions; as a record it has the {@code equals} by which sessions share the frames of a broadcast.
     *
     * @param maxMessage longest message in bytes
     */
    record Netstrings(int maxMessage) implements Framing, FrameReader, FrameWriter {
        @Override
        public FrameReader newReader() {
            return this;
        }

        @Override
        public FrameWriter newWriter() {
            return this;
        }

        @Override
        public boolean sharesFrames() {
            return true;
        }

        @Override
        public boolean find(ByteBuffer bytes, Cut cut) {
            int length = 0;
            for (int at = bytes.position(); at < bytes.limit(); at++) {
                byte next = bytes.get(at);
                boolean first = at == bytes.position();
                if (next == ':' && !first) {
                    return body(bytes, at + 1, length, cut);
                }
                // A length without digits, or with zeros in front, has no end that a limit could find.
                if (next < '0' || next > '9' || (length == 0 && !first)) {
                    throw new FramingException("netstring: byte " + next + " in its length (expected: digits and ':')");
                }
                length = length * 10 + (next - '0');
                requireWithinLimit(length);
            }
            return cut.incomplete(0);
        }

        private static boolean body(ByteBuffer bytes, int start, int length, Cut cut) {
            int end = start + length;
            if (end >= bytes.limit()) {
                return cut.incomplete(end + 1 - bytes.position());
            }
            if (bytes.get(end) != ',') {
                throw new FramingException("netstring: byte " + bytes.get(end) + " at its end (expected: ',')");
            }
            return cut.frame(start, end, end + 1);
        }

        @Override
        public int frameSize(int messageSize) {
            requireWithinLimit(messageSize);
            return header(messageSize).length + messageSize + 1;
        }

        @Override
        public void write(ByteBuffer message, ByteBuffer target) {
            target.put(header(message.remaining())).put(message.duplicate()).put((byte) ',');
        }

        private static byte[] header(int length) {
            return (length + ":").getBytes(StandardCharsets.US_ASCII);
        }

        private void requireWithinLimit(int length) {
            if (length > maxMessage) {
                throw new FramingException("netstring: " + length + " bytes (expected: at most " + maxMessage + ")");
            }
        }
    }
}
