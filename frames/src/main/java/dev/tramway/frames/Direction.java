package dev.tramway.frames;

/** Which way a frame goes. */
public enum Direction {
    /** From the device. */
    UP,
    /** To the device. */
    DOWN;

    /** The other way. */
    public Direction opposite() {
        return this == UP ? DOWN : UP;
    }
}
