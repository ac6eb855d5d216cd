package dev.tramway.server.internal.config;

import dev.tramway.server.internal.config.ServerConfig.Secret;
import dev.tramway.server.internal.yaml.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A device that is known.
 *
 * @param name its name
 * @param serial what it calls itself
 * @param protocol the only protocol that it speaks; empty for any of the listener's
 * @param certificate common name of the certificate that it shows, if it is known by that
 * @param keys its secret keys by number, as hex digits: the old and the new one while it changes over
 * @param missingAfter alarm after so long without a message; zero for none
 * @param lostAfter alarm after so long without a connection; zero for none
 * @param parts what it is made of
 * @param alarms of values of its own, by the name of the reading
 * @param at where it stands
 */
public record DeviceConfig(
        String name,
        String serial,
        Optional<String> protocol,
        Optional<String> certificate,
        Map<Integer, Secret> keys,
        Duration missingAfter,
        Duration lostAfter,
        PartsConfig parts,
        Map<String, AlarmConfig> alarms,
        Position at) {

    /**
     * Slaves, sensors and channels of a master. The first three name fields of its messages; if all are empty, those that
     * {@link Builtins} knows of the protocol are looked at.
     *
     * @param slaveField field with the code of the slave
     * @param sensorField field with the code of the sensor
     * @param channelField field with the number of the channel
     * @param slaves slaves; that with code 0 is the master itself
     */
    public record PartsConfig(String slaveField, String sensorField, String channelField, List<PartConfig> slaves) {
        /** None. */
        public static final PartsConfig NONE = new PartsConfig("", "", "", List.of());

        /** With the fields of a protocol, if there are none of its own. */
        public PartsConfig or(PartsConfig usual) {
            return slaveField.isEmpty() && sensorField.isEmpty() && channelField.isEmpty()
                    ? new PartsConfig(usual.slaveField, usual.sensorField, usual.channelField, slaves)
                    : this;
        }
    }

    /**
     * A slave, a sensor or a channel.
     *
     * @param name its name
     * @param code its number in messages
     * @param parts sensors of a slave, channels of a sensor
     * @param alarm for what a channel, or a sensor without channels, measures
     */
    public record PartConfig(String name, long code, List<PartConfig> parts, Optional<AlarmConfig> alarm) {}

    /**
     * Values at which there is an alarm.
     *
     * @param highHigh from here up
     * @param high from here up
     * @param low from here down
     * @param lowLow from here down
     * @param hysteresis how far a value must come back before an alarm ends
     * @param missingAfter alarm after so long without this value; zero for none
     */
    public record AlarmConfig(
            OptionalDouble highHigh,
            OptionalDouble high,
            OptionalDouble low,
            OptionalDouble lowLow,
            double hysteresis,
            Duration missingAfter) {}
}
