package dev.tramway.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A checker that finds nothing proves something only if it finds what is wrong; here each kind of fault is made for it. */
class DeliveryCheckerTest {
    private static final int ROOM = 1;

    /** Steers the membership of receiver 1 in the room; its broadcasts are those that are checked to the letter. */
    private static final int STEERING = 0;

    private static final int OTHER = 1;

    private final Script steering = new Script(STEERING)
            .add(Act.broadcast(1, Act.EVERYONE, Act.NOBODY))
            .add(Act.see(0))
            .add(Act.see(1))
            .add(Act.see(2))
            .add(Act.broadcast(2, Act.EVERYONE, Act.NOBODY))
            .add(Act.broadcast(3, ROOM, Act.NOBODY))
            .add(Act.member(Act.Kind.JOIN, ROOM, 1))
            .add(Act.broadcast(4, ROOM, Act.NOBODY))
            .add(Act.send(Act.Kind.SEND, 5, 1))
            .add(Act.broadcast(6, Act.EVERYONE, 1))
            .add(Act.refused(7, Act.EVERYONE))
            .add(Act.member(Act.Kind.LEAVE, ROOM, 1))
            .add(Act.broadcast(8, ROOM, Act.NOBODY))
            .add(Act.broadcast(9, Act.EVERYONE, Act.NOBODY))
            .add(Act.send(Act.Kind.SEND_AND_CLOSE, 10, 2))
            .add(Act.broadcast(11, Act.EVERYONE, Act.NOBODY));

    private final Script other = new Script(OTHER)
            .add(Act.see(0))
            .add(Act.see(1))
            .add(Act.broadcast(1, ROOM, Act.NOBODY))
            .add(Act.broadcast(2, Act.EVERYONE, Act.NOBODY))
            .add(Act.send(Act.Kind.SEND_IF_OPEN, 3, 1))
            .add(Act.broadcast(4, Act.EVERYONE, Act.NOBODY));

    private final List<Parcel> heard0 = new ArrayList<>(List.of(
            everyone(STEERING, 2),
            everyone(STEERING, 6),
            everyone(OTHER, 2),
            everyone(STEERING, 9),
            everyone(STEERING, 11),
            everyone(OTHER, 4)));
    private final List<Parcel> heard1 = new ArrayList<>(List.of(
            everyone(STEERING, 1),
            room(OTHER, 1),
            everyone(STEERING, 2),
            room(STEERING, 4),
            alone(STEERING, 5, 1),
            everyone(OTHER, 2),
            everyone(STEERING, 9),
            everyone(STEERING, 11),
            everyone(OTHER, 4)));
    private final List<Parcel> heard2 = new ArrayList<>(
            List.of(everyone(STEERING, 2), everyone(STEERING, 6), everyone(STEERING, 9), alone(STEERING, 10, 2)));
    private boolean complete = true;

    @Test
    void whatIsPromisedIsFoundInOrder() {
        assertThat(check()).isEmpty();
    }

    @Test
    void whatIsLeftOpenMayHappenOrNot() {
        heard1.remove(room(OTHER, 1));
        heard1.remove(everyone(STEERING, 1));
        heard1.add(heard1.size() - 1, alone(OTHER, 3, 1));
        assertThat(check()).isEmpty();
    }

    @Test
    void whoEndsEarlyMayLackTheEndOfItsStream() {
        complete = false;
        heard1.subList(4, heard1.size()).clear();
        assertThat(check()).isEmpty();
    }

    @Test
    void aMessageThatIsLostInTheMiddleIsFound() {
        heard1.remove(room(STEERING, 4));
        assertThat(check()).containsExactly("receiver 1, producer 0: lacks message 4 to target 1");
    }

    @Test
    void aMessageThatIsLostInTheMiddleIsFoundWithAReceiverThatEndsEarlyToo() {
        complete = false;
        heard1.remove(alone(STEERING, 5, 1));
        assertThat(check()).containsExactly("receiver 1, producer 0: lacks message 5 to target 257");
    }

    @Test
    void aMessageThatIsLostAtTheEndIsFound() {
        heard0.remove(everyone(OTHER, 4));
        assertThat(check()).containsExactly("receiver 0, producer 1: lacks message 4 to target 0");
    }

    @Test
    void aLossAfterTheFirstMessageIsFoundAlsoBeforeTheProducerHasSeenTheReceiver() {
        steering.acts().add(1, Act.broadcast(1, Act.EVERYONE, Act.NOBODY));
        steering.acts().set(0, Act.broadcast(0, Act.EVERYONE, Act.NOBODY));
        heard1.add(0, everyone(STEERING, 0));
        heard1.remove(everyone(STEERING, 1));
        assertThat(check()).containsExactly("receiver 1, producer 0: lacks message 1 to target 0");
    }

