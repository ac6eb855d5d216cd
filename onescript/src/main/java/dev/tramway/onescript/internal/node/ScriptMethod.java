package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Method;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Reference;
import dev.tramway.onescript.internal.syntax.Module;
import dev.tramway.onescript.internal.syntax.Pos;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method written in a script; the body of a module is one too. Parameters that are never assigned to are passed as values,
 * the others as {@link Reference}; which is decided before the bodies of a module are compiled.
 */
public final class ScriptMethod extends Method {
    private final Source source;
    private final List<Module.Param> declared;
    private final List<Module.Annotation> annotations;
    private final boolean exported;
    private final BitSet references;
    private final Pos at;
    private @Nullable StatementNode body;
    private int size;

    public ScriptMethod(Source source, Module.Method declaration, BitSet references) {
        super(
                declaration.name(),
                declaration.name(),
                params(declaration.params()),
                Permission.PURE,
                declaration.function());
        this.source = source;
        this.declared = declaration.params();
        this.annotations = declaration.annotations();
        this.exported = declaration.exported();
        this.references = references;
        this.at = declaration.at();
    }

    private static Params params(List<Module.Param> declared) {
        int min = 0;
        for (int i = 0; i < declared.size(); i++) {
            min = declared.get(i).otherwise().isPresent() ? min : i + 1;
        }
        return Params.of(min, declared.size());
    }

    /** Completes the method; the size is that of its frames. */
    public void complete(StatementNode compiled, int frameSize) {
        body = compiled;
        size = frameSize;
    }

    public boolean isExported() {
        return exported;
    }

    public List<Module.Param> declared() {
        return declared;
    }

    public List<Module.Annotation> annotations() {
        return annotations;
    }

    boolean isEnglish() {
        return source.isEnglish();
    }

    /** Returns a place in it; 0 is its beginning. */
    ScriptError.Place place(long statement) {
        return source.place(russian(), statement == 0 ? at : StatementNode.position(statement));
    }

    boolean isReference(int index) {
        return references.get(index);
    }

    @Override
    public Object invoke(BslObject self, Call call) {
        if (call.count() > declared.size()) {
            throw Errors.tooManyArguments();
        }
        Frame frame = new Frame((ModuleInstance) self, this, (Execution) call.context());
        for (int i = 0; i < declared.size(); i++) {
            Object value = call.given(i) ? call.value(i) : missing(i);
            if (references.get(i)) {
                Reference given = call.reference(i);
                frame.set(i, given == null ? new References.OfValue(value) : given);
            } else {
                frame.set(i, value);
            }
        }
        return run(frame);
    }

    int size() {
        return size;
    }

    /** Returns the value of a parameter that was not given. */
    Object missing(int index) {
        return declared.get(index).otherwise().orElse(Empty.UNDEFINED);
    }

    boolean isOptional(int index) {
        return declared.get(index).otherwise().isPresent();
    }

    Object run(Frame frame) {
        StatementNode code = body;
        if (code == null) {
            throw new IllegalStateException("Not compiled: " + russian());
        }
        try {
            frame.execution.enter(frame);
            code.execute(frame);
            return frame.result;
        } catch (RuntimeException | StackOverflowError thrown) {
            throw Failures.passing(frame, thrown);
        } finally {
            frame.execution.top = frame.caller;
        }
    }
}
