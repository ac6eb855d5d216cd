package dev.tramway.checker;

import dev.tramway.Group;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One thread that does things drawn by lot to a server, and writes down what it did. For that thread only. */
final class Producer {
    private static final int GROUPS = 5;

    private final Script script;
    private final TcpServer server;
    private final List<Receiver> found;
    private final Random random;

    /** Those found that it has not seen ended. */
    private final List<Receiver> known = new ArrayList<>();

    private int seen;
    private int nextNumber;
    private boolean stopped;

    /**
     * Prepares a producer.
     *
     * @param found the receivers, in the order in which the server has found them; grows
     */
    Producer(int number, TcpServer server, List<Receiver> found, long seed) {
        this.script = new Script(number);
        this.server = server;
        this.found = found;
        this.random = new Random(seed + number);
    }

    /** The one producer that changes whether a receiver is in a group. */
    static int steers(int group, int receiver) {
        return (3 * group + receiver) % Bustle.PRODUCERS;
    }

    /** To be read when it has stopped. */
    synchronized Script script() {
        return script;
    }

    /** It does nothing from now on. */
    synchronized void stop() {
        stopped = true;
    }

    /** Does a few things; stops at the first that is answered FULL. */
    synchronized boolean act(int times) {
        boolean room = true;
        for (int i = 0; i < times && room && !stopped; i++) {
            look();
            room = known.isEmpty() || actOnce();
        }
        return room;
    }

    private void look() {
        while (seen < found.size()) {
            Receiver next = found.get(seen++);
            script.add(Act.see(next.number()));
            known.add(next);
        }
    }

    private boolean actOnce() {
        int lot = random.nextInt(100);
        Receiver receiver = known.get(random.nextInt(known.size()));
        if (receiver.isDue() && receiver.isEndedBy(script.producer())) {
            return end(receiver);
        }
        if (lot < 45) {
            return broadcast(Act.EVERYONE, server.everyone());
        }
        if (lot < 70) {
            int group = anyGroup();
            return broadcast(group, group(group));
        }
        if (lot < 84) {
            return send(receiver);
        }
        if (lot < 92) {
            changeMembership(receiver);
        } else if (lot < 95) {
            changeFraming(receiver);
        } else if (receiver.fate() != Receiver.Fate.IS_SENT_AWAY) {
            // Has a handler of the server act. Who is sent away is silent: a peer that still sends when the time to
            // linger
            // is over gets a reset, and may lose by it what it has not read yet.
            receiver.client().send("act");
        }
        return true;
    }

    private int anyGroup() {
        return Act.EVERYONE + 1 + random.nextInt(GROUPS);
    }

    private Group group(int number) {
        return server.group("group " + number);
    }

    private boolean broadcast(int target, Group group) {
        int number = nextNumber++;
        ByteBuffer message = parcel(number, target, Parcel.SAME);
        Receiver except = random.nextInt(3) == 0 ? known.get(random.nextInt(known.size())) : null;
        SendResult result = except == null ? group.broadcast(message) : group.broadcast(message, except.session());
        script.add(
                result == SendResult.ACCEPTED
                        ? Act.broadcast(number, target, except == null ? Act.NOBODY : except.number())
                        : Act.refused(number, target));
        return result != SendResult.FULL;
    }

    private boolean send(Receiver receiver) {
        int number = nextNumber++;
        int target = Act.targetOf(receiver.number());
        SendResult result = receiver.session().send(parcel(number, target, Parcel.SAME));
        return note(result, Act.Kind.SEND, number, receiver);
    }

    private boolean note(SendResult result, Act.Kind kind, int number, Receiver receiver) {
        if (result == SendResult.ACCEPTED) {
            script.add(Act.send(kind, number, receiver.number()));
        } else {
            script.add(Act.refused(number, Act.targetOf(receiver.number())));
        }
        if (result == SendResult.CLOSED) {
            known.remove(receiver);
        }
        return result != SendResult.FULL;
    }

    private void changeMembership(Receiver receiver) {
        int group = anyGroup();
        if (steers(group, receiver.number()) != script.producer()) {
            return;
        }
        if (random.nextInt(5) < 3) {
            script.add(Act.member(Act.Kind.JOIN, group, receiver.number()));
            group(group).add(receiver.session());
        } else {
            script.add(Act.member(Act.Kind.LEAVE, group, receiver.number()));
            group(group).remove(receiver.session());
        }
    }

    /** Says so to the receiver, and changes the framing, both on its loop, so that nothing comes between. */
    private void changeFraming(Receiver receiver) {
        int number = nextNumber++;
        int framing = random.nextInt(Bustle.FRAMINGS.size());
        ByteBuffer message = parcel(number, Act.targetOf(receiver.number()), framing);
        Session session = receiver.session();
        script.add(Act.send(Act.Kind.SEND_IF_OPEN, number, receiver.number()));
        session.execute(() -> {
            if (session.send(message) == SendResult.ACCEPTED) {
                session.writeFraming(Bustle.FRAMINGS.get(framing));
            }
        });
    }

    private boolean end(Receiver receiver) {
        if (receiver.fate() == Receiver.Fate.IS_CLOSED) {
            script.add(Act.close(receiver.number()));
            receiver.session().close();
            known.remove(receiver);
            return true;
        }
        int number = nextNumber++;
        SendResult result =
                receiver.session().sendAndClose(parcel(number, Act.targetOf(receiver.number()), Parcel.SAME));
        boolean room = note(result, Act.Kind.SEND_AND_CLOSE, number, receiver);
        if (room) {
            known.remove(receiver);
        }
        return room;
    }

    private ByteBuffer parcel(int number, int target, int framing) {
        return new Parcel(script.producer(), number, target, framing).toBytes(anySize());
    }

    /** Mostly small; some that are worth a gather, a few longer than a segment. */
    private int anySize() {
        int lot = random.nextInt(10_000);
        if (lot < 8000) {
            return random.nextInt(100);
        }
        if (lot < 9700) {
            return random.nextInt(1000);
        }
        return lot < 9997 ? random.nextInt(5000) : 60_000 + random.nextInt(40_000);
    }
}
