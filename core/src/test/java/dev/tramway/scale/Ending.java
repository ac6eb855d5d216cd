package dev.tramway.scale;

import dev.tramway.CloseReason;
import dev.tramway.testing.Peer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;

/** The ways in which the peers of {@link ChurnClients} end a connection, and what the server is to make of each. */
enum Ending {
    /** The stream is ended in order after an echo. */
    CLOSE(4, Port.PLAIN, "ended", CloseReason.Kind.PEER_CLOSED) {
        @Override
        void end(Peer peer) {
            exchange(peer);
            peer.close();
        }
    },
    /** Without a byte. */
    SILENT_CLOSE(1, Port.PLAIN, "ended", CloseReason.Kind.PEER_CLOSED) {
        @Override
        void end(Peer peer) {
            peer.close();
        }
    },
    /** This side ends its stream at once and gets its echo nevertheless. */
    HALF_CLOSE(3, Port.PLAIN, "ended", CloseReason.Kind.PEER_CLOSED) {
        @Override
        void end(Peer peer) {
            halfClose(peer);
        }
    },
    /** SO_LINGER of zero after an echo. */
    RESET(3, Port.PLAIN, "ended", CloseReason.Kind.RESET) {
        @Override
        void end(Peer peer) {
            exchange(peer);
            peer.reset();
        }
    },
    /** Perhaps before the server has accepted it. */
    RESET_AT_ONCE(1, Port.PLAIN, "ended", CloseReason.Kind.RESET) {
        @Override
        void end(Peer peer) {
            peer.reset();
        }
    },
    /** With close_notify. */
    TLS_CLOSE(2, Port.TLS, "ended", CloseReason.Kind.PEER_CLOSED) {
        @Override
        void end(Peer peer) {
            exchange(peer);
            peer.close();
        }
    },
    /** This side sends close_notify at once and gets its echo nevertheless. */
    TLS_HALF_CLOSE(1, Port.TLS, "ended", CloseReason.Kind.PEER_CLOSED) {
        @Override
        void end(Peer peer) {
            halfClose(peer);
        }
    },
    /** SO_LINGER of zero below TLS. */
    TLS_RESET(1, Port.TLS, "ended", CloseReason.Kind.RESET) {
        @Override
        void end(Peer peer) {
            exchange(peer);
            peer.reset();
        }
    },
    /** TCP is ended in order, TLS is not. */
    TLS_ABORT(2, Port.TLS, "ended", CloseReason.Kind.TRUNCATED) {
        @Override
        void end(Peer peer) {
            exchange(peer);
            peer.abort();
        }
    },
    /** The beginning of a handshake, and no more. */
    HANDSHAKE_ABORT(1, Port.TLS_WITHOUT_HANDSHAKE, "failed", CloseReason.Kind.HANDSHAKE_FAILED) {
        @Override
        void end(Peer peer) {
            // Header of a record of 512 bytes, and the first bytes of a ClientHello.
            peer.send((byte) 22, (byte) 3, (byte) 1, (byte) 2, (byte) 0, (byte) 1, (byte) 0, (byte) 1, (byte) 0xfc);
            peer.close();
        }
    },
    /** Bytes that are no TLS. */
    PLAIN_TO_TLS(1, Port.TLS_WITHOUT_HANDSHAKE, "failed", CloseReason.Kind.HANDSHAKE_FAILED) {
        @Override
        void end(Peer peer) {
            peer.send("GET / HTTP/1.0\r\n\r\n");
            peer.awaitEnd();
            peer.close();
        }
    };

    /** Where the peer connects to. */
    enum Port {
        PLAIN,
        TLS,
        TLS_WITHOUT_HANDSHAKE
    }

    /** Endings in proportion: each of them as often as its share. */
    private static final Ending[] BY_SHARE = Arrays.stream(values())
            .flatMap(ending -> Collections.nCopies(ending.share, ending).stream())
            .toArray(Ending[]::new);

    private final int share;
    final Port port;

    /** Name of the figure of {@link EventPairs} that counts it. */
    final String told;

    Ending(int share, Port port, String event, CloseReason.Kind reason) {
        this.share = share;
        this.port = port;
        this.told = event + "." + reason;
    }

    /** Ends a connection that stands. */
    abstract void end(Peer peer);

    /** The ending of one connection out of many. */
    static Ending of(int connection) {
        return BY_SHARE[connection % BY_SHARE.length];
    }

    private static byte[] firstFrame() {
        ByteBuffer message = new Sequence().next(ByteBuffer.allocate(Sequence.LONGEST));
        return ByteBuffer.allocate(2 + message.remaining())
                .putShort((short) message.remaining())
                .put(message)
                .array();
    }

    private static void exchange(Peer peer) {
        byte[] frame = firstFrame();
        check(peer.send(frame).receive(frame.length), frame);
    }

    private static void halfClose(Peer peer) {
        byte[] frame = firstFrame();
        check(peer.send(frame).halfClose().receiveAll(), frame);
        peer.close();
    }

    private static void check(byte[] echo, byte[] frame) {
        if (!Arrays.equals(echo, frame)) {
            throw new IllegalStateException("the echo differs: " + new String(echo, StandardCharsets.ISO_8859_1));
        }
    }
}
