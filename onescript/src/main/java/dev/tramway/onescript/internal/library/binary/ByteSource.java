package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.internal.bind.Context;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a stream by numbers of bytes and up to separators. Looks ahead; what it took too much it gives back, where the stream
 * can go back, or keeps.
 */
final class ByteSource {
    private static final int CHUNK = 512;

    private final BslStream stream;
    private byte[] ahead = new byte[CHUNK];
    private int from;
    private int to;
    private boolean ended;

    ByteSource(BslStream stream) {
        this.stream = stream;
    }

    BslStream stream() {
        return stream;
    }

    /** Tells whether a read found less than it wanted, or there is nothing more. */
    boolean ended() {
        return stream.canSeek() ? stream.position() >= stream.size() : ended && from == to;
    }

    /** Reads until so many bytes are there, or the stream ends; returns how many. */
    int read(byte[] target, int offset, int count) {
        int done = Math.min(count, to - from);
        System.arraycopy(ahead, from, target, offset, done);
        from += done;
        while (done < count) {
            int read = stream.read(target, offset + done, count - done);
            if (read == 0) {
                ended = true;
                break;
            }
            done += read;
        }
        return done;
    }

    /** Returns up to so many bytes. */
    byte[] read(Context context, int count) {
        byte[] all = new byte[Math.min(count, CHUNK)];
        int done = read(all, 0, all.length);
        while (done == all.length && done < count) {
            int more = (int) Math.min(count, 2L * done);
            context.grow(more);
            all = Arrays.copyOf(all, more);
            done += read(all, done, all.length - done);
        }
        return Arrays.copyOf(all, done);
    }

    /** Returns all that comes up to the end. */
    byte[] readAll(Context context) {
        return read(context, Integer.MAX_VALUE - 8);
    }

    /**
     * Reads up to a separator, which is taken too; the longest where several begin at one place. The marker of
     * the result is the index of the one found, -1 where the stream ended.
     *
     * @param step separators begin at multiples of it
     */
    ReadResult readTo(Context context, List<byte[]> separators, int step) {
        ended = false;
        int longest = separators.stream()
                .mapToInt(separator -> separator.length)
                .max()
                .orElse(1);
        int at = from;
        while (true) {
            while (to - at < longest && !ended) {
                int scanned = at - from;
                fill(context);
                at = from + scanned;
            }
            if (at >= to) {
                break;
            }
            int length = Separators.longestAt(separators, ahead, at, to);
            if (length > 0) {
                return take(at, length, separators);
            }
            at += step;
        }
        byte[] rest = Arrays.copyOfRange(ahead, from, to);
        from = to;
        return new ReadResult(rest, -1);
    }

    private ReadResult take(int at, int length, List<byte[]> separators) {
        byte[] found = Arrays.copyOfRange(ahead, at, at + length);
        byte[] before = Arrays.copyOfRange(ahead, from, at);
        from = at + length;
        giveBack();
        int index = 0;
        while (!Arrays.equals(separators.get(index), found)) {
            index++;
        }
        return new ReadResult(before, index);
    }

    /** Takes what comes next into what is ahead. */
    private void fill(Context context) {
        if (from > 0) {
            System.arraycopy(ahead, from, ahead, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == ahead.length) {
            context.grow(2L * to);
            ahead = Arrays.copyOf(ahead, 2 * to);
        }
        int read = stream.read(ahead, to, ahead.length - to);
        ended = read == 0;
        to += read;
    }

    private void giveBack() {
        if (stream.canSeek()) {
            stream.position(stream.position() - (to - from));
            from = 0;
            to = 0;
            ended = false;
        }
    }
}
