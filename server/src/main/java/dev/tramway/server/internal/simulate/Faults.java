package dev.tramway.server.internal.simulate;

import java.time.Duration;

/**
 * What simulated devices and the network do to a server.
 *
 * @param segment most bytes that are sent at a time, 0 for whole messages
 * @param delay time between such pieces
 * @param answerDelay time that a device needs to answer a command
 * @param corrupt share of the messages in which one bit is wrong, 0 to 1
 * @param duplicate share of the messages that are sent twice, 0 to 1
 * @param mute share of the commands that are not answered, 0 to 1
 * @param reconnect share of the messages after which the device drops its connection and comes back, 0 to 1
 * @param storm time after which all devices drop their connections at once, again and again; zero for never
 */
public record Faults(
        int segment,
        Duration delay,
        Duration answerDelay,
        double corrupt,
        double duplicate,
        double mute,
        double reconnect,
        Duration storm) {
    /** None. */
    public static final Faults NONE = new Faults(0, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, Duration.ZERO);

    /** Checks the ranges. */
    public Faults {
        if (segment < 0) {
            throw new IllegalArgumentException("segment: " + segment + " (expected: 0 or more bytes)");
        }
        share("corrupt", corrupt);
        share("duplicate", duplicate);
        share("mute", mute);
        share("reconnect", reconnect);
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 to 1)");
        }
    }
}
