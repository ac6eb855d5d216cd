package dev.tramway.checker;

import java.util.Arrays;

/** Everything that one receiver got, in its order. Written by that receiver, read when it has ended. */
final class Heard {
    private final int receiver;
    private long[] parcels = new long[64];
    private int count;
    private boolean complete;

    Heard(int receiver) {
        this.receiver = receiver;
    }

    int receiver() {
        return receiver;
    }

    Heard add(Parcel parcel) {
        if (count == parcels.length) {
            parcels = Arrays.copyOf(parcels, count * 2);
        }
        parcels[count++] =
                (long) parcel.producer() << 48 | (long) parcel.target() << 32 | (parcel.number() & 0xffff_ffffL);
        return this;
    }

    /** It has lived until everybody had ended: it must have everything. */
    Heard complete() {
        complete = true;
        return this;
    }

    boolean isComplete() {
        return complete;
    }

    int count() {
        return count;
    }

    int producer(int place) {
        return (int) (parcels[place] >>> 48);
    }

    int target(int place) {
        return (int) (parcels[place] >>> 32) & 0xffff;
    }

    int number(int place) {
        return (int) parcels[place];
    }
}
