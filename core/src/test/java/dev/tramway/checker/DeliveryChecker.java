package dev.tramway.checker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntBinaryOperator;

/**
 * Compares what receivers got with what the API promises for what producers did, and tells every difference. It knows
 * nothing of how Tramway works; its rules are these:
 *
 * <ul>
 *   <li>The messages of one producer arrive in the order in which it made them, each at most once.
 *   <li>A message that was refused reaches nobody, one to a single receiver only that one, a broadcast nobody who is
 *       excepted from it.
 *   <li>A receiver gets each broadcast to everyone from the moment on that the producer has seen it, and before that either
 *       nothing of that producer, or everything since its first message.
 *   <li>Membership of a receiver in a group is changed by one producer alone. That one's broadcasts to the group reach the
 *       receiver exactly between its joining and its leaving. Those of others may reach it, if it was ever a member.
 *   <li>Who is closed by a producer gets nothing of it any more. With a last message it gets everything up to that one.
 *   <li>A receiver that ended early lacks nothing but what comes after some point of its stream; that point is one for all
 *       producers, but since these are not ordered among each other, each is looked at by itself.
 * </ul>
 */
final class DeliveryChecker {
    private enum Claim {
        /** To be delivered. */
        MUST,
        /** To be delivered, unless nothing of this producer was delivered before. */
        MUST_ONCE_STARTED,
        /** May be delivered or not. */
        MAY,
        /** To be delivered although the receiver ends with it. */
        LAST
    }

    private final List<Script> scripts;
    private final IntBinaryOperator steersMembership;
    private final Set<Long> everJoined = new HashSet<>();
    private final List<String> violations = new ArrayList<>();

    /**
     * Prepares a comparison.
     *
     * @param scripts of all producers
     * @param steersMembership the producer that alone changes the membership in a group (first) of a receiver (second)
     */
    DeliveryChecker(List<Script> scripts, IntBinaryOperator steersMembership) {
        this.scripts = scripts;
        this.steersMembership = steersMembership;
        for (Script script : scripts) {
            for (Act act : script.acts()) {
                if (act.kind() == Act.Kind.JOIN) {
                    everJoined.add(pair(act.target(), act.except()));
                }
            }
        }
    }

    private static long pair(int group, int receiver) {
        return (long) group << 32 | receiver;
    }

    /** The differences for all receivers; empty if there is none. */
    List<String> check(List<Heard> all) {
        for (Heard heard : all) {
            checkProducersOf(heard);
            for (Script script : scripts) {
                new Comparison(script, heard).run();
            }
        }
        return violations;
    }

    private void checkProducersOf(Heard heard) {
        Set<Integer> known = new HashSet<>();
        scripts.forEach(script -> known.add(script.producer()));
        for (int i = 0; i < heard.count(); i++) {
            if (!known.contains(heard.producer(i))) {
                violations.add("receiver " + heard.receiver() + ": message of unknown producer " + heard.producer(i));
            }
        }
    }

    /** One producer's script beside what one receiver got of it. */
    private final class Comparison {
        private final Script script;
        private final Heard heard;
        private final Set<Integer> groups = new HashSet<>();
        private boolean seen;
        private boolean closed;

        /** Place of the next message of this producer. */
        private int place = -1;

        private boolean started;
        private long last = -1;

        /** What is lacking: a fault, if something comes after it or the receiver is complete. */
        private final List<String> lacking = new ArrayList<>();

        Comparison(Script script, Heard heard) {
            this.script = script;
            this.heard = heard;
        }

        void run() {
            advance();
            for (Act act : script.acts()) {
                replay(act);
            }
            while (place < heard.count()) {
                fault("got " + present() + ", which was not for it");
                advance();
            }
            if (heard.isComplete()) {
                violations.addAll(lacking);
            }
        }

        private void replay(Act act) {
            int receiver = heard.receiver();
            boolean mine = act.target() == Act.targetOf(receiver);
            switch (act.kind()) {
                case SEE -> seen |= mine;
                case JOIN -> {
                    if (act.except() == receiver) {
                        groups.add(act.target());
                    }
                }
                case LEAVE -> {
                    if (act.except() == receiver) {
                        groups.remove(act.target());
                    }
                }
                case BROADCAST -> {
                    if (act.except() != receiver && !closed) {
                        broadcast(act);
                    }
                }
                case SEND -> {
                    if (mine) {
                        expect(act, Claim.MUST);
                    }
                }
                case SEND_IF_OPEN -> {
                    if (mine) {
                        expect(act, Claim.MAY);
                    }
                }
                case SEND_AND_CLOSE -> {
                    if (mine) {
                        expect(act, Claim.LAST);
                        closed = true;
                    }
                }
                case CLOSE -> closed |= mine;
                case REFUSED -> {}
            }
        }

        private void broadcast(Act act) {
            if (act.target() == Act.EVERYONE) {
                expect(act, seen ? Claim.MUST : Claim.MUST_ONCE_STARTED);
            } else if (steersMembership.applyAsInt(act.target(), heard.receiver()) == script.producer()) {
                if (groups.contains(act.target())) {
                    expect(act, Claim.MUST);
                }
            } else if (everJoined.contains(pair(act.target(), heard.receiver()))) {
                expect(act, Claim.MAY);
            }
        }

        private void expect(Act act, Claim claim) {
            // What comes earlier than it may is told here, and passed over.
            while (place < heard.count() && number() < act.number() && number() >= 0) {
                fault("got " + present() + ", which was not for it");
                advance();
            }
            if (place < heard.count() && number() == act.number()) {
                if (heard.target(place) != act.target()) {
                    fault("got " + present() + ", which was sent to target " + act.target());
                }
                violations.addAll(lacking);
                lacking.clear();
                started = true;
                advance();
                return;
            }
            boolean wanted = switch (claim) {
                case MUST, LAST -> true;
                case MUST_ONCE_STARTED -> started;
                case MAY -> false;
            };
            if (wanted) {
                lacking.add(text("lacks message " + act.number() + " to target " + act.target()));
            }
            if (claim == Claim.LAST) {
                violations.addAll(lacking);
                lacking.clear();
            }
        }

        /** Goes on to the next message of this producer; those out of order are told and passed over. */
        private void advance() {
            for (place++; place < heard.count(); place++) {
                if (heard.producer(place) != script.producer()) {
                    continue;
                }
                if (number() > last) {
                    last = number();
                    return;
                }
                fault("got " + present() + (number() == last ? " twice" : " after " + last));
            }
        }

        private long number() {
            return heard.number(place) & 0xffff_ffffL;
        }

        private String present() {
            return "message " + number() + " to target " + heard.target(place);
        }

        private void fault(String what) {
            violations.add(text(what));
        }

        private String text(String what) {
            return "receiver " + heard.receiver() + ", producer " + script.producer() + ": " + what;
        }
    }
}
