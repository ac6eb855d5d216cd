package dev.tramway.cluster.internal;

import dev.tramway.TimedOutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What was asked of other nodes and is not answered yet. May be used by any thread. */
final class Questions {
    /** After it a node that was asked is given up. */
    static final Duration TIME = Duration.ofSeconds(2);

    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Question> open = new ConcurrentHashMap<>();

    /** One question, to one node or to several. */
    static final class Question {
        private final int nodes;
        private final List<ByteBuffer> answers = new ArrayList<>();
        private final CompletableFuture<List<ByteBuffer>> all = new CompletableFuture<>();

        private Question(int nodes) {
            this.nodes = nodes;
        }

        private synchronized void answered(ByteBuffer answer) {
            answers.add(answer);
            if (answers.size() == nodes) {
                all.complete(List.copyOf(answers));
            }
        }

        private synchronized List<ByteBuffer> soFar() {
            return List.copyOf(answers);
        }
    }

    /** Asked of a node that does not exist. */
    static final class NobodyThere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NobodyThere() {
            super("no such node", null, false, false);
        }
    }

    /** What becomes of a question: its number, to be sent with it, and its answer. */
    record Asked<T>(long number, CompletableFuture<T> answer) {}

    /** One node is to answer, or the future fails with {@link TimedOutException}. */
    Asked<ByteBuffer> askOne(String what) {
        long number = numbers.incrementAndGet();
        Question question = new Question(1);
        open.put(number, question);
        question.all.orTimeout(TIME.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<ByteBuffer> answer = question.all.handle((answers, failure) -> {
            open.remove(number);
            if (failure instanceof java.util.concurrent.TimeoutException) {
                throw new TimedOutException(what + ": no answer within " + TIME.toSeconds() + " s");
            }
            if (failure instanceof RuntimeException known) {
                throw known;
            }
            return answers.get(0);
        });
        return new Asked<>(number, answer);
    }

    /** Several nodes are to answer; after half the time those that have are enough. */
    Asked<List<ByteBuffer>> askAll(int nodes) {
        long number = numbers.incrementAndGet();
        Question question = new Question(nodes);
        open.put(number, question);
        if (nodes == 0) {
            question.all.complete(List.of());
        }
        question.all.orTimeout(TIME.toNanos() / 2, TimeUnit.NANOSECONDS);
        CompletableFuture<List<ByteBuffer>> answers = question.all.handle((all, failure) -> {
            open.remove(number);
            return failure == null ? all : question.soFar();
        });
        return new Asked<>(number, answers);
    }

    /** An answer has come; one that comes too late is forgotten. */
    void answered(long number, ByteBuffer answer) {
        Question question = open.get(number);
        if (question != null) {
            question.answered(answer);
        }
    }

    /** NATS says that nobody listens where the question went. */
    void nobodyThere(long number) {
        Question question = open.get(number);
        if (question != null && question.nodes == 1) {
            question.all.completeExceptionally(new NobodyThere());
        }
    }
}
