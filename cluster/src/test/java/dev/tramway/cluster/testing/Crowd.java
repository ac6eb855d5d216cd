package dev.tramway.cluster.testing;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Clients that check what they get: lines of the form {@code sender number}, where the numbers of each sender must rise. Each number that has not
 * come is a gap; who joins late begins with the first that comes.
 */
public final class Crowd implements AutoCloseable {
    private static final int TALK_MILLIS = 5;

    private final IoService io = IoService.builder().threads(1).start();
    private final ScheduledExecutorService talking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("talk").factory());
    private final List<Member> members = new ArrayList<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Talk> talks = new HashMap<>();
    private final int senders;
    private volatile CountDownLatch in = new CountDownLatch(0);

    /**
     * Numbers that a client has not got.
     *
     * @param sender of whom
     * @param first the first of them
     * @param last the last of them
     */
    public record Gap(int sender, int first, int last) {
        /** How many. */
        public int size() {
            return last - first + 1;
        }

        @Override
        public String toString() {
            return sender + ":" + first + "-" + last;
        }

        /** Reads what {@link #toString} has written. */
        public static Gap parse(String text) {
            String[] parts = text.split("[:-]", -1);
            return new Gap(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
    }

    /** Somebody who says a number every few milliseconds. */
    private record Talk(AtomicInteger said, Future<?> task) {}

    /** So many senders there will be. */
    public Crowd(int senders) {
        this.senders = senders;
    }

    /** One client, and the last number it has heard of each sender. */
    private final class Member {
        private final AtomicIntegerArray heard = new AtomicIntegerArray(senders);
        private final Queue<Gap> gaps = new ConcurrentLinkedQueue<>();
        private final int port;
        private final boolean late;
        private final TcpClient client;

        private Member(int port, boolean late) {
            this.port = port;
            this.late = late;
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
            int last = heard.get(sender);
            if (number <= last) {
                violations.add("client " + session.localAddress().getPort() + ": of sender " + sender + " " + number
                        + " after " + last);
            } else if (number > last + 1 && !(late && last == 0)) {
                gaps.add(new Gap(sender, last + 1, number - 1));
            }
            heard.set(sender, number);
        }
    }

    /** Connects clients to a node, and waits until they get what is broadcast. */
    public void join(int port, int clients) throws InterruptedException {
        join(port, clients, false);
    }

    /** As {@link #join}, where others have talked before. */
    public void joinLate(int port, int clients) throws InterruptedException {
        join(port, clients, true);
    }

    private void join(int port, int clients, boolean late) throws InterruptedException {
        in = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            members.add(new Member(port, late));
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

    /** Has the first client of a node say one number after the other, until {@link #hush} or {@link #leave}. */
    public void talk(int port, int sender) {
        TcpClient client = membersAt(port).findFirst().orElseThrow().client;
        AtomicInteger said = new AtomicInteger();
        Runnable step = () -> {
            if (client.send(sender + " " + (said.get() + 1)) == SendResult.ACCEPTED) {
                said.incrementAndGet();
            }
        };
        Future<?> task = talking.scheduleAtFixedRate(step, TALK_MILLIS, TALK_MILLIS, TimeUnit.MILLISECONDS);
        talks.put(sender, new Talk(said, task));
    }

    /** The last number that a sender has said. */
    public int said(int sender) {
        return talkOf(sender).said().get();
    }

    private Talk talkOf(int sender) {
        return Objects.requireNonNull(talks.get(sender), "nobody talks");
    }

    /** Ends what {@link #talk} has begun, and answers the last number. */
    public int hush(int sender) {
        talkOf(sender).task().cancel(false);
        try {
            // Behind the number that may just be said.
            talking.submit(() -> {}).get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return said(sender);
    }

    /** Lets go the clients of a node, and what one of them was saying. */
    public void leave(int port, int sender) {
        hush(sender);
        membersAt(port).forEach(member -> member.client.close());
        members.removeIf(member -> member.port == port);
    }

    /** Whether there are clients of a node. */
    public boolean isAt(int port) {
        return membersAt(port).findAny().isPresent();
    }

    /** Whether a sender has begun to talk. */
    public boolean talks(int sender) {
        return talks.containsKey(sender);
    }

    private Stream<Member> membersAt(int port) {
        return members.stream().filter(member -> member.port == port);
    }

    /** Up to which number everybody has heard each sender. */
    public List<Integer> heard() {
        return IntStream.range(0, senders)
                .map(sender -> members.stream()
                        .mapToInt(member -> member.heard.get(sender))
                        .min()
                        .orElse(0))
                .boxed()
                .toList();
    }

    /** Waits until everybody has heard everything up to a number. */
    public void awaitHeard(int number) {
        Await.until("all are heard up to " + number, () -> heard().stream().allMatch(heard -> heard >= number));
    }

    /** What was not as promised, whatever fails. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** What clients have not got, each once. */
    public Set<Gap> gaps() {
        return gaps(members.stream());
    }

    /** What the clients of a node have not got, each once. */
    public Set<Gap> gaps(int port) {
        return gaps(membersAt(port));
    }

    private static Set<Gap> gaps(Stream<Member> of) {
        return of.flatMap(member -> member.gaps.stream()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public void close() throws Exception {
        talking.shutdownNow();
        members.forEach(member -> member.client.close());
        io.stop().toCompletableFuture().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
