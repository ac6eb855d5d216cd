package dev.tramway;

import java.nio.ByteBuffer;

/**
 * Finds where messages end in the bytes of one session. Lives on the session's event loop; one instance per session, so it
 * may keep state.
 */
@FunctionalInterface
public interface FrameReader {
    /**
     * Looks for the first frame in the unread bytes, which lie between position and limit and begin where the last frame
     * ended. The same bytes, and more, come again until a frame was found; a reader that scans may remember how far it
     * came.
     *
     * @param bytes the unread bytes, big endian; the position may be moved, the limit not; the
     *     content must not be kept
     * @param cut takes the bounds of the frame when there is one, or bytes to throw away, or else how many bytes are needed
     * @return true if {@code cut} holds a frame or bytes to throw away
     * @throws FramingException if the bytes can never become a frame; the session is closed as a protocol error. Anything
     *     else that is thrown, and a frame that takes no byte or more than there are, closes it as a failed handler does
     */
    boolean find(ByteBuffer bytes, Cut cut);

    /** Bounds of a frame, as indexes of the buffer that was searched. Filled by the reader, read by the engine. */
    final class Cut {
        private int start;
        private int end;
        private int next;
        private int needed;
        private boolean skipped;

        /** Made by the engine, once per event loop, and by tests of readers. */
        public Cut() {}

        /**
         * Reports a frame.
         *
         * @param start index of the message's first byte
         * @param end index after the message's last byte
         * @param next index after the frame's last byte, where the next frame begins
         * @return true, so that a reader can end with {@code return cut.frame(...)}
         */
        public boolean frame(int start, int end, int next) {
            this.start = start;
            this.end = end;
            this.next = next;
            skipped = false;
            return true;
        }

        /**
         * Reports bytes that belong to no frame, such as noise before a start marker. They are thrown away, so that a
         * stream of nothing else takes no memory; the search goes on behind them.
         *
         * @param next index of the first byte to keep, above the position that the search began at
         * @return true, so that a reader can end with {@code return cut.skip(...)}
         */
        public boolean skip(int next) {
            frame(next, next, next);
            skipped = true;
            return true;
        }

        /**
         * Reports that there is no whole frame yet.
         *
         * @param bytes how many bytes the frame will have, counted from its first byte, as far as that is known; 0 if not.
         *     Memory is taken as bytes arrive, not as they are announced.
         * @return false, so that a reader can end with {@code return cut.incomplete(...)}
         */
        public boolean incomplete(int bytes) {
            needed = bytes;
            return false;
        }

        /** Index of the message's first byte. */
        public int start() {
            return start;
        }

        /** Index after the message's last byte. */
        public int end() {
            return end;
        }

        /** Index at which the next frame begins. */
        public int next() {
            return next;
        }

        /** True if the bytes up to {@link #next} are no frame and are thrown away. */
        public boolean isSkipped() {
            return skipped;
        }

        /** How many bytes the incomplete frame will have, 0 if unknown. */
        public int needed() {
            return needed;
        }
    }
}
