package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.library.json.JsonNames.Name;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.ScriptError;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts JSON text into tokens. Besides the standard it takes what the original takes: comments, a comma behind the last element,
 * names without quotes, single quotes, and several values one after the other, with commas or without. The end of the text is a
 * token wherever it comes; whoever needs a whole value asks {@link #depth}.
 */
final class JsonTokens implements AutoCloseable {
    private static final int END = -1;

    /** No number that the language holds needs more, and longer ones would take long to convert. */
    private static final int LONGEST_NUMBER = 1000;

    /** So many digits fit into a long. */
    private static final int SHORT_NUMBER = 18;

    private static final int LARGEST_EXPONENT = 1000;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE]([+-]?[0-9]++))?");

    /** What may stand behind a backslash. */
    private static final String ESCAPES = "bfnrtu\"'\\/";

    private enum State {
        /** A value may begin, or a name in an object, or the end come of what it is in. */
        BEGIN,
        /** A colon has to follow a name. */
        COLON,
        /** A value has to follow a colon. */
        VALUE,
        /** A comma may follow a value, or the end of what it is in. */
        AFTER
    }

    private final Reader in;
    private final char[] buffer = new char[8192];
    private final JsonNames names = new JsonNames();
    private int next;
    private int limit;

    private long line = 1;
    private long column;
    private long tokenLine = 1;
    private long tokenColumn;
    private boolean started;

    private State state = State.BEGIN;
    private final JsonNesting nesting = new JsonNesting();
    private JsonToken token = JsonToken.NONE;
    private Object value = Empty.UNDEFINED;
    private @Nullable Name name;

    JsonTokens(Reader in) {
        this.in = in;
    }

    /** Returns what was read last. */
    JsonToken token() {
        return token;
    }

    /** Returns the value of the last token, if that has one. */
    Object value() {
        return value;
    }

    /** Returns the name that was read last. */
    Name name() {
        return Objects.requireNonNull(name);
    }

    /** Returns how many objects and arrays have begun and not ended. */
    int depth() {
        return nesting.depth();
    }

    /** Returns the line of the place behind the last token, from 1; 0 before the first. */
    long line() {
        return started ? line : 0;
    }

    /** Returns how many characters of the line are before that place. */
    long column() {
        return column;
    }

    /** Reads the next token; NONE at the end of the text. */
    JsonToken read(Context context) throws IOException {
        started = true;
        value = Empty.UNDEFINED;
        token = JsonToken.NONE;
        token = readToken(context);
        context.work(1);
        return token;
    }

    private JsonToken readToken(Context context) throws IOException {
        while (true) {
            int c = skipBlanks(context);
            tokenLine = line;
            tokenColumn = column;
            if (c == END) {
                return JsonToken.NONE;
            }
            if (c == '/') {
                return comment(context);
            }
            if (state == State.COLON) {
                expect(':');
                state = State.VALUE;
            } else if (state == State.AFTER && c == ',') {
                take();
                state = State.BEGIN;
            } else {
                return begin(context, c);
            }
        }
    }

    private JsonToken begin(Context context, int c) throws IOException {
        if (c == '}' || c == ']') {
            return end(c);
        }
        if (state == State.AFTER && nesting.depth() > 0) {
            throw nesting.inObject()
                    ? unexpected("запятая или }", "a comma or }")
                    : unexpected("запятая или ]", "a comma or ]");
        }
        if (state == State.BEGIN && nesting.inObject()) {
            state = State.COLON;
            name = name(context, c);
            value = name.text();
            return JsonToken.NAME;
        }
        return switch (c) {
            case '{' -> start(JsonToken.OBJECT_START);
            case '[' -> start(JsonToken.ARRAY_START);
            default -> {
                JsonToken scalar = scalar(context, c);
                state = State.AFTER;
                yield scalar;
            }
        };
    }

    private JsonToken start(JsonToken kind) throws IOException {
        take();
        nesting.begin(kind == JsonToken.OBJECT_START);
        state = State.BEGIN;
        return kind;
    }

    private JsonToken end(int c) throws IOException {
        boolean object = c == '}';
        if (state == State.VALUE || nesting.depth() == 0) {
            throw unexpected("значение", "a value");
        }
        if (object != nesting.inObject()) {
            throw nesting.inObject() ? unexpected("}", "}") : unexpected("]", "]");
        }
        take();
        nesting.end();
        state = State.AFTER;
        return object ? JsonToken.OBJECT_END : JsonToken.ARRAY_END;
    }

    private Name name(Context context, int c) throws IOException {
        if (c == '"' || c == '\'') {
            return quotedName(context);
        }
        Name name = Name.of(word(context));
        if (name.key() == null) {
            throw unexpected("имя свойства", "a name of a property");
        }
        return name;
    }

    private Name quotedName(Context context) throws IOException {
        char quote = take();
        int end = endOfPlain(quote);
        if (!isEnd(end, quote)) {
            return Name.of(stringInPieces(context, quote));
        }
        context.grow((long) Character.BYTES * (end - next));
        Name name = names.of(buffer, next, end);
        takeTo(end + 1);
        return name;
    }

    private JsonToken scalar(Context context, int c) throws IOException {
        if (c == '"' || c == '\'') {
            value = string(context);
            return JsonToken.STRING;
        }
        if (c == '-' || isDigit(c)) {
            Long whole = shortWhole();
            value = whole == null ? number(word(context)) : whole;
            return JsonToken.NUMBER;
        }
        switch (word(context)) {
            case "true" -> value = true;
            case "false" -> value = false;
            case "null" -> {
                return JsonToken.NULL;
            }
            default -> throw unexpected("значение", "a value");
        }
        return JsonToken.BOOLEAN;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Reads the letters and digits that are there, and what else belongs to a number. */
    private String word(Context context) throws IOException {
        int end = next;
        while (end < limit && isWordPart(buffer[end])) {
            end++;
        }
        return end < limit ? takeText(end) : wordInPieces(context);
    }

    /** One of which only a part is in the buffer. */
    private String wordInPieces(Context context) throws IOException {
        StringBuilder word = new StringBuilder();
        for (int c = peek(); c != END && isWordPart((char) c); c = peek()) {
            append(context, word, take());
        }
        return word.toString();
    }

    private static boolean isWordPart(char c) {
        return Names.isPart(c) || c == '-' || c == '+' || c == '.';
    }

    /** Takes a whole number that fits into a long, as most do; null, and nothing is taken, where there is none, or not all of it. */
    private @Nullable Long shortWhole() {
        boolean negative = buffer[next] == '-';
        int first = negative ? next + 1 : next;
        int end = first;
        long number = 0;
        while (end < limit && isDigit(buffer[end])) {
            number = 10 * number + buffer[end++] - '0';
        }
        int digits = end - first;
        boolean whole = digits > 0 && digits <= SHORT_NUMBER && (digits == 1 || buffer[first] != '0');
        if (!whole || end == limit || isWordPart(buffer[end])) {
            return null;
        }
        takeTo(end);
        return negative ? -number : number;
    }

    /** Exact, as far as a number of the language can be; without zeros at the end, as the original has it. */
    private Object number(String text) {
        var parts = NUMBER.matcher(text);
        if (text.length() > LONGEST_NUMBER || !parts.matches()) {
            throw error("неверное число", "malformed number");
        }
        String exponent = parts.group(1);
        if (exponent != null && (exponent.length() > 5 || Math.abs(Integer.parseInt(exponent)) > LARGEST_EXPONENT)) {
            throw error("слишком большой показатель степени", "the exponent is too large");
        }
        try {
            return Numbers.key(Numbers.of(new BigDecimal(text)));
        } catch (ScriptError tooLarge) {
            throw error("слишком большое число", "the number is too large");
        }
    }

    private String string(Context context) throws IOException {
        char quote = take();
        int end = endOfPlain(quote);
        if (!isEnd(end, quote)) {
            return stringInPieces(context, quote);
        }
        context.grow((long) Character.BYTES * (end - next));
        String text = takeText(end);
        take();
        return text;
    }

    private boolean isEnd(int index, char quote) {
        return index < limit && buffer[index] == quote;
    }

    /** One with escapes or line breaks, or of which only a part is in the buffer. */
    private String stringInPieces(Context context, char quote) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = peek(); c != quote; c = peek()) {
            if (c == END) {
                throw error("строка не закончена", "the string does not end");
            }
            int end = endOfPlain(quote);
            if (end > next) {
                append(context, text, end);
            } else {
                take();
                append(context, text, c == '\\' ? escaped() : (char) c);
            }
        }
        take();
        context.grow((long) Character.BYTES * text.length());
        return text.toString();
    }

    /** Returns where the characters in the buffer end that mean themselves. */
    private int endOfPlain(char quote) {
        int end = next;
        while (end < limit && buffer[end] != quote && buffer[end] != '\\' && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Takes characters among which there is no line break. */
    private void takeTo(int end) {
        column += end - next;
        next = end;
    }

    private String takeText(int end) {
        String text = new String(buffer, next, end - next);
        takeTo(end);
        return text;
    }

    private char escaped() throws IOException {
        int c = peek();
        if (c == END) {
            throw error("строка не закончена", "the string does not end");
        }
        if (ESCAPES.indexOf(c) < 0) {
            throw here("неизвестная последовательность \\" + (char) c, "unknown escape \\" + (char) c);
        }
        take();
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> (char) c;
        };
    }

    private char hexadecimal() throws IOException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw here("после \\u нужны четыре шестнадцатеричные цифры", "\\u needs four hexadecimal digits");
            }
            take();
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private JsonToken comment(Context context) throws IOException {
        take();
        StringBuilder text = new StringBuilder();
        switch (peek()) {
            case '/' -> {
                take();
                for (int c = peek(); c != END && c != '\n' && c != '\r'; c = peek()) {
                    append(context, text, take());
                }
            }
            case '*' -> {
                take();
                block(context, text);
            }
            default -> throw error("ожидалось // или /*", "expected // or /*");
        }
        value = text.toString();
        return JsonToken.COMMENT;
    }

    private void block(Context context, StringBuilder text) throws IOException {
        boolean star = false;
        for (int c = peek(); c != '/' || !star; c = peek()) {
            if (c == END) {
                throw error("комментарий не закончен", "the comment does not end");
            }
            star = c == '*';
            append(context, text, take());
        }
        take();
        text.setLength(text.length() - 1);
    }

    /** Counts the larger array before the text moves to it, and the work of what is long. */
    private static void append(Context context, StringBuilder text, char c) {
        int capacity = text.capacity();
        if (text.length() == capacity) {
            context.grow((long) Character.BYTES * 2 * capacity);
            context.work(capacity / 64);
        }
        text.append(c);
    }

    /** The same for what is in the buffer up to an index, without a line break. */
    private void append(Context context, StringBuilder text, int end) {
        int length = text.length() + end - next;
        int capacity = text.capacity();
        if (length > capacity) {
            int larger = Math.max(2 * capacity, length);
            context.grow((long) Character.BYTES * larger);
            context.work(capacity / 64);
            text.ensureCapacity(larger);
        }
        text.append(buffer, next, end - next);
        takeTo(end);
    }

    private int skipBlanks(Context context) throws IOException {
        int skipped = 0;
        int c = peek();
        while (isBlank(c)) {
            take();
            if (++skipped % buffer.length == 0) {
                context.work(buffer.length / 64);
            }
            c = peek();
        }
        return c;
    }

    private static boolean isBlank(int c) {
        return (c <= ' ' || c > '~') && Character.isWhitespace(c);
    }

    private void expect(char c) throws IOException {
        if (peek() != c) {
            throw unexpected(String.valueOf(c), String.valueOf(c));
        }
        take();
    }

    /** Returns the next character without taking it. */
    private int peek() throws IOException {
        if (next == limit) {
            next = 0;
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return next < limit ? buffer[next] : END;
    }

    /** Takes the character that was looked at. */
    private char take() {
        char c = buffer[next++];
        if (c == '\n') {
            line++;
            column = 0;
        } else {
            column++;
        }
        return c;
    }

    /** Returns the error of text that ends within a value. */
    ScriptError unfinished() {
        return here("неожиданный конец текста", "unexpected end of the text");
    }

    /** Returns the error of a token that is not the one that was expected, at the place where it begins. */
    ScriptError unexpected(String russian, String english) {
        return error("ожидалось " + russian, "expected " + english);
    }

    /** Returns an error at the place where the token begins. */
    ScriptError error(String russian, String english) {
        return at(tokenLine, tokenColumn, russian, english);
    }

    private ScriptError here(String russian, String english) {
        return at(line, column, russian, english);
    }

    private static ScriptError at(long line, long column, String russian, String english) {
        return Errors.of(
                "Ошибка в тексте JSON, строка " + line + ", позиция " + (column + 1) + ": " + russian,
                "Error in JSON text, line " + line + ", position " + (column + 1) + ": " + english);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
