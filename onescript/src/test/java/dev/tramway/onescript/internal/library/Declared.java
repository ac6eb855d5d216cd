package dev.tramway.onescript.internal.library;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tramway.onescript.Access;
import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Callable;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Function;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Method;
import dev.tramway.onescript.internal.bind.Property;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.ScriptError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Uses built-ins as a script would, by names of either language, with the checks that a script meets: number of arguments,
 * permission. Numbers may be {@code int}.
 */
public final class Declared implements Context, Context.Engine {
    private final Library library = StandardLibrary.all();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private InputStream input = InputStream.nullInputStream();
    private Access access = Access.everything();
    private Path directory;
    private long allocated;
    private long limit = Long.MAX_VALUE;

    public Declared(Path directory) {
        this.directory = directory;
    }

    public Declared() {
        this(Path.of("").toAbsolutePath());
    }

    public Declared allow(Access allowed) {
        access = allowed;
        return this;
    }

    /** Allocations beyond that many bytes fail. */
    public Declared limit(long bytes) {
        limit = bytes;
        return this;
    }

    public Declared typed(String text) {
        input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }

    public String complained() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    /** Новый. */
    public BslObject make(String name, @Nullable Object... arguments) {
        Callable constructor = Objects.requireNonNull(type(name), name).constructor();
        return (BslObject) invoke((Function) Objects.requireNonNull(constructor, name), arguments);
    }

    /** Calls a global function. */
    public Object global(String name, @Nullable Object... arguments) {
        return invoke(Objects.requireNonNull(library.function(Names.key(name)), name), arguments);
    }

    private Object invoke(Function function, @Nullable Object... arguments) {
        return function.invoke(checked(function, arguments));
    }

    /** Returns a global property. */
    public BslObject property(String name) {
        Library.Global global = Objects.requireNonNull(library.global(Names.key(name)), name);
        require(global.permission(), "");
        return (BslObject) global.body().get(this);
    }

    /** Returns a value of an enumeration. */
    public Object value(String enumeration, String value) {
        Object found = property(enumeration).dynamic(Names.key(value));
        assertNotNull(found, value);
        return found;
    }

    @Override
    public Object invoke(BslObject target, String name, @Nullable Object... arguments) {
        Method method = target.type().method(Names.key(name));
        if (method == null) {
            throw Errors.methodNotFound(name);
        }
        return method.invoke(target, checked(method, arguments));
    }

    private Call checked(Callable callable, @Nullable Object... arguments) {
        if (arguments.length < callable.params().min()) {
            throw Errors.tooFewArguments();
        }
        if (arguments.length > callable.params().max()) {
            throw Errors.tooManyArguments();
        }
        require(callable.permission(), "");
        @Nullable Object[] values = arguments.clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = widened(values[i]);
        }
        return new Call(this, values);
    }

    private static @Nullable Object widened(@Nullable Object value) {
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    @Override
    public Object get(BslObject target, String name) {
        return property(target, name).get(target, this);
    }

    private Property property(BslObject target, String name) {
        Property property = target.type().property(Names.key(name));
        if (property == null) {
            throw Errors.propertyNotFound(name);
        }
        require(property.permission(), "");
        return property;
    }

    @Override
    public void set(BslObject target, String name, Object value) {
        property(target, name).set(target, this, Objects.requireNonNull(widened(value)));
    }

    @Override
    public Object create(String name, @Nullable Object... arguments) {
        return make(name, arguments);
    }

    @Override
    public Engine engine() {
        return this;
    }

    @Override
    public Context context() {
        return this;
    }

    @Override
    public void require(Permission permission, String subject) {
        if (permission != Permission.PURE && !access.allows(permission, subject)) {
            throw new ScriptError("Запрещено: " + permission + " " + subject, "Denied: " + permission + " " + subject);
        }
    }

    @Override
    public void work(long steps) {
        // no limit
    }

    @Override
    public void grow(long bytes) {
        allocated += bytes;
        if (allocated > limit) {
            throw new ScriptError("Превышен предел памяти", "Memory limit exceeded").fatal();
        }
    }

    @Override
    public @Nullable Path script() {
        return null;
    }

    @Override
    public void print(String line) {
        output.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public OutputStream errorOutput() {
        return errors;
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public List<String> arguments() {
        return List.of();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void directory(Path changed) {
        directory = changed;
    }

    @Override
    public @Nullable Type type(String name) {
        return library.type(Names.key(name));
    }

    @Override
    public boolean attach(String componentFile) {
        return false;
    }

    @Override
    public Thread start(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).start(task);
    }

    @Override
    public RuntimeException exit(int code) {
        return new IllegalStateException("exit " + code);
    }
}
