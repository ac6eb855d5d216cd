package dev.tramway.checker;

/**
 * What a producer did and what it was answered: one line of its {@link Script}. Receivers and groups are small numbers; the
 * target in a {@link Parcel} is that of a group, or {@link #RECEIVERS} and up for receivers.
 *
 * @param kind what it did
 * @param number of the message, for those that send one
 * @param target group or receiver
 * @param except the receiver that a broadcast leaves out, {@link #NOBODY} for most
 */
record Act(Kind kind, int number, int target, int except) {
    static final int NOBODY = -1;

    /** The group of all. */
    static final int EVERYONE = 0;

    /** Target of receiver 0. */
    static final int RECEIVERS = 0x100;

    enum Kind {
        /** The producer has found a receiver: from now on it is one of everyone. */
        SEE,
        /** A broadcast that was accepted. */
        BROADCAST,
        /** A send to one receiver that was accepted. */
        SEND,
        /** A send that is made on the receiver's loop, where it finds it open or not. */
        SEND_IF_OPEN,
        /** The last message to a receiver, after which it is closed; accepted. */
        SEND_AND_CLOSE,
        /** A receiver is closed. */
        CLOSE,
        /** A receiver is added to a group. */
        JOIN,
        /** A receiver is taken out of a group. */
        LEAVE,
        /** A message that was answered FULL or CLOSED. */
        REFUSED
    }

    static int targetOf(int receiver) {
        return RECEIVERS + receiver;
    }

    static Act see(int receiver) {
        return new Act(Kind.SEE, 0, targetOf(receiver), NOBODY);
    }

    static Act broadcast(int number, int group, int except) {
        return new Act(Kind.BROADCAST, number, group, except);
    }

    static Act send(Kind kind, int number, int receiver) {
        return new Act(kind, number, targetOf(receiver), NOBODY);
    }

    static Act close(int receiver) {
        return new Act(Kind.CLOSE, 0, targetOf(receiver), NOBODY);
    }

    /** Joining or leaving: the receiver stands where a broadcast has its exception. */
    static Act member(Kind kind, int group, int receiver) {
        return new Act(kind, 0, group, receiver);
    }

    static Act refused(int number, int target) {
        return new Act(Kind.REFUSED, number, target, NOBODY);
    }
}