    @Test
    void aMessageThatComesTwiceIsFound() {
        heard0.add(2, everyone(STEERING, 6));
        assertThat(check()).containsExactly("receiver 0, producer 0: got message 6 to target 0 twice");
    }

    @Test
    void messagesThatChangePlacesAreFound() {
        heard1.set(2, room(STEERING, 4));
        heard1.set(3, everyone(STEERING, 2));
        assertThat(check())
                .contains(
                        "receiver 1, producer 0: got message 2 to target 0 after 4",
                        "receiver 1, producer 0: lacks message 2 to target 0");
    }

    @Test
    void aMessageToAnotherReceiverIsFound() {
        heard0.add(1, alone(STEERING, 5, 1));
        assertThat(check())
                .containsExactly("receiver 0, producer 0: got message 5 to target 257, which was not for it");
    }

    @Test
    void aMessageToAGroupOfOthersIsFound() {
        heard0.add(2, room(OTHER, 1));
        assertThat(check()).containsExactly("receiver 0, producer 1: got message 1 to target 1, which was not for it");
    }

    @Test
    void aBroadcastThatReachesWhoIsExceptedIsFound() {
        heard1.add(5, everyone(STEERING, 6));
        assertThat(check()).containsExactly("receiver 1, producer 0: got message 6 to target 0, which was not for it");
    }

    @Test
    void aMessageThatWasRefusedAndArrivesIsFound() {
        heard0.add(2, everyone(STEERING, 7));
        assertThat(check()).containsExactly("receiver 0, producer 0: got message 7 to target 0, which was not for it");
    }

    @Test
    void aBroadcastToAGroupBeforeJoiningOrAfterLeavingIsFound() {
        heard1.add(3, room(STEERING, 3));
        heard1.add(6, room(STEERING, 8));
        assertThat(check())
                .containsExactly(
                        "receiver 1, producer 0: got message 3 to target 1, which was not for it",
                        "receiver 1, producer 0: got message 8 to target 1, which was not for it");
    }

    @Test
    void whatComesAfterTheLastMessageIsFound() {
        heard2.add(everyone(STEERING, 11));
        assertThat(check()).containsExactly("receiver 2, producer 0: got message 11 to target 0, which was not for it");
    }

    @Test
    void whatComesAfterAReceiverWasClosedIsFound() {
        steering.acts().set(14, Act.close(2));
        heard2.remove(alone(STEERING, 10, 2));
        assertThat(check()).isEmpty();
        heard2.add(everyone(STEERING, 11));
        assertThat(check()).containsExactly("receiver 2, producer 0: got message 11 to target 0, which was not for it");
    }

    @Test
    void aLastMessageThatIsLostIsFoundAlthoughTheReceiverEndsThere() {
        heard2.remove(alone(STEERING, 10, 2));
        assertThat(check()).containsExactly("receiver 2, producer 0: lacks message 10 to target 258");
    }

    @Test
    void aMessageUnderTheNumberOfAnotherIsFound() {
        heard0.set(0, room(STEERING, 2));
        assertThat(check())
                .containsExactly("receiver 0, producer 0: got message 2 to target 1, which was sent to target 0");
    }

    @Test
    void aProducerThatDoesNotExistIsFound() {
        heard0.add(everyone(7, 1));
        assertThat(check()).containsExactly("receiver 0: message of unknown producer 7");
    }

    @Test
    void aParcelIsReadAsItWasMadeAndNotIfAByteOfItHasChanged() {
        Parcel parcel = new Parcel(3, 1_234_567, Act.targetOf(9), Parcel.SAME);
        ByteBuffer bytes = parcel.toBytes(100);
        assertThat(Parcel.of(bytes)).contains(parcel);
        assertThat(Parcel.of(bytes.duplicate().limit(99))).isEmpty();
        bytes.put(99, (byte) '!');
        assertThat(Parcel.of(bytes)).isEmpty();
    }

    private List<String> check() {
        Heard last = heard(2, heard2);
        return new DeliveryChecker(List.of(steering, other), (group, receiver) -> STEERING)
                .check(List.of(ended(heard(0, heard0)), ended(heard(1, heard1)), last));
    }

    private Heard ended(Heard heard) {
        return complete ? heard.complete() : heard;
    }

    private static Heard heard(int receiver, List<Parcel> parcels) {
        Heard heard = new Heard(receiver);
        parcels.forEach(heard::add);
        return heard;
    }

    private static Parcel everyone(int producer, int number) {
        return new Parcel(producer, number, Act.EVERYONE, Parcel.SAME);
    }

    private static Parcel room(int producer, int number) {
        return new Parcel(producer, number, ROOM, Parcel.SAME);
    }

    private static Parcel alone(int producer, int number, int receiver) {
        return new Parcel(producer, number, Act.targetOf(receiver), Parcel.SAME);
    }
}
