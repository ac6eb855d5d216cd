package dev.tramway.server.internal;

import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** A device made of a plain socket. Every read has a limit. */
final class TestDevice implements AutoCloseable {
    static final Protocol PLC = Protocol.builtin("aqua-plc");
    static final Instant MEASURED = Instant.parse("2026-11-26T10:00:00Z");

    private final Socket socket;

    TestDevice(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) Plant.LIMIT.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- the founding protocol --------------------------------------------------------------------------------------

    /** A measurement of the first sensor. */
    static byte[] measurement(String serial, int number, double value) {
        return measurement(serial, number, value, 0, 0, 0);
    }

    static byte[] measurement(String serial, int number, double value, int slave, int sensor, int channel) {
        return frame(
                "measurement",
                serial,
                number,
                Map.of("rf", slave, "sc", sensor, "ch", channel, "alert", 0, "value", value));
    }

    static byte[] keepAlive(String serial, int number, Instant time) {
        return frame("keep-alive", serial, number, Map.of("cmd", "k", "ts", time));
    }

    static byte[] frame(String message, String serial, int number, Map<String, Object> more) {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("sd", serial, "nut", number, "ts", MEASURED));
        values.putAll(more);
        return PLC.encode(PLC.message(Direction.UP, message, values));
    }

    TestDevice measure(String serial, int number, double value) {
        return send(measurement(serial, number, value));
    }

    /** Reads the next frame to the device. */
    Message receive() {
        byte[] head = read(7);
        int rest = Integer.parseInt(HexFormat.of().formatHex(head, 0, 2));
        byte[] frame = java.util.Arrays.copyOf(head, 7 + rest);
        System.arraycopy(read(rest), 0, frame, 7, rest);
        return PLC.decode(Direction.DOWN, frame);
    }

    /** Reads the acknowledgement of a message by its number. */
    TestDevice awaitAcknowledgement(int number) {
        Message message = receive();
        if (!message.name().equals("acknowledgement") || message.integer("nut") != number) {
            throw new AssertionError("expected the acknowledgement of " + number + ", got " + message);
        }
        return this;
    }

    /** Answers a command with what a device says when it has done it. */
    TestDevice done(Message command) {
        return switch (command.name()) {
            case "relay" ->
                send(frame(
                        "relay-state",
                        command.text("sd"),
                        (int) command.integer("nut"),
                        Map.of(
                                "rf",
                                command.integer("rf"),
                                "relay",
                                command.integer("relay"),
                                "operation",
                                command.integer("operation"))));
            case "ask-versions" ->
                send(frame(
                        "versions",
                        command.text("sd"),
                        (int) command.integer("nut"),
                        Map.of("vp1", 102, "vp2", 205, "vp3", 7, "vhw", 3100)));
            case "set-clock" ->
                send(frame("done", command.text("sd"), (int) command.integer("nut"), Map.of("cmd", "D")));
            default -> throw new AssertionError(command.toString());
        };
    }

    // ---- bytes ------------------------------------------------------------------------------------------------------

    TestDevice send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a part, unless the server has ended the connection. */
    void trySend(byte[] bytes, int from, int size) {
        try {
            socket.getOutputStream().write(bytes, from, size);
        } catch (IOException ended) {
            // what was tried
        }
    }

    TestDevice sendHex(String hex) {
        return send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    byte[] read(int size) {
        try {
            byte[] bytes = socket.getInputStream().readNBytes(size);
            if (bytes.length < size) {
                throw new EOFException("the stream ended after " + bytes.length + " of " + size + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String readHex(int size) {
        return HexFormat.of().formatHex(read(size));
    }

    /** Bytes that have arrived and not been read. */
    int available() {
        try {
            return socket.getInputStream().available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the server to end the connection, in whatever way. */
    void awaitEnd() {
        try {
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            // an end as well
        } catch (IOException e) {
            throw new UncheckedIOException("the connection has not ended", e);
        }
    }

    /** Has nothing more to say, and goes on reading. */
    TestDevice halfClose() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection by a reset. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // the server was faster
        }
    }
}
