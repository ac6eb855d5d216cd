package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.node.Failures;
import dev.tramway.onescript.internal.node.ScriptExit;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** ФоновоеЗадание: a call that runs on a thread of its own. */
public final class BslJob extends BslObject {
    static final Enumeration STATE = new Enumeration("СостояниеФоновогоЗадания", "BackgroundJobState");
    private static final Enumeration.Value NOT_RUN = STATE.value("НеВыполнялось", "NotRunned");
    private static final Enumeration.Value ACTIVE = STATE.value("Активно", "Active");
    private static final Enumeration.Value COMPLETED = STATE.value("Завершено", "Completed");
    private static final Enumeration.Value FAILED = STATE.value("ЗавершеноАварийно", "Failed");

    public static final NativeType TYPE = NativeType.declare(BslJob.class, "ФоновоеЗадание", "BackgroundTask")
            .requires(Permission.PURE)
            .property("УникальныйИдентификатор", "UUID", self -> self.id)
            .property("ИмяМетода", "MethodName", self -> self.method)
            .property("Объект", "Object", self -> self.target)
            .property("Состояние", "State", self -> self.state)
            .property("Параметры", "Parameters", self -> self.parameters)
            .property("Результат", "Result", self -> self.result)
            .property("ИнформацияОбОшибке", "ExceptionInfo", BslJob::failure)
            .function("ОжидатьЗавершения", "Wait", Params.of(0, 1), BslJob::await)
            .build();

    private final String id = UUID.randomUUID().toString();
    private final BslObject target;
    private final String method;
    private final Object parameters;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Enumeration.Value state = NOT_RUN;
    private volatile Object result = Empty.UNDEFINED;
    private volatile @Nullable ScriptError error;

    BslJob(BslObject target, String method, Object parameters) {
        this.target = target;
        this.method = method;
        this.parameters = parameters;
    }

    /** Runs the call on this thread. */
    void run(Context context, List<Object> arguments) {
        state = ACTIVE;
        try {
            result = context.invoke(target, method, arguments.toArray());
            state = COMPLETED;
        } catch (ScriptExit ending) {
            throw ending;
        } catch (RuntimeException | StackOverflowError thrown) {
            error = Failures.error(thrown);
            state = FAILED;
        } finally {
            ended.countDown();
        }
    }

    boolean isEnded() {
        return ended.getCount() == 0;
    }

    boolean hasFailed() {
        return state == FAILED;
    }

    Enumeration.Value state() {
        return state;
    }

    Object failure() {
        ScriptError thrown = error;
        return thrown == null ? Empty.UNDEFINED : new BslErrorInfo(thrown, List.of());
    }

    /** Waits, for ever if the time is 0; tells whether the job has ended. */
    private Object await(Call call) {
        return await(call.context(), call.whole(0, 0));
    }

    boolean await(Context context, long millis) {
        try {
            if (millis > 0) {
                return ended.await(millis, TimeUnit.MILLISECONDS);
            }
            ended.await();
            return true;
        } catch (InterruptedException interrupted) {
            throw context.interrupted();
        }
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
