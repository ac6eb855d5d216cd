package dev.tramway.cluster.testing;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Clients that check what they get: lines of the form {@code sender number}, where the numbers of each sender must come one after the other, each
 * once.
 */
public final class Crowd implements AutoCloseable {
    private final IoService io = IoService.builder().threads(1).start();
    private final List<Member> members = new ArrayList<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final int senders;
    private volatile CountDownLatch in = new CountDownLatch(0);

    /** So many senders there will be. */
    public Crowd(int senders) {
        this.senders = senders;
    }

    /** One client, and the last number it has heard of each sender. */
    private final class Member {
        private final AtomicIntegerArray heard = new AtomicIntegerArray(senders);
        private final TcpClient client;

        private Member(int port) {
            client = TcpClient.on(io)
                    .to("127.0.0.1", port)
                    .framing(Framing.lines())
                    .onMessage(this::check)
                    .build();
            client.connect();
        }

        private void check(Session session, ByteBuffer message) {
            String line = StandardCharsets.UTF_8.decode(message).toString();
            if (line.equals(NodeProgram.WELCOME)) {
                in.countDown();
                return;
            }
            int space = line.indexOf(' ');
            int sender = Integer.parseInt(line.substring(0, space));
            int number = Integer.parseInt(line.substring(space + 1));
            if (number != heard.get(sender) + 1) {
                violations.add("client " + session.localAddress().getPort() + ": of sender " + sender + " " + number
                        + " after " + heard.get(sender));
            }
            heard.set(sender, number);
        }
    }

    /** Connects clients to a node, and waits until they get what is broadcast. */
    public void join(int port, int clients) throws InterruptedException {
        in = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            members.add(new Member(port));
        }
        if (!in.await(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(in.getCount() + " clients were not let in");
        }
    }

    /** Has the first clients of some nodes send, in turns; the nodes are given by the place of their first client. */
    public void send(List<Integer> firsts, int from, int to) {
        for (int number = from; number <= to; number++) {
            for (int sender = 0; sender < firsts.size(); sender++) {
                members.get(firsts.get(sender)).client.send(sender + " " + number);
            }
        }
    }

    /** Waits until everybody has heard everything up to a number. */
    public void awaitHeard(int number) {
        for (Member member : members) {
            for (int sender = 0; sender < senders; sender++) {
                int of = sender;
                Await.until("sender " + of + " is heard up to " + number, () -> member.heard.get(of) >= number);
            }
        }
    }

    /** What was not as promised. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void close() throws Exception {
        members.forEach(member -> member.client.close());
        io.stop().toCompletableFuture().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
