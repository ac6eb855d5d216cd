package dev.tramway.onescript.internal.library.regex;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** РегулярноеВыражение. Case does not matter and lines count, unless the script says otherwise, as in the original. */
final class Regex extends BslObject {
    static final NativeType TYPE = NativeType.declare(Regex.class, "РегулярноеВыражение", "Regex")
            .requires(Permission.PURE)
            .constructor(Params.of(1), call -> new Regex(call.text(0)))
            .function("Совпадает", "IsMatch", Params.of(1, 2), Regex::isMatch)
            .function("НайтиСовпадения", "Matches", Params.of(1, 2), Regex::matches)
            .function("Разделить", "Split", Params.of(1, 3), Regex::split)
            .function("Заменить", "Replace", Params.of(2), Regex::replace)
            .property("ИгнорироватьРегистр", "IgnoreCase", self -> self.ignoreCase, Regex::ignoreCase)
            .property("Многострочный", "Multiline", self -> self.multiline, Regex::multiline)
            .build();

    /** Rough size of a place where something was found, and of a group there. */
    private static final long FOUND = 64;

    private static final long FOUND_GROUP = 8;

    private final String source;
    private boolean ignoreCase = true;
    private boolean multiline = true;
    private Compiled compiled;

    private record Compiled(Pattern pattern, GroupNumbers numbers) {}

    private Regex(String source) {
        this.source = source;
        this.compiled = compile();
    }

    private Compiled compile() {
        DotNetPattern.Translated translated = DotNetPattern.translate(source, multiline);
        int flags = Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE;
        try {
            return new Compiled(
                    Pattern.compile(translated.java(), ignoreCase ? flags | Pattern.CASE_INSENSITIVE : flags),
                    translated.groups());
        } catch (PatternSyntaxException wrong) {
            throw Errors.of(
                    "Ошибка в регулярном выражении: " + wrong.getDescription(),
                    "Error in regular expression: " + wrong.getDescription());
        }
    }

    private void ignoreCase(Object value) {
        ignoreCase = Values.toBoolean(value);
        compiled = compile();
    }

    private void multiline(Object value) {
        multiline = Values.toBoolean(value);
        compiled = compile();
    }

    /** Hands on what is found from a place on, one after the other, until the consumer has enough. */
    private void find(Context context, String text, int from, Predicate<Found> consumer) {
        Compiled used = compiled;
        List<GroupNumbers.Group> groups = used.numbers.groups();
        Matcher matcher = used.pattern
                .matcher(new CountedText(context, text))
                .region(from, text.length())
                .useTransparentBounds(true)
                .useAnchoringBounds(false);
        boolean more = true;
        while (more && matcher.find()) {
            context.work(1);
            more = consumer.test(new Found(text, groups, matcher));
        }
    }

    private static int start(Call call, int index, String text) {
        int from = call.integer(index, 0);
        if (from < 0 || from > text.length()) {
            throw Errors.badArgument(index + 1);
        }
        return from;
    }

    private Object isMatch(Call call) {
        String text = call.text(0);
        boolean[] found = {false};
        find(call.context(), text, start(call, 1, text), first -> {
            found[0] = true;
            return false;
        });
        return found[0];
    }

    private Object matches(Call call) {
        String text = call.text(0);
        List<Found> all = new ArrayList<>();
        find(call.context(), text, start(call, 1, text), found -> {
            call.context().grow(FOUND + FOUND_GROUP * found.groups().size());
            return all.add(found);
        });
        return new RegexMatches(all);
    }

    /** Разделить(Строка, Количество, НачальнаяПозиция): what groups found is among the pieces, as in .NET. */
    private Object split(Call call) {
        String text = call.text(0);
        int count = call.integer(1, 0);
        if (count < 0) {
            throw Errors.badArgument(2);
        }
        Pieces pieces = new Pieces(call.context(), text, count == 0 ? Integer.MAX_VALUE : count);
        int from = start(call, 2, text);
        if (count != 1) {
            find(call.context(), text, from, pieces::add);
        }
        return pieces.finish();
    }

    private Object replace(Call call) {
        String text = call.text(0);
        Replacement replacement = new Replacement(call.text(1), compiled.numbers);
        GrowingResult result = new GrowingResult(call.context());
        int[] done = {0};
        find(call.context(), text, 0, found -> {
            result.append(text, done[0], found.start());
            replacement.append(found, result);
            done[0] = found.end();
            return true;
        });
        result.append(text, done[0], text.length());
        return result.toString();
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    /** The pieces between the places that were found. */
    private static final class Pieces {
        private final Context context;
        private final String text;
        private final BslArray pieces = new BslArray();
        private int left;
        private int done;

        Pieces(Context context, String text, int count) {
            this.context = context;
            this.text = text;
            this.left = count;
        }

        boolean add(Found found) {
            piece(done, found.start());
            done = found.end();
            for (int i = 1; i < found.groups().size(); i++) {
                if (found.start(i) >= 0) {
                    context.grow(FOUND + found.value(i).length());
                    pieces.add(found.value(i));
                }
            }
            return --left > 1;
        }

        private void piece(int start, int end) {
            context.grow(FOUND + (long) Character.BYTES * (end - start));
            pieces.add(text.substring(start, end));
        }

        BslArray finish() {
            piece(done, text.length());
            return pieces;
        }
    }
}
