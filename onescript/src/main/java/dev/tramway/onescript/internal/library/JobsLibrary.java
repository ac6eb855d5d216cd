package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.runtime.ThreadContext;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.Values;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Background jobs, and the lock that they share things with. */
final class JobsLibrary {
    private JobsLibrary() {}

    static void declare(Library.Builder library) {
        library.type(BslJob.TYPE)
                .type(Jobs.TYPE)
                .type(ResourceLock.TYPE)
                .enumeration(BslJob.STATE)
                .requires(Permission.JOBS)
                .property("ФоновыеЗадания", "BackgroundTasks", Jobs::of);
    }

    /** МенеджерФоновыхЗаданий: the jobs of an engine. */
    private static final class Jobs extends BslObject {
        static final NativeType TYPE = NativeType.declare(
                        Jobs.class, "МенеджерФоновыхЗаданий", "BackgroundTasksManager")
                .requires(Permission.JOBS)
                .function("Выполнить", "Execute", Params.of(2, 4), Jobs::execute)
                .procedure("Очистить", "Clear", Params.NONE, (self, call) -> self.all.removeIf(BslJob::isEnded))
                .function("ОжидатьВсе", "WaitAll", Params.of(1, 2), (self, call) -> awaitAll(call))
                .function("ОжидатьЛюбое", "WaitAny", Params.of(1, 2), (self, call) -> awaitAny(call))
                .procedure("ОжидатьЗавершенияЗадач", "WaitCompletionOfTasks", Params.NONE, Jobs::awaitCompletion)
                .function("ПолучитьФоновыеЗадания", "GetBackgroundJobs", Params.of(0, 1), Jobs::find)
                .function("ПолучитьТекущее", "GetCurrent", Params.NONE, (self, call) -> current())
                .build();

        private static final Map<Context.Engine, Jobs> BY_ENGINE = new WeakHashMap<>();
        private static final ThreadLocal<@Nullable BslJob> CURRENT = new ThreadLocal<>();
        private static final long TURN = 20;

        private final List<BslJob> all = new CopyOnWriteArrayList<>();

        static Jobs of(Context context) {
            synchronized (BY_ENGINE) {
                return BY_ENGINE.computeIfAbsent(context.engine(), engine -> new Jobs());
            }
        }

        @Override
        public NativeType type() {
            return TYPE;
        }

        private Object execute(Call call) {
            BslObject target = call.as(0, BslObject.class);
            String method = call.text(1);
            if (target.type().method(Names.key(method)) == null) {
                throw Errors.methodNotFound(method);
            }
            List<Object> arguments = ThreadContext.elements(call.value(2));
            BslJob job = new BslJob(target, method, call.value(2));
            all.add(job);
            Context.Engine engine = call.context().engine();
            engine.start("script-job", () -> {
                CURRENT.set(job);
                job.run(engine.context(), arguments);
            });
            return job;
        }

        private static List<BslJob> jobs(Call call) {
            return BslArray.elementsOf(call.as(0, BslObject.class)).stream()
                    .map(BslJob.class::cast)
                    .toList();
        }

        private static Object awaitAll(Call call) {
            long millis = call.whole(1, 0);
            long deadline = System.nanoTime() + millis * 1_000_000;
            for (BslJob job : jobs(call)) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (millis > 0 && left <= 0 && !job.isEnded()) {
                    return false;
                }
                if (!job.await(call.context(), millis > 0 ? Math.max(1, left) : 0)) {
                    return false;
                }
            }
            return true;
        }

        /** Returns the index of a job that has ended, or -1 if the time is up first. */
        private static Object awaitAny(Call call) {
            List<BslJob> jobs = jobs(call);
            long millis = call.whole(1, 0);
            long deadline = System.nanoTime() + millis * 1_000_000;
            while (!jobs.isEmpty()) {
                for (int i = 0; i < jobs.size(); i++) {
                    if (jobs.get(i).isEnded()) {
                        return (long) i;
                    }
                }
                if (millis > 0 && System.nanoTime() >= deadline) {
                    break;
                }
                jobs.get(0).await(call.context(), TURN);
            }
            return -1L;
        }

        private void awaitCompletion(Call call) {
            all.forEach(job -> job.await(call.context(), 0));
            List<BslJob> failed = all.stream().filter(BslJob::hasFailed).toList();
            all.removeIf(BslJob::isEnded);
            if (!failed.isEmpty()) {
                String errors = String.join(
                        "\n",
                        failed.stream().map(job -> Values.toText(job.failure())).toList());
                throw Errors.of("Задания завершились с ошибками:\n" + errors, "Jobs have failed:\n" + errors);
            }
        }

        /** Отбор is a structure of properties with the values that are wanted. */
        private Object find(Call call) {
            BslArray found = new BslArray();
            for (BslJob job : all) {
                if (call.value(0) == Empty.UNDEFINED || matches(call.context(), job, call.as(0, BslStructure.class))) {
                    found.add(job);
                }
            }
            return found;
        }

        private static boolean matches(Context context, BslJob job, BslStructure wanted) {
            return wanted.dynamicNames().stream()
                    .allMatch(name -> Values.equal(context.get(job, name), context.get(wanted, name)));
        }

        private static Object current() {
            BslJob job = CURRENT.get();
            return job == null ? Empty.UNDEFINED : job;
        }
    }

    /** БлокировкаРесурса: a lock that a thread may take several times, of its own or of an object. */
    private static final class ResourceLock extends BslObject {
        static final NativeType TYPE = NativeType.declare(ResourceLock.class, "БлокировкаРесурса", "ResourceLock")
                .requires(Permission.PURE)
                .constructor(Params.of(0, 1), call -> new ResourceLock(call.given(0) ? of(call) : new ReentrantLock()))
                .procedure("Заблокировать", "Lock", Params.NONE, (self, call) -> self.take(call))
                .procedure("Разблокировать", "Unlock", Params.NONE, (self, call) -> self.release())
                .build();

        private static final Map<Object, ReentrantLock> BY_OBJECT = new WeakHashMap<>();

        private final ReentrantLock lock;

        ResourceLock(ReentrantLock lock) {
            this.lock = lock;
        }

        private static ReentrantLock of(Call call) {
            BslObject object = call.as(0, BslObject.class);
            synchronized (BY_OBJECT) {
                return BY_OBJECT.computeIfAbsent(object, key -> new ReentrantLock());
            }
        }

        private void take(Call call) {
            try {
                lock.lockInterruptibly();
            } catch (InterruptedException interrupted) {
                throw call.context().interrupted();
            }
        }

        private void release() {
            if (!lock.isHeldByCurrentThread()) {
                throw Errors.of("Блокировка не установлена этим потоком", "This thread does not hold the lock");
            }
            lock.unlock();
        }

        @Override
        public NativeType type() {
            return TYPE;
        }
    }
}
