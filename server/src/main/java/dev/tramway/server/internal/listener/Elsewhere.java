package dev.tramway.server.internal.listener;

import dev.tramway.SendResult;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/** The chat rooms of other servers. */
@FunctionalInterface
public interface Elsewhere {
    /** There is no other server. */
    Elsewhere NOWHERE = (room, heard, writable) -> message -> SendResult.ACCEPTED;

    /** Somebody who may be told something. By any thread; none waits. */
    @FunctionalInterface
    interface Ear {
        /**
         * Says something.
         *
         * @param message from position to limit; copied before the method returns
         * @return {@link SendResult#FULL} if there is no room for it just now
         */
        SendResult tell(ByteBuffer message);
    }

    /**
     * Joins a room with those of its name on other servers.
     *
     * @param room its name
     * @param heard is given what was said there, one after the other; false if it finds no room
     * @param writable is called when there is room again on the way to the others
     * @return tells the others
     */
    Ear open(String room, Predicate<ByteBuffer> heard, Runnable writable);
}
