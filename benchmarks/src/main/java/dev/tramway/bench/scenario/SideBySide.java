package dev.tramway.bench.scenario;

import dev.tramway.bench.process.Contender;
import dev.tramway.bench.report.Result;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The usual scenario: all contenders do the same, in turns.
 *
 * @param key names its result
 * @param target the target it belongs to
 * @param title of its table
 * @param run what each trial does
 * @param metrics columns of the table
 * @param variants of libraries that take part in it
 * @param notes what a reader must know
 * @param obstacle why it cannot be measured here
 * @param takesPart who takes part
 */
record SideBySide(
        String key,
        String target,
        String title,
        Function<Lab, Run> run,
        Metrics metrics,
        Set<String> variants,
        List<String> notes,
        Function<Lab, Optional<String>> obstacle,
        Predicate<Contender> takesPart)
        implements Scenario {
    static SideBySide of(String key, String target, String title, Function<Lab, Run> run, Metrics metrics) {
        return new SideBySide(
                key, target, title, run, metrics, Set.of(), List.of(), lab -> Optional.empty(), all -> true);
    }

    /** The same under another name. */
    SideBySide named(String otherKey, String otherTitle) {
        return new SideBySide(otherKey, target, otherTitle, run, metrics, variants, notes, obstacle, takesPart);
    }

    SideBySide running(Function<Lab, Run> other) {
        return new SideBySide(key, target, title, other, metrics, variants, notes, obstacle, takesPart);
    }

    SideBySide variants(Set<String> names) {
        return new SideBySide(key, target, title, run, metrics, names, notes, obstacle, takesPart);
    }

    SideBySide notes(String... texts) {
        return new SideBySide(key, target, title, run, metrics, variants, List.of(texts), obstacle, takesPart);
    }

    SideBySide unless(Function<Lab, Optional<String>> why) {
        return new SideBySide(key, target, title, run, metrics, variants, notes, why, takesPart);
    }

    /** Only of servers in Java. */
    SideBySide ofJava() {
        return new SideBySide(
                key, target, title, run, metrics, variants, notes, obstacle, Contender.Java.class::isInstance);
    }

    private List<Contender> who(Lab lab) {
        return lab.contenders(variants).stream().filter(takesPart).toList();
    }

    @Override
    public Object kind(Lab lab) {
        return run.apply(lab).server().withRate(0);
    }

    @Override
    public int trials(Lab lab) {
        return obstacle.apply(lab).isPresent()
                ? 0
                : who(lab).size() * lab.plan().repetitions();
    }

    @Override
    public Result run(Lab lab) {
        var why = obstacle.apply(lab);
        if (why.isPresent()) {
            return Result.unmeasured(key, target, title, why.get());
        }
        return lab.interleaved(key, who(lab), contender -> Optional.of(run.apply(lab)))
                .result(this, title, metrics, notes);
    }
}
