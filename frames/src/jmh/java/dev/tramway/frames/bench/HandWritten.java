package dev.tramway.frames.bench;

import java.nio.ByteBuffer;

/** What a person would write for the measurement of the founding protocol: one object, used again for every frame. */
final class HandWritten {
    static final int SIZE = 32;
    private static final int HEADER = 27;

    long serial;
    int sensor;
    int channel;
    long transaction;
    long millis;
    int alert;
    float value;
    private boolean sound;

    /** Reads a frame; false if it is malformed or something else than a measurement. */
    boolean read(ByteBuffer bytes, int at, int end) {
        if (end - at < HEADER || bytes.get(at + 14) != 'm' || end - at != SIZE) {
            return false;
        }
        sound = true;
        digits(bytes, at, 2);
        digits(bytes, at + 2, 1);
        digits(bytes, at + 3, 1);
        serial = digits(bytes, at + 7, 4);
        digits(bytes, at + 11, 1);
        sensor = (int) digits(bytes, at + 12, 1);
        channel = (int) digits(bytes, at + 13, 1);
        millis = millis(
                (int) digits(bytes, at + 16, 2),
                (int) digits(bytes, at + 18, 1),
                (int) digits(bytes, at + 19, 1),
                (int) digits(bytes, at + 20, 1),
                (int) digits(bytes, at + 21, 1),
                (int) digits(bytes, at + 22, 1));
        transaction = digits(bytes, at + 23, 4);
        alert = bytes.get(at + 27) & 0xff;
        value = bytes.getFloat(at + 28);
        return sound;
    }

    private long digits(ByteBuffer bytes, int at, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            int pair = bytes.get(at + i) & 0xff;
            int high = pair >> 4;
            int low = pair & 0xf;
            sound &= high <= 9 && low <= 9;
            value = value * 100 + high * 10 + low;
        }
        return value;
    }

    /** Digits of bytes that others have read as numbers. */
    static long decimal(long raw) {
        long value = 0;
        long factor = 1;
        for (long rest = raw; rest != 0; rest >>>= 4) {
            value += (rest & 0xf) * factor;
            factor *= 10;
        }
        return value;
    }

    /** Milliseconds since 1970 of a time in UTC. */
    static long millis(int year, int month, int day, int hour, int minute, int second) {
        int fromMarch = month > 2 ? month - 3 : month + 9;
        long y = month > 2 ? year : year - 1L;
        long days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * fromMarch + 2) / 5 + day - 719_469;
        return days * 86_400_000L + hour * 3_600_000L + minute * 60_000L + second * 1_000L;
    }
}
